//! The answer of `trend`: the counts of every snapshot, and the changes between them.

mod by;
mod report;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use by::{ByCode, ByCustomer, ByInstitution, ByLogin, Grouping, TrendBy};

use super::summary::{ByCategory, Summary as Counts};
use super::{Answer, Complete, Overview, Report, Scope, Text};
use crate::catalog::Category;
use crate::diff::ChangeKind;
use crate::institutions::Institutions;
use crate::trend::{GroupTrend, Groups, Median, Step, Trend as History};

/// One snapshot.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotRecord<'a> {
    /// The snapshot as named on the command line; `-` for standard input.
    pub input: Text<'a>,
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
    /// Accounts that had code 0 or no code in the previous snapshot and fail in this one; `null` in
    /// the first snapshot, and if this snapshot or the previous one is a summary.
    pub broken: Option<u64>,
    /// Accounts that failed in the previous snapshot and have code 0 in this one; `null` like
    /// `broken`.
    pub recovered: Option<u64>,
    /// Accounts that are in this snapshot but not in the previous one; `null` like `broken`.
    pub appeared: Option<u64>,
    /// Accounts that are in the previous snapshot but not in this one; `null` like `broken`.
    pub disappeared: Option<u64>,
    /// Whether every input was read completely. For a summary, whether its run did.
    pub complete: bool,
}

/// Totals over all snapshots.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary<'a> {
    /// The number of snapshots.
    pub snapshots: u64,
    /// Distinct accounts in all snapshots. This key and those after it are `null` if every snapshot
    /// is a summary.
    pub distinct_accounts: Option<u64>,
    /// The total of all changes from one snapshot to the next.
    pub by_change: Option<BTreeMap<ChangeKind, u64>>,
    /// Failures that began and ended within the snapshots.
    pub recoveries: Option<u64>,
    /// The median number of snapshots from the one in which such an account broke to the one in
    /// which it had recovered; `null` also if none has recovered.
    #[schemars(with = "Option<f64>")]
    pub median_snapshots_to_recovery: Option<Median>,
    /// Accounts that were failing when they were last seen.
    pub never_recovered: Option<u64>,
    /// The ten institutions with the most failing accounts in the last snapshot that is not a
    /// summary.
    pub worst_institutions: Option<Vec<InstitutionTrend<'a>>>,
}

/// An institution in the last snapshot, compared with the first.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionTrend<'a> {
    /// The institution id; `null` for accounts without one.
    pub institution_id: Option<Text<'a>>,
    /// The name of the institution; `null` if unknown.
    pub institution_name: Option<Text<'a>>,
    /// Its accounts and API errors in the last snapshot.
    pub accounts: u64,
    /// Failing accounts and API errors in the last snapshot.
    pub failing: u64,
    /// The failing ones as a share of `accounts`, from 0 to 1.
    pub failing_share: f64,
    /// The change of that share since the first snapshot, from -1 to 1; `null` if the institution has
    /// no accounts there, or if there is only one snapshot.
    pub change: Option<f64>,
}

/// The members of the JSON document after `snapshots`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rest<'a> {
    /// Totals over all snapshots.
    pub summary: Summary<'a>,
}

/// The answer of `trend`.
#[derive(Debug)]
pub struct Trend<'a> {
    /// The counts of each snapshot, without the changes.
    pub snapshots: &'a [SnapshotRecord<'a>],
    /// The changes; `None` if all snapshots are summaries.
    pub history: Option<&'a History>,
    /// The part of the snapshots that the trend covers.
    pub scope: Scope,
    /// The institutions.
    pub institutions: &'a Groups,
    /// Names of institutions.
    pub names: &'a Institutions,
    /// The number of rows that a report shows.
    pub limit: usize,
}

/// The number of institutions in the summary.
const MAX_INSTITUTIONS: usize = 10;

