//! Follows accounts over many snapshots.
//!
//! Snapshots are added in order, oldest first, and each is read once. The changes from one snapshot
//! to the next are those of [`diff`](crate::diff). If an account occurs more than once in a
//! snapshot, its last record counts.
//!
//! A *failure* of an account begins at the snapshot that first has a failing code after code 0 or
//! none, and ends at the next snapshot that has code 0. In between, the code may change or be
//! missing, and the account may be absent: a snapshot without the account, or one that is known
//! only by its counts, neither begins nor ends a failure. The number of snapshots to recovery is
//! the number of the snapshot that ends the failure minus that of the snapshot that began it. A
//! failure that an account already has when it is first seen has no known beginning, and no
//! recovery time.
//!
//! A distinct account takes 48 bytes, and 10 to 20 more for its index, however many snapshots there
//! are. An id that is not a decimal number also takes the length of its string, once.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::diff::ChangeKind;
//! use statuscode::trend::{Batch, History};
//!
//! let mut history = History::default();
//! for code in [0, 185, 185, 0] {
//!     let mut batch = Batch::default();
//!     let account = Account { id: Some("1"), aggregation_status_code: Some(code), ..Account::default() };
//!     batch.add(&account, true);
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

use crate::diff::ChangeKind;
use crate::ids::{AccountTable, IdPool};
use record::{Record, State};

/// The accounts of all snapshots so far, each in its last two states.
#[derive(Debug, Default)]
pub struct History {
    ids: IdPool,
    accounts: AccountTable<Record>,
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
}

impl History {
    /// Begins the next snapshot, whose accounts follow.
    pub fn begin_snapshot(&mut self) {
        self.end_snapshot();
        self.snapshot = self.snapshot.saturating_add(1);
        self.steps.push(self.is_previous_known.then(Step::default));
        self.is_previous_known = true;
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
            let (code, is_selected) = (record.code, record.is_selected);
            let key = record.key.import(&mut self.ids, batch.ids());
            let index = self.accounts.find(key).unwrap_or_else(|| {
                self.accounts.push(Record::new(key));
                self.accounts.len() - 1
            });
            let record = &mut self.accounts.rows_mut()[index];
            record.key.customer = record.key.customer.or(key.customer);
            if record.now.seen == self.snapshot {
                self.duplicates += 1;
                let replaced = *record;
                self.count(replaced, -1);
            } else {
                record.before = record.now;
            }
            let record = &mut self.accounts.rows_mut()[index];
            record.now = State::after(record.before, code, self.snapshot, is_selected);
            let added = *record;
            self.count(added, 1);
        }
    }

    /// Adds the change of one account to the counts, or subtracts it: `by` is 1 or -1.
    fn count(&mut self, record: Record, by: i64) {
        let Record { before, now, .. } = record;
        let was_present = before.seen > 0 && before.seen + 1 == now.seen;
        let was_selected = was_present && before.is_selected;
        self.selected = self.selected.saturating_add_signed(by * i64::from(now.is_selected));
        self.remaining = self.remaining.saturating_add_signed(by * i64::from(was_selected));
        if now.is_selected || was_selected {
            let kind = ChangeKind::between(was_present.then_some(before.code()), now.code());
            self.step.add(kind, by);
        }
        if let Some(snapshots) = now.recovery_since(before) {
            self.recovery.add(snapshots, by);
        }
    }

    fn end_snapshot(&mut self) {
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
        let count = |test: fn(State) -> bool| {
            self.accounts.rows().iter().filter(|record| test(record.now)).count() as u64
        };
        Trend {
            never_recovered: count(State::has_selected_failure),
            accounts: count(|state| state.was_ever_selected),
            steps: self.steps,
            recovery: self.recovery,
        }
    }
}

#[cfg(test)]
mod tests;
