//! The objects of every JSON output: the contract with the scripts that read them.
//!
//! Keys are the API's own names in camelCase, ids are strings, dates and sizes do not occur. What is optional is `null`,
//! never left out, except for [`Entry::origin`]. A change that a script could notice raises [`SCHEMA_VERSION`].

mod changes;
mod code_row;
mod entry;
mod run_summary;
mod steps;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::Code;
use crate::catalog::{Action, Category};
use crate::classify::{Classifier, Finding};
use crate::tally::{Row, Tally};

pub use changes::{ByChange, Change, ChangeSummary, Changes};
pub use code_row::CodeRow;
pub use entry::{Entry, Explanation, Listing, Reading};
pub use run_summary::{Merged, RunSummary, Shard, digest};
pub use steps::{ByAction, Plan, PlanSummary, Step};

/// The version of all objects here.
pub const SCHEMA_VERSION: u32 = 1;

type Text<'a> = Cow<'a, str>;

/// The answer of `triage --json`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Triage<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// The accounts, in the order of the input.
    pub accounts: Vec<Account<'a>>,
    /// Records that cannot be read, in the order of the input; of very many only the first ones.
    pub invalid: Vec<Invalid<'a>>,
    /// The counts.
    pub summary: Summary<'a>,
}

/// One account, classified. `triage -f jsonl` writes one a line.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account<'a> {
    /// The account id; `null` for an error body.
    pub id: Option<Text<'a>>,
    /// The customer id.
    pub customer_id: Option<Text<'a>>,
    /// The institution id.
    pub institution_id: Option<Text<'a>>,
    /// The institution login id, which a Data Connect Fix needs.
    pub institution_login_id: Option<Text<'a>>,
    /// The code; `null` before the first aggregation.
    pub aggregation_status_code: Option<Code>,
    /// The short name of the state.
    pub title: Text<'a>,
    /// Who the state belongs to.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair it.
    pub connect_fix: bool,
    /// What to do, in a sentence.
    pub required_action: Text<'a>,
    /// Whole days from the last success to the last attempt; `null` where a date is missing.
    pub days_failing: Option<u64>,
    /// The input as it was named; `-` for standard input.
    pub input: Text<'a>,
    /// The line of the input on which the account begins.
    pub line: u64,
}

impl<'a> Account<'a> {
    /// The account of a finding, and where it was found.
    #[must_use]
    pub fn new(finding: &Finding<'a, 'a>, input: &'a str, line: u64) -> Self {
        let (account, verdict) = (finding.account, finding.verdict);
        Self {
            id: account.id.map(Text::from),
            customer_id: account.customer_id.map(Text::from),
            institution_id: account.institution_id.map(Text::from),
            institution_login_id: account.institution_login_id.map(Text::from),
            aggregation_status_code: account.aggregation_status_code,
            title: verdict.title.into(),
            category: verdict.category,
            action: verdict.action,
            connect_fix: verdict.connect_fix,
            required_action: verdict.required_action.into(),
            days_failing: account.days_failing(),
            input: input.into(),
            line,
        }
    }
}

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invalid<'a> {
    /// The input as it was named; `-` for standard input.
    pub input: Text<'a>,
    /// The line, from 1.
    pub line: u64,
    /// The column in bytes, from 1.
    pub column: u64,
    /// What is wrong.
    pub error: Text<'a>,
}

/// A record that cannot be read, as `triage -f jsonl` writes it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvalidLine<'a> {
    /// What is wrong.
    pub error: Text<'a>,
    /// The input as it was named; `-` for standard input.
    pub input: Text<'a>,
    /// The line, from 1.
    pub line: u64,
}

/// The counts of a run. `records = accounts + invalid`, and `accounts` is the sum over each of the two lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Summary<'a> {
    /// Documents that were read, well or broken.
    pub documents: u64,
    /// Accounts and invalid records.
    pub records: u64,
    /// Accounts.
    pub accounts: u64,
    /// Invalid records.
    pub invalid: u64,
    /// Accounts of each category.
    pub by_category: ByCategory,
    /// Accounts of each code, ascending.
    pub by_code: Vec<ByCode<'a>>,
}

impl<'a> Summary<'a> {
    /// The counts of a tally.
    #[must_use]
    pub fn new(tally: &Tally, classifier: &'a Classifier<'_>) -> Self {
        let of = |category| tally.of_category(classifier, category);
        Self {
            documents: tally.documents,
            records: tally.records(),
            accounts: tally.accounts(),
            invalid: tally.invalid,
            by_category: ByCategory {
                ok: of(Category::Ok),
                stale: of(Category::Stale),
                pending: of(Category::Pending),
                user_action: of(Category::UserAction),
                institution: of(Category::Institution),
                support: of(Category::Support),
                partner: of(Category::Partner),
                unknown: of(Category::Unknown),
            },
            by_code: tally.rows(classifier).iter().map(ByCode::new).collect(),
        }
    }
}

/// Accounts of each category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the categories are documented where they are defined"
)]
pub struct ByCategory {
    pub ok: u64,
    pub stale: u64,
    pub pending: u64,
    pub user_action: u64,
    pub institution: u64,
    pub support: u64,
    pub partner: u64,
    pub unknown: u64,
}

/// Accounts of one code and category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ByCode<'a> {
    /// The code; `null` for pending accounts, and for the rest of very many unknown codes.
    pub aggregation_status_code: Option<Code>,
    /// How many accounts.
    pub accounts: u64,
    /// The short name of the state.
    pub title: Text<'a>,
    /// Who the state belongs to.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair it.
    pub connect_fix: bool,
}

impl ByCategory {
    /// The accounts of one category.
    #[must_use]
    pub const fn of(&self, category: Category) -> u64 {
        match category {
            Category::Ok => self.ok,
            Category::Stale => self.stale,
            Category::Pending => self.pending,
            Category::UserAction => self.user_action,
            Category::Institution => self.institution,
            Category::Support => self.support,
            Category::Partner => self.partner,
            Category::Unknown => self.unknown,
        }
    }
}

impl<'a> ByCode<'a> {
    fn new(row: &Row<'a, '_>) -> Self {
        Self {
            aggregation_status_code: row.code,
            accounts: row.accounts,
            title: row.verdict.title.into(),
            category: row.verdict.category,
            action: row.verdict.action,
            connect_fix: row.verdict.connect_fix,
        }
    }
}
