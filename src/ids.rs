//! Ids in eight bytes each, and accounts that are found by their ids.
//!
//! Plans and comparisons hold millions of accounts in memory. The ids of the API are decimal
//! numbers: such an id is kept as its number. Any other id is kept once, as text.
//!
//! ```
//! use statuscode::ids::IdPool;
//!
//! let mut pool = IdPool::default();
//! let (number, text) = (pool.pack("5011648377"), pool.pack("acct-1"));
//! assert_eq!((&*pool.text(number), &*pool.text(text)), ("5011648377", "acct-1"));
//! assert_ne!(pool.pack("007"), pool.pack("7"));
//! assert_eq!(pool.pack("acct-1"), text);
//! ```

mod account;
mod table;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::BuildHasher;
use std::num::NonZeroU64;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

pub use account::{AccountIds, AccountKey};
pub use table::{AccountTable, Keyed};

/// An id of an [`IdPool`]. Two ids of one pool are equal if and only if their texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PackedId(NonZeroU64);

/// Marks ids that are kept as text; the other bits are the index of the text.
const TEXT: u64 = 1 << 63;
/// Any number of this many digits is less than [`TEXT`].
const MAX_DIGITS: usize = 18;

enum Unpacked {
    Number(u64),
    Text(usize),
}

impl PackedId {
    /// Packs an id that is a number without leading zeros, so that the number gives back the text.
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

    fn from_text(index: usize) -> Self {
        Self(NonZeroU64::MIN.saturating_add(index as u64) | TEXT)
    }

    fn unpack(self) -> Unpacked {
        let bits = self.0.get();
        if bits & TEXT == 0 {
            Unpacked::Number(bits - 1)
        } else {
            let index = (bits & !TEXT) - 1;
            // Every index was a `usize` before it was packed.
            Unpacked::Text(usize::try_from(index).unwrap_or(usize::MAX))
        }
    }
}

/// The texts of those ids that are not numbers.
///
/// A text takes its own length and about 20 bytes more; a number takes nothing.
#[derive(Debug, Clone, Default)]
pub struct IdPool {
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    index: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl IdPool {
    /// Packs an id, and keeps its text if it needs one.
    pub fn pack(&mut self, id: &str) -> PackedId {
        if let Some(number) = PackedId::from_number(id) {
            return number;
        }
        let Self { texts, ends, index, hasher } = self;
        let entry = index.entry(
            hasher.hash_one(id),
            |&other| text_at(texts, ends, other) == id,
            |&other| hasher.hash_one(text_at(texts, ends, other)),
        );
        let index = match entry {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let index = ends.len();
                entry.insert(index);
                texts.push_str(id);
                ends.push(texts.len());
                index
            }
        };
        PackedId::from_text(index)
    }

    /// The packed form of an id, if it is a number or was packed before.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<PackedId> {
        PackedId::from_number(id).or_else(|| {
            let hash = self.hasher.hash_one(id);
            let found =
                self.index.find(hash, |&index| text_at(&self.texts, &self.ends, index) == id);
            found.copied().map(PackedId::from_text)
        })
    }

    /// Packs an id of another pool.
    pub fn import(&mut self, other: &Self, id: PackedId) -> PackedId {
        match id.unpack() {
            Unpacked::Number(_) => id,
            Unpacked::Text(index) => self.pack(text_at(&other.texts, &other.ends, index)),
        }
    }

    /// The packed form of an id of another pool, if it is a number or was packed before.
    #[must_use]
    pub fn find_imported(&self, other: &Self, id: PackedId) -> Option<PackedId> {
        match id.unpack() {
            Unpacked::Number(_) => Some(id),
            Unpacked::Text(index) => self.find(text_at(&other.texts, &other.ends, index)),
        }
    }

    /// The text of an id.
    #[must_use]
    pub fn text(&self, id: PackedId) -> Cow<'_, str> {
        match id.unpack() {
            Unpacked::Number(number) => Cow::Owned(number.to_string()),
            Unpacked::Text(index) => Cow::Borrowed(text_at(&self.texts, &self.ends, index)),
        }
    }

    /// The order of two ids: absent ids, numbers by their value, texts by their characters. It
    /// does not depend on the order in which the ids were packed.
    #[must_use]
    pub fn compare(&self, a: Option<PackedId>, b: Option<PackedId>) -> Ordering {
        match (a, b) {
            (Some(PackedId(x)), Some(PackedId(y))) if x.get() & y.get() & TEXT != 0 => {
                if x == y {
                    return Ordering::Equal;
                }
                a.map(|id| self.text(id)).cmp(&b.map(|id| self.text(id)))
            }
            _ => a.map(|id| id.0).cmp(&b.map(|id| id.0)),
        }
    }
}

fn text_at<'a>(texts: &'a str, ends: &[usize], index: usize) -> &'a str {
    let start = index.checked_sub(1).map_or(0, |previous| ends[previous]);
    &texts[start..ends[index]]
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
        fn every_id_comes_back_as_it_was_and_equal_texts_are_equal_ids(texts in prop::collection::vec(ids(), 0..40)) {
            let mut pool = IdPool::default();
            let packed: Vec<_> = texts.iter().map(|text| pool.pack(text)).collect();
            for (text, &id) in texts.iter().zip(&packed) {
                prop_assert_eq!(&*pool.text(id), text.as_str());
                prop_assert_eq!(pool.find(text), Some(id));
                for (other_text, &other) in texts.iter().zip(&packed) {
                    prop_assert_eq!(id == other, text == other_text);
                }
            }
        }

        #[test]
        fn the_order_of_ids_does_not_depend_on_the_order_of_packing(texts in prop::collection::vec(ids(), 0..20)) {
            let sorted = |texts: &mut dyn Iterator<Item = &String>| {
                let mut pool = IdPool::default();
                let mut packed: Vec<_> = texts.map(|text| Some(pool.pack(text))).collect();
                packed.sort_by(|a, b| pool.compare(*a, *b));
                let texts = packed.into_iter().flatten();
                texts.map(|id| pool.text(id).into_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(sorted(&mut texts.iter()), sorted(&mut texts.iter().rev()));
        }

        #[test]
        fn an_imported_id_keeps_its_text(here in prop::collection::vec(ids(), 0..5), id in ids()) {
            let (mut pool, mut other) = (IdPool::default(), IdPool::default());
            for text in &here {
                pool.pack(text);
            }
            other.pack("another");
            let foreign = other.pack(&id);
            let known = pool.find(&id);
            prop_assert_eq!(pool.find_imported(&other, foreign), known);
            let imported = pool.import(&other, foreign);
            prop_assert_eq!(&*pool.text(imported), id.as_str());
        }
    }

    #[test]
    fn numbers_come_in_the_order_of_their_values_and_before_texts() {
        let mut pool = IdPool::default();
        let [ten, text, nine] = ["10", "009", "9"].map(|id| Some(pool.pack(id)));
        let mut ids = [text, ten, None, nine];
        ids.sort_by(|a, b| pool.compare(*a, *b));
        assert_eq!(ids, [None, nine, ten, text]);
    }

    #[test]
    fn an_id_takes_eight_bytes_and_a_number_no_text() {
        assert_eq!(size_of::<Option<PackedId>>(), 8);
        let mut pool = IdPool::default();
        pool.pack("999999999999999999");
        assert_eq!((pool.texts.len(), pool.ends.len()), (0, 0));
    }
}
