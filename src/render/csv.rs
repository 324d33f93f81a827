//! Comma-separated values that are safe to open in a spreadsheet: RFC 4180, one row per record.
//!
//! CSV has no escapes. Control and invisible characters, including line breaks, are written as in
//! tables: `\u{1b}`.

use std::io::{self, Write};

use ::csv::{QuoteStyle, Terminator, WriterBuilder};
use schemars::JsonSchema;
use serde::Serialize;

use super::flat::{self, Column};
use crate::terminal::sanitize;

/// The end of a row.
pub const ROW_END: &[u8] = b"\r\n";

/// Writes the header row.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn begin<R: JsonSchema>(out: &mut dyn Write) -> io::Result<()> {
    let names: Vec<String> = flat::columns::<R>().iter().map(Column::name).collect();
    out.write_all(&row(&names))
}

/// Appends the row of one record.
pub fn record(into: &mut Vec<u8>, columns: &[Column], record: &impl Serialize) {
    let members = flat::record(record);
    let cells = columns.iter().map(|column| flat::text(column.cell(&members)));
    into.extend(row(&cells.collect::<Vec<_>>()));
}

/// Encodes a row of cells.
#[must_use]
pub fn row(cells: &[String]) -> Vec<u8> {
    let mut row = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            row.push(b',');
        }
        field(&mut row, cell);
    }
    row.extend_from_slice(ROW_END);
    row
}

/// Appends one cell: quoted if RFC 4180 requires it, and with an apostrophe before anything that a
/// spreadsheet would interpret as a formula.
pub fn field(into: &mut Vec<u8>, text: &str) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/');
    if text.bytes().all(is_plain) {
        return into.extend_from_slice(text.as_bytes());
    }
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::Any(b'\n'))
        .buffer_capacity(64)
        .from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record([guard_formulas(&sanitize(text))]);
    let field = writer.into_inner().unwrap_or_default();
    into.extend_from_slice(field.strip_suffix(b"\n").unwrap_or(&field));
}

/// Adds an apostrophe before anything that a spreadsheet would interpret as a formula: at the
/// beginning, and after a semicolon, at which spreadsheets split cells in many countries.
fn guard_formulas(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    let mut is_start = true;
    for character in text.chars() {
        if is_start && FORMULA.contains(&character) {
            safe.push('\'');
        }
        // Spreadsheets skip spaces and quotes before a formula.
        is_start = character == ';' || is_start && matches!(character, ' ' | '"');
        safe.push(character);
    }
    safe
}

/// Characters that begin a formula. Source: OWASP's page about CSV injection, without the control
/// characters, which are escaped anyway.
const FORMULA: &[char] = &['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cells: &[&str]) -> String {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        String::from_utf8(row(&cells)).unwrap()
    }

    #[test]
    fn cells_are_quoted_if_necessary() {
        assert_eq!(text(&["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(
            text(&["a,b", "say \"hi\"", "two\nlines", "\u{1b}[31m"]),
            "\"a,b\",\"say \"\"hi\"\"\",two\\u{a}lines,\\u{1b}[31m\r\n"
        );
    }

    #[test]
    fn no_cell_begins_with_a_formula() {
        for attack in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x"] {
            let text = text(&["id", attack]);
            assert!(text.contains(&format!("'{attack}")), "{text:?}");
        }
        for (attack, cell) in [
            ("\tx", "\\u{9}x"),
            ("\0=1", "\\u{0}=1"),
            ("a;=1", "a;'=1"),
            ("a; -1;\"@x", "\"a; '-1;\"\"'@x\""),
            ("a-b", "a-b"),
        ] {
            assert_eq!(text(&["id", attack]), format!("id,{cell}\r\n"));
        }
    }
}
