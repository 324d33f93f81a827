//! Object keys follow each other as they did before.
//!
//! The objects of one export have the same members in the same order. The cache remembers which
//! name followed which, and compares the bytes with the name it predicts, thirty-two at once,
//! before they are read as a name. A wrong prediction costs one comparison and is learned from.
//! What a name means to the handler is looked up once and remembered with it.

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
    /// The key at `at`, and the index after it, if it is the predicted one.
    #[inline(always)]
    pub(super) fn predicted<S: Simd>(
        &mut self,
        simd: S,
        bytes: &[u8],
        at: usize,
    ) -> Option<(K, usize)> {
        let next = self.entries[usize::from(self.last)].next;
        let entry = &self.entries[usize::from(next)];
        let same = Lanes::at(simd, bytes, at)?.same(Lanes::new(simd, &entry.text));
        if same & entry.mask != entry.mask {
            return None;
        }
        self.last = next;
        Some((entry.key, at + usize::from(entry.length)))
    }

    /// What `text`, a name from its opening quote to what follows its colon, means; `meaning` is
    /// asked the first time only.
    pub(super) fn learn(&mut self, text: &[u8], meaning: impl FnOnce() -> K) -> K {
        let Some(length) =
            u8::try_from(text.len()).ok().filter(|&length| usize::from(length) <= LONGEST)
        else {
            return meaning();
        };
        let mut window = [0; LONGEST];
        window[..text.len()].copy_from_slice(text);
        let first = slot(&window, text.len());
        let slot = (0..WAYS)
            .map(|way| first.wrapping_add(way))
            .find(|&slot| {
                let entry = &self.entries[usize::from(slot)];
                entry.length == 0 || entry.text == window
            })
            .unwrap_or(first);
        self.entries[usize::from(self.last)].next = slot;
        self.last = slot;
        let entry = &mut self.entries[usize::from(slot)];
        if entry.text != window {
            *entry = Entry {
                text: window,
                mask: u32::MAX >> (LONGEST - text.len()),
                length,
                key: meaning(),
                next: entry.next,
            };
        }
        entry.key
    }
}

fn slot(window: &[u8; LONGEST], length: usize) -> u8 {
    let mut hash = length as u64;
    for chunk in window.chunks_exact(8) {
        let word = chunk.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
        hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 56) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_up_once_and_predicted_from_then_on() {
        let simd = fearless_simd::Level::new().as_sse2().unwrap();
        let mut cache = KeyCache::<u8>::default();
        let bytes = br#""one":1,"two":2,"one":1,                                      "#;
        assert_eq!(cache.predicted(simd, bytes, 0), None);
        assert_eq!(cache.learn(br#""one":"#, || 1), 1);
        assert_eq!(cache.learn(br#""two":"#, || 2), 2);
        assert_eq!(cache.learn(br#""one":"#, || panic!("looked up again")), 1);
        assert_eq!(cache.predicted(simd, bytes, 8), Some((2, 14)));
    }

    #[test]
    fn more_names_than_slots_and_names_of_any_length_keep_their_meaning() {
        let mut cache = KeyCache::<usize>::default();
        for round in 0..3 {
            for index in 0..2000 {
                let name = format!("\"{}{index}\":", "x".repeat(index % 40));
                assert_eq!(cache.learn(name.as_bytes(), || index), index, "round {round}");
            }
        }
    }
}
