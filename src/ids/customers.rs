//! The customers of an account id.

use hashbrown::HashMap;

use super::{AccountKey, IdPool, PackedId};

/// The customers that have an account id.
///
/// If a record lacks the customer, and the whole input names exactly one customer that has its id,
/// the record belongs to that customer's account. If the input names none, or several, it belongs to
/// a separate account. So the order of the records makes no difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Customers {
    /// No record with the id names a customer.
    #[default]
    None,
    /// All records that name a customer name the same one.
    One(PackedId),
    /// Two records name different customers, or that cannot be ruled out.
    Several,
}

impl Customers {
    fn add(&mut self, customer: PackedId) {
        *self = match *self {
            Self::None => Self::One(customer),
            Self::One(known) if known == customer => *self,
            Self::One(_) | Self::Several => Self::Several,
        };
    }

    /// Returns the only customer.
    #[must_use]
    pub const fn only(self) -> Option<PackedId> {
        match self {
            Self::One(customer) => Some(customer),
            Self::None | Self::Several => None,
        }
    }
}

impl FromIterator<PackedId> for Customers {
    fn from_iter<I: IntoIterator<Item = PackedId>>(customers: I) -> Self {
        let mut found = Self::None;
        customers.into_iter().for_each(|customer| found.add(customer));
        found
    }
}

/// The customers of accounts that are not remembered otherwise, in 16 bytes per record.
///
/// After two million records, or 64 MiB of ids that are not numbers, it gives up, so that memory
/// stays bounded. Then no record without a customer belongs to the account of any.
#[derive(Debug, Default)]
pub struct Owners {
    ids: IdPool,
    pairs: Vec<(PackedId, PackedId)>,
    is_full: bool,
}

/// The maximum number of records.
const MAX_RECORDS: usize = 2_000_000;
/// The maximum size of the ids that are not numbers, in bytes.
const MAX_SIZE: usize = 64 << 20;

impl Owners {
    /// Adds the account of a customer. Keys that lack either id are ignored.
    #[inline]
    pub fn add(&mut self, key: AccountKey, ids: &IdPool) {
        if let (Some(id), Some(customer), false) = (key.id, key.customer, self.is_full) {
            let pair = (self.ids.import(ids, id), self.ids.import(ids, customer));
            self.pairs.push(pair);
            if self.pairs.len() > MAX_RECORDS || self.ids.size() > MAX_SIZE {
                *self = Self { is_full: true, ..Self::default() };
            }
        }
    }

    /// Returns whether nothing was added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.pairs.is_empty() && !self.is_full
    }

    /// Returns whether there were too many records to remember.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.is_full
    }

    /// Adds what is known about these ids, which belong to the pool `ids`.
    pub fn complete(&self, customers: &mut HashMap<PackedId, Customers>, ids: &mut IdPool) {
        if self.is_full {
            customers.values_mut().for_each(|customers| *customers = Customers::Several);
        } else if !customers.is_empty() {
            for &(id, customer) in &self.pairs {
                let known = ids.find_imported(&self.ids, id).and_then(|id| customers.get_mut(&id));
                if let Some(known) = known {
                    known.add(ids.import(&self.ids, customer));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(pool: &mut IdPool, id: &str, customer: &str) -> AccountKey {
        AccountKey {
            id: pool.pack_non_empty(Some(id)),
            customer: pool.pack_non_empty(Some(customer)),
        }
    }

    #[test]
    fn owners_complete_what_is_known_about_an_id_and_nothing_else() {
        let (mut batch, mut pool, mut owners) =
            (IdPool::default(), IdPool::default(), Owners::default());
        pool.pack("unrelated");
        for (id, customer) in [("1", "a"), ("1", "a"), ("x", "b"), ("x", "c"), ("2", ""), ("", "d")]
        {
            owners.add(key(&mut batch, id, customer), &batch);
        }
        let [one, x, two, three] = ["1", "x", "2", "3"].map(|id| pool.pack(id));
        let a = pool.pack("a");
        let mut customers: HashMap<_, _> = [one, x, two].map(|id| (id, Customers::None)).into();
        owners.complete(&mut customers, &mut pool);
        assert_eq!(
            [one, x, two].map(|id| customers[&id]),
            [Customers::One(a), Customers::Several, Customers::None]
        );
        assert!(!customers.contains_key(&three));
    }

    #[test]
    fn owners_give_up_after_two_million_records_and_then_know_nothing() {
        let (mut pool, mut owners) = (IdPool::default(), Owners::default());
        let key = key(&mut pool, "1", "5");
        for _ in 0..=MAX_RECORDS {
            assert!(!owners.is_full());
            owners.add(key, &pool);
        }
        assert!(owners.is_full() && owners.pairs.capacity() == 0);
        let mut customers = [(key.id.unwrap(), Customers::One(key.customer.unwrap()))].into();
        owners.complete(&mut customers, &mut pool);
        assert_eq!(customers[&key.id.unwrap()], Customers::Several);
    }
}
