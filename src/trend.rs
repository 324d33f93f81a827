//! Follows accounts over many snapshots.
//!
//! Snapshots are added in order, oldest first, and each is read once. The changes from one snapshot
//! to the next are those of [`diff`](crate::diff). If an account occurs more than once in a
//! snapshot, its last record counts.
//!
//! A *failure* of an account begins at the first snapshot in which the account fails, and ends at
//! the next one in which it is ok or stale. In between, the code may change, and the account may be
//! pending or absent: a snapshot without the account, or one that is known only by its counts,
//! neither begins nor ends a failure. The number of snapshots to recovery is the number of the
//! snapshot that ends the failure minus that of the snapshot that began it. A failure that an
//! account already has when it is first seen has no known beginning, and no recovery time.
//!
//! A record without a customer belongs to the account of the only customer that has its id in all
//! snapshots up to the current one; see [`Customers`].
//!
//! A distinct account takes 48 bytes, and 10 to 20 more for its index, however many snapshots there
//! are; three times as much if some of its records lack the customer, and others do not. An id that
//! is not a decimal number also takes the length of its string, once.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::Catalog;
//! use statuscode::classify::Classifier;
//! use statuscode::diff::ChangeKind;
//! use statuscode::trend::{Batch, History};
//!
//! let classifier = Classifier::new(Catalog::built_in(), true);
//! let mut history = History::default();
//! for code in [0, 185, 185, 0] {
//!     let mut batch = Batch::default();
//!     let account = Account { id: Some("1"), aggregation_status_code: Some(code), ..Account::default() };
//!     batch.add(&classifier.classify(&account), None);
//!     history.begin_snapshot();
//!     history.extend(&batch);
//! }
//! let trend = history.finish();
//! let last = trend.steps[3].as_ref().ok_or("there is a previous snapshot")?;
//! assert_eq!(last.count(ChangeKind::Recovered), 1);
//! assert_eq!(trend.recovery.median().map(|median| median.halves()), Some(4));
//! # Ok::<(), &str>(())
//! ```

mod groups;
mod record;
mod recovery;
mod step;

pub use groups::{GroupBatch, GroupCounts, GroupTrend, Groups};
pub use record::Batch;
pub use recovery::{Median, Recovery};
pub use step::Step;

use hashbrown::{HashMap, HashSet};

use crate::diff::ChangeKind;
use crate::ids::{AccountKey, AccountTable, Customers, IdPool, Keyed as _, Owners, PackedId};
use record::{Record, State};

/// The accounts of all snapshots so far, each in its last two states.
#[derive(Debug, Default)]
pub struct History {
    ids: IdPool,
    /// The accounts, as if records without a customer belonged to no customer.
    accounts: AccountTable<Record>,
    /// For each id that occurs without a customer and with only one: the account if all its records
    /// belong to that customer. It counts instead of the others with its id.
    joined: AccountTable<Record>,
    /// Whether any record lacks the customer.
    has_unnamed: bool,
    /// The customers of accounts that cannot be selected.
    excluded: Owners,
    /// The ids that occur without a customer, and that several customers have.
    shared: HashSet<PackedId>,
    /// The number of the current snapshot, from 1.
    snapshot: u32,
    /// Whether the accounts of the previous snapshot are known.
    is_previous_known: bool,
    /// The number of selected accounts in the previous snapshot.
    previous_selected: u64,
    /// How many of those are in the current snapshot.
    remaining: u64,
    /// The number of selected accounts in the current snapshot.
    selected: u64,
    /// The changes from the previous snapshot to the current one.
    step: Step,
    steps: Vec<Option<Step>>,
    /// The number of snapshots whose accounts are known.
    known: u64,
    recovery: Recovery,
    duplicates: u64,
    without_id: u64,
}

/// The result of following accounts over many snapshots.
#[derive(Debug)]
pub struct Trend {
    /// For each snapshot, the changes since the previous one; `None` if the accounts of either are
    /// not known.
    pub steps: Vec<Option<Step>>,
    /// How long the failures that ended had lasted.
    pub recovery: Recovery,
    /// The number of accounts whose failure had not ended when they were last seen.
    pub never_recovered: u64,
    /// The number of distinct accounts in all snapshots.
    pub accounts: u64,
    /// The number of snapshots whose accounts are known, and not only their counts.
    pub snapshots: u64,
}

impl History {
    /// Begins the next snapshot, whose accounts follow.
    pub fn begin_snapshot(&mut self) {
        self.end_snapshot();
        self.snapshot = self.snapshot.saturating_add(1);
        self.steps.push(self.is_previous_known.then(Step::default));
        self.is_previous_known = true;
        self.known += 1;
    }

    /// Skips a snapshot that is known only by its counts.
    pub fn skip_snapshot(&mut self) {
        self.end_snapshot();
        self.snapshot = self.snapshot.saturating_add(1);
        self.steps.push(None);
        self.is_previous_known = false;
    }

