//! The output formats: one file per format, which writes every answer.
//!
//! | format | file | writes |
//! |---|---|---|
//! | `table`, `markdown`, `html` | `table`, `markdown`, `html` | the report: headline and sections |
//! | `json`, `jsonl`, `csv` | `json`, `jsonl`, `csv` | the records, one by one |
//! | `sql` | `sql` | the records as an SQL table |
//! | `prometheus` | `prometheus` | the metrics |
//!
//! `grid` lays out tables for a terminal, `flat` turns records into rows, and `encoder` is the fast
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

use crate::answer::triage::InvalidLine;
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
    /// A web page, with when and from what it was generated.
    Html(PageInfo),
}

/// A format with its settings.
#[derive(Debug, Clone)]
pub enum Renderer {
    /// Records.
    Records(RecordFormat),
    /// A report.
    Report(ReportFormat),
    /// An SQL table.
    Sql,
    /// Gauges for Prometheus.
    Prometheus,
}

impl Renderer {
    /// The renderer of a format. Only a page needs to know when and from what it is generated.
    ///
    /// # Errors
    ///
    /// The error of `info`.
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

    /// Writes an answer.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn write<A: Complete>(&self, out: &mut dyn Write, answer: &A) -> io::Result<()> {
        match self {
            Self::Report(format) => format.write(out, answer),
            Self::Sql => sql::write(out, answer),
            Self::Prometheus => prometheus::write(out, &answer.metrics()),
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
            Self::Html(info) => html::write(out, info, &answer.overview(), &report),
        }
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

    /// Writes what comes before the records; `R` is the type of record that this format writes.
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
        Ok(Records { format: self, is_first: true })
    }
}

/// Records that are being written.
#[derive(Debug)]
pub struct Records {
    format: RecordFormat,
    is_first: bool,
}

impl Records {
    /// Whether to flush every record as soon as it is read.
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
