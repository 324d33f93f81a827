//! The bytes that are being parsed.

use std::ops::{Deref, Range};

/// Bytes, and the text that they begin with: all of them, unless a character is broken.
///
/// Checking them once, many at a time, costs less than checking each id.
#[derive(Debug, Clone, Copy)]
pub(in crate::input) struct Source<'a> {
    bytes: &'a [u8],
    text: &'a str,
}

impl<'a> Source<'a> {
    pub(in crate::input) fn new(bytes: &'a [u8]) -> Self {
        let text = simdutf8::basic::from_utf8(bytes).ok();
        let text = text.unwrap_or_else(|| match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        });
        Self { bytes, text }
    }

    /// The bytes in a range, if they are UTF-8.
    #[inline(always)]
    pub(in crate::input) fn text(self, range: Range<usize>) -> Option<&'a str> {
        match self.text.get(range.clone()) {
            None => std::str::from_utf8(self.bytes.get(range)?).ok(),
            text => text,
        }
    }
}

impl Deref for Source<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes
    }
}
