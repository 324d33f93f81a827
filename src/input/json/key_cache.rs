//! Object keys follow each other as they did before.
//!
//! The objects of one export have the same members in the same order. The cache remembers which
//! name followed which, and compares the bytes with the name it predicts, thirty-two at once,
//! before they are read as a name. After a wrong prediction the name is looked up by its hash, which
//! is the way of objects with members in any order. What a name means to the handler is asked once
//! and remembered with it.

use fearless_simd::Simd;

use super::lanes::{LANES, Lanes};

/// Longest name that is remembered, with its quotes, its colon and a blank.
const LONGEST: usize = LANES;
const SLOTS: usize = 256;
/// How many slots a name may be stored in.
const WAYS: u8 = 4;

/// A name as it is written in the input: `"name":`, and the blank after it, if there is one.
#[derive(Debug, Clone, Copy)]
struct Entry<K> {
    text: [u8; LONGEST],
    /// A bit for every byte of the text.
    mask: u32,
    length: u8,
    key: K,
    /// The slot of the name that followed this one last time.
    next: u8,
}

/// The names of one input, each in the slot that its hash selects.
#[derive(Debug)]
pub(super) struct KeyCache<K> {
    entries: Box<[Entry<K>; SLOTS]>,
    /// The slot of the last name that was met.
    last: u8,
}

impl<K: Copy + Default> Default for KeyCache<K> {
    fn default() -> Self {
        // No UTF-8 begins with 0xff, so an empty slot never matches.
        let empty = Entry { text: [0xff; LONGEST], mask: 1, length: 0, key: K::default(), next: 0 };
        Self { entries: Box::new([empty; SLOTS]), last: 0 }
    }
}

impl<K: Copy> KeyCache<K> {
    /// What the name at `at` means, and the index after its colon and one blank; `meaning` is asked
    /// the first time only. `None` if it is not a short name of plain ASCII, or if the bytes end
    /// soon after it.
    #[inline(always)]
    pub(super) fn name<S: Simd>(
        &mut self,
        simd: S,
        bytes: &[u8],
        at: usize,
        meaning: fn(&[u8]) -> K,
    ) -> Option<(K, usize)> {
        let window = bytes.get(at..)?.first_chunk()?;
        let lanes = Lanes::new(simd, window);
        let predicted = self.entries[usize::from(self.last)].next;
        let entry = &self.entries[usize::from(predicted)];
        let (key, length) = if entry.is_in(simd, lanes) {
            self.last = predicted;
            (entry.key, entry.length)
        } else {
            self.look_up(simd, window, lanes, meaning)?
        };
        Some((key, at + usize::from(length)))
    }

    #[inline(always)]
    fn look_up<S: Simd>(
        &mut self,
        simd: S,
        window: &[u8; LONGEST],
        lanes: Lanes<S>,
        meaning: fn(&[u8]) -> K,
    ) -> Option<(K, u8)> {
        if window[0] != b'"' {
            return None;
        }
        let end = 1 + (lanes.special() >> 1).trailing_zeros() as usize;
        if window.get(end..end + 2)? != b"\":" {
            return None;
        }
        let length = end + 2 + usize::from(*window.get(end + 2)? == b' ');
        let first = slot(window, length);
        let ways = (0..WAYS).map(|way| first.wrapping_add(way));
        let is_known = |slot: &u8| {
            let entry = &self.entries[usize::from(*slot)];
            usize::from(entry.length) == length && entry.is_in(simd, lanes)
        };
        let slot = ways.clone().find(is_known).unwrap_or_else(|| {
            let is_free = |slot: &u8| self.entries[usize::from(*slot)].length == 0;
            let slot = ways.clone().find(is_free).unwrap_or(first);
            self.entries[usize::from(slot)].learn(window, length, meaning(&window[1..end]));
            slot
        });
        self.entries[usize::from(self.last)].next = slot;
        self.last = slot;
        let entry = &self.entries[usize::from(slot)];
        Some((entry.key, entry.length))
    }
}

impl<K> Entry<K> {
    #[inline(always)]
    fn is_in<S: Simd>(&self, simd: S, lanes: Lanes<S>) -> bool {
        lanes.same(Lanes::new(simd, &self.text)) & self.mask == self.mask
    }

    #[cold]
    fn learn(&mut self, window: &[u8; LONGEST], length: usize, key: K) {
        self.text = *window;
        self.mask = u32::MAX >> (LONGEST - length);
        self.length = u8::try_from(length).unwrap_or_default();
        self.key = key;
    }
}

/// The first slot for a name: its first and last eight bytes tell it from most others.
#[inline(always)]
fn slot(window: &[u8; LONGEST], length: usize) -> u8 {
    let word = |at: usize| {
        let word = window.get(at..).and_then(|rest| rest.first_chunk());
        word.map_or(0, |word| u64::from_le_bytes(*word))
    };
    let excess = 64 - 8 * length.min(8);
    let first = word(0) << (excess & 63);
    let last = word(length.saturating_sub(8));
    let mixed = (first ^ last.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 56) as u8
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;
    use crate::input::json::Instructions;

    #[test]
    fn a_name_is_looked_up_once_and_known_from_then_on_in_any_order() {
        let mut cache = KeyCache::<u8>::default();
        let bytes =
            br#""one":1,"two" :2,"two": 2,"one":1,"two":2,"one":                          "#;
        let mut name = |at, meaning: fn(&[u8]) -> u8| dispatch!(Level::new(), simd => cache.name(simd, bytes, at, meaning));
        assert_eq!(name(0, |_| 1), Some((1, 6)));
        assert_eq!(name(8, |_| 2), None, "a blank before the colon");
        assert_eq!(name(17, |_| 2), Some((2, 24)));
        for _ in 0..3 {
            assert_eq!(name(26, |_| 3), Some((1, 32)));
            assert_eq!(name(34, |_| 4), Some((4, 40)), "another text without the blank");
        }
    }

    #[test]
    fn more_names_than_slots_and_names_of_any_length_keep_their_meaning() {
        for Instructions(level) in Instructions::all() {
            let mut cache = KeyCache::<usize>::default();
            for index in (0..6000).map(|number| number % 2000) {
                let name = "x".repeat(index % 24) + &index.to_string();
                let bytes = format!("\"{name}\":1{}", " ".repeat(32));
                let meaning = |text: &[u8]| {
                    let digits = text.iter().filter(|letter| letter.is_ascii_digit());
                    digits.fold(0, |number, digit| 10 * number + usize::from(digit - b'0'))
                };
                let found =
                    dispatch!(level, simd => cache.name(simd, bytes.as_bytes(), 0, meaning));
                assert_eq!(found, Some((index, name.len() + 3)), "{level:?}");
            }
        }
    }

    #[test]
    fn long_names_names_with_escapes_and_the_end_of_the_bytes_are_left_to_others() {
        let mut cache = KeyCache::<u8>::default();
        for text in ["\"a\":1", "\"a\\u0041\":1", "\"é\":1", "a\":1"] {
            let padded = text.to_owned() + &" ".repeat(if text.len() > 6 { 40 } else { 20 });
            let found = dispatch!(Level::new(), simd => {
                cache.name(simd, padded.as_bytes(), 0, |_| 1)
            });
            assert_eq!(found, None, "{text}");
        }
        let long = format!("\"{}\":1{}", "x".repeat(30), " ".repeat(40));
        let found = dispatch!(Level::new(), simd => cache.name(simd, long.as_bytes(), 0, |_| 1));
        assert_eq!(found, None);
    }
}
