//! How many accounts of each group fail, snapshot by snapshot.

use std::borrow::Cow;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use crate::ids::{IdPool, PackedId};

/// Accounts, and how many of them fail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failing {
    /// All accounts.
    pub accounts: u64,
    /// Those that fail.
    pub failing: u64,
}

impl Failing {
    fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.failing += other.failing;
    }

    /// The failing ones as a share of all, 0 to 1; `None` if there are none.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "no share needs more than 52 bits")]
    pub fn share(self) -> Option<f64> {
        (self.accounts > 0).then(|| self.failing as f64 / self.accounts as f64)
    }
}

/// What the accounts of a group have in common: one id or two, `None` for those that lack it.
type Key = [Option<PackedId>; 2];

/// The groups in a part of a snapshot.
#[derive(Debug, Default)]
pub struct GroupBatch {
    ids: IdPool,
    counts: HashMap<Key, Failing>,
}

impl GroupBatch {
    /// Adds an account of a group. An empty id counts as absent.
    pub fn add(&mut self, group: [Option<&str>; 2], is_failing: bool) {
        let key = group.map(|id| id.filter(|id| !id.is_empty()).map(|id| self.ids.pack(id)));
        let one = Failing { accounts: 1, failing: u64::from(is_failing) };
        self.counts.entry(key).or_default().add(one);
    }
}

/// The groups of all snapshots so far.
///
/// By default only the first and the newest counts of a group are kept. With its series, a group
/// takes 24 bytes more for every time that its counts change.
#[derive(Debug, Default)]
pub struct Groups {
    ids: IdPool,
    index: HashMap<Key, usize>,
    rows: Vec<Group>,
    keeps_series: bool,
    /// The number of the current snapshot, from 1.
    snapshot: u32,
    /// The first and the last snapshot whose accounts are known.
    known: Option<(u32, u32)>,
    /// The numbers of the other ones.
    skipped: Vec<u32>,
}

#[derive(Debug)]
struct Group {
    key: Key,
    runs: Vec<Run>,
}

/// Snapshots in a row with the same counts.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: u32,
    last: u32,
    counts: Failing,
}

impl Groups {
    /// No groups yet.
    #[must_use]
    pub fn new(keeps_series: bool) -> Self {
        Self { keeps_series, ..Self::default() }
    }

    /// Begins the next snapshot, whose accounts follow.
    pub const fn begin_snapshot(&mut self) {
        self.snapshot = self.snapshot.saturating_add(1);
        self.known = match self.known {
            None => Some((self.snapshot, self.snapshot)),
            Some((first, _)) => Some((first, self.snapshot)),
        };
    }

    /// Passes over a snapshot of which only the counts are known.
    pub fn skip_snapshot(&mut self) {
        self.snapshot = self.snapshot.saturating_add(1);
        self.skipped.push(self.snapshot);
    }

    /// Whether the accounts of a snapshot are known, by its number from 1.
    #[must_use]
    pub fn is_known(&self, snapshot: u32) -> bool {
        self.skipped.binary_search(&snapshot).is_err()
    }

    /// Adds the next part of the current snapshot.
    pub fn extend(&mut self, batch: &GroupBatch) {
        for (&key, &counts) in &batch.counts {
            let key = key.map(|id| id.map(|id| self.ids.import(&batch.ids, id)));
            let group = match self.index.entry(key) {
                Entry::Occupied(entry) => &mut self.rows[*entry.get()],
                Entry::Vacant(entry) => {
                    entry.insert(self.rows.len());
                    self.rows.push(Group { key, runs: Vec::new() });
                    let last = self.rows.len() - 1;
                    &mut self.rows[last]
                }
            };
            group.add(self.snapshot, counts);
            if !self.keeps_series
                && let Some((first, _)) = self.known
            {
                let current = self.snapshot;
                group.runs.retain(|run| run.first == first || run.last == current);
            }
        }
    }

    /// The groups, those with the most failing accounts in the last snapshot first, then the larger
    /// ones, then by id.
    #[must_use]
    pub fn worst_first(&self) -> Vec<GroupTrend<'_>> {
        let mut groups: Vec<GroupTrend<'_>> =
            self.rows.iter().map(|group| GroupTrend { groups: self, group }).collect();
        groups.sort_by(|a, b| {
            let (x, y) = (a.last(), b.last());
            y.failing
                .cmp(&x.failing)
                .then(y.accounts.cmp(&x.accounts))
                .then_with(|| self.ids.compare(a.group.key[0], b.group.key[0]))
                .then_with(|| self.ids.compare(a.group.key[1], b.group.key[1]))
        });
        groups
    }
}

