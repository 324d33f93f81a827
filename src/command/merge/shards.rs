//! Reads summaries, and checks that they belong together before their counts are added.

use std::io::Read;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::super::console::Hinted;
use super::super::sources::Input;
use crate::answer::merge::Shard;
use crate::answer::run_summary::{RunSummary, fingerprint};
use crate::answer::summary::Summary;
use crate::answer::{SCHEMA_VERSION, Text};
use crate::catalog::{Catalog, Category};
use crate::classify::Classifier;
use crate::decode::{Content, decode};
use crate::tally::Tally;

/// The longest summary that is read: many times that of the largest run.
const LONGEST: u64 = 256 << 20;

const HINT: &str = "merge takes files that triage --summary-file has written";

/// The one key that every version of the format has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    schema_version: Option<u32>,
}

/// Summaries that may be added.
pub struct Shards {
    /// Whether a shard may be added twice.
    allow_repeated: bool,
    /// The fingerprint of the catalog that all runs must have used.
    catalog: String,
    connect_fix: Option<bool>,
    summaries: Vec<Summary<'static>>,
    ledgers: Vec<Shard<'static>>,
}

impl Shards {
    /// No summaries yet. Their runs must have used this catalog.
    pub fn new(catalog: &Catalog, allow_repeated: bool) -> Self {
        Self {
            allow_repeated,
            catalog: fingerprint(catalog),
            connect_fix: None,
            summaries: Vec::new(),
            ledgers: Vec::new(),
        }
    }

    /// Reads a summary, and refuses one that cannot be added to the others.
    pub fn add(&mut self, input: &Input) -> Result<()> {
        let name = input.name();
        let run = read(&name, &text(&name, input)?)?;
        let refuse = |why: &str, hint: &str| {
            Err(Hinted::new(format!("{name}: {why}"), Some(hint.to_owned())).into())
        };
        if run.catalog != self.catalog {
            return refuse(
                "its run used a different catalog",
                "merge summaries of one version of statuscode, with the --codes that their runs used",
            );
        }
        if self.connect_fix.is_some_and(|connect_fix| connect_fix != run.connect_fix) {
            return refuse(
                "its run and the previous ones differ in --no-connect-fix",
                "merge summaries of runs with the same options",
            );
        }
        if !run.complete {
            return refuse(
                "its run did not read all of its input",
                "fix the input and run triage again",
            );
        }
        if !adds_up(&run.summary) {
            return refuse("its counts do not add up", "the file was changed; run triage again");
        }
        if let Some(why) = self.repeats(&run).filter(|_| !self.allow_repeated) {
            return refuse(&why, "leave it out, or use --allow-repeated to add it anyway");
        }
        self.connect_fix = Some(run.connect_fix);
        self.ledgers.push(Shard {
            file: name.into(),
            inputs: run.inputs,
            documents: run.summary.documents,
            records: run.summary.records,
            accounts: run.summary.accounts,
            api_errors: run.summary.api_errors,
            unselected: run.summary.unselected,
            invalid: run.summary.invalid,
        });
        self.summaries.push(run.summary);
        Ok(())
    }

    /// Why a summary seems to be of a shard that was added before: an input of the same name, or,
    /// as standard input has no name, the same inputs and counts. A run that found nothing adds
    /// nothing.
    fn repeats(&self, run: &RunSummary<'_>) -> Option<String> {
        if run.summary.records == 0 {
            return None;
        }
        for (ledger, summary) in self.ledgers.iter().zip(&self.summaries) {
            let is_named = |input: &&Text<'_>| **input != "-";
            let shared = run.inputs.iter().filter(is_named);
            if let Some(input) = shared.clone().find(|input| ledger.inputs.contains(input)) {
                return Some(format!("its input {input} is also an input of {}", ledger.file));
            }
            if ledger.inputs == run.inputs && *summary == run.summary {
                return Some(format!("its counts are the same as those of {}", ledger.file));
            }
        }
        None
    }

    /// Whether the runs assumed that Data Connect Fix is integrated.
    pub fn connect_fix(&self) -> bool {
        self.connect_fix.unwrap_or(true)
    }

