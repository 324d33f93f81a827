//! The answer of `trend --by`: every group in every snapshot.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::group::{CustomerKey, InstitutionKey};
use super::super::report::{Body, Cell, Kind, Report, Section, Table, TableBuilder};
use super::super::{Answer, Complete, Overview, Text, institution_cell, institution_kind, or_dash};
use super::report::{points, report};
use super::{SnapshotRecord, Summary, Trend};
use crate::account::Code;
use crate::catalog::Category;
use crate::institutions::Institutions;
use crate::text::{Count, grouped, percent};
use crate::trend::{GroupTrend, Groups};

/// A group in one snapshot.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupRecord<'a, K> {
    /// The members that identify the group.
    #[serde(flatten)]
    pub key: K,
    /// The number of the snapshot, from 1.
    pub snapshot: u64,
    /// The snapshot as named on the command line; `-` for standard input.
    pub input: Text<'a>,
    /// Accounts and API errors; `null` if the snapshot is a summary, which has no groups.
    pub accounts: Option<u64>,
    /// Failing accounts and API errors; `null` if the snapshot is a summary.
    pub failing: Option<u64>,
    /// The failing ones as a share of `accounts`, from 0 to 1; `null` also if there are none.
    pub failing_share: Option<f64>,
}

/// The members of the JSON document after `groups`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rest<'a> {
    /// The snapshots.
    pub snapshots: Vec<SnapshotRecord<'a>>,
    /// Totals over all snapshots.
    pub summary: Summary<'a>,
}

/// A way to group accounts.
pub trait Grouping {
    /// The members of a record that identify a group.
    type Key<'r>: Serialize + JsonSchema;
    /// The noun for a group, in the singular.
    const NOUN: &'static str;

    /// Returns the members that identify the group with these ids.
    fn key<'r>(ids: [Option<Text<'r>>; 2], names: &'r Institutions) -> Self::Key<'r>;

    /// Adds the columns that identify a group to a table.
    fn columns<'r>(
        table: TableBuilder<'r, GroupTrend<'r>>,
        names: &'r Institutions,
    ) -> TableBuilder<'r, GroupTrend<'r>>;
}

/// The answer of `trend --by`.
#[derive(Debug)]
pub struct TrendBy<'a, G> {
    trend: Trend<'a>,
    groups: &'a Groups,
    /// The groups, worst first.
    ranked: Vec<GroupTrend<'a>>,
    _grouping: G,
}

impl<'a, G: Grouping> TrendBy<'a, G> {
    /// Returns the answer for these groups of a trend.
    #[must_use]
    pub fn new(grouping: G, trend: Trend<'a>, groups: &'a Groups) -> Self {
        Self { trend, groups, ranked: groups.worst_first(), _grouping: grouping }
    }

    /// Returns a table of the groups.
    fn section(&self) -> Section<'_> {
        let names = self.trend.names;
        let shown = self.ranked.len().min(self.trend.limit);
        let last = u32::try_from(self.trend.snapshots.len()).unwrap_or(u32::MAX);
        let known: Vec<u32> = (1..=last).filter(|&number| self.groups.is_known(number)).collect();
        let table = G::columns(Table::builder(&self.ranked[..shown]), names)
            .column(Kind::Number, "Accounts", |group| Cell::new(grouped(group.last().accounts)))
            .column(Kind::Number, "Failing", |group| Cell::new(grouped(group.last().failing)))
            .column(Kind::Number, "Share", |group| {
                Cell::new(percent(group.last().failing, group.last().accounts))
            })
            .column(Kind::Number, "Change", |group| Cell::new(or_dash(group.change().map(points))))
            .column(Kind::Word, "Failing over time", move |group| {
                let values = known.iter().map(|&snapshot| group.at(snapshot).failing).collect();
                Cell::line(values).colored(Category::UserAction)
            });
        Section {
            id: "groups".to_owned(),
            heading: Count(self.ranked.len() as u64, G::NOUN).to_string().into(),
            intro:
                "Most failing accounts first. Change: percentage points since the first snapshot."
                    .into(),
            body: Body::Table(table.build()),
            more: (self.ranked.len() - shown) as u64,
            ..Section::default()
        }
    }
}

impl<G: Grouping> Answer for TrendBy<'_, G> {
    const RECORDS: &'static str = "groups";
    type Record<'a>
        = GroupRecord<'a, G::Key<'a>>
    where
        Self: 'a;
    type Rest<'a>
        = Rest<'a>
    where
        Self: 'a;

    fn rest(&self) -> Rest<'_> {
        Rest { snapshots: self.trend.records().collect(), summary: self.trend.summary() }
    }

    fn report(&self) -> Report<'_> {
        report(&self.trend, Some(self.section()))
    }

    fn overview(&self) -> Overview<'_> {
        self.trend.overview()
    }
}

