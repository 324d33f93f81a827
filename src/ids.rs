//! Packs ids into eight bytes each, and finds accounts by their ids.
//!
//! Plans and comparisons hold millions of accounts in memory. The ids of the API are decimal
//! numbers, and such an id is kept as a number. Any other id is kept as a string, once.
//!
//! ```
//! use statuscode::ids::IdPool;
//!
//! let mut pool = IdPool::default();
//! let (number, string) = (pool.pack("5011648377"), pool.pack("acct-1"));
//! assert_eq!((&*pool.resolve(number), &*pool.resolve(string)), ("5011648377", "acct-1"));
//! assert_ne!(pool.pack("007"), pool.pack("7")); assert_eq!(pool.pack("acct-1"), string);
//! ```

mod account;
mod accounts;
mod customers;
mod table;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::BuildHasher;
use std::num::NonZeroU64;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

pub use account::{AccountIds, AccountKey};
pub use accounts::{AccountRow, Accounts};
pub use customers::{Customers, Owners};
pub use table::{AccountTable, Keyed};

/// An id of an [`IdPool`]. Two ids of one pool are equal if and only if their strings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PackedId(NonZeroU64);

/// Marks ids that are kept as strings; the other bits are the index of the string plus 1.
const STRING: u64 = 1 << 63;
/// Any number of this many digits is less than [`STRING`].
const MAX_DIGITS: usize = 18;

enum Unpacked {
    Number(u64),
    String(usize),
}

impl PackedId {
    /// Packs an id that is a number without leading zeros, which can be restored from the number.
    fn from_number(id: &str) -> Option<Self> {
        let digits = id.as_bytes();
        let canonical = matches!(digits, [b'0'] | [b'1'..=b'9', ..]);
        if !canonical || digits.len() > MAX_DIGITS {
            return None;
        }
        let number = digits.iter().try_fold(0, |number: u64, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0'))
        })?;
        Some(Self(NonZeroU64::MIN.saturating_add(number)))
    }

    fn from_index(index: usize) -> Self {
        Self(NonZeroU64::MIN.saturating_add(index as u64) | STRING)
    }

    fn unpack(self) -> Unpacked {
        let bits = self.0.get();
        if bits & STRING == 0 {
            Unpacked::Number(bits - 1)
        } else {
            let index = (bits & !STRING) - 1;
            // Every index was a `usize` before it was packed.
            Unpacked::String(usize::try_from(index).unwrap_or(usize::MAX))
        }
    }
}

/// The strings of the ids that are not numbers.
///
/// A string takes its length and about 20 bytes more; a number takes nothing.
#[derive(Debug, Clone, Default)]
pub struct IdPool {
    /// All strings, one after another.
    strings: String,
    /// The offset of the end of each string, in bytes.
    ends: Vec<usize>,
    index: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl IdPool {
    /// Returns the size of all strings in bytes.
    const fn size(&self) -> usize {
        self.strings.len()
    }

    /// Packs an id, and keeps its string unless it is a number.
    pub fn pack(&mut self, id: &str) -> PackedId {
        if let Some(number) = PackedId::from_number(id) {
            return number;
        }
        let Self { strings, ends, index, hasher } = self;
        let entry = index.entry(
            hasher.hash_one(id),
            |&other| string_at(strings, ends, other) == id,
            |&other| hasher.hash_one(string_at(strings, ends, other)),
        );
        let index = match entry {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let index = ends.len();
                entry.insert(index);
                strings.push_str(id);
                ends.push(strings.len());
                index
            }
        };
        PackedId::from_index(index)
    }

    /// Packs an optional id. An empty id counts as absent, because it names nothing.
    pub fn pack_non_empty(&mut self, id: Option<&str>) -> Option<PackedId> {
        id.filter(|id| !id.is_empty()).map(|id| self.pack(id))
    }

