//! Tables on a terminal that is too narrow for columns: each row as labels with text.

use std::io::{self, Write};

use super::GAP;
use super::layout::sanitized;
use crate::answer::{Kind, Table};
use crate::terminal::TerminalCaps;
use crate::text::ascii_sparkline;

/// The least width of a text next to its label, in columns.
const LEAST_WIDTH: usize = 16;

/// Writes each row as labels with text, which is wrapped to the width. Ids and longer words are
/// never broken.
pub fn write(out: &mut dyn Write, caps: TerminalCaps, table: &Table<'_>) -> io::Result<()> {
    let headings = table.columns.iter().map(|column| column.heading.len());
    let label_width = headings.max().unwrap_or_default();
    let text_width = caps.width.map_or(usize::MAX, usize::from).saturating_sub(label_width + GAP);
    for (index, cells) in table.rows().enumerate() {
        out.write_all(if index > 0 { b"\n" } else { b"" })?;
        for (column, cell) in table.columns.iter().zip(&cells) {
            if column.kind != Kind::Share {
                let text = match &cell.line {
                    Some(_) if caps.ascii => ascii_sparkline(&cell.text).into(),
                    _ => sanitized(column.kind, &cell.text),
                };
                let mut label = column.heading;
                for line in wrap(&text, text_width.max(LEAST_WIDTH)) {
                    writeln!(out, "{label:label_width$}  {line}")?;
                    label = "";
                }
            }
        }
    }
    Ok(())
}

/// Wraps a text at its spaces. There is always one line.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_wrapped_at_spaces_and_no_word_is_broken() {
        assert_eq!(wrap("Send the customer", 10), ["Send the", "customer"]);
        assert_eq!(wrap("acct_000000000000 of 1", 10), ["acct_000000000000", "of 1"]);
        assert_eq!(wrap("", 10), [""]);
    }
}
