//! What changed between snapshots.
//!
//! Snapshots are added one after the other, oldest first, and each is read once. The changes are
//! those between the last two; the earlier ones tell for how long a code has lasted, and which
//! accounts had a relapse.
//!
//! An account takes 64 bytes, and 10 to 20 bytes more while snapshots are read. Two snapshots are
//! held at a time. A change takes 32 bytes more. Ids that are no decimal numbers add their texts,
//! each once.
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

/// Snapshots, compared one after the other.
#[derive(Debug, Default)]
pub struct Comparison {
    ids: IdPool,
    /// The snapshot before the newest.
    old: AccountTable<Record>,
    /// The newest snapshot.
    new: AccountTable<Record>,
    /// Accounts that had a relapse and are in neither of the two.
    away: AccountTable<Record>,
    snapshots: u32,
    duplicates: u64,
    without_id: u64,
    selection: Selection,
}

impl Comparison {
    /// Leaves changes out that are not selected: by the ids of the account, by its code before or
    /// its code now, and by the days of its newest record. Ids that one snapshot lacks are those of
    /// the other.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
    }

    /// Begins the next snapshot.
    pub fn begin_snapshot(&mut self) {
        self.compare();
        history::remember_relapses(&self.old, &mut self.away);
        self.old = std::mem::take(&mut self.new);
        self.snapshots = self.snapshots.saturating_add(1);
    }

    /// Adds the next part of the current snapshot. Of an account that comes more than once the last
    /// record counts, as if the earlier ones were not there.
    pub fn extend(&mut self, batch: &Batch) {
        self.without_id += batch.without_id();
        for record in batch.records() {
            let mut record = record.import(&mut self.ids, batch.ids());
            match self.new.find(record.ids.key()) {
                Some(index) => {
                    self.duplicates += 1;
                    record.ids.fill(&self.new.rows()[index].ids);
                    self.new.replace(index, record);
                }
                None => self.new.push(record),
            }
        }
    }

    /// Snapshots so far.
    #[must_use]
    pub const fn snapshots(&self) -> u32 {
        self.snapshots
    }

    /// How many accounts the current snapshot has so far.
    #[must_use]
    pub const fn accounts(&self) -> u64 {
        self.new.len() as u64
    }

    /// Records that another record of the same account and snapshot replaced.
    #[must_use]
    pub const fn duplicates(&self) -> u64 {
        self.duplicates
    }

    /// Records without an account id: they cannot be compared.
    #[must_use]
    pub const fn without_id(&self) -> u64 {
        self.without_id
    }

    /// What changed between the last two snapshots. `category` tells which codes are the
    /// institution's: only those make an outage.
    #[must_use]
    pub fn into_changes(mut self, category: impl Fn(Option<Code>) -> Category) -> Changes {
        self.compare();
        let (gone, new) = (self.old.into_rows(), self.new.into_rows());
        Changes::new(self.ids, gone, new, category, &self.selection)
    }

    /// Gives the accounts of the newest snapshot their history.
    fn compare(&mut self) {
        history::compare(&mut self.old, &mut self.new, &self.away);
    }
}

#[cfg(test)]
mod tests;
