//! The answer of `triage --by`: accounts by institution, customer, login, or code.

mod by;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

pub use by::{ByCode, ByCustomer, ByInstitution, ByLogin, CustomerKey, Grouping, InstitutionKey};

use super::entry::anchor;
use super::invalid::{Invalid, invalid_records};
use super::meaning::meanings;
use super::metrics::{self, Metric, Sample};
use super::report::{Bar, Body, Cell, Kind, Overview, Report, Section, Share, Table, Tile};
use super::summary::{ByCategory, Summary, SummaryReport};
use super::triage::Rest;
use super::{Answer, Complete, Scope, charts, or_dash};
use crate::account::Code;
use crate::catalog::Category;
use crate::classify::Classifier;
use crate::tally::{Tally, share};
use crate::text::{capitalized, grouped, or_list, percent, plural};

/// One group of accounts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupRecord<K> {
    /// The members that identify the group.
    #[serde(flatten)]
    pub key: K,
    /// Accounts and API errors.
    pub accounts: u64,
    /// Failing accounts and API errors: those in the categories `user_action`, `institution`,
    /// `support`, `partner`, and `unknown`.
    pub failing: u64,
    /// The failing ones as a share of `accounts`, from 0 to 1.
    pub failing_share: f64,
    /// Accounts and API errors by category.
    pub by_category: ByCategory,
    /// The most frequent code among failing accounts; the lowest if there is a tie. `null` if no
    /// account fails.
    pub top_code: Option<Code>,
    /// The number of failing accounts with `topCode`.
    pub top_code_accounts: u64,
    /// Whether the group is an institution that is likely down: accounts in the category
    /// `institution` belong to 10 or more logins and are at least a fifth of its accounts. Always
    /// `false` if only some accounts of an institution are selected, because the share of all its
    /// accounts is not known.
    pub likely_outage: bool,
}

/// The answer of `triage --by`.
#[derive(Debug)]
pub struct Groups<'a, G> {
    /// The groups.
    pub grouping: G,
    /// The counts.
    pub tally: &'a Tally,
    /// The classifier that the counts refer to.
    pub classifier: &'a Classifier<'a>,
    /// The part of the input that the counts cover.
    pub scope: Scope,
    /// The categories of which a listed group has accounts; any if empty.
    pub only: &'a [Category],
    /// The number of groups that a report lists.
    pub limit: usize,
    /// The first invalid records.
    pub invalid: Vec<Invalid<'static>>,
}

impl<G: Grouping> Answer for Groups<'_, G> {
    const RECORDS: &'static str = "groups";
    type Record<'a>
        = GroupRecord<G::Key<'a>>
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
        let mut sections: Vec<Section<'_>> = self.table().into_iter().collect();
        if !G::IS_CODE {
            sections.extend(summary.codes(self.limit));
        }
        sections.extend(invalid_records(&self.invalid, self.limit, self.tally.invalid));
        sections.extend(meanings(summary.verdicts()));
        Report { title: headline.clone(), headline, sections, footnote }
    }

    fn overview(&self) -> Overview<'_> {
        let summary = SummaryReport::new(self.tally, self.classifier, &self.scope);
        let mut tiles = summary.tiles();
        let groups = self.grouping.rows();
        let outages = groups.filter(|row| self.grouping.is_likely_outage(row)).count() as u64;
        if outages > 0 {
            let label = plural(outages, "likely outage");
            tiles.push(Tile::new(outages, label, "groups").colored(Category::Institution));
        }
        let charts = charts::on_one_scale(summary.charts().into_iter().chain(self.chart()));
        Overview { tiles, charts, ..Overview::default() }
    }

    fn metrics(&self) -> Vec<Metric<'_>> {
        let mut metrics = metrics::counts(self.tally, self.classifier);
        if let Some([accounts, failing]) = G::METRICS {
            metrics.push(self.gauge(accounts, "Accounts and API errors.", |row| {
                self.grouping.counts(row).accounts()
            }));
            metrics.push(self.gauge(failing, "Failing accounts and API errors.", |row| {
                self.grouping.counts(row).failing()
            }));
        }
        metrics
    }
}

impl<G: Grouping> Complete for Groups<'_, G> {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        self.grouping.rows().map(|row| {
            let counts = self.grouping.counts(&row);
            let (accounts, failing) = (counts.accounts(), counts.failing());
            GroupRecord {
                key: self.grouping.key(&row),
                accounts,
                failing,
                failing_share: share(failing, accounts).unwrap_or_default(),
                by_category: ByCategory::new(|category| counts.in_category(category)),
                top_code: counts.top().map(|(code, _)| code),
                top_code_accounts: counts.top().map_or(0, |(_, accounts)| accounts),
                likely_outage: self.grouping.is_likely_outage(&row),
            }
        })
    }
}

