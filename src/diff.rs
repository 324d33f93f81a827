//! Compares snapshots of accounts.
//!
//! Snapshots are added in order, oldest first, and each is read once. The changes are those between
//! the last two. The earlier ones show how long a code has lasted, and which accounts have
//! relapsed.
//!
//! An account fails if its category does: see [`Category::is_failing`]. A failure ends when the
//! account is ok or stale, but not while it is pending.
//!
//! A record without a customer belongs to the account of the only customer that has its id in all
//! snapshots; see [`Customers`](crate::ids::Customers).
//!
//! Two snapshots are held in memory at a time. An account takes 64 bytes, and 10 to 20 more while
//! snapshots are read; up to three times as much if some of its records lack the customer, and
//! others do not. A change takes 32 more. An id that is not a decimal number also takes the length
//! of its string, once.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::Catalog;
//! use statuscode::classify::Classifier;
//! use statuscode::diff::{Batch, ChangeKind, Comparison};
//!
//! let classifier = Classifier::new(Catalog::built_in(), true);
//! let mut comparison = Comparison::default();
//! for code in [0, 185] {
//!     let mut batch = Batch::default();
//!     let account = Account { id: Some("1"), aggregation_status_code: Some(code), ..Account::default() };
//!     batch.add(&classifier.classify(&account));
//!     comparison.begin_snapshot();
//!     comparison.extend(&batch);
//! }
//! let changes = comparison.into_changes(|code| classifier.category(code));
//! let change = changes.iter().next().ok_or("it broke")?;
//! assert_eq!((change.kind(), change.before(), change.after()), (ChangeKind::Broken, Some(0), Some(185)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod change;
mod changes;
mod history;
mod outage;
mod record;
mod state;

pub use change::{Change, ChangeKind};
pub use changes::Changes;
pub use outage::Outage;
pub use record::Batch;
pub use state::State;

use crate::account::Code;
use crate::catalog::Category;
use crate::ids::{IdPool, Owners};
use crate::select::Selection;
use history::Snapshot;

/// A comparison of snapshots.
#[derive(Debug, Default)]
pub struct Comparison {
    ids: IdPool,
    /// The second newest snapshot.
    old: Snapshot,
    /// The newest snapshot.
    new: Snapshot,
    /// Accounts that have relapsed, and are in neither of the two snapshots.
    absent: Snapshot,
    /// The customers of all accounts that are in neither of the two snapshots, or not selected.
    others: Owners,
    snapshots: u32,
    duplicates: u64,
    without_id: u64,
    selection: Selection,
}

impl Comparison {
    /// Omits changes that are not selected. A change is selected by the ids of the account, by its
    /// old or new code, and by the days failing of its newest record. An id that one snapshot lacks
    /// is taken from the other.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
    }

    /// Begins the next snapshot.
    pub fn begin_snapshot(&mut self) {
        self.duplicates = self.duplicates();
        self.compare();
        history::remember(&self.old, &mut self.absent, &mut self.others, &self.ids);
        self.old = std::mem::take(&mut self.new);
        self.snapshots = self.snapshots.saturating_add(1);
    }

    /// Adds the next batch of the current snapshot. If an account occurs more than once, only its
    /// last record counts.
    pub fn extend(&mut self, batch: &Batch) {
        self.without_id += batch.without_id();
        for record in batch.records() {
            let record = record.import(&mut self.ids, batch.ids());
            self.duplicates += u64::from(self.new.add(record));
        }
        for &key in batch.excluded() {
            self.others.add(key, batch.ids());
        }
    }

    /// Returns the number of snapshots so far.
    #[must_use]
    pub const fn snapshots(&self) -> u32 {
        self.snapshots
    }

    /// Returns the number of accounts in the current snapshot so far.
    #[must_use]
    pub const fn accounts(&self) -> u64 {
        self.new.rows.len() as u64
    }

    /// Returns the number of records that were replaced by a later record of the same account and
    /// snapshot.
    #[must_use]
    pub const fn duplicates(&self) -> u64 {
        self.duplicates + self.new.joined.len() as u64
    }

    /// Returns the number of records without an account id, which cannot be compared.
    #[must_use]
    pub const fn without_id(&self) -> u64 {
        self.without_id
    }

    /// Returns the changes between the last two snapshots. `category` returns the category of a
    /// code: only codes of [`Category::Institution`] can make an outage.
    #[must_use]
    pub fn into_changes(mut self, category: impl Fn(Option<Code>) -> Category) -> Changes {
        self.compare();
        let (old, new) = history::resolve(self.old, self.new, &self.others, &mut self.ids);
        Changes::new(self.ids, old, new, category, &self.selection)
    }

    /// Adds the history of earlier snapshots to the accounts of the newest one.
    fn compare(&mut self) {
        history::compare(&mut self.old, &mut self.new, &self.absent);
    }
}

#[cfg(test)]
mod tests;
