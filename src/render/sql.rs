//! A table and its rows, in SQL that `DuckDB`, `PostgreSQL`, Snowflake, and Spark understand.
//!
//! Names are unquoted, so that each of the four finds `connectFix` in any case. There is no primary
//! key, because Spark has none. Control and invisible characters are written as in tables: `\u{1b}`.

use std::io::{self, Write};

use serde_json::Value;

use super::flat::{self, Column, Type};
use crate::answer::Complete;
use crate::terminal::sanitize;

/// The length of the strings in a table, unless one is longer.
const MIN_LENGTH: usize = 4000;

/// Writes the records of an answer as the rows of a table. Running the SQL again replaces the
/// table.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn write<A: Complete>(out: &mut dyn Write, answer: &A) -> io::Result<()> {
    let table = A::SQL_TABLE;
    let columns = flat::columns::<A::Record<'_>>();
    let string = format!("VARCHAR({})", length(answer, &columns));
    let definitions: Vec<String> = columns
        .iter()
        .map(|column| {
            let kind = match column.kind {
                Type::Integer => "BIGINT",
                Type::Boolean => "BOOLEAN",
                Type::Text => &string,
            };
            let null = if column.nullable { "" } else { " NOT NULL" };
            format!("  {} {kind}{null}", column.name().replace('.', "_"))
        })
        .collect();
    writeln!(out, "DROP TABLE IF EXISTS {table};")?;
    writeln!(out, "CREATE TABLE {table} (\n{}\n);", definitions.join(",\n"))?;
    let mut before = format!("INSERT INTO {table} VALUES\n");
    let mut has_rows = false;
    for record in answer.records() {
        let members = flat::record(&record);
        let cells: Vec<String> =
            columns.iter().map(|column| literal(column.cell(&members))).collect();
        write!(out, "{before}({})", cells.join(", "))?;
        ",\n".clone_into(&mut before);
        has_rows = true;
    }
    out.write_all(if has_rows { b";\n" } else { b"" })
}

/// Returns the length of the longest string in characters, or [`MIN_LENGTH`] if that is more.
fn length<A: Complete>(answer: &A, columns: &[Column]) -> usize {
    let records = answer.records().map(|record| flat::record(&record));
    let lengths = records.filter_map(|members| {
        let length = |column: &Column| sanitize(&flat::text(column.cell(&members))).chars().count();
        columns.iter().map(length).max()
    });
    lengths.max().unwrap_or_default().max(MIN_LENGTH)
}

fn literal(cell: &Value) -> String {
    match cell {
        Value::Null => "NULL".to_owned(),
        Value::Number(_) | Value::Bool(_) => cell.to_string(),
        other => quoted(&sanitize(&flat::text(other))),
    }
}

/// Returns a string literal. Apostrophes are written as character codes, because Spark before 4.0
/// drops doubled ones. So are backslashes, which are escapes only in Spark and Snowflake.
fn quoted(text: &str) -> String {
    let parts: Vec<String> = text
        .split_inclusive(['\'', '\\'])
        .flat_map(|part| {
            let end = part.len() - usize::from(part.ends_with(['\'', '\\']));
            let special = part[end..].bytes().next().map(|byte| format!("CHR({byte})"));
            let plain = (end > 0).then(|| format!("'{}'", &part[..end]));
            plain.into_iter().chain(special)
        })
        .collect();
    if parts.is_empty() { "''".to_owned() } else { parts.join(" || ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_invisible_characters_are_escaped() {
        let cell = Value::from("a\0b\u{1b}[2J\u{202e}c");
        let literal = literal(&cell);
        assert!(!literal.contains(crate::terminal::is_unsafe), "{literal}");
        assert!(literal.contains("u{202e}c"), "{literal}");
    }

    #[test]
    fn a_string_cannot_end_its_literal_and_keeps_its_value() {
        assert_eq!(quoted("plain"), "'plain'");
        assert_eq!(quoted("bank's site"), "'bank' || CHR(39) || 's site'");
        assert_eq!(quoted("'); DROP TABLE x; --"), "CHR(39) || '); DROP TABLE x; --'");
        assert_eq!(quoted("a\\'b"), "'a' || CHR(92) || CHR(39) || 'b'");
        assert_eq!(quoted(""), "''");
    }
}