impl Group {
    fn add(&mut self, snapshot: u32, counts: Failing) {
        match self.runs.as_mut_slice() {
            [.., now] if now.first == snapshot => now.counts.add(counts),
            [.., before, last] if before.last + 1 == last.first && before.counts == last.counts => {
                // The last run is complete, and continues the one before it.
                before.last = last.last;
                *last = Run { first: snapshot, last: snapshot, counts };
            }
            _ => self.runs.push(Run { first: snapshot, last: snapshot, counts }),
        }
    }
}

/// One group over all snapshots.
#[derive(Debug, Clone, Copy)]
pub struct GroupTrend<'g> {
    groups: &'g Groups,
    group: &'g Group,
}

impl<'g> GroupTrend<'g> {
    /// The ids; `None` for the accounts that name none.
    #[must_use]
    pub fn ids(&self) -> [Option<Cow<'g, str>>; 2] {
        self.group.key.map(|id| id.map(|id| self.groups.ids.text(id)))
    }

    /// Its accounts in the first snapshot whose accounts are known.
    #[must_use]
    pub fn first(&self) -> Failing {
        self.groups.known.map_or_else(Failing::default, |(first, _)| self.at(first))
    }

    /// Its accounts in the last snapshot whose accounts are known.
    #[must_use]
    pub fn last(&self) -> Failing {
        self.groups.known.map_or_else(Failing::default, |(_, last)| self.at(last))
    }

    /// The change of its failing share from the first to the last snapshot, -1 to 1; `None` if it
    /// has no accounts in one of them, or if there is only one.
    #[must_use]
    pub fn change(&self) -> Option<f64> {
        self.groups.known.filter(|(first, last)| first < last)?;
        Some(self.last().share()? - self.first().share()?)
    }

    /// Its accounts in a snapshot, by the number of the snapshot from 1. Without the series, only
    /// the first and the last are known.
    #[must_use]
    pub fn at(&self, snapshot: u32) -> Failing {
        let runs = &self.group.runs;
        let after = runs.partition_point(|run| run.first <= snapshot);
        let run = after.checked_sub(1).map(|index| runs[index]);
        run.filter(|run| snapshot <= run.last).map_or_else(Failing::default, |run| run.counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups by their counts per snapshot: accounts and failing.
    fn groups(keeps_series: bool, snapshots: &[&[(&str, u64, u64)]]) -> Groups {
        let mut groups = Groups::new(keeps_series);
        for snapshot in snapshots {
            groups.begin_snapshot();
            for &(id, accounts, failing) in *snapshot {
                for index in 0..accounts {
                    let mut batch = GroupBatch::default();
                    batch.add([Some(id), None], index < failing);
                    groups.extend(&batch);
                }
            }
        }
        groups
    }

    #[test]
    fn a_series_has_the_counts_of_every_snapshot_also_where_the_group_is_missing() {
        let snapshots: [&[_]; 6] =
            [&[("a", 2, 1)], &[("a", 2, 1)], &[("a", 2, 1)], &[], &[("a", 2, 1)], &[("a", 3, 0)]];
        let groups = groups(true, &snapshots);
        let group = groups.worst_first()[0];
        let series: Vec<_> = (1..=6).map(|n| (group.at(n).accounts, group.at(n).failing)).collect();
        assert_eq!(series, [(2, 1), (2, 1), (2, 1), (0, 0), (2, 1), (3, 0)]);
        assert_eq!(group.group.runs.len(), 3, "equal counts in a row take one run");
    }

    #[test]
    fn without_the_series_a_group_has_its_first_and_last_counts_only() {
        let snapshots: [&[_]; 4] = [&[("a", 4, 1)], &[("a", 4, 2)], &[("a", 4, 3)], &[("a", 4, 2)]];
        let groups = groups(false, &snapshots);
        let group = groups.worst_first()[0];
        assert_eq!((group.first().failing, group.last().failing), (1, 2));
        assert_eq!(group.change(), Some(0.25));
        assert_eq!(group.group.runs.len(), 2);
    }

    #[test]
    fn groups_come_by_their_failing_accounts_in_the_last_snapshot() {
        let groups = groups(
            false,
            &[
                &[("gone", 9, 9), ("a", 1, 0)],
                &[("a", 5, 2), ("10", 5, 2), ("9", 5, 2), ("big", 6, 2), ("well", 50, 0)],
            ],
        );
        let worst = groups.worst_first();
        let ids: Vec<_> = worst.iter().map(|group| group.ids()[0].clone().unwrap()).collect();
        assert_eq!(ids, ["big", "9", "10", "a", "well", "gone"]);
        assert_eq!(groups.worst_first()[5].change(), None, "it has no accounts now");
    }
}
