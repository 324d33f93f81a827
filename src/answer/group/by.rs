//! The ways to group accounts: the members of a record that identify a group, and its columns.

use schemars::JsonSchema;
use serde::Serialize;

use crate::account::Code;
use crate::answer::report::{Cell, Kind, TableBuilder};
use crate::answer::{Text, institution_cell, institution_kind, or_dash};
use crate::catalog::{Action, Category};
use crate::group::{Counts, Group, Ranked};
use crate::institutions::Institutions;
use crate::tally::Row;

/// Labels of a metric, as pairs of name and value.
pub type Labels<'r> = Vec<(&'static str, Text<'r>)>;

/// Returns the labels that have a value.
fn labels<'r>(all: impl IntoIterator<Item = (&'static str, Option<Text<'r>>)>) -> Labels<'r> {
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A way to group accounts.
pub trait Grouping {
    /// One group.
    type Row<'r>: Clone
    where
        Self: 'r;
    /// The members of a record that identify a group.
    type Key<'r>: Serialize + JsonSchema
    where
        Self: 'r;

    /// The noun for a group, in the singular.
    const NOUN: &'static str;
    /// Whether the groups are codes, which reports list in any case.
    const IS_CODE: bool = false;

    /// Returns the groups, most failing accounts first.
    fn rows(&self) -> impl ExactSizeIterator<Item = Self::Row<'_>>;
    /// Returns the number of groups that have failing accounts.
    fn failing(&self) -> u64;
    /// Returns the members that identify a group.
    fn key<'r>(&'r self, row: &Self::Row<'r>) -> Self::Key<'r>;
    /// Returns the name of a group, for people.
    fn label<'r>(&'r self, row: &Self::Row<'r>) -> Cell<'r>;
    /// Returns the counts of a group.
    fn counts(&self, row: &Self::Row<'_>) -> Counts;
    /// Returns whether a group is an institution that is likely down.
    fn is_likely_outage(&self, _row: &Self::Row<'_>) -> bool {
        false
    }
    /// The names of the metrics of accounts and of failing accounts; `None` for codes, which always
    /// have a metric.
    const METRICS: Option<[&'static str; 2]> = None;
    /// Returns the labels that identify a group in a metric. Ids that it lacks are omitted.
    fn labels<'r>(&'r self, _row: &Self::Row<'r>) -> Labels<'r> {
        Labels::new()
    }
    /// Adds the columns that identify a group to a table.
    fn columns<'r>(
        &'r self,
        table: TableBuilder<'r, Self::Row<'r>>,
    ) -> TableBuilder<'r, Self::Row<'r>>;
}

/// Groups accounts by institution.
#[derive(Debug)]
pub struct ByInstitution<'a> {
    /// The groups.
    pub groups: Ranked<'a>,
    /// Names of institutions.
    pub names: &'a Institutions,
    /// Whether the groups have all accounts of their institutions. Otherwise, shares of accounts
    /// say nothing about an outage.
    pub is_whole: bool,
}

/// The members that identify an institution.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionKey<'a> {
    /// The institution id; `null` for accounts without one.
    pub institution_id: Option<Text<'a>>,
    /// The name of the institution; `null` if unknown.
    pub institution_name: Option<Text<'a>>,
}

impl<'a> InstitutionKey<'a> {
    /// Returns the key of an institution, with its name if it is known.
    #[must_use]
    pub fn new(id: Option<Text<'a>>, names: &'a Institutions) -> Self {
        let name = id.as_deref().and_then(|id| names.name(id));
        Self { institution_name: name.map(Text::from), institution_id: id }
    }
}

