//! The objects of every JSON output: the contract with the scripts that read them.
//!
//! Keys are the API's own names in camelCase, ids are strings, dates and sizes do not occur. What is optional is `null`,
//! never left out, except for [`Entry::origin`]. A change that a script could notice raises [`SCHEMA_VERSION`].

mod changes;
mod code_row;
mod run_summary;
mod steps;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::Code;
use crate::catalog::{self, Action, Category, Standing};
use crate::classify::{Classifier, Finding};
use crate::tally::{Row, Tally};

pub use changes::{ByChange, Change, ChangeSummary, Changes};
pub use code_row::CodeRow;
pub use run_summary::{Merged, RunSummary, Shard, digest};
pub use steps::{ByAction, FixBody, Plan, PlanSummary, Step, StepRequest};

/// The version of all objects here.
pub const SCHEMA_VERSION: u32 = 1;

type Text<'a> = Cow<'a, str>;

/// The answer of `explain`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Explanation<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// The entries that were asked for, in the order in which they were.
    pub codes: Vec<Entry<'a>>,
    /// Codes that were asked for and are in no source.
    pub unknown: Vec<Code>,
}

/// The answer of `list`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Listing<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// Entries, ascending by code.
    pub codes: Vec<Entry<'a>>,
}

/// All that is known of a code.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry<'a> {
    /// The aggregation status code.
    pub code: Code,
    /// A unique slug.
    pub name: Text<'a>,
    /// The short documented name.
    pub title: Text<'a>,
    /// How well the code is documented.
    pub standing: Standing,
    /// Who the state belongs to.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair it.
    pub connect_fix: bool,
    /// Mastercard's own group of remedies, where one was seen.
    pub remediation_category: Option<Text<'a>>,
    /// What happened.
    pub meaning: Text<'a>,
    /// What to do, in a sentence.
    pub required_action: Text<'a>,
    /// The action where Data Connect Fix is not integrated, if a source documents one.
    pub fallback_action: Option<Action>,
    /// What an application can show to the end user.
    pub customer_message: Text<'a>,
    /// What else to know.
    pub notes: Vec<Text<'a>>,
    /// What each source says, by rank.
    pub readings: Vec<Reading<'a>>,
    /// The overlay that the entry comes from; left out for entries that are built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Text<'a>>,
}

/// What one source says of a code.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reading<'a> {
    /// The id of the source.
    pub source: Text<'a>,
    /// What the code means there.
    pub meaning: Text<'a>,
    /// What to do by this source.
    pub required_action: Text<'a>,
    /// Whether a source of higher standing replaces this reading.
    pub superseded: bool,
    /// Where it is written.
    pub url: Text<'a>,
}

impl<'a> From<&'a catalog::Entry> for Entry<'a> {
    fn from(entry: &'a catalog::Entry) -> Self {
        let text = |text: &'a String| Text::from(text.as_str());
        Self {
            code: entry.code,
            name: text(&entry.name),
            title: text(&entry.title),
            standing: entry.standing,
            category: entry.category,
            action: entry.action,
            connect_fix: entry.connect_fix,
            remediation_category: entry.remediation_category.as_ref().map(text),
            meaning: text(&entry.meaning),
            required_action: text(&entry.required_action),
            fallback_action: entry.fallback.as_ref().map(|fallback| fallback.action),
            customer_message: text(&entry.customer_message),
            notes: entry.notes.iter().map(text).collect(),
            readings: entry.readings.iter().map(Reading::from).collect(),
            origin: entry.origin.as_ref().map(text),
        }
    }
}

impl<'a> From<&'a catalog::Reading> for Reading<'a> {
    fn from(reading: &'a catalog::Reading) -> Self {
        Self {
            source: reading.source.as_str().into(),
            meaning: reading.meaning.as_str().into(),
            required_action: reading.required_action.as_str().into(),
            superseded: reading.superseded,
            url: reading.url.as_str().into(),
        }
    }
}

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
