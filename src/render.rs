//! Formats: one file for each, for every answer.
//!
//! | format | file | writes |
//! |---|---|---|
//! | `table`, `markdown`, `html` | `table`, `markdown`, `html` | the report: headline and sections |
//! | `json`, `jsonl`, `csv` | `json`, `jsonl`, `csv` | the records, one after the other |
//! | `sql` | `sql` | the records as a table of a database |
//!
//! `grid` lays out the tables of a terminal, `flat` makes rows of records, and `encoder` is the fast way for the accounts of
//! `triage`, which several workers encode at once.

mod csv;
mod encoder;
mod flat;
mod format;
mod grid;
mod html;
mod json;
mod jsonl;
mod markdown;
mod sql;
mod table;

use std::io::{self, Write};

use schemars::JsonSchema;

pub use csv::row as csv_row;
pub use encoder::AccountEncoder;
pub use format::Format;
pub use html::PageInfo;
pub use markdown::escape as escape_markdown;

use crate::answer::triage::InvalidLine;
use crate::answer::{Answer, Complete};
use crate::terminal::TerminalCaps;

/// A format that writes records one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// One JSON document.
    Json,
    /// JSON Lines.
    Jsonl,
    /// Comma-separated values.
    Csv,
}

/// A format for people.
#[derive(Debug, Clone)]
pub enum ReportFormat {
    /// Tables at a terminal.
    Table(TerminalCaps),
    /// Markdown.
    Markdown,
    /// A page, and when and from what it was made.
    Html(PageInfo),
}

/// A format with what it needs to know.
#[derive(Debug, Clone)]
pub enum Renderer {
    /// Records.
    Records(RecordFormat),
    /// A report.
    Report(ReportFormat),
    /// A table of a database.
    Sql,
}

impl Renderer {
    /// Writes an answer.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn write<A: Complete>(&self, out: &mut dyn Write, answer: &A) -> io::Result<()> {
        match self {
            Self::Report(format) => format.write(out, answer),
            Self::Sql => sql::write(out, answer),
            Self::Records(format) => {
                let mut records = format.begin::<A, A::Record<'_>>(out)?;
                let columns = match format {
                    RecordFormat::Csv => flat::columns::<A::Record<'_>>(),
                    RecordFormat::Json | RecordFormat::Jsonl => Vec::new(),
                };
                let mut bytes = Vec::new();
                for record in answer.records() {
                    bytes.clear();
                    match format {
                        RecordFormat::Json => {
                            bytes.extend_from_slice(json::SEPARATOR);
                            json::record(&mut bytes, &record);
                        }
                        RecordFormat::Jsonl => jsonl::record(&mut bytes, &record),
                        RecordFormat::Csv => csv::record(&mut bytes, &columns, &record),
                    }
                    records.write(out, &bytes)?;
                }
                records.end(out, answer)
            }
        }
    }
}

impl ReportFormat {
    /// Writes the report of an answer.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn write<A: Answer>(&self, out: &mut dyn Write, answer: &A) -> io::Result<()> {
        let report = answer.report();
        match self {
            Self::Table(caps) => table::write(out, *caps, &report),
            Self::Markdown => markdown::write(out, &report),
            Self::Html(info) => html::write(out, info, &report),
        }
    }
}

impl RecordFormat {
    /// Appends what a reader of the records must know of an invalid record.
    pub fn invalid(self, into: &mut Vec<u8>, invalid: &InvalidLine<'_>) {
        match self {
            Self::Jsonl => jsonl::record(into, invalid),
            Self::Json | Self::Csv => {}
        }
    }

    /// Writes what comes before the records; `R` is the record as this format has it.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn begin<A: Answer, R: JsonSchema>(self, out: &mut dyn Write) -> io::Result<Records> {
        match self {
            Self::Json => json::begin::<A>(out)?,
            Self::Jsonl => {}
            Self::Csv => csv::begin::<R>(out)?,
        }
        Ok(Records {
            format: self,
            is_first: true,
        })
    }
}

/// Records that are being written.
#[derive(Debug)]
pub struct Records {
    format: RecordFormat,
    is_first: bool,
}

impl Records {
    /// Whether every record is to be seen as soon as it is read.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self.format, RecordFormat::Jsonl)
    }

    /// Writes encoded records, one or many.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn write(&mut self, out: &mut dyn Write, encoded: &[u8]) -> io::Result<()> {
        let skip = usize::from(self.is_first && self.format == RecordFormat::Json);
        self.is_first &= encoded.is_empty();
        out.write_all(encoded.get(skip..).unwrap_or_default())
    }

    /// Writes what comes after the records.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn end<A: Answer>(self, out: &mut dyn Write, answer: &A) -> io::Result<()> {
        match self.format {
            RecordFormat::Json => json::end(out, answer),
            RecordFormat::Jsonl | RecordFormat::Csv => Ok(()),
        }
    }
}
