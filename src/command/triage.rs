//! `triage`: classify every account.

mod made;
mod part;
mod summary_file;

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::inputs::{Halt, Input, InvalidRecords};
use super::reading::Reader;
use super::status::Status;
use super::{Out, Shell, buffered};
use crate::catalog::Category;
use crate::classify::Classifier;
use crate::cli::{Format, Gate, Triage};
use crate::plural::Count;
use crate::render::{BY_URGENCY, Csv, End, Json, JsonLines, Listed, Page, Report, Table, Ticket};
use crate::tally::Tally;
use crate::wire::{self, RunSummary, Summary};
use part::{Gatherer, Listing, Part};

/// Formats of this command.
const FORMATS: &[Format] = &[
    Format::Table,
    Format::Json,
    Format::Jsonl,
    Format::Csv,
    Format::Markdown,
    Format::Html,
];

/// Accounts that are listed for somebody who reads on.
const LISTED: usize = 25;
/// Accounts that are listed for somebody who can search.
const LISTED_IN_PAGE: usize = 1000;

pub fn run(shell: &Shell<'_>, what: &Triage, out: &mut Out<'_>) -> Result<Status> {
    let inputs = Input::all(&what.files)?;
    let classifier = Classifier::new(shell.catalog, !what.no_connect_fix);
    let limit = |default| match what.limit.unwrap_or(default) {
        0 => usize::MAX,
        limit => limit,
    };
    let report: Box<dyn Report> = match shell.format("triage", FORMATS)? {
        Format::Json => Box::new(Json::new(&classifier)),
        Format::Jsonl => Box::new(JsonLines::new(&classifier)),
        Format::Csv => Box::new(Csv),
        Format::Markdown => Box::new(Ticket::new(limit(LISTED))),
        Format::Html => Box::new(Page::new(
            made::made(shell, &inputs)?,
            limit(LISTED_IN_PAGE),
        )),
        // What is not among FORMATS was refused.
        Format::Table | Format::Sql => Box::new(Table::new(shell.look, limit(LISTED))),
    };
    let listing = Listing::new(report.as_ref(), &what.only);
    let mut reader = Reader::new(shell, &what.reading, &inputs, report.encodes());
    let mut run = Run {
        report: report.as_ref(),
        out: buffered(out),
        tally: Tally::new(&classifier),
        listed: vec![Vec::new(); Category::ALL.len()],
        invalid: Vec::new(),
        begun: false,
    };
    run.report
        .begin(&mut run.out)
        .context("cannot write the answer")?;
    let mut is_complete = true;
    for input in &inputs {
        let gatherer = |name: &Arc<str>| {
            Gatherer::new(&classifier, report.as_ref(), &listing, Arc::clone(name))
        };
        is_complete = reader.read(input, gatherer, |records, name, part| {
            run.take(records, name, part)
        })?;
        if !is_complete {
            break;
        }
    }
    reader.clear_progress();
    let tally = run.finish(&classifier)?;
    if let Some(path) = &what.summary_file {
        let summary = RunSummary {
            schema_version: wire::SCHEMA_VERSION,
            catalog: wire::digest(shell.catalog).into(),
            connect_fix: !what.no_connect_fix,
            complete: is_complete && !reader.is_incomplete && !reader.has_failed(),
            inputs: inputs.iter().map(|input| input.name().into()).collect(),
            summary: Summary::new(&tally, &classifier),
        };
        summary_file::write(path, &summary)?;
    }
    let status = reader.close();
    Ok(status.max(gate(shell, &what.fail_on, &tally, &classifier)))
}

/// A run, as far as it has come.
struct Run<'a, W> {
    report: &'a dyn Report,
    out: W,
    tally: Tally,
    /// Accounts to show at the end, by category.
    listed: Vec<Vec<Listed>>,
    invalid: Vec<wire::Invalid<'static>>,
    /// Whether a finding was written.
    begun: bool,
}

impl<W: Write> Run<'_, W> {
    /// Takes what was gathered of the next part of the input.
    fn take(
        &mut self,
        records: &mut InvalidRecords<'_>,
        input: &str,
        part: Part,
    ) -> Result<u64, Halt> {
        self.tally.merge(&part.tally);
        for (all, more) in self.listed.iter_mut().zip(part.listed) {
            let room = self.report.listed().saturating_sub(all.len());
            all.extend(more.into_iter().take(room));
        }
        if !part.encoded.is_empty() {
            let first = if self.begun {
                0
            } else {
                self.report.separator().len()
            };
            self.begun = true;
            self.out
                .write_all(&part.encoded[first..])
                .map_err(Halt::Write)?;
            if self.report.is_live() {
                self.out.flush().map_err(Halt::Write)?;
            }
        }
        for (at, problem) in part.invalid {
            if self.invalid.len() < self.report.invalid_listed() {
                self.invalid.push(wire::Invalid {
                    input: input.to_owned().into(),
                    line: at.line,
                    column: at.column(),
                    error: problem.to_string().into(),
                });
            }
            records.note(input, at, &problem)?;
        }
        Ok(self.tally.accounts())
    }

    /// Writes the rest of the report, and makes sure that all of it arrived.
    fn finish(&mut self, classifier: &Classifier<'_>) -> Result<Tally> {
        let (mut listed, mut listable) = (Vec::new(), 0);
        for category in BY_URGENCY {
            let own = &mut self.listed[category as usize];
            if !own.is_empty() {
                listable += self.tally.of_category(classifier, category);
                listed.append(own);
            }
        }
        listed.truncate(self.report.listed());
        let end = End {
            tally: &self.tally,
            classifier,
            listed: &listed,
            listable,
            invalid: &self.invalid,
        };
        let written = self
            .report
            .finish(&mut self.out, &end)
            .and_then(|()| self.out.flush());
        written.context("cannot write the answer")?;
        Ok(self.tally.clone())
    }
}

/// Whether the gate trips.
fn gate(shell: &Shell<'_>, gates: &[Gate], tally: &Tally, classifier: &Classifier<'_>) -> Status {
    let accounts = tally.accounts();
    let mut status = Status::Done;
    for gate in gates {
        let (count, what) = match gate {
            Gate::Category(category) => (tally.of_category(classifier, *category), category.word()),
            Gate::Any => (
                accounts - tally.of_category(classifier, Category::Ok),
                "not ok",
            ),
            Gate::Empty => (u64::from(accounts == 0), ""),
        };
        if count > 0 {
            status = Status::No;
            let told = match gate {
                Gate::Empty => "gate tripped: no account was found".to_owned(),
                _ => format!("gate tripped: {what} ({})", Count(count, "account")),
            };
            shell.console.note(&told);
        }
    }
    status
}
