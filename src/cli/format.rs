//! The ways in which an answer can be written.

use clap::ValueEnum;

/// A way to write an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, at a terminal
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// For spreadsheets: comma-separated values, safe to open
    Csv,
    /// For tickets and wikis
    Markdown,
    /// For browsers: a report page in one file
    Html,
    /// For databases: the code table
    Sql,
}

impl Format {
    /// The word that is typed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Sql => "sql",
        }
    }
}