impl<G: Grouping> Groups<'_, G> {
    /// Returns a metric with one sample for each group that a report lists. A monitoring system
    /// cannot cope with millions.
    fn gauge<'s>(
        &'s self,
        name: &'static str,
        help: &'static str,
        value: impl Fn(&G::Row<'s>) -> u64,
    ) -> Metric<'s> {
        let rows = self.grouping.rows().take(self.limit);
        let sample =
            |row: G::Row<'s>| Sample { labels: self.grouping.labels(&row), value: value(&row) };
        Metric { name, help, samples: rows.map(sample).collect() }
    }
}

impl<G: Grouping> Groups<'_, G> {
    /// Returns a chart of the groups with the most failing accounts.
    fn chart(&self) -> Option<Section<'_>> {
        let rows = self.grouping.rows().map(|row| (self.grouping.counts(&row), row));
        let failing = rows.take_while(|(counts, _)| counts.failing() > 0);
        let bars = failing.map(|(counts, row)| {
            let categories = Category::failing_by_urgency();
            let parts = categories.map(|category| (category, counts.in_category(category)));
            let parts = parts.filter(|part| part.1 > 0).collect();
            Bar {
                label: self.grouping.label(&row),
                meaning: "".into(),
                share: Share { parts, whole: 0 },
            }
        });
        let heading = format!("Failing by {}", G::NOUN);
        if G::IS_CODE { None } else { charts::section(heading, charts::longest(bars.collect())) }
    }

    /// Returns the heading of the table: how many groups have failing accounts or, if only some
    /// groups are listed, which ones.
    fn heading(&self, all: u64) -> String {
        let groups = capitalized(G::NOUN) + "s";
        if !self.only.is_empty() {
            let states: Vec<&str> = self.only.iter().map(|&category| predicate(category)).collect();
            return format!("{groups} with accounts that {} ({})", or_list(&states), grouped(all));
        }
        let failing = self.grouping.failing();
        let verb = if failing == 1 { "has" } else { "have" };
        format!("{groups}: {} of {} {verb} failing accounts", grouped(failing), grouped(all))
    }

    /// Returns a table with one row for each group.
    fn table(&self) -> Option<Section<'_>> {
        let grouping = &self.grouping;
        let all = grouping.rows().len();
        let shown: Vec<_> = grouping.rows().take(self.limit).collect();
        let outages = shown.iter().any(|row| grouping.is_likely_outage(row));
        let more = (all - shown.len()) as u64;
        let findings = self.tally.accounts() + self.tally.api_errors;
        let is_empty = shown.is_empty();
        let mut table = grouping
            .columns(Table::builder(shown))
            .column(Kind::Number, "Accounts", |row| {
                Cell::new(grouped(grouping.counts(row).accounts()))
            })
            .column(Kind::Number, "Failing", |row| {
                Cell::new(grouped(grouping.counts(row).failing()))
            })
            .column(Kind::Number, if G::IS_CODE { "Share of all" } else { "Share" }, move |row| {
                // Within a code, either all accounts fail or none does.
                let counts = grouping.counts(row);
                let (part, whole) = if G::IS_CODE {
                    (counts.accounts(), findings)
                } else {
                    (counts.failing(), counts.accounts())
                };
                Cell::new(percent(part, whole))
            })
            .column(Kind::Share, "Categories", |row| {
                let counts = grouping.counts(row);
                let part = |category: Category| (category, counts.in_category(category));
                let parts =
                    Category::BY_URGENCY.map(part).into_iter().filter(|part| part.1 > 0).collect();
                Cell::mix(Share { parts, whole: counts.accounts() })
            })
            .optional();
        if !G::IS_CODE {
            table = table.column(Kind::Number, "Top code", |row| {
                let counts = grouping.counts(row);
                match counts.top() {
                    Some((code, _)) if counts.failing() > 0 => {
                        let category = self.classifier.category(Some(code));
                        let cell = Cell::new(code.to_string()).colored(category);
                        cell.linked(Some(anchor(code)))
                    }
                    top => Cell::new(or_dash(top.map(|(code, _)| code))),
                }
            });
        }
        if outages {
            table = table.column(Kind::Word, "Outage", |row| {
                Cell::new(if grouping.is_likely_outage(row) { "likely" } else { "-" })
            });
        }
        (!is_empty).then(|| Section {
            id: "groups".to_owned(),
            heading: self.heading(all as u64).into(),
            body: Body::Table(table.build()),
            more,
            ..Section::default()
        })
    }
}

/// Returns the state of accounts in a category as a predicate: "need a ticket".
const fn predicate(category: Category) -> &'static str {
    match category {
        Category::Ok => "are OK",
        Category::Stale => "are out of date",
        Category::Pending => "are pending",
        Category::UserAction => "need customer action",
        Category::Institution => "have an institution problem",
        Category::Support => "need a ticket",
        Category::Partner => "have a request error",
        Category::Unknown => "have an unknown code",
    }
}
