//! Reads summaries, checks that they belong together, and adds their counts.

mod length;

use std::collections::HashMap;
use std::io::Read;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::super::console::HintedError;
use super::super::sources::Input;
use crate::answer::merge::Shard;
use crate::answer::run_summary::{RunSummary, fingerprint};
use crate::answer::summary::Summary;
use crate::answer::{SCHEMA_VERSION, Text};
use crate::catalog::{Catalog, Category};
use crate::classify::Classifier;
use crate::decode::{Content, decode};
use crate::tally::Tally;
use crate::text::grouped;
use length::Length;

/// The maximum size of a summary in bytes: that of a run with a million inputs with long names.
pub const MAX_SIZE: u64 = 128 << 20;

/// The maximum number of inputs of a run. A short name takes more than ten times its size in memory.
const MAX_INPUTS: u64 = 1_000_000;

const SPLIT: &str = "split the inputs of the run, and merge the summaries of the parts";

const HINT: &str = "merge takes files that triage --summary-file has written";

/// The key that every version of the format has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    schema_version: Option<u32>,
}

/// The number of the inputs of a run.
#[derive(Deserialize)]
struct Inputs {
    #[serde(default)]
    inputs: Length,
}

/// Summaries that can be added.
pub struct Shards {
    /// Whether a shard may be added twice.
    allow_repeated: bool,
    /// The fingerprint of the catalog that all runs must have used.
    catalog: String,
    connect_fix: Option<bool>,
    /// The fingerprint of the selection of the runs so far.
    selection: Option<Text<'static>>,
    summaries: Vec<Summary<'static>>,
    /// The counts of each summary.
    counts: Vec<Shard<'static>>,
    /// The index of the first summary that has an input of this name. Standard input has no name.
    named: HashMap<Text<'static>, usize>,
}

impl Shards {
    /// Returns an empty collection for runs that used this catalog.
    pub fn new(catalog: &Catalog, allow_repeated: bool) -> Self {
        Self {
            allow_repeated,
            catalog: fingerprint(catalog),
            connect_fix: None,
            selection: None,
            summaries: Vec::new(),
            counts: Vec::new(),
            named: HashMap::new(),
        }
    }

