//! The summary of a run as a file, and what becomes of many of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash64;

use super::{Entry, Summary, Text};
use crate::catalog::Catalog;

/// What `triage --summary-file` writes: the counts of a run, and what must be equal before counts may be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunSummary<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// The digest of the catalog that the accounts were classified by, its overlay included.
    pub catalog: Text<'a>,
    /// Whether the required actions are those of an application that has integrated Data Connect Fix.
    pub connect_fix: bool,
    /// Whether every input was read to its end.
    pub complete: bool,
    /// The inputs as they were named; `-` for standard input.
    pub inputs: Vec<Text<'a>>,
    /// The counts.
    pub summary: Summary<'a>,
}

/// The answer of `merge --json`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Merged<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// What was added, in the order in which it was named: a shard that is missing here is missing in the sum.
    pub shards: Vec<Shard<'a>>,
    /// The counts of all shards together.
    pub summary: Summary<'a>,
}

/// The ledger of one summary that was added.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shard<'a> {
    /// The file of the summary as it was named.
    pub file: Text<'a>,
    /// The inputs of its run.
    pub inputs: Vec<Text<'a>>,
    /// Documents that were read, well or broken.
    pub documents: u64,
    /// Accounts and invalid records.
    pub records: u64,
    /// Accounts.
    pub accounts: u64,
    /// Invalid records.
    pub invalid: u64,
}

/// Tells catalogs apart: 16 hexadecimal digits over everything that a catalog says of codes and of the states beside them.
#[must_use]
pub fn digest(catalog: &Catalog) -> String {
    let mut text = String::new();
    for entry in catalog.entries() {
        // Where an overlay lies does not matter, only what it says.
        let entry = Entry {
            origin: None,
            ..Entry::from(entry)
        };
        // An entry is made of texts and numbers only, which JSON can always hold.
        text += &serde_json::to_string(&entry).unwrap_or_default();
    }
    for state in catalog.states() {
        let words = [state.category.as_str(), state.action.as_str()];
        let texts = [&state.title, &state.meaning, &state.required_action];
        text += &format!("{words:?}{texts:?}{:?}", state.customer_message);
    }
    format!("{:016x}", XxHash64::oneshot(0, text.as_bytes()))
}