    /// Returns the packed form of an id, if it is a number or was packed before.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<PackedId> {
        PackedId::from_number(id).or_else(|| {
            let hash = self.hasher.hash_one(id);
            let found =
                self.index.find(hash, |&index| string_at(&self.strings, &self.ends, index) == id);
            found.copied().map(PackedId::from_index)
        })
    }

    /// Packs an id of another pool.
    pub fn import(&mut self, other: &Self, id: PackedId) -> PackedId {
        match id.unpack() {
            Unpacked::Number(_) => id,
            Unpacked::String(index) => self.pack(string_at(&other.strings, &other.ends, index)),
        }
    }

    /// Returns the packed form of an id of another pool, if it is a number or was packed before.
    #[must_use]
    pub fn find_imported(&self, other: &Self, id: PackedId) -> Option<PackedId> {
        match id.unpack() {
            Unpacked::Number(_) => Some(id),
            Unpacked::String(index) => self.find(string_at(&other.strings, &other.ends, index)),
        }
    }

    /// Returns an id as a string.
    #[must_use]
    pub fn resolve(&self, id: PackedId) -> Cow<'_, str> {
        match id.unpack() {
            Unpacked::Number(number) => Cow::Owned(number.to_string()),
            Unpacked::String(index) => Cow::Borrowed(string_at(&self.strings, &self.ends, index)),
        }
    }

    /// Compares two ids: absent ids come first, then numbers by their value, then strings. The
    /// order does not depend on the order in which the ids were packed.
    #[must_use]
    pub fn compare(&self, a: Option<PackedId>, b: Option<PackedId>) -> Ordering {
        match (a, b) {
            (Some(PackedId(x)), Some(PackedId(y))) if x.get() & y.get() & STRING != 0 => {
                if x == y {
                    return Ordering::Equal;
                }
                a.map(|id| self.resolve(id)).cmp(&b.map(|id| self.resolve(id)))
            }
            _ => a.map(|id| id.0).cmp(&b.map(|id| id.0)),
        }
    }
}

fn string_at<'a>(strings: &'a str, ends: &[usize], index: usize) -> &'a str {
    let start = index.checked_sub(1).map_or(0, |previous| ends[previous]);
    &strings[start..ends[index]]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids() -> impl Strategy<Value = String> {
        prop_oneof!["[0-9]{0,20}", "[01a]{0,3}", ".{0,6}"]
    }

    proptest! {
        #[test]
        fn every_id_can_be_restored_and_equal_strings_are_equal_ids(strings in prop::collection::vec(ids(), 0..40)) {
            let mut pool = IdPool::default();
            let packed: Vec<_> = strings.iter().map(|string| pool.pack(string)).collect();
            for (string, &id) in strings.iter().zip(&packed) {
                prop_assert_eq!(&*pool.resolve(id), string.as_str());
                prop_assert_eq!(pool.find(string), Some(id));
                for (other_string, &other) in strings.iter().zip(&packed) {
                    prop_assert_eq!(id == other, string == other_string);
                }
            }
        }

        #[test]
        fn the_order_of_ids_does_not_depend_on_the_order_of_packing(strings in prop::collection::vec(ids(), 0..20)) {
            let sorted = |strings: &mut dyn Iterator<Item = &String>| {
            let mut pool = IdPool::default();
            let mut packed: Vec<_> = strings.map(|string| Some(pool.pack(string))).collect();
            packed.sort_by(|a, b| pool.compare(*a, *b));
            let ids = packed.into_iter().flatten();
            ids.map(|id| pool.resolve(id).into_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(sorted(&mut strings.iter()), sorted(&mut strings.iter().rev()));
        }

        #[test]
        fn an_imported_id_keeps_its_string(here in prop::collection::vec(ids(), 0..5), id in ids()) {
            let (mut pool, mut other) = (IdPool::default(), IdPool::default());
            for string in &here {
                pool.pack(string);
            }
            other.pack("another");
            let foreign = other.pack(&id);
            let known = pool.find(&id);
            prop_assert_eq!(pool.find_imported(&other, foreign), known);
            let imported = pool.import(&other, foreign);
            prop_assert_eq!(&*pool.resolve(imported), id.as_str());
        }
    }

    #[test]
    fn numbers_are_sorted_by_value_and_come_before_strings() {
        let mut pool = IdPool::default();
        let [ten, string, nine] = ["10", "009", "9"].map(|id| Some(pool.pack(id)));
        let mut ids = [string, ten, None, nine];
        ids.sort_by(|a, b| pool.compare(*a, *b));
        assert_eq!(ids, [None, nine, ten, string]);
    }

    #[test]
    fn an_id_takes_eight_bytes_and_a_number_nothing_more() {
        assert_eq!(size_of::<Option<PackedId>>(), 8);
        let mut pool = IdPool::default();
        pool.pack("999999999999999999");
        assert_eq!((pool.strings.len(), pool.ends.len()), (0, 0));
    }
}
