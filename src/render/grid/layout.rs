//! Fits a table into a terminal: decides which columns are drawn, which ones are stacked in one
//! column of the terminal, and whether cells use their brief text.

use std::borrow::Cow;

use super::GAP;
use crate::answer::{Cell, Column, Kind, Table};
use crate::catalog::Category;
use crate::terminal::{TerminalCaps, sanitize, truncate_id};

/// The width of a full bar, in columns.
pub const BAR: u64 = 10;
/// The length up to which a word is never broken, however narrow the terminal is, in characters.
/// Few words are longer.
const MAX_WORD: usize = 14;

/// The maximum length of a paragraph, in characters. The built-in catalog has none of 300.
const MAX_PARAGRAPH: usize = 10_000;

/// Returns the text of a cell, or its brief text if `brief` is true and there is one.
pub fn cell_text<'c>(cell: &'c Cell<'_>, brief: bool) -> &'c str {
    match &cell.brief {
        Some(text) if brief => text,
        _ => &cell.text,
    }
}

/// Makes the text of a cell safe to print.
pub fn sanitized(kind: Kind, text: &str) -> Cow<'_, str> {
    match kind {
        Kind::Id => truncate_id(text),
        Kind::Text => paragraph(text),
        _ => sanitize(text),
    }
}

/// Makes a paragraph safe to print, and truncates it if it is absurdly long: wrapping a word takes
/// quadratic time.
pub fn paragraph(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_PARAGRAPH) {
        Some((end, _)) => Cow::Owned(sanitize(&text[..end]).into_owned() + "..."),
        None => sanitize(text),
    }
}

/// Returns whether a narrow terminal may omit a column. A bar always has its numbers next to it.
const fn is_optional(column: &Column) -> bool {
    column.is_optional || matches!(column.kind, Kind::Share)
}

/// The longest cell and the longest word of each column, in characters.
#[derive(Debug)]
pub struct Measured {
    /// With full texts, and with brief ones.
    lengths: [Vec<Length>; 2],
    has_brief: bool,
    /// For each column, the categories that its bars draw with letters.
    pub mixed: Vec<[bool; Category::ALL.len()]>,
}

#[derive(Debug, Clone, Copy)]
struct Length {
    longest: usize,
    word: usize,
}

impl Measured {
    pub fn new(table: &Table<'_>) -> Self {
        let heading_length = |kind, heading: &str| Length {
            longest: match kind {
                Kind::Share => heading.len().max(usize::try_from(BAR).unwrap_or_default()),
                _ => heading.len(),
            },
            word: 0,
        };
        let headings =
            table.columns.iter().map(|column| heading_length(column.kind, column.heading));
        let headings: Vec<Length> = headings.collect();
        let mut measured = Self {
            mixed: vec![[false; Category::ALL.len()]; headings.len()],
            lengths: [headings.clone(), headings],
            has_brief: false,
        };
        for row in table.rows() {
            for (index, (column, cell)) in table.columns.iter().zip(&row).enumerate() {
                measured.has_brief |= cell.brief.is_some();
                for (category, _) in
                    cell.share.iter().filter(|_| cell.is_mix).flat_map(|share| &share.parts)
                {
                    measured.mixed[index][*category as usize] = true;
                }
                for (brief, lengths) in measured.lengths.iter_mut().enumerate() {
                    let text = sanitized(column.kind, cell_text(cell, brief == 1));
                    let Length { longest, word } = &mut lengths[index];
                    *longest = (*longest).max(text.chars().count());
                    let words = text.split(' ').map(|word| word.chars().count());
                    *word = (*word).max(words.max().unwrap_or_default());
                }
            }
        }
        measured
    }

