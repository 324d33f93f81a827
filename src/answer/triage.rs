//! The answer of `triage`: every account with its state, and the counts.

mod listed;
mod page;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::invalid::{Invalid, invalid_records};
use super::meaning::meanings;
use super::report::{Body, Cell, Kind, Overview, Report, Section, Table};
use super::summary::{Summary, SummaryReport, section_id};
use super::{
    Answer, Metric, Scope, Text, charts, institution_cell, institution_kind, iso_8601, metrics,
    or_dash,
};
use crate::account::{Account, Code};
use crate::catalog::{Action, Category};
use crate::classify::{Classifier, Verdict};
use crate::institutions::Institutions;
use crate::tally::Tally;
use crate::text::grouped;
pub use listed::{ListedAccount, ListedAccounts};
pub use page::PageData;

/// A classified account.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountRecord<'a> {
    /// The account id; `null` for an API error without one.
    pub id: Option<Text<'a>>,
    /// The customer id.
    pub customer_id: Option<Text<'a>>,
    /// The institution id.
    pub institution_id: Option<Text<'a>>,
    /// The institution login id, which Data Connect Fix requires.
    pub institution_login_id: Option<Text<'a>>,
    /// The code; `null` before the first aggregation.
    pub aggregation_status_code: Option<Code>,
    /// The short title of the state.
    pub title: Text<'a>,
    /// Who must act.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair the login.
    pub connect_fix: bool,
    /// What to do.
    pub required_action: Text<'a>,
    /// The time of the last successful aggregation, ISO 8601 in UTC; `null` if it is not in the input.
    pub last_success: Option<Text<'a>>,
    /// The time of the last aggregation attempt, ISO 8601 in UTC; `null` if it is not in the input.
    pub last_attempt: Option<Text<'a>>,
    /// Whole days from the last success to the last attempt; `null` if a date is missing.
    pub days_failing: Option<u64>,
    /// The input as named on the command line; `-` for standard input.
    pub input: Text<'a>,
    /// The line on which the account begins, from 1.
    pub line: u64,
}

/// A CSV row: the account, and the message for the customer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountRow<'a> {
    /// The account.
    #[serde(flatten)]
    pub account: AccountRecord<'a>,
    /// A message that an application can show to the customer.
    pub customer_message: Text<'a>,
}

/// The location of a record.
#[derive(Debug, Clone, Copy)]
pub struct Location<'a> {
    /// The input as named on the command line; `-` for standard input.
    pub input: &'a str,
    /// The line, from 1.
    pub line: u64,
    /// The column in bytes, from 1.
    pub column: u64,
}

impl<'a> AccountRecord<'a> {
    /// Returns the record of an account with this verdict, at this location.
    #[must_use]
    pub fn new(account: &Account<'a>, verdict: &Verdict<'a>, location: Location<'a>) -> Self {
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
            last_success: account.success.and_then(iso_8601).map(Text::from),
            last_attempt: account.attempt.and_then(iso_8601).map(Text::from),
            days_failing: account.days_failing(),
            input: location.input.into(),
            line: location.line,
        }
    }
}

impl<'a> AccountRow<'a> {
    /// Returns the row of an account with this verdict, at this location.
    #[must_use]
    pub fn new(account: &Account<'a>, verdict: &Verdict<'a>, location: Location<'a>) -> Self {
        Self {
            account: AccountRecord::new(account, verdict, location),
            customer_message: verdict.customer_message.into(),
        }
    }
}

/// The answer of `triage`.
#[derive(Debug)]
pub struct Triage<'a> {
    /// The counts.
    pub tally: &'a Tally,
    /// The classifier that the counts refer to.
    pub classifier: &'a Classifier<'a>,
    /// The part of the input that the counts cover.
    pub scope: Scope,
    /// Names of institutions, for people.
    pub institutions: &'a Institutions,
    /// The accounts to list, by category: as many of each as the limit allows, those with the most
    /// days failing first.
    pub listed: Vec<Vec<ListedAccount>>,
    /// For each category, whether its accounts are listed.
    pub shown: Vec<bool>,
    /// The number of accounts that a report lists.
    pub limit: usize,
    /// The first invalid records.
    pub invalid: Vec<Invalid<'static>>,
    /// What only an HTML page shows.
    pub page: Option<PageData>,
}

