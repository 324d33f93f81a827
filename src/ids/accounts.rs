//! Accounts in their last records, some of which may lack the customer.

use hashbrown::HashMap;

use super::{AccountTable, Customers, IdPool, Keyed, Owners, PackedId};

/// A row that holds the last record of an account.
pub trait AccountRow: Keyed + Copy {
    /// Copies the ids that this record lacks from an earlier record of the same account.
    fn fill_missing(&mut self, earlier: &Self);
}

/// Accounts, each in its last record.
///
/// Whether a record without a customer belongs to the account of a customer is known only when the
/// whole input has been read: see [`Customers`]. Until then, both answers are kept for each id that
/// occurs with and without a customer.
#[derive(Debug, Clone)]
pub struct Accounts<T> {
    /// The accounts, as if records without a customer belonged to no customer.
    pub rows: AccountTable<T>,
    /// For each id that occurs without a customer and with only one: the account if all its records
    /// belong to that customer.
    pub joined: AccountTable<T>,
    /// Whether any record lacks the customer.
    pub has_unnamed: bool,
}

impl<T> Default for Accounts<T> {
    fn default() -> Self {
        Self { rows: AccountTable::default(), joined: AccountTable::default(), has_unnamed: false }
    }
}

impl<T: AccountRow> Accounts<T> {
    /// Adds the next record, and returns whether it replaces an earlier record with the same key. An
    /// id that it lacks is taken from the record that it replaces.
    pub fn add(&mut self, mut record: T) -> bool {
        if record.key().customer.is_none() {
            self.has_unnamed = true;
        }
        if self.has_unnamed
            && let Some(id) = record.key().id
        {
            self.join(id, record);
        }
        let earlier = self.rows.find(record.key());
        if let Some(index) = earlier {
            record.fill_missing(&self.rows.rows()[index]);
            self.rows.replace(index, record);
        } else {
            self.rows.push(record);
        }
        earlier.is_some()
    }

    /// Adds a record to the joined account of its id, before it is added to the rows.
    fn join(&mut self, id: PackedId, mut record: T) {
        let customer = record.key().customer;
        if let Some(index) = self.joined.find_id(id) {
            let joined = self.joined.rows()[index];
            if customer.is_none() || customer == joined.key().customer {
                record.fill_missing(&joined);
                self.joined.replace(index, record);
            } else {
                self.joined.swap_remove(index);
            }
        } else if let Some(other) = self.rows.find_only(id).map(|index| self.rows.rows()[index])
            && other.key().customer.is_some() != customer.is_some()
        {
            record.fill_missing(&other);
            self.joined.push(record);
        }
    }

    /// Decides to which accounts the records without a customer belong, and returns all accounts.
    #[must_use]
    pub fn resolve(mut self, owners: &Owners, ids: &mut IdPool) -> Vec<T> {
        let joined = self.joined.rows().iter().filter_map(|row| {
            let key = row.key();
            Some((key.id?, key.customer.into_iter().collect()))
        });
        let mut customers: HashMap<PackedId, Customers> = joined.collect();
        owners.complete(&mut customers, ids);
        for joined in self.joined.into_rows() {
            if let Some(id) = joined.key().id
                && customers.get(&id).is_some_and(|found| found.only().is_some())
            {
                self.rows.remove_id(id);
                self.rows.push(joined);
            }
        }
        self.rows.into_rows()
    }
}