    /// Adds the next batch of the current snapshot.
    pub fn extend(&mut self, batch: &Batch) {
        self.without_id += batch.without_id();
        for record in batch.records() {
            let key = record.key.import(&mut self.ids, batch.ids());
            self.has_unnamed |= key.customer.is_none();
            let joined = if self.has_unnamed { self.join(key) } else { None };
            let index = self.accounts.find(key).unwrap_or_else(|| {
                self.accounts.push(Record::new(key));
                self.accounts.len() - 1
            });
            let rows = self.accounts.rows_mut();
            let counted = match joined {
                Some(joined) => {
                    rows[index].add(record.state, self.snapshot, record.is_selected);
                    &mut self.joined.rows_mut()[joined]
                }
                None => &mut rows[index],
            };
            let replaced = *counted;
            let is_selected = match joined {
                Some(_) => record.is_selected_if_joined,
                None => record.is_selected,
            };
            counted.add(record.state, self.snapshot, is_selected);
            let added = *counted;
            if replaced.now.is_in(self.snapshot) {
                self.duplicates += 1;
                self.count(replaced, -1);
            }
            self.count(added, 1);
        }
        for &key in batch.excluded() {
            self.excluded.add(key, batch.ids());
        }
    }

    /// Returns the joined account that a record with this key belongs to, if there is one.
    fn join(&mut self, key: AccountKey) -> Option<usize> {
        let id = key.id?;
        if let Some(index) = self.joined.find_id(id) {
            let customer = self.joined.rows()[index].key().customer;
            if key.customer.is_some() && key.customer != customer {
                self.part(index);
                return None;
            }
            return Some(index);
        }
        let other = self.accounts.find_only(id).map(|index| self.accounts.rows()[index])?;
        let customer = other.key.customer;
        if customer.is_some() == key.customer.is_some() || self.shared.contains(&id) {
            return None;
        }
        // So far, the two are the same, and count the same.
        let key = AccountKey { id: Some(id), customer: customer.or(key.customer) };
        self.joined.push(Record { key, ..other });
        Some(self.joined.len() - 1)
    }

    /// Parts a joined account, because another customer has its id.
    fn part(&mut self, index: usize) {
        let joined = self.joined.swap_remove(index);
        self.recount(joined, -1);
        if let Some(id) = joined.key.id {
            self.shared.insert(id);
            let parts: Vec<_> = self.accounts.with_id(id).collect();
            for index in parts {
                self.recount(self.accounts.rows()[index], 1);
            }
        }
    }

    /// Adds an account to the counts of the current snapshot and of the previous one, or subtracts
    /// it.
    fn recount(&mut self, record: Record, by: i64) {
        let previous = record.state_in(self.snapshot.saturating_sub(1));
        let was_selected = previous.is_some_and(State::is_selected);
        self.previous_selected =
            self.previous_selected.saturating_add_signed(by * i64::from(was_selected));
        if record.now.is_in(self.snapshot) {
            self.count(record, by);
        }
    }

    /// Parts the joined accounts whose id also has a customer that is not selected.
    fn part_excluded(&mut self) {
        let joined =
            self.joined.rows().iter().filter_map(|record| {
                Some((record.key.id?, record.key.customer.into_iter().collect()))
            });
        let mut customers: HashMap<PackedId, Customers> = joined.collect();
        self.excluded.complete(&mut customers, &mut self.ids);
        for (id, _) in customers.into_iter().filter(|(_, found)| found.only().is_none()) {
            if let Some(index) = self.joined.find_id(id) {
                self.part(index);
            }
        }
    }

    /// Adds the change of one account to the counts, or subtracts it: `by` is 1 or -1.
    fn count(&mut self, record: Record, by: i64) {
        let Record { before, now, .. } = record;
        let was_present = before.is_in(now.seen - 1);
        let was_selected = was_present && before.is_selected();
        self.selected = self.selected.saturating_add_signed(by * i64::from(now.is_selected()));
        self.remaining = self.remaining.saturating_add_signed(by * i64::from(was_selected));
        if now.is_selected() || was_selected {
            let kind = ChangeKind::between(was_present.then_some(before.result), now.result);
            self.step.add(kind, by);
        }
        if let Some(snapshots) = now.recovery_since(before) {
            self.recovery.add(snapshots, by);
        }
    }

    fn end_snapshot(&mut self) {
        self.part_excluded();
        let mut step = std::mem::take(&mut self.step);
        let gone = self.previous_selected - std::mem::take(&mut self.remaining);
        step.add(ChangeKind::Disappeared, i64::try_from(gone).unwrap_or(i64::MAX));
        if let Some(Some(last)) = self.steps.last_mut() {
            *last = step;
        }
        self.previous_selected = std::mem::take(&mut self.selected);
    }

    /// Returns the number of records that were replaced by a later record of the same account and
    /// snapshot.
    #[must_use]
    pub const fn duplicates(&self) -> u64 {
        self.duplicates
    }

    /// Returns the number of selected records without an account id, which cannot be followed.
    #[must_use]
    pub const fn without_id(&self) -> u64 {
        self.without_id
    }

    /// Ends the last snapshot, and returns the result.
    #[must_use]
    pub fn finish(mut self) -> Trend {
        self.end_snapshot();
        let is_joined =
            |record: &&Record| record.key.id.is_some_and(|id| self.joined.find_id(id).is_some());
        let count = |test: fn(State) -> bool| {
            let parts = self.accounts.rows().iter().filter(|record| !is_joined(record));
            parts.chain(self.joined.rows()).filter(|record| test(record.now)).count() as u64
        };
        Trend {
            never_recovered: count(State::has_selected_failure),
            accounts: count(State::was_ever_selected),
            snapshots: self.known,
            steps: self.steps,
            recovery: self.recovery,
        }
    }
}

#[cfg(test)]
mod tests;
