//! What is between the values of an object: a comma, a key, and a colon.
//!
//! The objects of one export have the same members in the same order. So the links between their
//! values are remembered in the order in which they first occurred, and the input is compared with
//! the link after the last one, all bytes at once. Only if that is another link, it is looked up by
//! its hash. The handler is asked once what a key means.

use fearless_simd::Simd;

use super::lanes::{LANES, Lanes, byte};

/// Links that are remembered. When there are more, all are forgotten.
const LINKS: usize = 256;
/// Slots for their hashes: so many that most links have one of their own.
const SLOTS: usize = 1024;

/// A link as it is written in the input: `"key":` with a comma before it, or none before the first
/// member, with a blank after the comma and the colon, or none, and with the opening quote of a
/// string.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Link<K> {
    /// The bytes, and zeros.
    text: [u8; LANES],
    /// A bit for each byte.
    mask: u32,
    pub length: u8,
    /// The index of the key, with its quote.
    pub key_at: u8,
    /// What the key means.
    pub key: K,
    /// Whether the value after it is a string.
    pub is_string: bool,
    /// The link that came after it last time, where that is not the next one.
    jump: u8,
    /// Bytes of the value that came after it last time.
    pub value: u8,
    /// Bits for those bytes and the next one, and a bit for the next one.
    value_mask: u32,
    value_end: u32,
}

impl<K> Link<K> {
    fn new(text: [u8; LANES], length: usize, key: K) -> Self {
        Self {
            text,
            mask: u32::MAX >> (LANES - length),
            length: byte(length),
            key_at: 0,
            key,
            is_string: false,
            jump: 0,
            value: 0,
            value_mask: 0,
            value_end: 1,
        }
    }

    /// Whether the value has as many bytes as the last one; `ends` has a bit for each byte that
    /// would end it.
    #[inline(always)]
    pub(super) fn expects(&self, ends: u32) -> bool {
        ends & self.value_mask == self.value_end
    }

    /// Notes how many bytes the value has.
    #[inline(always)]
    pub(super) fn note(&mut self, length: usize) {
        if length < LANES {
            self.value_end = 1 << length;
            self.value_mask = u32::MAX >> (LANES - 1 - length);
            self.value = byte(length);
        }
    }
}

/// The links of one input.
#[derive(Debug)]
pub(super) struct Links<K> {
    all: Box<[Link<K>; LINKS]>,
    count: usize,
    /// One more than the index of a link, in the slot that its hash selects or in one after it; 0 in
    /// a slot that is free.
    slots: Box<[u16; SLOTS]>,
    /// The index of the link that was found last.
    pub last: u8,
}

impl<K: Copy + Default> Default for Links<K> {
    fn default() -> Self {
        let free = Link::new([0xff; LANES], LANES, K::default());
        Self { all: Box::new([free; LINKS]), count: 0, slots: Box::new([0; SLOTS]), last: 0 }
    }
}

impl<K: Copy + Default> Links<K> {
    /// The link at an index.
    #[inline(always)]
    pub(super) fn at(&mut self, index: u8) -> &mut Link<K> {
        &mut self.all[usize::from(index)]
    }

    /// Whether the window begins with the link at an index. If that is one without a quote at its
    /// end, there may be a quote after it.
    #[inline(always)]
    pub(super) fn is_at<S: Simd>(&self, simd: S, index: u8, window: &[u8; LANES]) -> bool {
        let link = &self.all[usize::from(index)];
        let same = Lanes::new(simd, window).same(Lanes::new(simd, &link.text));
        same & link.mask == link.mask
    }

    /// The index of the link with which the window begins, if that is not the one after the last
    /// one; `meaning` is asked for a key that is not known. `None` if the window does not begin with
    /// a link that has a short key of plain ASCII.
    #[inline(always)]
    pub(super) fn find<S: Simd>(
        &mut self,
        simd: S,
        last: u8,
        window: &[u8; LANES],
        meaning: fn(&[u8]) -> K,
    ) -> Option<u8> {
        let jump = self.all[usize::from(last)].jump;
        if self.is_at(simd, jump, window) {
            return Some(jump);
        }
        let index = self.look_up(simd, window, meaning)?;
        self.all[usize::from(last)].jump = index;
        Some(index)
    }

