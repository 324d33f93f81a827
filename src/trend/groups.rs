//! Counts the failing accounts of each group in each snapshot.

use std::borrow::Cow;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use crate::ids::{IdPool, PackedId};
use crate::tally;

/// The number of accounts of a group, and how many of them fail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupCounts {
    /// The number of accounts.
    pub accounts: u64,
    /// The number of failing accounts.
    pub failing: u64,
}

impl GroupCounts {
    fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.failing += other.failing;
    }

    /// Returns the share of accounts that fail, 0 to 1; `None` if there are no accounts.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        tally::share(self.failing, self.accounts)
    }
}

/// The ids that the accounts of a group share: one or two, `None` for those that lack it.
type Key = [Option<PackedId>; 2];

/// The groups in a batch of accounts of one snapshot.
#[derive(Debug, Default)]
pub struct GroupBatch {
    ids: IdPool,
    counts: HashMap<Key, GroupCounts>,
}

impl GroupBatch {
    /// Adds an account of a group. An empty id counts as absent.
    pub fn add(&mut self, group: [Option<&str>; 2], is_failing: bool) {
        let key = group.map(|id| self.ids.pack_non_empty(id));
        let one = GroupCounts { accounts: 1, failing: u64::from(is_failing) };
        self.counts.entry(key).or_default().add(one);
    }
}

/// The groups of all snapshots so far.
///
/// By default, only the first and the newest counts of a group are kept. If the whole series is
/// kept, a group takes 24 more bytes each time its counts change.
#[derive(Debug, Default)]
pub struct Groups {
    ids: IdPool,
    index: HashMap<Key, usize>,
    rows: Vec<Group>,
    keeps_series: bool,
    /// The number of the current snapshot, from 1.
    snapshot: u32,
    /// The numbers of the first and the last snapshot whose accounts are known.
    known: Option<(u32, u32)>,
    /// The numbers of the snapshots whose accounts are not known.
    skipped: Vec<u32>,
}

#[derive(Debug)]
struct Group {
    key: Key,
    runs: Vec<Run>,
}

/// Snapshots in a row with the same counts: the numbers of the first and the last.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: u32,
    last: u32,
    counts: GroupCounts,
}

impl Groups {
    /// Returns an empty collection, which keeps the counts of every snapshot or only the first and
    /// the newest ones.
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

    /// Skips a snapshot that is known only by its counts.
    pub fn skip_snapshot(&mut self) {
        self.snapshot = self.snapshot.saturating_add(1);
        self.skipped.push(self.snapshot);
    }

    /// Returns whether the accounts of a snapshot are known. Snapshots are numbered from 1.
    #[must_use]
    pub fn is_known(&self, snapshot: u32) -> bool {
        self.skipped.binary_search(&snapshot).is_err()
    }

    /// Adds the next batch of the current snapshot.
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

    /// Returns the groups: most failing accounts in the last snapshot first, then most accounts,
    /// then by id.
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
    fn add(&mut self, snapshot: u32, counts: GroupCounts) {
        match self.runs.as_mut_slice() {
            [.., now] if now.first == snapshot => now.counts.add(counts),
            [.., before, last] if before.last + 1 == last.first && before.counts == last.counts => {
                // The last run is complete and has the same counts as the one before: merge the
                // two.
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
    /// Returns the ids that the accounts share; `None` for accounts that lack it.
    #[must_use]
    pub fn ids(&self) -> [Option<Cow<'g, str>>; 2] {
        self.group.key.map(|id| id.map(|id| self.groups.ids.resolve(id)))
    }

    /// Returns the counts in the first snapshot whose accounts are known.
    #[must_use]
    pub fn first(&self) -> GroupCounts {
        self.groups.known.map_or_else(GroupCounts::default, |(first, _)| self.at(first))
    }

    /// Returns the counts in the last snapshot whose accounts are known.
    #[must_use]
    pub fn last(&self) -> GroupCounts {
        self.groups.known.map_or_else(GroupCounts::default, |(_, last)| self.at(last))
    }

    /// Returns the change of the failing share from the first to the last snapshot, -1 to 1; `None`
    /// if the group has no accounts in one of them, or if there is only one snapshot.
    #[must_use]
    pub fn change(&self) -> Option<f64> {
        self.groups.known.filter(|(first, last)| first < last)?;
        Some(self.last().share()? - self.first().share()?)
    }

    /// Returns the counts in a snapshot. Snapshots are numbered from 1. Unless the series is kept,
    /// only those of the first and the last snapshot are known.
    #[must_use]
    pub fn at(&self, snapshot: u32) -> GroupCounts {
        let runs = &self.group.runs;
        let after = runs.partition_point(|run| run.first <= snapshot);
        let run = after.checked_sub(1).map(|index| runs[index]);
        run.filter(|run| snapshot <= run.last).map_or_else(GroupCounts::default, |run| run.counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns groups with these counts in each snapshot: id, accounts, failing accounts.
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
    fn a_series_has_the_counts_of_every_snapshot_even_where_the_group_is_missing() {
        let snapshots: [&[_]; 6] =
            [&[("a", 2, 1)], &[("a", 2, 1)], &[("a", 2, 1)], &[], &[("a", 2, 1)], &[("a", 3, 0)]];
        let groups = groups(true, &snapshots);
        let group = groups.worst_first()[0];
        let series: Vec<_> = (1..=6).map(|n| (group.at(n).accounts, group.at(n).failing)).collect();
        assert_eq!(series, [(2, 1), (2, 1), (2, 1), (0, 0), (2, 1), (3, 0)]);
        assert_eq!(group.group.runs.len(), 3, "equal counts in a row take one run");
    }

    #[test]
    fn without_the_series_only_the_first_and_last_counts_are_kept() {
        let snapshots: [&[_]; 4] = [&[("a", 4, 1)], &[("a", 4, 2)], &[("a", 4, 3)], &[("a", 4, 2)]];
        let groups = groups(false, &snapshots);
        let group = groups.worst_first()[0];
        assert_eq!((group.first().failing, group.last().failing), (1, 2));
        assert_eq!(group.change(), Some(0.25));
        assert_eq!(group.group.runs.len(), 2);
    }

    #[test]
    fn groups_are_sorted_by_failing_accounts_in_the_last_snapshot() {
        let groups = groups(
            false,
            &[
                &[("gone", 9, 9), ("a", 1, 0)],
                &[("a", 5, 2), ("10", 5, 2), ("9", 5, 2), ("big", 6, 2), ("healthy", 50, 0)],
            ],
        );
        let worst = groups.worst_first();
        let ids: Vec<_> = worst.iter().map(|group| group.ids()[0].clone().unwrap()).collect();
        assert_eq!(ids, ["big", "9", "10", "a", "healthy", "gone"]);
        assert_eq!(groups.worst_first()[5].change(), None, "no accounts in the last snapshot");
    }
}
