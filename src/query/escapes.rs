//! Replaces ANSI escapes, such as those that color a log, with blanks.

use std::borrow::Cow;
use std::mem;

use memchr::memchr3;

/// The escape character, raw and as programs write it.
const INTRODUCERS: &[&str] = &["\u{1b}", "\\u001b", "\\x1b", "\\033", "\\e", "^["];
/// The maximum length of an escape, in bytes. No style needs more.
const MAX_LENGTH: usize = 48;

/// Replaces the escapes in a text that arrives in chunks.
#[derive(Debug, Default)]
pub struct EscapeFilter {
    /// The end of the last chunk, if an escape may begin there.
    held: String,
}

impl EscapeFilter {
    /// Returns the next part of the text, with a space instead of each escape.
    pub fn push<'t>(&mut self, chunk: &'t str) -> Cow<'t, str> {
        let text = if self.held.is_empty() {
            Cow::Borrowed(chunk)
        } else {
            Cow::Owned(mem::take(&mut self.held) + chunk)
        };
        let mut clean = String::new();
        let (mut copied, mut at) = (0, 0);
        while let Some(found) = memchr3(b'\x1b', b'\\', b'^', &text.as_bytes()[at..]) {
            at += found;
            match escape(&text[at..]) {
                Escape::None => at += 1,
                Escape::Complete(length) => {
                    clean.push_str(&text[copied..at]);
                    clean.push(' ');
                    at += length;
                    copied = at;
                }
                Escape::Incomplete => {
                    text[at..].clone_into(&mut self.held);
                    clean.push_str(&text[copied..at]);
                    return Cow::Owned(clean);
                }
            }
        }
        if copied == 0 {
            return text;
        }
        clean.push_str(&text[copied..]);
        Cow::Owned(clean)
    }

    /// Returns the rest of the text.
    pub fn finish(self) -> String {
        self.held
    }
}

/// The escape at the beginning of a text.
enum Escape {
    None,
    /// An escape of this length in bytes.
    Complete(usize),
    /// The text ends before it is clear whether this is an escape.
    Incomplete,
}

fn escape(text: &str) -> Escape {
    let bytes = text.as_bytes();
    let is_begun = |introducer: &&&str| {
        let length = bytes.len().min(introducer.len());
        bytes[..length].eq_ignore_ascii_case(&introducer.as_bytes()[..length])
    };
    let Some(introducer) = INTRODUCERS.iter().find(is_begun) else {
        return Escape::None;
    };
    let Some(kind) = bytes.get(introducer.len()) else {
        return Escape::Incomplete;
    };
    let start = introducer.len() + 1;
    let is_parameter = |byte: &u8| matches!(byte, b'0'..=b'9' | b';' | b':' | b'?');
    let parameters = match kind {
        b'[' => bytes[start..].iter().take(MAX_LENGTH).take_while(|b| is_parameter(b)).count(),
        // The choice of a character set.
        b'(' => 0,
        _ => return Escape::None,
    };
    match bytes.get(start + parameters) {
        None => Escape::Incomplete,
        Some(last) if last.is_ascii_alphabetic() => Escape::Complete(start + parameters + 1),
        Some(_) => Escape::None,
    }
}
