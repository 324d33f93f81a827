//! What `diff` writes for programs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::Text;
use crate::account::Code;
use crate::diff::{Change, ChangeKind, Outage};
use crate::institutions::Institutions;

/// One account that changed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeRecord<'a> {
    /// The account.
    pub id: Text<'a>,
    /// The customer; `null` if the input has none.
    pub customer_id: Option<Text<'a>>,
    /// The institution; `null` if the input has none.
    pub institution_id: Option<Text<'a>>,
    /// The login; `null` if the input has none.
    pub institution_login_id: Option<Text<'a>>,
    /// How it changed.
    pub change: ChangeKind,
    /// The code before; `null` if it was pending or absent.
    pub before: Option<Code>,
    /// The code now; `null` if it is pending or absent.
    pub after: Option<Code>,
    /// Snapshots in a row with the newest code; 0 if it is absent.
    pub streak: u16,
    /// Whether the institution seems to want a one-time passcode for every aggregation.
    pub one_time_passcode_likely: bool,
    /// Whether it is part of an outage.
    pub in_outage: bool,
}

/// Many logins of one institution that failed for the institution's own reasons.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutageRecord<'a> {
    /// The institution.
    pub institution_id: Text<'a>,
    /// Its name; `null` if it is not known.
    pub institution_name: Option<Text<'a>>,
    /// The code.
    pub aggregation_status_code: Code,
    /// The accounts that newly have the code.
    pub accounts: u64,
    /// Their logins.
    pub logins: u64,
    /// These accounts as a share of the institution's accounts in the new snapshot, 0 to 1.
    pub share: f64,
}

/// The counts of a comparison.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Summary {
    /// Snapshots that were compared.
    pub snapshots: u32,
    /// Accounts of the last two snapshots: each is in exactly one count.
    pub by_change: BTreeMap<ChangeKind, u64>,
    /// Records of any snapshot that do not match the selection. A change is counted if the code
    /// before or the code now is selected.
    pub unselected: u64,
    /// Records of any snapshot that could not be read.
    pub invalid: u64,
}

/// The members of the JSON document after `changes`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rest<'a> {
    /// Likely outages, most accounts first.
    pub outages: Vec<OutageRecord<'a>>,
    /// The counts.
    pub summary: Summary,
}

impl<'a> ChangeRecord<'a> {
    pub(super) fn new(change: &Change<'a>, in_outage: bool) -> Self {
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
            in_outage,
        }
    }
}

impl<'a> OutageRecord<'a> {
    pub(super) fn new(outage: &'a Outage, names: &'a Institutions) -> Self {
        Self {
            institution_id: outage.institution_id.as_str().into(),
            institution_name: names.name(&outage.institution_id).map(Text::from),
            aggregation_status_code: outage.code,
            accounts: outage.accounts,
            logins: outage.logins,
            share: outage.share,
        }
    }
}
