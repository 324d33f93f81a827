//! Accounts that are found by their ids.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::{AccountKey, PackedId};

/// Something that belongs to one account.
pub trait Keyed {
    /// The account.
    fn key(&self) -> AccountKey;
}

/// Rows of accounts, found by id. Besides the row itself, an account takes 10 to 20 bytes.
///
/// Two keys are the same account if both ids are equal. A customer that is missing on one side is
/// no difference, as long as only one account of the table has the account id: where two customers
/// share an id, a key without a customer could be either's and is taken for neither.
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
    /// All rows.
    #[must_use]
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All rows, to be changed in everything but their account ids.
    pub fn rows_mut(&mut self) -> &mut [T] {
        &mut self.rows
    }

    /// All rows, without the means to find them.
    #[must_use]
    pub fn into_rows(self) -> Vec<T> {
        self.rows
    }

    /// Whether any account has this id.
    #[must_use]
    pub fn has_id(&self, id: PackedId) -> bool {
        self.with_id(id).next().is_some()
    }

    /// The row of exactly this account.
    #[must_use]
    pub fn find_exact(&self, key: AccountKey) -> Option<usize> {
        self.with_id(key.id?).find(|&index| self.rows[index].key() == key)
    }

    /// The row of the only account with this id.
    #[must_use]
    pub fn find_only(&self, id: PackedId) -> Option<usize> {
        let mut found = self.with_id(id);
        found.next().filter(|_| found.next().is_none())
    }

    /// The row of this account, with the customer or without.
    #[must_use]
    pub fn find(&self, key: AccountKey) -> Option<usize> {
        self.find_exact(key).or_else(|| {
            let only = self.find_only(key.id?)?;
            let customer = self.rows[only].key().customer;
            (key.customer.is_none() || customer.is_none()).then_some(only)
        })
    }

    /// Adds a row; it is found unless its account has no id.
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

    /// Adds a row that is never found.
    pub fn push_apart(&mut self, row: T) {
        self.rows.push(row);
    }

    /// Replaces a row by another one with the same account id.
    pub fn replace(&mut self, index: usize, row: T) {
        debug_assert_eq!(self.rows[index].key().id, row.key().id);
        self.rows[index] = row;
    }

    /// Removes a row; the last one takes its index.
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

    fn with_id(&self, id: PackedId) -> impl Iterator<Item = usize> {
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
    use crate::ids::IdPool;

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
    fn a_missing_customer_is_no_difference_while_one_account_has_the_id() {
        let known = table(&[key(1, Some(5)), key(2, None)]);
        assert_eq!(known.find(key(1, Some(5))), Some(0));
        assert_eq!(known.find(key(1, None)), Some(0));
        assert_eq!(known.find(key(2, Some(5))), Some(1));
        assert_eq!(known.find(key(1, Some(6))), None);
    }

    #[test]
    fn a_key_without_a_customer_is_neither_of_two_accounts_that_share_an_id() {
        let shared = table(&[key(1, Some(5)), key(1, Some(6))]);
        assert_eq!(shared.find(key(1, None)), None);
        assert_eq!(shared.find(key(1, Some(6))), Some(1));
    }

    #[test]
    fn an_account_without_an_id_is_never_found() {
        let nameless = AccountKey { id: None, customer: None };
        assert_eq!(table(&[nameless]).find(nameless), None);
    }

    proptest! {
        #[test]
        fn what_is_removed_is_gone_and_the_rest_is_still_found(
            ids in prop::collection::btree_set((0..20_u8, prop::option::of(0..3_u8)), 0..40),
            removals in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        ) {
            let keys: Vec<_> = ids.iter().map(|(id, customer)| key(*id, *customer)).collect();
            let mut table = table(&keys);
            let mut left: Vec<_> = table.rows().to_vec();
            for removal in removals {
                if left.is_empty() {
                    break;
                }
                let gone = left.swap_remove(removal.index(left.len()));
                let index = table.find_exact(gone.0).unwrap();
                prop_assert_eq!(table.swap_remove(index), gone);
                prop_assert_eq!(table.find_exact(gone.0), None);
                for row in &left {
                    let index = table.find_exact(row.0).unwrap();
                    prop_assert_eq!(&table.rows()[index], row);
                }
            }
        }
    }
}