impl Grouping for ByInstitution<'_> {
    type Row<'r>
        = Group<'r>
    where
        Self: 'r;
    type Key<'r>
        = InstitutionKey<'r>
    where
        Self: 'r;
    const NOUN: &'static str = "institution";

    fn rows(&self) -> impl ExactSizeIterator<Item = Group<'_>> {
        self.groups.iter()
    }

    fn failing(&self) -> u64 {
        self.groups.failing()
    }

    fn key<'r>(&'r self, row: &Group<'r>) -> InstitutionKey<'r> {
        InstitutionKey::new(row.institution_id(), self.names)
    }

    fn label<'r>(&'r self, row: &Group<'r>) -> Cell<'r> {
        institution_cell(self.names, row.institution_id())
    }

    fn counts(&self, row: &Group<'_>) -> Counts {
        row.counts()
    }

    fn is_likely_outage(&self, row: &Group<'_>) -> bool {
        self.is_whole && row.is_likely_outage()
    }

    const METRICS: Option<[&'static str; 2]> =
        Some(["statuscode_institution_accounts", "statuscode_institution_failing_accounts"]);

    fn labels<'r>(&'r self, row: &Group<'r>) -> Labels<'r> {
        let key = self.key(row);
        labels([("institution_id", key.institution_id), ("institution_name", key.institution_name)])
    }

    fn columns<'r>(&'r self, table: TableBuilder<'r, Group<'r>>) -> TableBuilder<'r, Group<'r>> {
        table.column(institution_kind(self.names), "Institution", |row| {
            institution_cell(self.names, row.institution_id())
        })
    }
}

/// Groups accounts by customer.
#[derive(Debug)]
pub struct ByCustomer<'a> {
    /// The groups.
    pub groups: Ranked<'a>,
}

/// The members that identify a customer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerKey<'a> {
    /// The customer id; `null` for accounts without one.
    pub customer_id: Option<Text<'a>>,
}

impl Grouping for ByCustomer<'_> {
    type Row<'r>
        = Group<'r>
    where
        Self: 'r;
    type Key<'r>
        = CustomerKey<'r>
    where
        Self: 'r;
    const NOUN: &'static str = "customer";

    fn rows(&self) -> impl ExactSizeIterator<Item = Group<'_>> {
        self.groups.iter()
    }

    fn failing(&self) -> u64 {
        self.groups.failing()
    }

    fn key<'r>(&'r self, row: &Group<'r>) -> CustomerKey<'r> {
        CustomerKey { customer_id: row.customer_id() }
    }

    fn label<'r>(&'r self, row: &Group<'r>) -> Cell<'r> {
        Cell::new(or_dash(row.customer_id()))
    }

    fn counts(&self, row: &Group<'_>) -> Counts {
        row.counts()
    }

    const METRICS: Option<[&'static str; 2]> =
        Some(["statuscode_customer_accounts", "statuscode_customer_failing_accounts"]);

    fn labels<'r>(&'r self, row: &Group<'r>) -> Labels<'r> {
        labels([("customer_id", row.customer_id())])
    }

    fn columns<'r>(&'r self, table: TableBuilder<'r, Group<'r>>) -> TableBuilder<'r, Group<'r>> {
        table.column(Kind::Id, "Customer", |row| Cell::new(or_dash(row.customer_id())))
    }
}

/// Groups accounts by login.
#[derive(Debug)]
pub struct ByLogin<'a> {
    /// The groups.
    pub groups: Ranked<'a>,
    /// Names of institutions.
    pub names: &'a Institutions,
}

/// The members that identify a login.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginKey<'a> {
    /// The customer id; `null` for accounts without one.
    pub customer_id: Option<Text<'a>>,
    /// The institution login id; `null` for accounts without one.
    pub institution_login_id: Option<Text<'a>>,
    /// The institution id; `null` for accounts without a login, or if no account of the login has one.
    pub institution_id: Option<Text<'a>>,
    /// The name of the institution; `null` if unknown.
    pub institution_name: Option<Text<'a>>,
}