/// The members of the JSON document after `accounts`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rest<'a> {
    /// Records that could not be read, in input order, limited to the first 10,000.
    pub invalid: Cow<'a, [Invalid<'a>]>,
    /// The counts.
    pub summary: Summary<'a>,
}

impl Answer for Triage<'_> {
    const RECORDS: &'static str = "accounts";
    type Record<'a>
        = AccountRecord<'a>
    where
        Self: 'a;
    type Rest<'a>
        = Rest<'a>
    where
        Self: 'a;

    fn rest(&self) -> Rest<'_> {
        Rest {
            invalid: Cow::Borrowed(&self.invalid),
            summary: Summary::new(self.tally, self.classifier),
        }
    }

    fn report(&self) -> Report<'_> {
        let summary = SummaryReport::new(self.tally, self.classifier, &self.scope);
        let (headline, footnote) = (summary.headline(), summary.footnote());
        let mut sections: Vec<Section<'_>> = summary.codes(self.limit).into_iter().collect();
        sections.extend(self.page.as_ref().and_then(PageData::work));
        sections.extend(self.accounts());
        sections.extend(invalid_records(&self.invalid, self.limit, self.tally.invalid));
        sections.extend(meanings(summary.verdicts()));
        Report { title: headline.clone(), headline, sections, footnote }
    }

    fn metrics(&self) -> Vec<Metric<'_>> {
        metrics::counts(self.tally, self.classifier)
    }

    fn overview(&self) -> Overview<'_> {
        let summary = SummaryReport::new(self.tally, self.classifier, &self.scope);
        let (mut tiles, mut charts) = (summary.tiles(), summary.charts());
        if let Some(page) = &self.page {
            page.add_tiles(&mut tiles);
            let (heading, names) = ("Failing by institution", self.institutions);
            charts.extend(charts::by_institution(heading, &page.spread, names));
            charts.extend(charts::by_days("Failing by days without data", &page.spread));
        }
        let charts = charts::on_one_scale(charts);
        Overview { tiles, charts, ..Overview::default() }
    }
}

impl Triage<'_> {
    /// Returns a table of the accounts that need attention.
    fn accounts(&self) -> Option<Section<'_>> {
        let mut total = 0;
        let mut rows = Vec::new();
        for category in
            Category::BY_URGENCY.into_iter().filter(|category| self.shown[*category as usize])
        {
            total += self.tally.in_category(self.classifier, category);
            let room = self.limit.saturating_sub(rows.len());
            rows.extend(self.listed[category as usize].iter().take(room));
        }
        if rows.is_empty() {
            return None;
        }
        let verdict = |listed: &ListedAccount| &self.classifier.verdicts()[listed.verdict];
        let more = total - rows.len() as u64;
        let table = Table::builder(rows)
            .column(Kind::Id, "Account", |row| Cell::id(row.id.as_deref()))
            .column(Kind::Id, "Customer", |row| Cell::id(row.customer_id.as_deref()))
            .column(institution_kind(self.institutions), "Institution", |row| {
                institution_cell(self.institutions, row.institution_id.as_deref().map(Text::from))
            })
            .column(Kind::Id, "Login", |row| Cell::id(row.institution_login_id.as_deref()))
            .column(Kind::Number, "Code", move |row| {
                let verdict = verdict(row);
                Cell::new(or_dash(row.code))
                    .colored(verdict.category)
                    .linked(Some(section_id(verdict)))
            })
            .column(Kind::Number, "Days", |row| Cell::new(or_dash(row.days_failing.map(grouped))))
            .column(Kind::Word, "Action", move |row| Cell::action(verdict(row).action));
        Some(Section {
            id: "accounts".to_owned(),
            heading: "Accounts that need attention".into(),
            intro: "By category, the most days without data first.".into(),
            body: Body::Table(table.build()),
            more,
            ..Section::default()
        })
    }
}
