//! The output formats, one file each. A format writes every answer.
//!
//! | module | what it writes |
//! |---|---|
//! | `table`, `markdown`, `html` | the report: headline and sections |
//! | `json`, `jsonl`, `csv` | the records, one by one |
//! | `sql` | the records as an SQL table |
//! | `prometheus` | the metrics |
//!
//! `grid` lays out tables for a terminal. `flat` converts records into rows. `encoder` is the fast
//! path for the accounts of `triage`, which several workers encode in parallel.

mod csv;
mod encoder;
mod flat;
mod format;
mod grid;
mod html;
mod json;
mod jsonl;
mod markdown;
mod prometheus;
mod sql;
mod table;

use std::io::{self, Write};

use schemars::JsonSchema;

pub use csv::row as csv_row;
pub use encoder::AccountEncoder;
pub use format::Format;
pub use html::PageInfo;
pub use markdown::escape as escape_markdown;
pub use prometheus::write as write_metrics;

use crate::answer::invalid::InvalidLine;
use crate::answer::{Answer, Complete};
use crate::terminal::TerminalCaps;

/// A format that writes records one by one.
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
    /// Tables for a terminal.
    Table(TerminalCaps),
    /// Markdown.
    Markdown,
    /// An HTML page, with when and from what it was generated.
    Html(PageInfo),
}

/// A format with its settings.
#[derive(Debug, Clone)]
pub enum Renderer {
    /// Writes records.
    Records(RecordFormat),
    /// Writes a report.
    Report(ReportFormat),
    /// Writes an SQL table.
    Sql,
    /// Writes metrics for Prometheus.
    Prometheus,
}

impl Renderer {
    /// Returns the renderer of a format. `info` is called only for HTML.
    ///
    /// # Errors
    ///
    /// Returns the error of `info`.
    pub fn new<E>(
        format: Format,
        caps: TerminalCaps,
        info: impl FnOnce() -> Result<PageInfo, E>,
    ) -> Result<Self, E> {
        Ok(match format {
            Format::Table => Self::Report(ReportFormat::Table(caps)),
            Format::Markdown => Self::Report(ReportFormat::Markdown),
            Format::Html => Self::Report(ReportFormat::Html(info()?)),
            Format::Json => Self::Records(RecordFormat::Json),
            Format::Jsonl => Self::Records(RecordFormat::Jsonl),
            Format::Csv => Self::Records(RecordFormat::Csv),
            Format::Sql => Self::Sql,
            Format::Prometheus => Self::Prometheus,
        })
    }

    /// Writes an answer, and returns the number of rows that a report leaves out.
    ///
    /// # Errors
    ///
    /// Returns an error if writing fails.
    pub fn write<A: Complete>(&self, out: &mut dyn Write, answer: &A) -> io::Result<u64> {
        match self {
            Self::Report(format) => return format.write(out, answer),
            Self::Sql => sql::write(out, answer)?,
            Self::Prometheus => prometheus::write(out, &answer.metrics())?,
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
                records.end(out, answer)?;
            }
        }
        Ok(0)
    }
}

impl ReportFormat {
    /// Writes the report of an answer, and returns the number of rows that it leaves out.
    ///
    /// # Errors
    ///
    /// Returns an error if writing fails.
    pub fn write<A: Answer>(&self, out: &mut dyn Write, answer: &A) -> io::Result<u64> {
        let report = answer.report();
        match self {
            Self::Table(caps) => table::write(out, *caps, &report)?,
            Self::Markdown => markdown::write(out, &report)?,
            Self::Html(info) => return html::write(out, info, &answer.overview(), &report),
        }
        Ok(report.sections.iter().map(|section| section.more).sum())
    }

    /// Returns whether the report is a file to read later, and not for a terminal.
    #[must_use]
    pub const fn is_document(&self) -> bool {
        matches!(self, Self::Markdown | Self::Html(_))
    }
}

impl RecordFormat {
    /// Appends an invalid record, if this format reports it among the records.
    pub fn invalid(self, into: &mut Vec<u8>, invalid: &InvalidLine<'_>) {
        match self {
            Self::Jsonl => jsonl::record(into, invalid),
            Self::Json | Self::Csv => {}
        }
    }

    /// Writes the part before the records. `R` is the type of record that this format writes.
    ///
    /// # Errors
    ///
    /// Returns an error if writing fails.
    pub fn begin<A: Answer, R: JsonSchema>(self, out: &mut dyn Write) -> io::Result<Records> {
        match self {
            Self::Json => json::begin::<A>(out)?,
            Self::Jsonl => {}
            Self::Csv => csv::begin::<R>(out)?,
        }
        Ok(Records { format: self, is_first: true })
    }
}

/// A partly written output with records.
#[derive(Debug)]
pub struct Records {
    format: RecordFormat,
    is_first: bool,
}

impl Records {
    /// Returns whether to flush every record as soon as it is read.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self.format, RecordFormat::Jsonl)
    }

    /// Writes one or more encoded records.
    ///
    /// # Errors
    ///
    /// Returns an error if writing fails.
    pub fn write(&mut self, out: &mut dyn Write, encoded: &[u8]) -> io::Result<()> {
        let skip = usize::from(self.is_first && self.format == RecordFormat::Json);
        self.is_first &= encoded.is_empty();
        out.write_all(encoded.get(skip..).unwrap_or_default())
    }

    /// Writes the part after the records.
    ///
    /// # Errors
    ///
    /// Returns an error if writing fails.
    pub fn end<A: Answer>(self, out: &mut dyn Write, answer: &A) -> io::Result<()> {
        match self.format {
            RecordFormat::Json => json::end(out, answer),
            RecordFormat::Jsonl | RecordFormat::Csv => Ok(()),
        }
    }
}
