//! Markdown: the table for people, to be pasted into a ticket.

use std::io::{self, Write};

use super::table::{by_urgency, headline};
use super::{End, Report, markdown};
use crate::plural::grouped;

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
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let rows = by_urgency(end);
        if !rows.is_empty() {
            let rows = rows.iter().map(|row| {
                vec![
                    or_dash(row.code.map(|code| code.to_string())),
                    grouped(row.accounts),
                    row.verdict.category.to_string(),
                    row.verdict.title.to_owned(),
                    row.verdict.required_action.to_owned(),
                ]
            });
            let header = ["Code", "Accounts", "Category", "Meaning", "Required action"];
            write!(out, "\n{}", markdown::table(&header, rows))?;
        }
        let listed = &end.listed[..end.listed.len().min(self.limit)];
        if !listed.is_empty() {
            let rows = listed.iter().map(|account| {
                let mut cells: Vec<String> = account.ids.iter().cloned().map(or_dash).collect();
                cells.push(or_dash(account.code.map(|code| code.to_string())));
                cells.push(or_dash(account.days_failing.map(grouped)));
                cells.push(
                    end.classifier.verdicts()[account.verdict]
                        .action
                        .to_string(),
                );
                cells
            });
            let header = [
                "Account",
                "Customer",
                "Institution",
                "Login",
                "Code",
                "Days",
                "Action",
            ];
            write!(out, "\n{}", markdown::table(&header, rows))?;
            let more = end.listable - listed.len() as u64;
            if more > 0 {
                writeln!(out, "\nand {} more", grouped(more))?;
            }
        }
        Ok(())
    }
}
