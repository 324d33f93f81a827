//! The records and counts of `plan`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{Text, iso_8601};
use super::{codes, instruction};
use crate::account::Code;
use crate::catalog::Action;
use crate::plan::{Call, Request, RequestOptions, Step, Steps, Totals};

/// One step of the repair work.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepRecord<'a> {
    /// The required action; for a login with several codes, the one that must come first.
    pub action: Action,
    /// The customer id; `null` if the step covers several customers, or if it is not in the input.
    pub customer_id: Option<Text<'a>>,
    /// The institution login id; `null` if the step covers several logins, or if it is not in the
    /// input.
    pub institution_login_id: Option<Text<'a>>,
    /// The institution id; `null` if it is not in the input.
    pub institution_id: Option<Text<'a>>,
    /// The codes of the accounts, in ascending order.
    pub codes: Vec<Code>,
    /// The ids of the accounts, in ascending order.
    pub account_ids: Vec<Text<'a>>,
    /// The ids of the accounts' customers, in ascending order.
    pub customer_ids: Vec<Text<'a>>,
    /// The number of accounts that the step covers.
    pub accounts: u64,
    /// The time of the latest attempt among the accounts, ISO 8601 in UTC.
    pub last_attempt: Option<String>,
    /// What to do.
    pub instruction: String,
    /// A message that an application can show to the customer.
    pub customer_message: Text<'a>,
    /// The API call that starts the repair; `null` if there is none that the API would accept.
    pub request: Option<Request>,
    /// The API call that shows whether the repair worked; `null` without a customer and a login.
    pub verify: Option<Call>,
}

/// The counts of a plan.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Summary {
    /// Documents that were read, valid or not.
    pub documents: u64,
    /// Accounts, API errors, unselected accounts, and invalid records.
    pub records: u64,
    /// Customer Account records, including repeated ones.
    pub accounts: u64,
    /// Error bodies: a code with a message, and no account.
    pub api_errors: u64,
    /// Accounts that the selection excludes.
    pub unselected: u64,
    /// Invalid records.
    pub invalid: u64,
    /// Accounts and API errors whose last state needs a step, regardless of `--only`.
    pub need_step: u64,
    /// The number of listed steps.
    pub steps: u64,
    /// Steps and accounts by action.
    pub by_action: Vec<ByAction>,
}

/// The steps and accounts of one action.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ByAction {
    /// The required action.
    pub action: Action,
    /// The number of steps.
    pub steps: u64,
    /// The number of accounts that these steps cover.
    pub accounts: u64,
}

impl ByAction {
    /// Returns the counts of each action, in the order of the work.
    #[must_use]
    pub fn from_steps(steps: &Steps<'_>) -> Vec<Self> {
        let totals = steps.totals().into_iter();
        let row = |(action, totals): (_, Totals)| Self {
            action,
            steps: totals.steps,
            accounts: totals.accounts,
        };
        totals.map(row).collect()
    }
}

/// The members of the JSON document after `steps`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rest {
    /// The counts.
    pub summary: Summary,
}

impl<'a> StepRecord<'a> {
    pub(super) fn new(step: Step<'a>, options: &RequestOptions) -> Self {
        let request = step.request(options);
        let by_code = step.codes();
        let message = match step.overdue() {
            Some(_) => instruction::OVERDUE_MESSAGE,
            None => by_code.first().map_or("", |count| count.verdict.customer_message),
        };
        Self {
            action: step.action(),
            customer_id: step.customer_id(),
            institution_login_id: step.institution_login_id(),
            institution_id: step.institution_id(),
            codes: codes(step),
            account_ids: step.account_ids().collect(),
            customer_ids: step.customer_ids().collect(),
            accounts: step.accounts(),
            last_attempt: step.last_attempt().and_then(iso_8601),
            instruction: instruction::for_step(step, request.as_ref()),
            customer_message: message.into(),
            request,
            verify: step.verify(),
        }
    }
}