impl Grouping for ByLogin<'_> {
    type Row<'r>
        = Group<'r>
    where
        Self: 'r;
    type Key<'r>
        = LoginKey<'r>
    where
        Self: 'r;
    const NOUN: &'static str = "login";

    fn rows(&self) -> impl ExactSizeIterator<Item = Group<'_>> {
        self.groups.iter()
    }

    fn failing(&self) -> u64 {
        self.groups.failing()
    }

    fn key<'r>(&'r self, row: &Group<'r>) -> LoginKey<'r> {
        let institution = InstitutionKey::new(row.institution_id(), self.names);
        LoginKey {
            customer_id: row.customer_id(),
            institution_login_id: row.institution_login_id(),
            institution_id: institution.institution_id,
            institution_name: institution.institution_name,
        }
    }

    fn label<'r>(&'r self, row: &Group<'r>) -> Cell<'r> {
        let customer = or_dash(row.customer_id());
        Cell::new(format!("{customer} · {}", or_dash(row.institution_login_id())))
    }

    fn counts(&self, row: &Group<'_>) -> Counts {
        row.counts()
    }

    const METRICS: Option<[&'static str; 2]> =
        Some(["statuscode_login_accounts", "statuscode_login_failing_accounts"]);

    fn labels<'r>(&'r self, row: &Group<'r>) -> Labels<'r> {
        let (customer, login) = (row.customer_id(), row.institution_login_id());
        labels([("customer_id", customer), ("institution_login_id", login)])
    }

    fn columns<'r>(&'r self, table: TableBuilder<'r, Group<'r>>) -> TableBuilder<'r, Group<'r>> {
        table
            .column(Kind::Id, "Customer", |row| Cell::new(or_dash(row.customer_id())))
            .column(Kind::Id, "Login", |row| Cell::new(or_dash(row.institution_login_id())))
            .column(institution_kind(self.names), "Institution", |row| {
                institution_cell(self.names, row.institution_id())
            })
    }
}

/// Groups accounts by code.
#[derive(Debug)]
pub struct ByCode<'a> {
    /// The groups.
    pub rows: Vec<Row<'a, 'a>>,
}

/// The members that identify a code.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodeKey<'a> {
    /// The code; `null` for pending accounts, and for unknown codes beyond the lowest 1,000.
    pub aggregation_status_code: Option<Code>,
    /// The short title of the state.
    pub title: Text<'a>,
    /// Who must act.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair the login.
    pub connect_fix: bool,
}

impl<'a> ByCode<'a> {
    /// Returns the codes of a tally for which `is_shown` returns true.
    pub fn new(rows: Vec<Row<'a, 'a>>, is_shown: impl Fn(&Counts) -> bool) -> Self {
        let mut by_code = Self { rows };
        by_code.rows.retain(|row| is_shown(&code_counts(row)));
        by_code.rows.sort_by_key(|row| {
            let counts = code_counts(row);
            std::cmp::Reverse((counts.failing(), counts.accounts()))
        });
        by_code
    }
}

fn code_counts(row: &Row<'_, '_>) -> Counts {
    let mut counts = Counts::default();
    counts.add(row.verdict.category, row.accounts);
    if row.verdict.category.is_failing() {
        counts.update_top(row.code, row.accounts);
    }
    counts
}

impl<'a> Grouping for ByCode<'a> {
    type Row<'r>
        = Row<'a, 'a>
    where
        Self: 'r;
    type Key<'r>
        = CodeKey<'r>
    where
        Self: 'r;
    const NOUN: &'static str = "code";
    const IS_CODE: bool = true;

    fn rows(&self) -> impl ExactSizeIterator<Item = Row<'a, 'a>> {
        self.rows.iter().copied()
    }

    fn failing(&self) -> u64 {
        self.rows.iter().filter(|row| row.verdict.category.is_failing()).count() as u64
    }

    fn key<'r>(&'r self, row: &Row<'a, 'a>) -> CodeKey<'r> {
        CodeKey {
            aggregation_status_code: row.code,
            title: row.verdict.title.into(),
            category: row.verdict.category,
            action: row.verdict.action,
            connect_fix: row.verdict.connect_fix,
        }
    }

    fn label<'r>(&'r self, row: &Row<'a, 'a>) -> Cell<'r> {
        Cell::new(or_dash(row.code)).colored(row.verdict.category)
    }

    fn counts(&self, row: &Row<'_, '_>) -> Counts {
        code_counts(row)
    }

    fn columns<'r>(
        &'r self,
        table: TableBuilder<'r, Row<'a, 'a>>,
    ) -> TableBuilder<'r, Row<'a, 'a>> {
        table
            .column(Kind::Number, "Code", |row| {
                Cell::new(or_dash(row.code)).colored(row.verdict.category)
            })
            .column(Kind::Text, "Meaning", |row| Cell::new(row.verdict.title))
    }
}
