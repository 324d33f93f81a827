//! The table for people: a headline, the tally by code, the accounts that need someone.

use std::io::{self, Write};

use super::digest::{ACCOUNT_COLUMNS, CODE_COLUMN, StateRow, account_cells, headline, state_rows};
use super::layout::{Cell, Column, Grid, wrapped_headline};
use super::{End, Listed, Report};
use crate::catalog::short_action;
use crate::terminal::TerminalCaps;
use crate::terminal::style::Style;
use crate::text::grouped;

/// Letters of the bar that stands for all accounts.
const BAR: u64 = 10;

/// The format `table`.
#[derive(Debug)]
pub struct Table {
    caps: TerminalCaps,
    limit: usize,
}

impl Table {
    /// A table that lists at most `limit` accounts.
    #[must_use]
    pub const fn new(caps: TerminalCaps, limit: usize) -> Self {
        Self { caps, limit }
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
        let style = Style {
            color: self.caps.color,
        };
        write!(out, "{}", wrapped_headline(self.caps, &headline(end)))?;
        let rows = state_rows(end);
        if !rows.is_empty() {
            write!(out, "\n{}", self.tally(&rows))?;
        }
        if !end.listed.is_empty() {
            write!(out, "\n{}", self.accounts(end, end.listed))?;
            let more = end.not_listed();
            if more > 0 {
                let dots = if self.caps.ascii { "..." } else { "…" };
                writeln!(
                    out,
                    "{}",
                    style.faint(&format!(
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
    fn tally(&self, rows: &[StateRow<'_>]) -> String {
        let mut columns = vec![
            ("Code", Column::Number),
            ("Accounts", Column::Number),
            ("Category", Column::Word),
        ];
        let has_share_column = self.caps.is_terminal && !self.caps.is_narrow();
        if has_share_column {
            columns.push(("Share", Column::Word));
        }
        columns.extend(Grid::two_sentences(
            self.caps,
            ["Meaning", "Required action"],
            "Meaning and required action",
        ));
        let mut grid = Grid::new(self.caps, &columns);
        let whole = rows.iter().map(|row| row.accounts).sum();
        for row in rows {
            let category = row.verdict.category;
            let mut cells = vec![
                Cell::new(&row.code).of(category),
                Cell::new(grouped(row.accounts)),
            ];
            let bar = self.caps.bar(row.accounts, whole, BAR);
            if has_share_column {
                cells.push(Cell::new(category.as_str()).of(category));
                cells.push(Cell::new(bar).of(category));
            } else if self.caps.is_terminal {
                cells.push(Cell::two_lines(category.as_str(), bar).of(category));
            } else {
                cells.push(Cell::new(category.as_str()).of(category));
            }
            let action = short_action(row.verdict.required_action);
            cells.extend(Grid::sentences(self.caps, row.verdict.title, action));
            grid.row(cells);
        }
        grid.text()
    }

    fn accounts(&self, end: &End<'_>, listed: &[Listed]) -> String {
        let mut grid = Grid::new(self.caps, &ACCOUNT_COLUMNS);
        for account in listed {
            let mut cells = account_cells(end, account).map(Cell::new);
            let category = end.classifier.verdicts()[account.verdict].category;
            cells[CODE_COLUMN] = cells[CODE_COLUMN].clone().of(category);
            grid.row(cells);
        }
        grid.text()
    }
}
