//! A table of accounts that can be found by their ids.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::{AccountKey, PackedId};

/// A row that belongs to one account.
pub trait Keyed {
    /// Returns the key of the account.
    fn key(&self) -> AccountKey;
}

/// Rows of accounts, indexed by account id. The index takes 10 to 20 bytes per account.
///
/// Two keys are equal if both the account id and the customer are, or if both lack the customer.
/// Whether a key without a customer means the account of some customer depends on the whole input:
/// see [`Customers`](super::Customers).
#[derive(Debug, Clone)]
pub struct AccountTable<T> {
    rows: Vec<T>,
    index: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl<T> Default for AccountTable<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), index: HashTable::new(), hasher: DefaultHashBuilder::default() }
    }
}

impl<T: Keyed> AccountTable<T> {
    /// Returns all rows.
    #[must_use]
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// Returns the number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there are no rows.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns all rows for modification. Their account ids must not change.
    pub fn rows_mut(&mut self) -> &mut [T] {
        &mut self.rows
    }

    /// Drops the index, and returns all rows.
    #[must_use]
    pub fn into_rows(self) -> Vec<T> {
        self.rows
    }

    /// Returns the row with this key.
    #[must_use]
    pub fn find(&self, key: AccountKey) -> Option<usize> {
        self.with_id(key.id?).find(|&index| self.rows[index].key() == key)
    }

    /// Returns a row with this id, whatever its customer.
    #[must_use]
    pub fn find_id(&self, id: PackedId) -> Option<usize> {
        self.with_id(id).next()
    }

    /// Returns the row with this id; `None` if there are several.
    #[must_use]
    pub fn find_only(&self, id: PackedId) -> Option<usize> {
        let mut found = self.with_id(id);
        found.next().filter(|_| found.next().is_none())
    }

    /// Returns the customers of the rows with this id. Collect them into [`Customers`](super::Customers).
    pub fn customers_of(&self, id: PackedId) -> impl Iterator<Item = PackedId> {
        self.with_id(id).filter_map(|index| self.rows[index].key().customer)
    }

    /// Removes all rows with this id.
    pub fn remove_id(&mut self, id: PackedId) {
        while let Some(index) = self.find_id(id) {
            self.swap_remove(index);
        }
    }

    /// Adds a row. It can be found if its account has an id.
    pub fn push(&mut self, row: T) {
        let index = self.rows.len();
        if let Some(id) = row.key().id {
            let (rows, hasher) = (&self.rows, &self.hasher);
            self.index.insert_unique(hasher.hash_one(id), index, |&other| {
                rows[other].key().id.map_or(0, |id| hasher.hash_one(id))
            });
        }
        self.rows.push(row);
    }

    /// Adds a row that cannot be found.
    pub fn push_unindexed(&mut self, row: T) {
        self.rows.push(row);
    }

    /// Replaces a row with another one that has the same account id.
    pub fn replace(&mut self, index: usize, row: T) {
        debug_assert_eq!(self.rows[index].key().id, row.key().id);
        self.rows[index] = row;
    }

    /// Removes a row. The last row takes its index.
    pub fn swap_remove(&mut self, index: usize) -> T {
        let last = self.rows.len() - 1;
        self.unlink(index);
        if index != last
            && let Some(id) = self.rows[last].key().id
        {
            let hash = self.hasher.hash_one(id);
            if let Some(link) = self.index.find_mut(hash, |&other| other == last) {
                *link = index;
            }
        }
        self.rows.swap_remove(index)
    }

    fn unlink(&mut self, index: usize) {
        if let Some(id) = self.rows[index].key().id {
            let hash = self.hasher.hash_one(id);
            if let Ok(link) = self.index.find_entry(hash, |&other| other == index) {
                link.remove();
            }
        }
    }

    /// Returns the rows with this id.
    pub fn with_id(&self, id: PackedId) -> impl Iterator<Item = usize> {
        self.index
            .iter_hash(self.hasher.hash_one(id))
            .copied()
            .filter(move |&index| self.rows[index].key().id == Some(id))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::{Customers, IdPool};

    impl Keyed for (AccountKey, u32) {
        fn key(&self) -> AccountKey {
            self.0
        }
    }

    fn key(id: u8, customer: Option<u8>) -> AccountKey {
        let mut pool = IdPool::default();
        AccountKey {
            id: Some(pool.pack(&id.to_string())),
            customer: customer.map(|customer| pool.pack(&customer.to_string())),
        }
    }

    fn table(keys: &[AccountKey]) -> AccountTable<(AccountKey, u32)> {
        let mut table = AccountTable::default();
        for (&key, number) in keys.iter().zip(0..) {
            table.push((key, number));
        }
        table
    }

    #[test]
    fn a_missing_customer_is_a_customer_of_its_own() {
        let table = table(&[key(1, Some(5)), key(1, None), key(2, Some(5)), key(3, None)]);
        assert_eq!(table.find(key(1, Some(5))), Some(0));
        assert_eq!(table.find(key(1, None)), Some(1));
        assert_eq!([table.find(key(1, Some(6))), table.find(key(2, None))], [None; 2]);
    }

    #[test]
    fn the_customers_of_an_id_are_none_one_or_several() {
        let table =
            table(&[key(1, Some(5)), key(1, None), key(2, Some(5)), key(2, Some(6)), key(3, None)]);
        let customers = |id| table.customers_of(key(id, None).id.unwrap()).collect::<Customers>();
        assert_eq!(customers(1), Customers::One(key(1, Some(5)).customer.unwrap()));
        assert_eq!([customers(2), customers(3)], [Customers::Several, Customers::None]);
    }

    #[test]
    fn an_account_without_an_id_is_never_found() {
        let without_id = AccountKey { id: None, customer: None };
        assert_eq!(table(&[without_id]).find(without_id), None);
    }

    proptest! {
        #[test]
        fn removed_rows_are_gone_and_the_others_can_still_be_found(
            ids in prop::collection::btree_set((0..20_u8, prop::option::of(0..3_u8)), 0..40),
            removals in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        ) {
            let keys: Vec<_> = ids.iter().map(|(id, customer)| key(*id, *customer)).collect();
            let mut table = table(&keys);
            let mut remaining: Vec<_> = table.rows().to_vec();
            for removal in removals {
                if remaining.is_empty() {
                    break;
                }
                let removed = remaining.swap_remove(removal.index(remaining.len()));
                let index = table.find(removed.0).unwrap();
                prop_assert_eq!(table.swap_remove(index), removed);
                prop_assert_eq!(table.find(removed.0), None);
                for row in &remaining {
                    let index = table.find(row.0).unwrap();
                    prop_assert_eq!(&table.rows()[index], row);
                }
            }
        }
    }
}
