//! Markdown: the table for people, to be pasted into a ticket.

use std::io::{self, Write};

use super::digest::{ACCOUNT_COLUMNS, account_cells, headline, state_rows};
use super::{End, Report, markdown};
use crate::text::grouped;

/// The format `markdown`.
#[derive(Debug)]
pub struct Ticket {
    limit: usize,
}

impl Ticket {
    /// Markdown that lists at most `limit` accounts.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self { limit }
    }
}

impl Report for Ticket {
    fn listed(&self) -> usize {
        self.limit
    }

    fn encodes(&self) -> bool {
        false
    }

    fn finish(&self, out: &mut dyn Write, end: &End<'_>) -> io::Result<()> {
        writeln!(out, "# {}", markdown::escaped(&headline(end)))?;
        let rows = state_rows(end);
        if !rows.is_empty() {
            let rows = rows.into_iter().map(|row| {
                vec![
                    row.code,
                    grouped(row.accounts),
                    row.verdict.category.to_string(),
                    row.verdict.title.to_owned(),
                    row.verdict.required_action.to_owned(),
                ]
            });
            let header = ["Code", "Accounts", "Category", "Meaning", "Required action"];
            write!(out, "\n{}", markdown::table(&header, rows))?;
        }
        if !end.listed.is_empty() {
            let cells = |account| account_cells(end, account).to_vec();
            let rows = end.listed.iter().map(cells);
            write!(
                out,
                "\n{}",
                markdown::table(&ACCOUNT_COLUMNS.map(|(name, _)| name), rows)
            )?;
        }
        let more = end.not_listed();
        if more > 0 {
            writeln!(out, "\nand {} more", grouped(more))?;
        }
        Ok(())
    }
}
