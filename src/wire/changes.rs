//! The objects of `diff --json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Text;
use crate::account::Code;
use crate::diff::{self, ChangeKind};

/// The answer of `diff --json`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Changes<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// Accounts that changed or are still failing, the worst first.
    pub changes: Vec<Change<'a>>,
    /// The counts.
    pub summary: ChangeSummary,
}

/// One account that changed. `diff -f jsonl` writes one a line.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Change<'a> {
    /// The account.
    pub id: Text<'a>,
    /// The customer; `null` where the input has none.
    pub customer_id: Option<Text<'a>>,
    /// The institution; `null` where the input has none.
    pub institution_id: Option<Text<'a>>,
    /// The login; `null` where the input has none.
    pub institution_login_id: Option<Text<'a>>,
    /// What became of it.
    pub change: ChangeKind,
    /// The code before; `null` if it was pending or not there.
    pub before: Option<Code>,
    /// The code now; `null` if it is pending or gone.
    pub after: Option<Code>,
    /// Snapshots in a row with the newest code; 0 if it is gone.
    pub streak: u16,
    /// Whether it looks as if the institution wanted a passcode at every sign-in.
    pub one_time_passcode_likely: bool,
}

impl<'a> From<diff::Change<'a>> for Change<'a> {
    fn from(change: diff::Change<'a>) -> Self {
        Self {
            id: change.id(),
            customer_id: change.customer_id(),
            institution_id: change.institution_id(),
            institution_login_id: change.institution_login_id(),
            change: change.kind(),
            before: change.before(),
            after: change.after(),
            streak: change.streak(),
            one_time_passcode_likely: change.one_time_passcode_likely(),
        }
    }
}

/// The counts of a comparison.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeSummary {
    /// Snapshots that were compared.
    pub snapshots: u16,
    /// Accounts of the last two snapshots: each is in exactly one count.
    pub by_change: ByChange,
    /// Records of any snapshot that could not be read.
    pub invalid: u64,
}

/// Accounts by what became of them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the changes are documented where they are defined"
)]
pub struct ByChange {
    pub broken: u64,
    pub recovered: u64,
    pub code_changed: u64,
    pub still_failing: u64,
    pub appeared: u64,
    pub disappeared: u64,
    pub unchanged: u64,
}

impl ByChange {
    /// Counts in the order of [`ChangeKind::ALL`].
    #[must_use]
    pub const fn new(counts: &[u64; ChangeKind::ALL.len()]) -> Self {
        Self {
            broken: counts[ChangeKind::Broken as usize],
            recovered: counts[ChangeKind::Recovered as usize],
            code_changed: counts[ChangeKind::CodeChanged as usize],
            still_failing: counts[ChangeKind::StillFailing as usize],
            appeared: counts[ChangeKind::Appeared as usize],
            disappeared: counts[ChangeKind::Disappeared as usize],
            unchanged: counts[ChangeKind::Unchanged as usize],
        }
    }
}