impl Answer for Trend<'_> {
    const RECORDS: &'static str = "snapshots";
    type Record<'a>
        = SnapshotRecord<'a>
    where
        Self: 'a;
    type Rest<'a>
        = Rest<'a>
    where
        Self: 'a;

    fn rest(&self) -> Rest<'_> {
        Rest { summary: self.summary() }
    }

    fn report(&self) -> Report<'_> {
        report::report(self, None)
    }

    fn overview(&self) -> Overview<'_> {
        Overview { tiles: report::tiles(self), ..Overview::default() }
    }
}

impl Complete for Trend<'_> {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        (0..self.snapshots.len()).map(|index| self.record(index))
    }
}

impl Trend<'_> {
    /// Returns a snapshot with its changes.
    fn record(&self, index: usize) -> SnapshotRecord<'_> {
        let step = self.step(index);
        let count = |kind| step.map(|step| step.count(kind));
        SnapshotRecord {
            broken: count(ChangeKind::Broken),
            recovered: count(ChangeKind::Recovered),
            appeared: count(ChangeKind::Appeared),
            disappeared: count(ChangeKind::Disappeared),
            ..self.snapshots[index].clone()
        }
    }

    fn step(&self, index: usize) -> Option<&Step> {
        self.history.and_then(|history| history.steps.get(index)?.as_ref())
    }

    fn summary(&self) -> Summary<'_> {
        let worst = || self.failing_institutions().take(MAX_INSTITUTIONS).collect();
        let recovery = self.history.map(|history| &history.recovery);
        Summary {
            snapshots: self.snapshots.len() as u64,
            distinct_accounts: self.history.map(|history| history.accounts),
            by_change: self.history.map(|_| self.changes()),
            recoveries: recovery.map(crate::trend::Recovery::failures),
            median_snapshots_to_recovery: recovery.and_then(crate::trend::Recovery::median),
            never_recovered: self.history.map(|history| history.never_recovered),
            worst_institutions: self.history.map(|_| worst()),
        }
    }

    /// Returns the institutions that have failing accounts, most failing accounts first.
    fn failing_institutions(&self) -> impl Iterator<Item = InstitutionTrend<'_>> {
        let institutions = self.institutions.worst_first().into_iter();
        institutions
            .filter(|group| group.last().failing > 0)
            .filter_map(|group| InstitutionTrend::new(group, self.names))
    }

    /// Returns the sum of all changes.
    fn changes(&self) -> BTreeMap<ChangeKind, u64> {
        let steps = || (0..self.snapshots.len()).filter_map(|index| self.step(index));
        let sum = |kind| steps().map(|step| step.count(kind)).sum();
        ChangeKind::ALL.into_iter().map(|kind| (kind, sum(kind))).collect()
    }
}

impl<'a> SnapshotRecord<'a> {
    /// Returns the counts of a snapshot, without changes.
    #[must_use]
    pub fn new(input: impl Into<Text<'a>>, counts: &Counts<'_>, complete: bool) -> Self {
        Self {
            input: input.into(),
            documents: counts.documents,
            records: counts.records,
            accounts: counts.accounts,
            api_errors: counts.api_errors,
            unselected: counts.unselected,
            invalid: counts.invalid,
            by_category: counts.by_category,
            broken: None,
            recovered: None,
            appeared: None,
            disappeared: None,
            complete,
        }
    }

    /// Returns the number of accounts and API errors that fail.
    fn failing(&self) -> u64 {
        self.parts().iter().map(|part| part.1).sum()
    }

    /// Returns the number of accounts and API errors in each failing category.
    fn parts(&self) -> Vec<(Category, u64)> {
        let count = |category| (category, self.by_category.get(category));
        Category::failing_by_urgency().map(count).collect()
    }

    /// Returns the number of accounts and API errors.
    fn findings(&self) -> u64 {
        self.accounts + self.api_errors
    }
}

impl<'a> InstitutionTrend<'a> {
    fn new(group: GroupTrend<'a>, names: &'a Institutions) -> Option<Self> {
        let last = group.last();
        let [id, _] = group.ids();
        Some(Self {
            institution_name: id.as_deref().and_then(|id| names.name(id)).map(Text::from),
            institution_id: id,
            accounts: last.accounts,
            failing: last.failing,
            failing_share: last.share()?,
            change: group.change(),
        })
    }
}
