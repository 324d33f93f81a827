//! How a table fits into a terminal: which columns are drawn, which ones share a column of the
//! terminal, and whether texts are cut to their brief form.

use std::borrow::Cow;

use super::GAP;
use crate::answer::{Cell, Column, Kind, Table};
use crate::catalog::Category;
use crate::terminal::{TerminalCaps, sanitize, truncate_id};

/// Width of a full bar, in columns.
pub const BAR: u64 = 10;
/// Letters of a text that stay on one line, however narrow the terminal is: as many as a name in it
/// usually has.
const WORD: usize = 14;

/// The text of a cell, in its brief form if there is one and the layout wants it.
pub fn said<'c>(cell: &'c Cell<'_>, brief: bool) -> &'c str {
    match &cell.brief {
        Some(text) if brief => text,
        _ => &cell.text,
    }
}

/// A text, safe to print.
pub fn text(kind: Kind, text: &str) -> Cow<'_, str> {
    if kind == Kind::Id { truncate_id(text) } else { sanitize(text) }
}

/// Whether a terminal that is too narrow can do without a column. The numbers are next to a bar.
const fn is_optional(column: &Column) -> bool {
    column.is_optional || matches!(column.kind, Kind::Share)
}

/// The longest cell and the longest word of each column, in characters.
#[derive(Debug)]
pub struct Measured {
    /// With whole texts, and with brief ones.
    lengths: [Vec<Length>; 2],
    has_brief: bool,
    /// For each column, the categories that its bars tell apart by letters.
    pub mixed: Vec<[bool; Category::ALL.len()]>,
}

#[derive(Debug, Clone, Copy)]
struct Length {
    longest: usize,
    word: usize,
}

impl Measured {
    pub fn new(table: &Table<'_>) -> Self {
        let of_heading = |kind, heading: &str| Length {
            longest: match kind {
                Kind::Share => heading.len().max(usize::try_from(BAR).unwrap_or_default()),
                _ => heading.len(),
            },
            word: 0,
        };
        let headings = table.columns.iter().map(|column| of_heading(column.kind, column.heading));
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
                    let text = text(column.kind, said(cell, brief == 1));
                    let Length { longest, word } = &mut lengths[index];
                    *longest = (*longest).max(text.chars().count());
                    let words = text.split(' ').map(|word| word.chars().count());
                    *word = (*word).max(words.max().unwrap_or_default());
                }
            }
        }
        measured
    }

    /// The layouts that fit, the best one first: only one if it has one line for every row, and
    /// none if ids would have to be broken.
    pub fn layouts(&self, table: &Table<'_>, caps: TerminalCaps) -> Vec<Layout> {
        let has_bars = caps.is_terminal;
        let kept = |optional: usize| -> Vec<Vec<usize>> {
            let mut left = optional;
            let indices = table.columns.iter().enumerate().filter(|(index, column)| {
                let is_kept = !is_optional(column) || left > 0;
                left -= usize::from(is_optional(column) && left > 0);
                // Letters can be read anywhere.
                let has_letters = self.mixed[*index].contains(&true);
                is_kept && (has_bars || has_letters || column.kind != Kind::Share)
            });
            indices.map(|(index, _)| vec![index]).collect()
        };
        let most = table.columns.iter().filter(|column| is_optional(column)).count();
        let Some(width) = caps.width.map(usize::from) else {
            return vec![Layout { stacks: kept(most), brief: false }];
        };
        let briefs = || [false, true].into_iter().filter(|&brief| !brief || self.has_brief);
        for brief in briefs() {
            for optional in (0..=most).rev() {
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

/// Which columns are drawn, and how.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The indices of the columns in each stack: a stack shares one column of the terminal.
    pub stacks: Vec<Vec<usize>>,
    /// Whether texts are in their brief form.
    pub brief: bool,
}

impl Layout {
    /// The same with neighbors of this kind stacked, at most `most` of them.
    fn stacked(&self, table: &Table<'_>, kind: Kind, most: usize) -> Self {
        let is_kind = |stack: &Vec<usize>| table.columns[stack[0]].kind == kind;
        let mut stacks: Vec<Vec<usize>> = Vec::new();
        for stack in &self.stacks {
            match stacks.last_mut() {
                Some(last) if is_kind(last) && is_kind(stack) && last.len() < most => {
                    last.extend(stack);
                }
                _ => stacks.push(stack.clone()),
            }
        }
        Self { stacks, brief: self.brief }
    }

    /// The least and the greatest useful width of a stack.
    pub fn widths(
        &self,
        measured: &Measured,
        table: &Table<'_>,
        stack: &[usize],
    ) -> (usize, usize) {
        let lengths = &measured.lengths[usize::from(self.brief)];
        let longest = |index: &usize| lengths[*index].longest;
        let least = |index: &usize| match table.columns[*index].kind {
            Kind::Text => lengths[*index].word.min(WORD),
            Kind::Ids | Kind::Codes => {
                lengths[*index].word.max(table.columns[*index].heading.len())
            }
            Kind::Id | Kind::Word | Kind::Number | Kind::Share => lengths[*index].longest,
        };
        let most = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or_default();
        (most(&mut stack.iter().map(least)), most(&mut stack.iter().map(longest)))
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
        let table = Table::of(rows)
            .column(Kind::Id, "Account", |_| Cell::new(ID))
            .column(Kind::Word, "Category", |_| Cell::new("Customer must act"))
            .optional()
            .column(Kind::Text, "Action", |row| Cell::new(row.0).or_brief(row.1))
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
    fn a_narrow_terminal_first_does_without_optional_columns_and_then_uses_brief_texts() {
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
