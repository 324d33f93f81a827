//! The table for people: a headline, the tally by code, the accounts that need someone.

use std::io::{self, Write};

use super::layout::{Cell, Column, Grid, wrapped_headline};
use super::{BY_URGENCY, End, Listed, Report};
use crate::catalog::{Category, first_sentence};
use crate::palette::Palette;
use crate::plural::{Count, grouped};
use crate::tally::Row;
use crate::terminal::Look;

/// Rows of unknown codes that are shown; the summary of `json` has more.
const UNKNOWN_SHOWN: usize = 20;

/// Letters of the bar that stands for all accounts.
const BAR: u64 = 10;

/// The format `table`.
#[derive(Debug)]
pub struct Table {
    look: Look,
    limit: usize,
}

impl Table {
    /// A table that lists at most `limit` accounts.
    #[must_use]
    pub const fn new(look: Look, limit: usize) -> Self {
        Self { look, limit }
    }
}

impl Report for Table {
    fn listed(&self) -> usize {
        self.limit
    }

    fn encodes(&self) -> bool {
        false
    }

    fn finish(&self, out: &mut dyn Write, end: &End<'_>) -> io::Result<()> {
        let palette = Palette {
            color: self.look.color,
        };
        write!(out, "{}", wrapped_headline(self.look, &headline(end)))?;
        let rows = by_urgency(end);
        if !rows.is_empty() {
            write!(out, "\n{}", self.tally(&rows))?;
        }
        let listed = &end.listed[..end.listed.len().min(self.limit)];
        if !listed.is_empty() {
            write!(out, "\n{}", self.accounts(end, listed))?;
            let more = end.listable - listed.len() as u64;
            if more > 0 {
                let dots = if self.look.ascii { "..." } else { "…" };
                writeln!(
                    out,
                    "{}",
                    palette.faint(&format!(
                        "{dots} and {} more (--limit 0 lists all)",
                        grouped(more)
                    ))
                )?;
            }
        }
        Ok(())
    }
}

impl Table {
    fn tally(&self, rows: &[Row<'_, '_>]) -> String {
        let mut columns = vec![
            ("Code", Column::Number),
            ("Accounts", Column::Number),
            ("Category", Column::Word),
        ];
        if self.look.terminal && !self.look.is_narrow() {
            columns.push(("Share", Column::Word));
        }
        columns.extend(Grid::two_sentences(
            self.look,
            ["Meaning", "Required action"],
            "Meaning and required action",
        ));
        let mut grid = Grid::new(self.look, &columns);
        let whole = rows.iter().map(|row| row.accounts).sum();
        let is_unknown = |row: &&Row<'_, '_>| row.verdict.category == Category::Unknown;
        let unknown = rows.iter().filter(is_unknown).count();
        let mut shown = 0;
        for row in rows {
            if is_unknown(&row) {
                shown += 1;
                if shown > UNKNOWN_SHOWN {
                    continue;
                }
            }
            let code = row
                .code
                .map_or_else(|| "-".to_owned(), |code| code.to_string());
            let (title, action) = (row.verdict.title, row.verdict.required_action);
            grid.row(self.row(
                code,
                row.accounts,
                whole,
                row.verdict.category,
                [title, action],
            ));
        }
        if unknown > UNKNOWN_SHOWN {
            let hidden = rows.iter().filter(is_unknown).skip(UNKNOWN_SHOWN);
            let hidden = hidden.map(|row| row.accounts).sum();
            let texts = [
                "More codes in no known source",
                "--json counts them by code.",
            ];
            grid.row(self.row("more".to_owned(), hidden, whole, Category::Unknown, texts));
        }
        grid.text()
    }

