//! What `plan` reports: the repair work, step by step.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::share_limit;
use super::{Answer, Body, Cell, Complete, Kind, Report, Section, Table, Text, iso_8601};
use crate::account::{Account, Code};
use crate::catalog::Action;
use crate::classify::{Classifier, Verdict};
use crate::plan::{Request, Step, Subject};
use crate::tally::Tally;
use crate::text::{Count, grouped, sentence};

/// One step of repair.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepRecord<'a> {
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
    /// The latest attempt among its accounts, ISO 8601 in UTC.
    pub last_attempt: Option<String>,
    /// What to do.
    pub instruction: String,
    /// What an application can show to the customer.
    pub customer_message: Text<'a>,
    /// The call that does it or begins it; `null` where there is none.
    pub request: Option<RequestRecord>,
}

/// A call of Mastercard's API.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestRecord {
    /// The method.
    pub method: String,
    /// The path, ids percent-encoded.
    pub path: String,
    /// The body; `null` where the call has none.
    pub body: Option<FixBody>,
}

/// The body of a Data Connect Fix.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FixBody {
    /// The integrator's partner id; left out where it was not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<String>,
    /// The customer.
    pub customer_id: String,
    /// The login.
    pub institution_login_id: String,
}

/// The counts of a plan.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Summary {
    /// Documents that were read, well or broken.
    pub documents: u64,
    /// Accounts, API errors, unselected accounts, and invalid records.
    pub records: u64,
    /// Accounts.
    pub accounts: u64,
    /// Error bodies: a code with a message, and no account.
    pub api_errors: u64,
    /// Accounts that the selection left out.
    pub unselected: u64,
    /// Invalid records.
    pub invalid: u64,
    /// Accounts and API errors that need work, whichever actions were asked for.
    pub failing: u64,
    /// Steps.
    pub steps: u64,
    /// Steps and accounts of each action.
    pub by_action: Vec<ByAction>,
}

/// Steps and accounts of one action.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ByAction {
    /// The action.
    pub action: Action,
    /// Its steps.
    pub steps: u64,
    /// The accounts that they clear.
    pub accounts: u64,
}

/// The members of the JSON document after `steps`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rest {
    /// The counts.
    pub summary: Summary,
}

/// A step with what it is about.
pub type PlannedStep<'a> = (Action, &'a Subject, &'a Step);

/// The answer of `plan`.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The steps in the order of the work, as far as they were asked for.
    pub steps: Vec<PlannedStep<'a>>,
    /// Accounts and API errors that need work, whichever actions were asked for.
    pub failing: u64,
    /// What was read.
    pub tally: &'a Tally,
    /// What the steps say.
    pub classifier: &'a Classifier<'a>,
    /// Goes into requests.
    pub partner_id: Option<&'a str>,
    /// Steps that people are shown.
    pub limit: usize,
}

impl Answer for Plan<'_> {
    const RECORDS: &'static str = "steps";
    type Record<'a>
        = StepRecord<'a>
    where
        Self: 'a;
    type Rest<'a>
        = Rest
    where
        Self: 'a;

    fn rest(&self) -> Rest {
        let tally = self.tally;
        Rest {
            summary: Summary {
                documents: tally.documents,
                records: tally.records(),
                accounts: tally.accounts(),
                api_errors: tally.api_errors,
                unselected: tally.unselected,
                invalid: tally.invalid,
                failing: self.failing,
                steps: self.steps.len() as u64,
                by_action: self.by_action(),
            },
        }
    }

    fn report(&self) -> Report<'_> {
        let by_action = self.by_action();
        let groups: Vec<&[PlannedStep<'_>]> = self.steps.chunk_by(|a, b| a.0 == b.0).collect();
        let lengths: Vec<usize> = groups.iter().map(|steps| steps.len()).collect();
        let shares = share_limit(&lengths, self.limit);
        let mut sections = Vec::new();
        if by_action.len() > 1 {
            sections.push(overview(by_action.clone()));
        }
        let groups = groups.into_iter().zip(by_action).zip(shares);
        sections.extend(groups.map(|((steps, counts), shown)| group(steps, &counts, shown)));
        let headline = self.headline();
        Report {
            title: headline.clone(),
            headline,
            sections,
            ..Report::default()
        }
    }
}

impl Complete for Plan<'_> {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        self.steps.iter().map(|step| self.record(*step))
    }
}

impl<'p> Plan<'p> {
    fn by_action(&self) -> Vec<ByAction> {
        let groups = self.steps.chunk_by(|a, b| a.0 == b.0);
        groups
            .map(|steps| ByAction {
                action: steps[0].0,
                steps: steps.len() as u64,
                accounts: steps.iter().map(|(_, _, step)| step.accounts).sum(),
            })
            .collect()
    }