impl<G: Grouping> Complete for TrendBy<'_, G> {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        self.ranked.iter().flat_map(|group| {
            self.trend.snapshots.iter().zip(1..).map(|(snapshot, number)| {
                let counts = self.groups.is_known(number).then(|| group.at(number));
                GroupRecord {
                    key: G::key(group.ids(), self.trend.names),
                    snapshot: number.into(),
                    input: (&*snapshot.input).into(),
                    accounts: counts.map(|counts| counts.accounts),
                    failing: counts.map(|counts| counts.failing),
                    failing_share: counts.and_then(crate::trend::GroupCounts::share),
                }
            })
        })
    }
}

/// Groups accounts by institution.
#[derive(Debug)]
pub struct ByInstitution;

impl Grouping for ByInstitution {
    type Key<'r> = InstitutionKey<'r>;
    const NOUN: &'static str = "institution";

    fn key<'r>([id, _]: [Option<Text<'r>>; 2], names: &'r Institutions) -> InstitutionKey<'r> {
        InstitutionKey::new(id, names)
    }

    fn columns<'r>(
        table: TableBuilder<'r, GroupTrend<'r>>,
        names: &'r Institutions,
    ) -> TableBuilder<'r, GroupTrend<'r>> {
        table.column(institution_kind(names), "Institution", move |group| {
            let [institution, _] = group.ids();
            institution_cell(names, institution)
        })
    }
}

/// Groups accounts by customer.
#[derive(Debug)]
pub struct ByCustomer;

impl Grouping for ByCustomer {
    type Key<'r> = CustomerKey<'r>;
    const NOUN: &'static str = "customer";

    fn key<'r>([id, _]: [Option<Text<'r>>; 2], _: &'r Institutions) -> CustomerKey<'r> {
        CustomerKey { customer_id: id }
    }

    fn columns<'r>(
        table: TableBuilder<'r, GroupTrend<'r>>,
        _: &'r Institutions,
    ) -> TableBuilder<'r, GroupTrend<'r>> {
        table.column(Kind::Id, "Customer", |group| id_cell(group, 0))
    }
}

/// Groups accounts by login.
#[derive(Debug)]
pub struct ByLogin;

/// The members that identify a login.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginKey<'a> {
    /// The customer id; `null` for accounts without one.
    pub customer_id: Option<Text<'a>>,
    /// The institution login id; `null` for accounts without one.
    pub institution_login_id: Option<Text<'a>>,
}

impl Grouping for ByLogin {
    type Key<'r> = LoginKey<'r>;
    const NOUN: &'static str = "login";

    fn key<'r>([customer, login]: [Option<Text<'r>>; 2], _: &'r Institutions) -> LoginKey<'r> {
        LoginKey { customer_id: customer, institution_login_id: login }
    }

    fn columns<'r>(
        table: TableBuilder<'r, GroupTrend<'r>>,
        _: &'r Institutions,
    ) -> TableBuilder<'r, GroupTrend<'r>> {
        let table = table.column(Kind::Id, "Customer", |group| id_cell(group, 0));
        table.column(Kind::Id, "Login", |group| id_cell(group, 1))
    }
}

/// Groups accounts by code.
#[derive(Debug)]
pub struct ByCode;

/// The members that identify a code.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodeKey {
    /// The code; `null` for pending accounts.
    pub aggregation_status_code: Option<Code>,
}

impl Grouping for ByCode {
    type Key<'r> = CodeKey;
    const NOUN: &'static str = "code";

    fn key<'r>([id, _]: [Option<Text<'r>>; 2], _: &'r Institutions) -> CodeKey {
        // Every id is a code that was formatted as a string.
        CodeKey { aggregation_status_code: id.and_then(|id| id.parse().ok()) }
    }

    fn columns<'r>(
        table: TableBuilder<'r, GroupTrend<'r>>,
        _: &'r Institutions,
    ) -> TableBuilder<'r, GroupTrend<'r>> {
        table.column(Kind::Number, "Code", |group| id_cell(group, 0))
    }
}

/// Returns the cell of one of the ids of a group.
fn id_cell<'r>(group: &GroupTrend<'r>, index: usize) -> Cell<'r> {
    let [id, other] = group.ids();
    Cell::new(or_dash(if index == 0 { id } else { other }))
}