    /// The counts of each summary, in order.
    pub fn ledgers(&self) -> &[Shard<'static>] {
        &self.ledgers
    }

    /// The sum.
    pub fn tally(&self, classifier: &Classifier<'_>) -> Result<Tally> {
        let mut sum = Tally::new(classifier);
        let (mut documents, mut records) = (0_u64, 0_u64);
        for (summary, ledger) in self.summaries.iter().zip(&self.ledgers) {
            let more =
                (documents.checked_add(summary.documents), records.checked_add(summary.records));
            let (Some(all_documents), Some(all_records)) = more else {
                return Err(Hinted::new("the counts are too large to add", None).into());
            };
            (documents, records) = (all_documents, all_records);
            let part = part(summary, classifier);
            sum.merge(&part.with_context(|| {
                format!("{}: it counts a state that is not in the catalog", ledger.file)
            })?);
        }
        Ok(sum)
    }
}

/// The text of an input, which may be compressed.
fn text(name: &str, input: &Input) -> Result<String> {
    let mut text = String::new();
    match decode(input.open()?, false) {
        Content::Text(reader) | Content::Answer(reader) => {
            let read = reader.take(LONGEST).read_to_string(&mut text);
            read.with_context(|| format!("cannot read {name}"))?;
        }
        Content::Foreign(foreign) => {
            return Err(Hinted::new(format!("{name}: {foreign}"), Some(HINT.to_owned())).into());
        }
    }
    Ok(text)
}

fn read(name: &str, text: &str) -> Result<RunSummary<'static>> {
    check_version(name, text, HINT)?;
    // The library's message may quote untrusted text; the location is enough.
    serde_json::from_str(text).map_err(|error| {
        let place = format!("{}:{}", error.line(), error.column());
        let message = format!("{name}:{place}: not a summary of a run");
        Hinted::new(message, Some(HINT.to_owned())).into()
    })
}

/// Refuses a text that is no summary, or one of another version.
pub fn check_version(name: &str, text: &str, hint: &str) -> Result<()> {
    let hint = Some(hint.to_owned());
    // The library would accept an array in place of an object.
    if !text.trim_start().starts_with('{') && !text.trim().is_empty() {
        return Err(Hinted::new(format!("{name}: not a summary"), hint).into());
    }
    let version: Version = serde_json::from_str(text).map_err(|error| {
        let what = if error.is_eof() { "the summary is cut short" } else { "not a summary" };
        Hinted::new(format!("{name}:{}:{}: {what}", error.line(), error.column()), hint.clone())
    })?;
    match version.schema_version {
        Some(SCHEMA_VERSION) => Ok(()),
        Some(other) => {
            let message = format!("{name}: its schemaVersion is {other}, not {SCHEMA_VERSION}");
            let hint = "run triage again with this version of statuscode".to_owned();
            Err(Hinted::new(message, Some(hint)).into())
        }
        None => Err(Hinted::new(format!("{name}: not a summary"), hint).into()),
    }
}

/// Whether the counts of a summary add up.
pub fn adds_up(summary: &Summary<'_>) -> bool {
    let by_code = summary.by_code.iter().map(|row| u128::from(row.accounts)).sum::<u128>();
    let of_category = |category| {
        let rows = summary.by_code.iter().filter(move |row| row.category == category);
        rows.map(|row| u128::from(row.accounts)).sum::<u128>()
    };
    let by_category = Category::ALL
        .iter()
        .all(|&category| u128::from(summary.by_category.of(category)) == of_category(category));
    let findings = u128::from(summary.accounts) + u128::from(summary.api_errors);
    let records = findings + u128::from(summary.unselected) + u128::from(summary.invalid);
    u128::from(summary.records) == records && findings == by_code && by_category
}

/// The tally that a summary was written from.
fn part(summary: &Summary<'_>, classifier: &Classifier<'_>) -> Option<Tally> {
    let mut part = Tally::new(classifier);
    part.documents = summary.documents;
    part.api_errors = summary.api_errors;
    part.unselected = summary.unselected;
    part.invalid = summary.invalid;
    for row in &summary.by_code {
        let code = row.aggregation_status_code;
        part.add_accounts(classifier.state(code, row.category)?, code, row.accounts);
    }
    Some(part)
}
