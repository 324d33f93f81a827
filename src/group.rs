//! Counts accounts by institution, customer, or login.
//!
//! A group takes about 70 bytes of memory, and 24 more for each further state of its accounts. An
//! id that is not a decimal number also takes the length of its string, once. Batches can be packed
//! on several threads; they are counted in input order.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::Catalog;
//! use statuscode::classify::Classifier;
//! use statuscode::group::{Batch, By, Groups};
//!
//! let classifier = Classifier::new(Catalog::built_in(), true);
//! let mut batch = Batch::new(By::Institution);
//! for (institution, code) in [("5", 0), ("5", 185), ("7", 0)] {
//!     let account = Account {
//!         institution_id: Some(institution),
//!         aggregation_status_code: Some(code),
//!         ..Account::default()
//!     };
//!     batch.add(&classifier.classify(&account));
//! }
//! let mut groups = Groups::new(By::Institution);
//! groups.extend(&batch);
//! let ranked = groups.rank(&classifier, |_| true);
//! let worst = ranked.iter().next().ok_or("there are two groups")?;
//! assert_eq!(worst.institution_id().as_deref(), Some("5"));
//! assert_eq!((worst.counts().accounts(), worst.counts().failing()), (2, 1));
//! assert_eq!(worst.counts().top(), Some((185, 1)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod batch;
mod counts;
mod ranked;
mod states;

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

pub use batch::Batch;
pub use counts::Counts;
pub use ranked::{Group, Ranked};

use crate::classify::Classifier;
use crate::ids::{IdPool, PackedId};
use crate::outage::{Login, MIN_LOGINS};
use batch::Key;
use states::{END, StateLists};

/// The ids by which accounts are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// `institutionId`.
    Institution,
    /// `customerId`.
    Customer,
    /// `customerId` and `institutionLoginId`.
    Login,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    key: Key,
    /// For logins: the institution that the first account with one names.
    institution: Option<PackedId>,
    /// The head of the list of its states.
    head: u32,
}

/// Accounts, counted by group.
#[derive(Debug, Clone)]
pub struct Groups {
    by: By,
    ids: IdPool,
    rows: Vec<Row>,
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
    states: StateLists,
    /// For institutions, by index of the row: the logins that wait for the institution. Only as
    /// many as make an outage are kept.
    waiting: HashMap<u32, Vec<Login>>,
    /// The row of the previous account. Accounts of one group are often neighbors, and then no
    /// lookup is needed.
    last_row: u32,
}

impl Groups {
    /// Returns an empty collection.
    #[must_use]
    pub fn new(by: By) -> Self {
        Self {
            by,
            ids: IdPool::default(),
            rows: Vec::new(),
            index: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            states: StateLists::default(),
            waiting: HashMap::new(),
            last_row: END,
        }
    }

    /// Counts the accounts of the next batch of the input.
    pub fn extend(&mut self, batch: &Batch) {
        for record in &batch.records {
            let mut import = |id: Option<PackedId>| id.map(|id| self.ids.import(&batch.ids, id));
            let key = Key { id: import(record.key.id), login: import(record.key.login) };
            let institution = import(record.institution);
            let waiting = record.waiting.map(|login| login.import(&mut self.ids, &batch.ids));
            let index = self.row(key, institution);
            self.states.add(&mut self.rows[index as usize].head, record.state);
            if let Some(login) = waiting {
                self.add_waiting(index, login);
            }
        }
    }

    /// Returns the groups for which `is_shown` returns true: most failing accounts first, then most
    /// accounts, then by their ids.
    #[must_use]
    pub fn rank<'c>(
        self,
        classifier: &'c Classifier<'c>,
        is_shown: impl Fn(&Counts) -> bool,
    ) -> Ranked<'c> {
        Ranked::new(self, classifier, is_shown)
    }

    /// Returns the index of the row of a group, which is added if it is new.
    fn row(&mut self, key: Key, institution: Option<PackedId>) -> u32 {
        if let Some(row) = self.rows.get_mut(self.last_row as usize)
            && row.key == key
        {
            row.institution = row.institution.or(institution);
            return self.last_row;
        }
        let Self { rows, index, hasher, .. } = self;
        let hash = hasher.hash_one(key);
        let entry = index.entry(
            hash,
            |&other| rows[other as usize].key == key,
            |&other| hasher.hash_one(rows[other as usize].key),
        );
        let found = *entry.or_insert_with(|| u32::try_from(rows.len()).unwrap_or(END)).get();
        match rows.get_mut(found as usize) {
            Some(row) => row.institution = row.institution.or(institution),
            None => rows.push(Row { key, institution, head: END }),
        }
        self.last_row = found;
        found
    }

    fn add_waiting(&mut self, index: u32, login: Login) {
        let logins = self.waiting.entry(index).or_default();
        if logins.len() < MIN_LOGINS && !logins.contains(&login) {
            logins.push(login);
        }
    }
}

#[cfg(test)]
mod tests;
