//! Member names follow each other as they did before.
//!
//! Accounts of one export have the same members in the same order. So the walker remembers which name came behind
//! which, and compares the bytes with the name that it expects, thirty-two at once, before it reads them as a name.
//! A wrong expectation costs one comparison and is learned from.

use wide::{CmpEq, i8x16};

use super::Key;

/// Longest name that is remembered, with its quotes and its colon.
const LONGEST: usize = 32;
const SLOTS: usize = 256;
/// How many slots a name may stand in.
const WAYS: u8 = 4;

/// A name as it stands in the input: `"customerId":`.
#[derive(Debug, Clone, Copy)]
struct Name {
    text: [i8x16; 2],
    /// A bit for every byte of the text.
    mask: u32,
    length: u8,
    key: Key,
    /// The slot of the name that came behind this one last time.
    next: u8,
}

/// The names of one input, each in the slot that its text tells.
#[derive(Debug)]
pub(super) struct Names {
    slots: [Name; SLOTS],
    /// The slot of the last name that was met.
    last: u8,
}

impl Default for Names {
    fn default() -> Self {
        // No UTF-8 begins with 0xff, so an empty slot is never what is expected.
        let empty = Name {
            text: [i8x16::splat(-1); 2],
            mask: 1,
            length: 0,
            key: Key::Other,
            next: 0,
        };
        Self {
            slots: [empty; SLOTS],
            last: 0,
        }
    }
}

impl Names {
    /// The key at `at`, and the index behind its colon, if it is the expected one.
    #[inline(always)]
    pub(super) fn expected(&mut self, bytes: &[u8], at: usize) -> Option<(Key, usize)> {
        let next = self.slots[usize::from(self.last)].next;
        let name = &self.slots[usize::from(next)];
        let window: &[u8; LONGEST] = bytes.get(at..)?.first_chunk()?;
        let [low, high] = halves(window);
        let same = low.cmp_eq(name.text[0]).move_mask().cast_unsigned()
            | high.cmp_eq(name.text[1]).move_mask().cast_unsigned() << 16;
        if same & name.mask != name.mask {
            return None;
        }
        self.last = next;
        Some((name.key, at + usize::from(name.length)))
    }

    /// Notes that this name, from its quote to its colon, came behind the last one.
    pub(super) fn learn(&mut self, text: &[u8], key: Key) {
        let Some(length) = u8::try_from(text.len())
            .ok()
            .filter(|&length| usize::from(length) <= LONGEST)
        else {
            return;
        };
        let mut window = [0; LONGEST];
        window[..text.len()].copy_from_slice(text);
        let halves = halves(&window);
        let first = slot(&window, text.len());
        let slot = (0..WAYS)
            .map(|way| first.wrapping_add(way))
            .find(|&slot| {
                let name = &self.slots[usize::from(slot)];
                name.length == 0 || name.text == halves
            })
            .unwrap_or(first);
        self.slots[usize::from(self.last)].next = slot;
        let name = &mut self.slots[usize::from(slot)];
        if name.text != halves {
            let mask = u32::MAX >> (LONGEST - text.len());
            *name = Name {
                text: halves,
                mask,
                length,
                key,
                next: name.next,
            };
        }
        self.last = slot;
    }
}

#[inline(always)]
fn halves(window: &[u8; LONGEST]) -> [i8x16; 2] {
    let half = |from: usize| {
        i8x16::new(std::array::from_fn(|index| {
            window[from + index].cast_signed()
        }))
    };
    [half(0), half(16)]
}

fn slot(window: &[u8; LONGEST], length: usize) -> u8 {
    let mut hash = length as u64;
    for chunk in window.chunks_exact(8) {
        let word = chunk
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte));
        hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 56) as u8
}