    fn headline(&self) -> String {
        let all = self.tally.accounts() + self.tally.api_errors;
        if self.failing == 0 {
            return format!("Nothing to repair in {}", Count(all, "account"));
        }
        let cleared = self.steps.iter().map(|(_, _, step)| step.accounts).sum();
        let steps = Count(self.steps.len() as u64, "step");
        format!(
            "{steps} for {} of {}",
            Count(cleared, "failing account"),
            grouped(all)
        )
    }

    fn record<'s>(&'s self, (action, subject, step): PlannedStep<'p>) -> StepRecord<'s> {
        let verdict = self.verdict(step);
        let request = Request::of(action, subject, step, verdict.connect_fix, self.partner_id);
        let texts = |ids: &'s [String]| ids.iter().map(|id| Text::from(id.as_str())).collect();
        let only = |ids: &'s [String]| if ids.len() == 1 { ids.first() } else { None };
        let institution = subject
            .institution_id
            .as_ref()
            .or_else(|| only(&step.institution_ids));
        let customer = subject
            .customer_id
            .as_ref()
            .or_else(|| only(&step.customer_ids));
        StepRecord {
            action,
            customer_id: customer.map(|id| id.as_str().into()),
            institution_login_id: subject.institution_login_id.as_deref().map(Into::into),
            institution_id: institution.map(|id| id.as_str().into()),
            codes: step.codes.keys().copied().collect(),
            account_ids: texts(&step.account_ids),
            customer_ids: texts(&step.customer_ids),
            accounts: step.accounts,
            last_attempt: step.last_attempt.and_then(iso_8601),
            instruction: verdict.required_action.to_owned(),
            customer_message: verdict.customer_message.into(),
            request: request.map(RequestRecord::from),
        }
    }

    /// What the catalog says of the code that most accounts of the step have.
    fn verdict(&self, step: &Step) -> Verdict<'p> {
        let account = Account {
            aggregation_status_code: step.main_code(),
            ..Account::default()
        };
        *self.classifier.classify(&account).verdict
    }
}

/// The work at a glance.
fn overview(by_action: Vec<ByAction>) -> Section<'static> {
    let table = Table::of(by_action)
        .column(Kind::Word, "Action", |row: &ByAction| {
            Cell::new(row.action.as_str()).linked(Some(row.action.as_str().to_owned()))
        })
        .column(Kind::Number, "Steps", |row| Cell::new(grouped(row.steps)))
        .column(Kind::Number, "Accounts", |row| {
            Cell::new(grouped(row.accounts))
        })
        .column(Kind::Text, "What it means", |row| {
            Cell::new(sentence(row.action.description()))
        });
    Section {
        body: Body::Table(table.build()),
        ..Section::default()
    }
}

/// The steps of one action, the first ones of them.
fn group<'s>(steps: &'s [PlannedStep<'_>], counts: &ByAction, shown: usize) -> Section<'s> {
    let table = Table::of(&steps[..shown])
        .column(Kind::Id, "Customer", |(_, subject, step)| {
            Cell::new(one_or_count(
                subject.customer_id.as_deref(),
                &step.customer_ids,
            ))
        })
        .column(Kind::Id, "Institution", |(_, subject, step)| {
            Cell::new(one_or_count(
                subject.institution_id.as_deref(),
                &step.institution_ids,
            ))
        })
        .column(Kind::Id, "Login", |(_, subject, _)| {
            Cell::id(subject.institution_login_id.as_deref())
        })
        .column(Kind::Id, "Account", |(_, _, step)| {
            Cell::new(one_or_count(None, &step.account_ids))
        })
        .column(Kind::Number, "Accounts", |(_, _, step)| {
            Cell::new(grouped(step.accounts))
        })
        .column(Kind::Text, "Codes", |(_, _, step)| Cell::new(codes(step)));
    let accounts = Count(counts.accounts, "account");
    Section {
        id: counts.action.as_str().to_owned(),
        heading: format!("{} ({accounts})", counts.action.label()).into(),
        intro: sentence(counts.action.description()).into(),
        body: Body::Checklist(table.build()),
        more: (steps.len() - shown) as u64,
        ..Section::default()
    }
}

/// The one id there is, or how many.
fn one_or_count(id: Option<&str>, ids: &[String]) -> String {
    match (id, ids) {
        (Some(id), _) => id.to_owned(),
        (None, []) => "-".to_owned(),
        (None, [one]) => one.clone(),
        (None, many) => format!("{} ids", grouped(many.len() as u64)),
    }
}

fn codes(step: &Step) -> String {
    let codes: Vec<String> = step.codes.keys().map(ToString::to_string).collect();
    codes.join(" ")
}

impl From<Request> for RequestRecord {
    fn from(request: Request) -> Self {
        let (method, path) = (request.method().to_owned(), request.path());
        let body = match request {
            Request::ConnectFix {
                partner_id,
                customer_id,
                institution_login_id,
            } => Some(FixBody {
                partner_id,
                customer_id,
                institution_login_id,
            }),
            Request::DeleteAccount { .. } => None,
        };
        Self { method, path, body }
    }
}
