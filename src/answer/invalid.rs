//! Invalid records, which the answers of several commands list.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Text;
use super::report::{Audience, Body, Cell, Kind, Section, Table};

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invalid<'a> {
    /// The input as named on the command line; `-` for standard input.
    pub input: Text<'a>,
    /// The line, from 1.
    pub line: u64,
    /// The column in bytes, from 1.
    pub column: u64,
    /// What is wrong.
    pub error: Text<'a>,
}

/// A record that could not be read, as a line of `triage -f jsonl`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvalidLine<'a> {
    /// What is wrong.
    pub error: Text<'a>,
    /// The input as named on the command line; `-` for standard input.
    pub input: Text<'a>,
    /// The line, from 1.
    pub line: u64,
}

/// Returns a table of the invalid records, for an HTML page. At a terminal, they are on standard
/// error.
#[must_use]
pub fn invalid_records<'a>(
    invalid: &'a [Invalid<'static>],
    limit: usize,
    count: u64,
) -> Option<Section<'a>> {
    let shown = invalid.len().min(limit);
    let table = Table::builder(&invalid[..shown])
        .column(Kind::Text, "Input", |row| Cell::new(&*row.input))
        .column(Kind::Number, "Line", |row| Cell::new(row.line.to_string()))
        .column(Kind::Number, "Column", |row| Cell::new(row.column.to_string()))
        .column(Kind::Text, "Error", |row| Cell::new(&*row.error));
    (shown > 0).then(|| Section {
        id: "invalid".to_owned(),
        heading: "Invalid records".into(),
        body: Body::Table(table.build()),
        more: count - shown as u64,
        audience: Audience::Page,
        ..Section::default()
    })
}
