//! The counts of a run, for programs and for people.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entry::anchor;
use super::{Bar, Body, Cell, Kind, Scope, Section, Share, Table, Text, Tile, charts, or_dash};
use crate::account::Code;
use crate::catalog::{Action, Category, short_action};
use crate::classify::{Classifier, Verdict};
use crate::tally::{Row, Tally};
use crate::text::{Count, grouped, percent, plural};

/// The counts of a run: `records = accounts + apiErrors + unselected + invalid`, and `accounts +
/// apiErrors` is the sum over `byCategory` and over `byCode`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Summary<'a> {
    /// Documents that were read, valid or not.
    pub documents: u64,
    /// Accounts, API errors, unselected accounts, and invalid records.
    pub records: u64,
    /// Customer Account records.
    pub accounts: u64,
    /// Error bodies: a code with a message, and no account.
    pub api_errors: u64,
    /// Accounts that the selection excludes.
    pub unselected: u64,
    /// Invalid records.
    pub invalid: u64,
    /// Accounts and API errors by category.
    pub by_category: ByCategory,
    /// Accounts and API errors by code, in ascending order.
    pub by_code: Vec<ByCode<'a>>,
}

/// Accounts and API errors by category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the categories are documented where they are defined")]
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

/// Accounts and API errors with one code and category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ByCode<'a> {
    /// The code; `null` for pending accounts, and for unknown codes beyond the lowest 1,000.
    pub aggregation_status_code: Option<Code>,
    /// The number of accounts and API errors.
    pub accounts: u64,
    /// The short title of the state.
    pub title: Text<'a>,
    /// Who must act.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair the login.
    pub connect_fix: bool,
}

impl<'a> Summary<'a> {
    /// Returns the counts of a tally. `classifier` must be the one that the tally was made for.
    #[must_use]
    pub fn new(tally: &Tally, classifier: &'a Classifier<'_>) -> Self {
        Self {
            documents: tally.documents,
            records: tally.records(),
            accounts: tally.accounts(),
            api_errors: tally.api_errors,
            unselected: tally.unselected,
            invalid: tally.invalid,
            by_category: ByCategory::new(|category| tally.in_category(classifier, category)),
            by_code: tally.rows(classifier).iter().map(ByCode::new).collect(),
        }
    }
}

impl ByCategory {
    /// Returns the counts that `count` returns for each category.
    #[must_use]
    pub fn new(count: impl Fn(Category) -> u64) -> Self {
        Self {
            ok: count(Category::Ok),
            stale: count(Category::Stale),
            pending: count(Category::Pending),
            user_action: count(Category::UserAction),
            institution: count(Category::Institution),
            support: count(Category::Support),
            partner: count(Category::Partner),
            unknown: count(Category::Unknown),
        }
    }

    /// Returns the count of one category.
    #[must_use]
    pub const fn get(&self, category: Category) -> u64 {
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

/// The table of codes shows this many rows even if the limit is lower.
const MIN_CODES: usize = 40;

/// The counts of a run, as parts of a report.
#[derive(Debug)]
pub struct SummaryReport<'a> {
    tally: &'a Tally,
    classifier: &'a Classifier<'a>,
    scope: &'a Scope,
    /// The tally by code: the most urgent category first, and within it the most frequent code.
    rows: Vec<Row<'a, 'a>>,
}

impl<'a> SummaryReport<'a> {
    /// Prepares the counts of a tally. `classifier` must be the one that the tally was made for.
    #[must_use]
    pub fn new(tally: &'a Tally, classifier: &'a Classifier<'a>, scope: &'a Scope) -> Self {
        let mut rows = tally.rows(classifier);
        rows.sort_by_key(|row| (row.verdict.category.urgency(), Reverse(row.accounts), row.code));
        Self { tally, classifier, scope, rows }
    }

    /// Returns the whole run in one sentence.
    #[must_use]
    pub fn headline(&self) -> String {
        let tally = self.tally;
        let others = Category::BY_URGENCY.into_iter().filter(|&category| category != Category::Ok);
        let phrases: Vec<String> = std::iter::once(Category::Ok)
            .chain(others)
            .map(|category| (category, tally.in_category(self.classifier, category)))
            .filter(|&(_, count)| count > 0)
            .map(|(category, count)| format!("{} {}", grouped(count), phrase(category, count)))
            .collect();
        let mut text = self.scope.counted(tally);
        if !phrases.is_empty() {
            text = format!("{text}: {}", phrases.join(", "));
        }
        text + &self.scope.remarks(tally)
    }

    /// Returns a sentence that shows that all records are accounted for.
    #[must_use]
    pub fn footnote(&self) -> String {
        self.scope.ledger(self.tally)
    }

