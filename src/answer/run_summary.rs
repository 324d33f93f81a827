//! The summary file of a run, which `merge` can add to others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash64;

use super::Text;
use super::entry::Entry;
use super::summary::Summary;
use crate::catalog::Catalog;
use crate::select::{Ids, Selection};

/// The file that `triage --summary-file` writes: the counts of a run, and what must match before
/// `merge` can add them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunSummary<'a> {
    /// The version of this format.
    pub schema_version: u32,
    /// The fingerprint of the catalog that classified the accounts, including its overlay.
    pub catalog: Text<'a>,
    /// Whether the run assumed that Data Connect Fix is integrated.
    pub connect_fix: bool,
    /// Whether every input was read completely.
    pub complete: bool,
    /// The fingerprint of the selection; `null` if the run counted every account.
    pub selection: Option<Text<'a>>,
    /// The inputs as named on the command line; `-` for standard input.
    pub inputs: Vec<Text<'a>>,
    /// The counts.
    pub summary: Summary<'a>,
}

/// Returns a fingerprint of a catalog: 16 hexadecimal digits over everything that it says about
/// codes and states.
#[must_use]
pub fn fingerprint(catalog: &Catalog) -> String {
    let mut text = String::new();
    for entry in catalog.entries() {
        // Only the content of an overlay matters, not its path.
        let entry = Entry { origin: None, ..Entry::from(entry) };
        // An entry has only strings and numbers, so serializing it cannot fail.
        text += &serde_json::to_string(&entry).unwrap_or_default();
    }
    for state in catalog.states() {
        let names = [state.category.as_str(), state.action.as_str()];
        let strings = [&state.title, &state.meaning, &state.required_action];
        text += &format!("{names:?}{strings:?}{:?}", state.customer_message);
    }
    for status in catalog.http_statuses() {
        text += &format!("{status:?}");
    }
    format!("{:016x}", XxHash64::oneshot(0, text.as_bytes()))
}

/// Returns a fingerprint of a selection: 16 hexadecimal digits, the same for the same conditions in
/// any order.
#[must_use]
pub fn selection_fingerprint(selection: &Selection) -> String {
    let Selection { codes, min_days, accounts, customers, institutions, logins } = selection;
    let ids = [accounts, customers, institutions, logins].map(Ids::sorted);
    let text = format!("{codes:?}{min_days:?}{ids:?}");
    format!("{:016x}", XxHash64::oneshot(0, text.as_bytes()))
}