    /// Returns the layouts that fit, the best one first: only one if it has one line for every row,
    /// and none if ids would have to be broken.
    pub fn layouts(&self, table: &Table<'_>, caps: TerminalCaps) -> Vec<Layout> {
        let has_bars = caps.is_terminal;
        let kept = |optional: usize| -> Vec<Vec<usize>> {
            let mut left = optional;
            let indices = table.columns.iter().enumerate().filter(|(index, column)| {
                let is_kept = !is_optional(column) || left > 0;
                left -= usize::from(is_optional(column) && left > 0);
                // Unlike bars, letters are readable anywhere.
                let has_letters = self.mixed[*index].contains(&true);
                is_kept && (has_bars || has_letters || column.kind != Kind::Share)
            });
            indices.map(|(index, _)| vec![index]).collect()
        };
        let all = table.columns.iter().filter(|column| is_optional(column)).count();
        let Some(width) = caps.width.map(usize::from) else {
            return vec![Layout { stacks: kept(all), brief: false }];
        };
        let briefs = || [false, true].into_iter().filter(|&brief| !brief || self.has_brief);
        for brief in briefs() {
            for optional in (0..=all).rev() {
                let layout = Layout { stacks: kept(optional), brief };
                if layout.sum(self, table, |(_, longest)| longest) <= width {
                    return vec![layout];
                }
            }
        }
        let mut layouts = Vec::new();
        for brief in briefs() {
            let plain = Layout { stacks: kept(0), brief };
            for layout in [
                plain.clone(),
                plain.stacked(table, Kind::Text, usize::MAX),
                plain.stacked(table, Kind::Id, 2),
                plain.stacked(table, Kind::Id, usize::MAX),
                plain.stacked(table, Kind::Ids, usize::MAX),
                plain.stacked(table, Kind::Id, 2).stacked(table, Kind::Ids, usize::MAX),
            ] {
                if layout.sum(self, table, |(least, _)| least) <= width {
                    layouts.push(layout);
                }
            }
        }
        layouts
    }
}

/// The columns that are drawn, and how.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The indices of the columns in each stack. A stack takes one column of the terminal.
    pub stacks: Vec<Vec<usize>>,
    /// Whether cells use their brief text.
    pub brief: bool,
}

impl Layout {
    /// Returns the layout with neighbors of this kind stacked, at most `limit` in a stack.
    fn stacked(&self, table: &Table<'_>, kind: Kind, limit: usize) -> Self {
        let is_kind = |stack: &Vec<usize>| table.columns[stack[0]].kind == kind;
        let mut stacks: Vec<Vec<usize>> = Vec::new();
        for stack in &self.stacks {
            match stacks.last_mut() {
                Some(last) if is_kind(last) && is_kind(stack) && last.len() < limit => {
                    last.extend(stack);
                }
                _ => stacks.push(stack.clone()),
            }
        }
        Self { stacks, brief: self.brief }
    }

    /// Returns the least and the greatest useful width of a stack.
    pub fn widths(
        &self,
        measured: &Measured,
        table: &Table<'_>,
        stack: &[usize],
    ) -> (usize, usize) {
        let lengths = &measured.lengths[usize::from(self.brief)];
        let longest = |index: &usize| lengths[*index].longest;
        let least = |index: &usize| match table.columns[*index].kind {
            Kind::Text => lengths[*index].word.min(MAX_WORD),
            Kind::Ids | Kind::Codes => {
                lengths[*index].word.max(table.columns[*index].heading.len())
            }
            Kind::Id | Kind::Word | Kind::Number | Kind::Share => lengths[*index].longest,
        };
        let least = stack.iter().map(least).max().unwrap_or_default();
        let longest = stack.iter().map(longest).max().unwrap_or_default();
        (least, longest)
    }

    fn sum(
        &self,
        measured: &Measured,
        table: &Table<'_>,
        width: impl Fn((usize, usize)) -> usize,
    ) -> usize {
        let widths = self.stacks.iter().map(|stack| width(self.widths(measured, table, stack)));
        widths.map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "acct_00000000000000000000000000a1";

    fn layouts(width: u16, rows: &[(&'static str, &'static str)]) -> Vec<Layout> {
        let table = Table::builder(rows)
            .column(Kind::Id, "Account", |_| Cell::new(ID))
            .column(Kind::Word, "Category", |_| Cell::new("Customer must act"))
            .optional()
            .column(Kind::Text, "Action", |row| Cell::new(row.0).with_brief(row.1))
            .build();
        let caps = TerminalCaps {
            color: false,
            width: Some(width),
            ascii: true,
            is_terminal: true,
            links: false,
        };
        Measured::new(&table).layouts(&table, caps)
    }

    #[test]
    fn a_narrow_terminal_omits_optional_columns_before_it_uses_brief_texts() {
        let rows = [("Have the customer sign in at the institution.", "Sign in")];
        let chosen = |width| match layouts(width, &rows).as_slice() {
            [only] => Some((only.stacks.len(), only.brief)),
            _ => None,
        };
        assert_eq!(chosen(120), Some((3, false)));
        assert_eq!(chosen(90), Some((2, false)));
        assert_eq!(chosen(70), Some((3, true)));
        assert_eq!(chosen(50), Some((2, true)));
    }

    #[test]
    fn no_layout_breaks_an_id() {
        let rows = [("Wait for the repair of the institution.", "Wait for it")];
        assert!(layouts(30, &rows).is_empty());
        let length = ID.chars().count();
        for width in 35..120 {
            for layout in layouts(width, &rows) {
                assert!(layout.stacks[0] == [0] && length <= usize::from(width), "{width}");
            }
        }
    }
}
