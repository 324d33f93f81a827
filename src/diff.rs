//! Compares snapshots of accounts.
//!
//! Snapshots are added in order, oldest first, and each is read once. The changes are those between
//! the last two. The earlier ones show how long a code has lasted, and which accounts have
//! relapsed.
//!
//! Two snapshots are held in memory at a time. An account takes 64 bytes, and 10 to 20 more while
//! snapshots are read. A change takes 32 more. An id that is not a decimal number also takes the
//! length of its string, once.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::Catalog;
//! use statuscode::classify::Classifier;
//! use statuscode::diff::{Batch, ChangeKind, Comparison};
//!
//! let mut comparison = Comparison::default();
//! for code in [0, 185] {
//!     let mut batch = Batch::default();
//!     let account = Account { id: Some("1"), aggregation_status_code: Some(code), ..Account::default() };
//!     batch.add(&account);
//!     comparison.begin_snapshot();
//!     comparison.extend(&batch);
//! }
//! let classifier = Classifier::new(Catalog::built_in(), true);
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

pub use change::{Change, ChangeKind};
pub use changes::Changes;
pub use outage::Outage;
pub use record::Batch;

use crate::account::Code;
use crate::catalog::Category;
use crate::ids::{AccountTable, IdPool};
use crate::select::Selection;
use record::Record;

/// A comparison of snapshots.
#[derive(Debug, Default)]
pub struct Comparison {
    ids: IdPool,
    /// The second newest snapshot.
    old: AccountTable<Record>,
    /// The newest snapshot.
    new: AccountTable<Record>,
    /// Accounts that have relapsed, and are in neither of the two snapshots.
    absent: AccountTable<Record>,
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
        self.compare();
        history::remember_relapses(&self.old, &mut self.absent);
        self.old = std::mem::take(&mut self.new);
        self.snapshots = self.snapshots.saturating_add(1);
    }

    /// Adds the next batch of the current snapshot. If an account occurs more than once, only its
    /// last record counts.
    pub fn extend(&mut self, batch: &Batch) {
        self.without_id += batch.without_id();
        for record in batch.records() {
            let mut record = record.import(&mut self.ids, batch.ids());
            match self.new.find(record.ids.key()) {
                Some(index) => {
                    self.duplicates += 1;
                    record.ids.fill_missing(&self.new.rows()[index].ids);
                    self.new.replace(index, record);
                }
                None => self.new.push(record),
            }
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
        self.new.len() as u64
    }

    /// Returns the number of records that were replaced by a later record of the same account and
    /// snapshot.
    #[must_use]
    pub const fn duplicates(&self) -> u64 {
        self.duplicates
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
        let (old, new) = (self.old.into_rows(), self.new.into_rows());
        Changes::new(self.ids, old, new, category, &self.selection)
    }

    /// Adds the history of earlier snapshots to the accounts of the newest one.
    fn compare(&mut self) {
        history::compare(&mut self.old, &mut self.new, &self.absent);
    }
}

#[cfg(test)]
mod tests;