    /// The index of the link with which the window begins, including a quote at its end.
    #[inline(always)]
    pub(super) fn look_up<S: Simd>(
        &mut self,
        simd: S,
        window: &[u8; LANES],
        meaning: fn(&[u8]) -> K,
    ) -> Option<u8> {
        let key_at = match window {
            [b'"', ..] => 0,
            [b',', b'"', ..] => 1,
            [b',', b' ', b'"', ..] => 2,
            _ => return None,
        };
        let lanes = Lanes::new(simd, window);
        let key = key_at + 1;
        let key_end = key + (lanes.special() >> key).trailing_zeros() as usize;
        if window.get(key_end..key_end + 2)? != b"\":" {
            return None;
        }
        let value = key_end + 2 + usize::from(*window.get(key_end + 2)? == b' ');
        let is_string = *window.get(value)? == b'"';
        let length = value + usize::from(is_string);
        if length == LANES {
            return None;
        }
        let text = lanes.first(length);
        let mut slot = hash(&text);
        while let Some(index) = self.slots[slot % SLOTS].checked_sub(1) {
            if self.all[usize::from(index) % LINKS].text == text {
                return Some(byte(usize::from(index)));
            }
            slot += 1;
        }
        let link = Link::new(text, length, meaning(&window[key..key_end]));
        Some(self.learn(Link { key_at: byte(key_at), is_string, ..link }))
    }

    /// Remembers a link, which is not known yet; returns its index.
    #[cold]
    fn learn(&mut self, link: Link<K>) -> u8 {
        if self.count == LINKS {
            *self = Self::default();
        }
        let index = self.count;
        self.count += 1;
        let mut slot = hash(&link.text);
        while self.slots[slot % SLOTS] != 0 {
            slot += 1;
        }
        self.slots[slot % SLOTS] = u16::from(byte(index)) + 1;
        self.all[index % LINKS] = link;
        byte(index)
    }
}

#[inline(always)]
fn hash(text: &[u8; LANES]) -> usize {
    let mut mixed = 0_u64;
    for word in text.as_chunks().0 {
        mixed = mixed.rotate_left(19) ^ u64::from_le_bytes(*word);
    }
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;
    use crate::input::json::Instructions;

    /// What the key of the first link means, and the bytes of the link.
    fn find(
        level: Level,
        links: &mut Links<u8>,
        text: &str,
        meaning: fn(&[u8]) -> u8,
    ) -> Option<(u8, u8)> {
        let bytes = text.to_owned() + &" ".repeat(LANES);
        let window = bytes.as_bytes().first_chunk().unwrap();
        let last = links.last;
        let index = dispatch!(level, simd => links.find(simd, last, window, meaning))?;
        links.last = index;
        let link = links.at(index);
        Some((link.key, link.length))
    }

    #[test]
    fn a_link_is_looked_up_once_and_known_from_then_on_in_any_order() {
        for Instructions(level) in Instructions::all() {
            let links = &mut Links::default();
            assert_eq!(find(level, links, "\"one\":1", |_| 1), Some((1, 6)));
            assert_eq!(find(level, links, ",\"two\":2", |_| 2), Some((2, 7)));
            assert_eq!(find(level, links, ", \"two\": \"2\"", |_| 3), Some((3, 10)));
            for _ in 0..3 {
                assert_eq!(find(level, links, ",\"two\":2", |_| 4), Some((2, 7)));
                assert_eq!(find(level, links, ", \"two\": \"2\"", |_| 5), Some((3, 10)));
                assert_eq!(find(level, links, "\"one\":1", |_| 6), Some((1, 6)));
            }
        }
    }

    #[test]
    fn more_links_than_are_remembered_keep_their_meaning() {
        let sum = |text: &[u8]| text.iter().fold(0, |sum: u8, byte| sum.wrapping_mul(31) ^ byte);
        let links = &mut Links::default();
        for index in (0..6000).map(|number| number % 2000) {
            let key = format!("{}{index}", "x".repeat(index % 23));
            let found = find(Level::new(), links, &format!(",\"{key}\":1"), sum);
            assert_eq!(found, Some((sum(key.as_bytes()), byte(key.len()) + 4)), "{key}");
        }
    }

    #[test]
    fn long_keys_keys_with_escapes_and_other_tokens_are_left_to_the_parser() {
        let long = format!("\"{}\":1", "x".repeat(29));
        for text in ["\"a\\u0041\":1", "\"é\":1", "a\":1", "\"a\" :1", ",,\"a\":1", ",", &long] {
            let links = &mut Links::default();
            assert_eq!(find(Level::new(), links, text, |_| 1), None, "{text}");
        }
    }

    #[test]
    fn a_value_is_expected_to_be_as_long_as_the_last_one() {
        let mut link = Link::new([0; LANES], 1, ());
        assert!(!link.expects(0) && !link.expects(1), "nothing is known of it");
        for length in 0..LANES {
            link.note(length);
            assert!(link.expects(1 << length) && link.expects(u32::MAX << length));
            assert!(!link.expects(0) && !link.expects(u32::MAX >> 1 >> (LANES - 1 - length)));
            assert_eq!(usize::from(link.value), length);
        }
        link.note(LANES);
        assert!(link.expects(1 << (LANES - 1)), "no more than {LANES} bytes are looked at");
    }
}
