//! The objects of `plan --json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Text;
use crate::account::Code;
use crate::catalog::Action;
use crate::plan::Request;

/// The answer of `plan --json`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// The steps, in the order in which they are best done.
    pub steps: Vec<Step<'a>>,
    /// The counts.
    pub summary: PlanSummary,
}

/// One step of repair. `plan -f jsonl` writes one a line.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step<'a> {
    /// The required action.
    pub action: Action,
    /// The customer; `null` where the step is for many.
    pub customer_id: Option<Text<'a>>,
    /// The login; `null` where the step is for many, or the input has none.
    pub institution_login_id: Option<Text<'a>>,
    /// The institution; `null` where the input has none.
    pub institution_id: Option<Text<'a>>,
    /// The codes of its accounts, ascending.
    pub codes: Vec<Code>,
    /// The ids of its accounts, ascending.
    pub account_ids: Vec<Text<'a>>,
    /// The ids of its accounts' customers, ascending.
    pub customer_ids: Vec<Text<'a>>,
    /// How many accounts it clears.
    pub accounts: u64,
    /// The latest attempt among its accounts, epoch seconds.
    pub last_attempt: Option<i64>,
    /// What to do.
    pub instruction: String,
    /// What an application can show to the end user.
    pub customer_message: Text<'a>,
    /// The call that does it or begins it; `null` where there is none.
    pub request: Option<Request>,
    /// The call that shows whether it is done; `null` without a login or customer.
    pub verify: Option<Request>,
}

/// The counts of a plan. `records = accounts + invalid`; unless only some actions were asked for, the accounts of all steps
/// are the failing ones.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanSummary {
    /// Documents that were read, well or broken.
    pub documents: u64,
    /// Accounts and invalid records.
    pub records: u64,
    /// Accounts.
    pub accounts: u64,
    /// Invalid records.
    pub invalid: u64,
    /// Accounts that need work, whichever actions were asked for.
    pub failing: u64,
    /// Steps.
    pub steps: u64,
    /// Steps and accounts of each action.
    pub by_action: Vec<ByAction>,
}

/// Steps and accounts of one action.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ByAction {
    /// The action.
    pub action: Action,
    /// Its steps.
    pub steps: u64,
    /// The accounts that they clear.
    pub accounts: u64,
}