    /// Returns the most important figures: the accounts, the healthy ones, and the others by
    /// category.
    #[must_use]
    pub fn tiles(&self) -> Vec<Tile> {
        let tally = self.tally;
        let count = |category| tally.in_category(self.classifier, category);
        let all: u64 = self.rows.iter().map(|row| row.accounts).sum();
        let mut accounts =
            Tile::new(tally.accounts(), plural(tally.accounts(), "account"), "codes");
        if tally.api_errors > 0 {
            accounts = accounts.with_note(format!("and {}", Count(tally.api_errors, "API error")));
        }
        let mut tiles = vec![accounts];
        if all > 0 {
            let label = Category::Ok.label();
            let share =
                Tile { value: percent(count(Category::Ok), all), ..Tile::new(0, label, "codes") };
            let selected = if self.scope.selection.is_empty() { "" } else { " selected" };
            let note = format!("{} of {}{selected}", grouped(count(Category::Ok)), grouped(all));
            tiles.push(share.with_note(note).colored(Category::Ok));
        }
        let others = Category::BY_URGENCY.into_iter().filter(|&category| category != Category::Ok);
        tiles.extend(others.filter(|&category| count(category) > 0).map(|category| {
            let count = count(category);
            Tile::new(count, phrase(category, count), "codes").colored(category)
        }));
        if tally.invalid > 0 {
            let label = plural(tally.invalid, "invalid record");
            tiles.push(Tile::new(tally.invalid, label, "invalid").colored(Category::Unknown));
        }
        tiles
    }

    /// Returns charts of the failing accounts, by category and by code.
    #[must_use]
    pub fn charts(&self) -> Vec<Section<'a>> {
        let categories = Category::failing_by_urgency().filter_map(|category| {
            let part = self.tally.in_category(self.classifier, category);
            (part > 0).then(|| Bar {
                label: Cell::category(category),
                meaning: category.description().into(),
                share: Share::new(category, part, 0),
            })
        });
        let rows = self.rows.iter().filter(|row| row.verdict.category.is_failing());
        let codes = rows.map(|row| Bar {
            label: code_cell(row),
            meaning: row.verdict.title.into(),
            share: Share::new(row.verdict.category, row.accounts, 0),
        });
        [
            charts::section("Failing by category", categories.collect()),
            charts::section("Failing by code", charts::longest(codes.collect())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Returns the table of codes. It has up to 40 rows even if `limit` is lower.
    #[must_use]
    pub fn codes(&self, limit: usize) -> Option<Section<'a>> {
        let shown = self.rows.len().min(limit.max(MIN_CODES));
        let failing = self.failing();
        let mut table = Table::builder(self.rows[..shown].to_vec())
            .column(Kind::Word, "Category", |row| Cell::category(row.verdict.category))
            .column(Kind::Number, "Code", |row| code_cell(row))
            .column(Kind::Number, "Accounts", |row| Cell::new(grouped(row.accounts)));
        if failing > 0 {
            table = table
                .column(Kind::Share, "Share of failing", move |row| match row.verdict.category {
                    category if category.is_failing() => {
                        Cell::share(Share::new(category, row.accounts, failing))
                    }
                    _ => Cell::default(),
                })
                .optional();
        }
        let table = table.column(Kind::Text, "Meaning", |row| Cell::new(row.verdict.title)).column(
            Kind::Text,
            "Required action",
            |row| {
                let action = Cell::new(short_action(row.verdict.required_action));
                action.with_brief(row.verdict.action.label())
            },
        );
        (shown > 0).then(|| Section {
            id: "codes".to_owned(),
            heading: "Codes".into(),
            body: Body::Table(table.build()),
            more: (self.rows.len() - shown) as u64,
            ..Section::default()
        })
    }

    /// Returns the number of accounts and API errors whose data has stopped.
    fn failing(&self) -> u64 {
        let failing = self.rows.iter().filter(|row| row.verdict.category.is_failing());
        failing.map(|row| row.accounts).sum()
    }

    /// Returns the verdict on each code that occurs, each once.
    #[must_use]
    pub fn verdicts(&self) -> Vec<&'a Verdict<'a>> {
        let mut verdicts: Vec<&'a Verdict<'a>> = Vec::new();
        for row in &self.rows {
            if !verdicts.iter().any(|known| known.index == row.verdict.index) {
                verdicts.push(row.verdict);
            }
        }
        verdicts
    }
}

/// Returns the cell of a code, in the color of its category and linked to its explanation.
fn code_cell<'r>(row: &Row<'_, '_>) -> Cell<'r> {
    let target = section_id(row.verdict);
    Cell::new(or_dash(row.code)).colored(row.verdict.category).linked(Some(target))
}

/// Returns what was counted, for a headline: "12 accounts and 1 API error", "No accounts in 3
/// documents".
#[must_use]
pub fn count_phrase(tally: &Tally) -> String {
    let counts = [(tally.accounts(), "account"), (tally.api_errors, "API error")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, noun)| Count(count, noun).to_string()).collect();
    if counts.is_empty() {
        format!("No accounts in {}", Count(tally.documents, "document"))
    } else {
        counts.join(" and ")
    }
}

/// Returns the id of the section that explains a verdict.
#[must_use]
pub fn section_id(verdict: &Verdict<'_>) -> String {
    match (verdict.category, verdict.code) {
        (Category::Stale, _) | (_, None) => verdict.category.as_str().to_owned(),
        (_, Some(code)) => anchor(code),
    }
}

/// Returns what a count of a category says about its accounts, after the number. The words are
/// those of the label of the category.
fn phrase(category: Category, count: u64) -> String {
    let (have, need) = if count == 1 { ("has", "needs") } else { ("have", "need") };
    match category {
        Category::Ok | Category::Stale | Category::Pending => category.label().to_lowercase(),
        Category::UserAction => format!("{need} customer action"),
        Category::Institution => format!("{have} an institution problem"),
        Category::Support => format!("{need} a ticket"),
        Category::Partner => format!("{have} a request error"),
        Category::Unknown => format!("{have} an unknown code"),
    }
}
