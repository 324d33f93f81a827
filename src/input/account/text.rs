//! Texts of open objects: in the bytes that are being parsed, or, once those are gone, in a store.

use super::super::json::Source;

/// A piece of text in the current bytes or in the store.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Text {
    start: usize,
    length: u32,
    stored: bool,
}

/// Texts whose bytes are gone.
#[derive(Debug, Default)]
pub(super) struct Store(Vec<u8>);

impl Store {
    pub(super) fn push(&mut self, text: &[u8]) -> Text {
        let start = self.0.len();
        self.0.extend_from_slice(text);
        Text::new(start, text.len(), true)
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets what was stored since the store had this size.
    #[inline(always)]
    pub(super) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }
}

impl Text {
    #[inline(always)]
    fn new(start: usize, length: usize, stored: bool) -> Self {
        // No text is longer than a token may be.
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Self { start, length, stored }
    }

    #[inline(always)]
    pub(super) fn in_bytes((start, end): (usize, usize)) -> Self {
        Self::new(start, end - start, false)
    }

    pub(super) fn len(self) -> u64 {
        u64::from(self.length)
    }

    #[inline(always)]
    pub(super) fn resolve<'a>(self, bytes: Source<'a>, store: &'a Store) -> Option<&'a str> {
        let range = self.start..self.start + self.length as usize;
        if self.stored { std::str::from_utf8(store.0.get(range)?).ok() } else { bytes.text(range) }
    }

    pub(super) fn keep(&mut self, bytes: Source<'_>, store: &mut Store) {
        if !self.stored
            && let Some(text) = bytes.get(self.start..self.start + self.length as usize)
        {
            *self = store.push(text);
        }
    }
}
