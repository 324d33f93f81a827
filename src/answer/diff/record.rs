//! The records and counts of `diff`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::Text;
use crate::account::Code;
use crate::diff::{Change, ChangeKind, Outage};
use crate::institutions::Institutions;

/// An account that changed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeRecord<'a> {
    /// The account id.
    pub id: Text<'a>,
    /// The customer id; `null` if it is not in the input.
    pub customer_id: Option<Text<'a>>,
    /// The institution id; `null` if it is not in the input.
    pub institution_id: Option<Text<'a>>,
    /// The institution login id; `null` if it is not in the input.
    pub institution_login_id: Option<Text<'a>>,
    /// How the account changed.
    pub change: ChangeKind,
    /// The code in the previous snapshot; `null` if the account was pending or absent.
    pub before: Option<Code>,
    /// The code in the newest snapshot; `null` if the account is pending or absent.
    pub after: Option<Code>,
    /// The number of snapshots in a row with the newest code; 0 if the account is absent.
    pub streak: u16,
    /// Whether the institution probably requires a one-time passcode for every aggregation.
    pub one_time_passcode_likely: bool,
    /// Whether the account is part of a likely outage.
    pub in_outage: bool,
}

/// A likely outage: many logins of one institution newly have one of its own failure codes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutageRecord<'a> {
    /// The institution id.
    pub institution_id: Text<'a>,
    /// The name of the institution; `null` if unknown.
    pub institution_name: Option<Text<'a>>,
    /// The code.
    pub aggregation_status_code: Code,
    /// The number of accounts that newly have the code.
    pub accounts: u64,
    /// The number of logins of these accounts.
    pub logins: u64,
    /// These accounts as a share of the institution's accounts in the newest snapshot, from 0 to 1.
    pub share: f64,
}

/// The counts of a comparison.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Summary {
    /// The number of snapshots that were read.
    pub snapshots: u32,
    /// Accounts in the last two snapshots, each counted exactly once.
    pub by_change: BTreeMap<ChangeKind, u64>,
    /// Records of any snapshot that do not match the selection. A change is counted if the code
    /// before it or the code after it is selected.
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