    /// One row of the tally. On a terminal a bar shows the share of all accounts: in a column of its own, or under the
    /// category if the terminal is narrow.
    fn row(
        &self,
        code: String,
        accounts: u64,
        whole: u64,
        category: Category,
        [title, action]: [&str; 2],
    ) -> Vec<Cell> {
        let bar = self.look.bar(accounts, whole, BAR);
        let share = self.look.terminal.then_some(bar);
        let mut cells = vec![Cell::new(code).of(category), Cell::new(grouped(accounts))];
        match share {
            None => cells.push(Cell::new(category.word()).of(category)),
            Some(bar) if self.look.is_narrow() => {
                cells.push(Cell::two_lines(category.word(), bar).of(category));
            }
            Some(bar) => {
                cells.push(Cell::new(category.word()).of(category));
                cells.push(Cell::new(bar).of(category));
            }
        }
        cells.extend(Grid::sentences(self.look, title, first_sentence(action)));
        cells
    }

    fn accounts(&self, end: &End<'_>, listed: &[Listed]) -> String {
        let columns = [
            ("Account", Column::Id),
            ("Customer", Column::Id),
            ("Institution", Column::Id),
            ("Login", Column::Id),
            ("Code", Column::Number),
            ("Days", Column::Number),
            ("Action", Column::Word),
        ];
        let mut grid = Grid::new(self.look, &columns);
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        for account in listed {
            let verdict = &end.classifier.verdicts()[account.verdict];
            let mut cells: Vec<Cell> = account
                .ids
                .iter()
                .map(|id| Cell::new(or_dash(id.clone())))
                .collect();
            cells.push(
                Cell::new(or_dash(account.code.map(|code| code.to_string()))).of(verdict.category),
            );
            cells.push(Cell::new(or_dash(account.days_failing.map(grouped))));
            cells.push(Cell::new(verdict.action.word()));
            grid.row(cells);
        }
        grid.text()
    }
}

/// The rows of the tally, the most urgent category first, in it the most frequent code.
pub(super) fn by_urgency<'t>(end: &'t End<'_>) -> Vec<Row<'t, 't>> {
    let urgency = |category| BY_URGENCY.iter().position(|&known| known == category);
    let mut rows = end.tally.rows(end.classifier);
    rows.sort_by_key(|row| {
        (
            urgency(row.verdict.category),
            std::cmp::Reverse(row.accounts),
            row.code,
        )
    });
    rows
}

/// The whole run in one sentence.
#[must_use]
pub fn headline(end: &End<'_>) -> String {
    let accounts = end.tally.accounts();
    let mut text = match accounts {
        0 => format!("No accounts in {}", Count(end.tally.documents, "document")),
        accounts => Count(accounts, "account").to_string(),
    };
    let mut separator = ": ";
    for category in BY_URGENCY
        .into_iter()
        .rev()
        .filter(|&category| category == Category::Ok)
        .chain(
            BY_URGENCY
                .into_iter()
                .filter(|&category| category != Category::Ok),
        )
    {
        let count = end.tally.of_category(end.classifier, category);
        if count > 0 {
            text.push_str(separator);
            text.push_str(&phrase(category, count));
            separator = ", ";
        }
    }
    if end.tally.invalid > 0 {
        text.push_str("; ");
        text.push_str(&Count(end.tally.invalid, "record").to_string());
        text.push_str(" could not be read");
    }
    text
}

fn phrase(category: Category, count: u64) -> String {
    let number = grouped(count);
    let one = count == 1;
    match category {
        Category::Ok => format!("{number} ok"),
        Category::Stale => format!("{number} stale"),
        Category::Pending => format!("{number} not aggregated yet"),
        Category::UserAction if one => format!("{number} needs the customer"),
        Category::UserAction => format!("{number} need the customer"),
        Category::Institution if one => format!("{number} waits for the institution"),
        Category::Institution => format!("{number} wait for the institution"),
        Category::Support if one => format!("{number} needs a ticket"),
        Category::Support => format!("{number} need a ticket"),
        Category::Partner if one => format!("{number} needs a corrected request"),
        Category::Partner => format!("{number} need a corrected request"),
        Category::Unknown if one => format!("{number} has an unknown code"),
        Category::Unknown => format!("{number} have an unknown code"),
    }
}