    /// Reads and adds a summary.
    ///
    /// # Errors
    ///
    /// Returns an error if the summary cannot be read, or cannot be added to the others.
    pub fn add(&mut self, input: &Input) -> Result<()> {
        let name = input.name();
        let run = read(&name, &text(&name, input)?)?;
        let refuse = |reason: &str, hint: &str| {
            Err(HintedError::new(format!("{name}: {reason}"), Some(hint.to_owned())).into())
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
        if !self.counts.is_empty() && self.selection != run.selection {
            return refuse(
                "its run and the previous ones selected different accounts",
                "merge summaries of runs with the same --code, --customer, and other selection \
                 options",
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
        if let Some(reason) = self.find_repeat(&run).filter(|_| !self.allow_repeated) {
            return refuse(&reason, "leave it out, or use --allow-repeated to add it anyway");
        }
        self.connect_fix = Some(run.connect_fix);
        self.selection = run.selection;
        for input in run.inputs.iter().filter(|input| is_named(input)) {
            self.named.entry(input.clone()).or_insert(self.counts.len());
        }
        self.counts.push(Shard {
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

    /// Returns the reason why a summary seems to be of a shard that was added before: it has an
    /// input of the same name or, because standard input has no name, the same inputs and counts. A
    /// run that found nothing may be repeated, because it adds nothing.
    fn find_repeat(&self, run: &RunSummary<'_>) -> Option<String> {
        if run.summary.records == 0 {
            return None;
        }
        let mut named = run.inputs.iter().filter(|input| is_named(input));
        if let Some((input, &index)) = named.find_map(|input| Some((input, self.named.get(input)?)))
        {
            let file = &self.counts[index].file;
            return Some(format!("its input {input} is also an input of {file}"));
        }
        let mut shards = self.counts.iter().zip(&self.summaries);
        shards
            .find(|(shard, summary)| **summary == run.summary && shard.inputs == run.inputs)
            .map(|(shard, _)| format!("its counts are the same as those of {}", shard.file))
    }

    /// Returns whether the runs assumed that Data Connect Fix is integrated.
    pub fn connect_fix(&self) -> bool {
        self.connect_fix.unwrap_or(true)
    }

    /// Returns the counts of each summary, in order.
    pub fn counts(&self) -> &[Shard<'static>] {
        &self.counts
    }

    /// Returns the sum of all summaries.
    ///
    /// # Errors
    ///
    /// Returns an error if a count overflows, or if a summary has a state that is not in the
    /// catalog.
    pub fn tally(&self, classifier: &Classifier<'_>) -> Result<Tally> {
        let mut sum = Tally::new(classifier);
        let (mut documents, mut records) = (0_u64, 0_u64);
        for (summary, shard) in self.summaries.iter().zip(&self.counts) {
            let more =
                (documents.checked_add(summary.documents), records.checked_add(summary.records));
            let (Some(all_documents), Some(all_records)) = more else {
                return Err(HintedError::new("the counts are too large to add", None).into());
            };
            (documents, records) = (all_documents, all_records);
            let tally = tally(summary, classifier);
            sum.merge(&tally.with_context(|| {
                format!("{}: it counts a state that is not in the catalog", shard.file)
            })?);
        }
        Ok(sum)
    }
}

/// Returns whether an input has a name, which standard input has not.
fn is_named(input: &str) -> bool {
    input != "-"
}

/// Reads an input, which may be compressed, as text.
fn text(name: &str, input: &Input) -> Result<String> {
    let mut text = String::new();
    match decode(input.open()?, false) {
        Content::Text(reader) | Content::Answer(reader) => {
            let read = reader.take(MAX_SIZE + 1).read_to_string(&mut text);
            read.with_context(|| format!("cannot read {name}"))?;
        }
        Content::Foreign(foreign) => {
            return Err(
                HintedError::new(format!("{name}: {foreign}"), Some(HINT.to_owned())).into()
            );
        }
    }
    check_size(name, text.len())?;
    Ok(text)
}

/// Returns an error if a text of this length is too large for a summary.
pub fn check_size(name: &str, length: usize) -> Result<()> {
    if length as u64 > MAX_SIZE {
        let message = format!("{name}: a summary has at most {} MiB", MAX_SIZE >> 20);
        return Err(HintedError::new(message, Some(SPLIT.to_owned())).into());
    }
    Ok(())
}

fn read(name: &str, text: &str) -> Result<RunSummary<'static>> {
    check_version(name, text, HINT)?;
    // The library's message may quote untrusted text. The location is enough.
    let refuse = |error: serde_json::Error| {
        let location = format!("{}:{}", error.line(), error.column());
        let message = format!("{name}:{location}: not a summary of a run");
        HintedError::new(message, Some(HINT.to_owned()))
    };
    // Count them before they are stored.
    let Inputs { inputs: Length(inputs) } = serde_json::from_str(text).map_err(refuse)?;
    if inputs > MAX_INPUTS {
        let message = format!("{name}: a summary has at most {} inputs", grouped(MAX_INPUTS));
        return Err(HintedError::new(message, Some(SPLIT.to_owned())).into());
    }
    Ok(serde_json::from_str(text).map_err(refuse)?)
}

/// Returns an error if the text is not a summary, or has another version.
pub fn check_version(name: &str, text: &str, hint: &str) -> Result<()> {
    let hint = Some(hint.to_owned());
    // The library would accept an array in place of an object.
    if !text.trim_start().starts_with('{') && !text.trim().is_empty() {
        return Err(HintedError::new(format!("{name}: not a summary"), hint).into());
    }
    // A file of account JSON has other documents after the first one.
    let mut documents = serde_json::Deserializer::from_str(text);
    let version = Version::deserialize(&mut documents).map_err(|error| {
        let reason = if error.is_eof() { "the summary is cut short" } else { "not a summary" };
        HintedError::new(
            format!("{name}:{}:{}: {reason}", error.line(), error.column()),
            hint.clone(),
        )
    })?;
    match version.schema_version {
        Some(SCHEMA_VERSION) => Ok(()),
        Some(other) => {
            let message = format!("{name}: its schemaVersion is {other}, not {SCHEMA_VERSION}");
            let hint = "run triage again with this version of statuscode".to_owned();
            Err(HintedError::new(message, Some(hint)).into())
        }
        None => Err(HintedError::new(format!("{name}: not a summary"), hint).into()),
    }
}

/// Returns whether the counts of a summary add up.
pub fn adds_up(summary: &Summary<'_>) -> bool {
    let by_code = summary.by_code.iter().map(|row| u128::from(row.accounts)).sum::<u128>();
    let in_category = |category| {
        let rows = summary.by_code.iter().filter(move |row| row.category == category);
        rows.map(|row| u128::from(row.accounts)).sum::<u128>()
    };
    let by_category = Category::ALL
        .iter()
        .all(|&category| u128::from(summary.by_category.get(category)) == in_category(category));
    let findings = u128::from(summary.accounts) + u128::from(summary.api_errors);
    let records = findings + u128::from(summary.unselected) + u128::from(summary.invalid);
    u128::from(summary.records) == records && findings == by_code && by_category
}

/// Restores the tally from which a summary was written; `None` if it has a state that is not in the
/// catalog.
fn tally(summary: &Summary<'_>, classifier: &Classifier<'_>) -> Option<Tally> {
    let mut tally = Tally::new(classifier);
    tally.documents = summary.documents;
    tally.api_errors = summary.api_errors;
    tally.unselected = summary.unselected;
    tally.invalid = summary.invalid;
    for row in &summary.by_code {
        let code = row.aggregation_status_code;
        tally.add_accounts(classifier.verdict(code, row.category)?, code, row.accounts);
    }
    Some(tally)
}
