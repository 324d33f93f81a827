//! Unescapes strings, and recognizes JSON in strings.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{self, Visitor};

use super::{
    ChunkPosition, Container, Handler, Parser, Position, Scalar, Source, Spot, SyntaxError,
};

/// Returns the body of a string with its escapes resolved, or `None` if it contains an unpaired
/// surrogate.
pub(in crate::input) fn unescape(body: &[u8]) -> Option<Vec<u8>> {
    String::from_utf8(unescape_wtf8(body)?).ok().map(String::into_bytes)
}

/// Returns the unescaped body of a string that may be JSON. An unpaired surrogate, which JSON
/// allows, becomes a replacement character.
pub(in crate::input) fn unescape_json(body: &[u8]) -> Option<Vec<u8>> {
    Some(String::from_utf8_lossy(&unescape_wtf8(body)?).into_owned().into_bytes())
}

/// Returns the unescaped body of a string, with unpaired surrogates encoded like characters
/// (WTF-8).
fn unescape_wtf8(body: &[u8]) -> Option<Vec<u8>> {
    /// `serde_json` accepts an unpaired surrogate only when it deserializes bytes.
    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }
    }

    let quoted = [b"\"", body, b"\""].concat();
    serde_json::Deserializer::from_slice(&quoted).deserialize_bytes(Bytes).ok()
}

/// Returns whether the body of a string begins like an array or object, after optional blanks.
/// `body` may be truncated.
pub(super) fn begins_as_json(body: &[u8]) -> bool {
    /// Where the bracket must be.
    const NEAR: usize = 64;
    let mut rest = body.get(..NEAR).unwrap_or(body);
    while let [b' ', after @ ..] | [b'\\', b'n' | b'r' | b't', after @ ..] = rest {
        rest = after;
    }
    matches!(rest, [b'{' | b'[', ..] | [b'\\', b'u', b'0', b'0', b'5' | b'7', b'b' | b'B', ..])
}

/// Returns whether the bytes are a sequence of valid JSON documents.
pub(in crate::input) fn is_valid(bytes: &[u8]) -> bool {
    let mut checker = Checker(true);
    let mut parser = Parser::new(Position::START);
    parser.feed(bytes, &mut checker);
    parser.finish(&mut checker);
    checker.0
}

/// Returns whether the body of a string, truncated anywhere, may continue as JSON documents.
pub(in crate::input) fn may_be_json(body: &[u8]) -> bool {
    /// A pair of surrogates without the last digit.
    const LONGEST_PART: usize = 11;
    let mut cuts = (0..=LONGEST_PART).filter_map(|cut| body.get(..body.len().checked_sub(cut)?));
    let text = cuts.find_map(unescape_json);
    text.is_some_and(|text| {
        let mut checker = Checker(true);
        Parser::new(Position::START).feed(&text, &mut checker);
        checker.0
    })
}

/// A handler that only notes whether there is an error.
struct Checker(bool);

impl Handler for Checker {
    type Key = ();

    fn key(_: &[u8]) {}
    fn member(&mut self, (): (), _: Spot<'_>) {}
    fn scalar(&mut self, (): (), _: &Scalar<'_>, _: (usize, usize), _: Spot<'_>) {}
    fn json_text(&mut self, _: &[u8], _: ChunkPosition, _: Source<'_>, _: Spot<'_>) {}
    fn open(&mut self, (): (), _: Container, _: Source<'_>, _: Position) {}
    fn close(&mut self, _: Source<'_>, _: u64) {}
    fn end_document(&mut self, _: Source<'_>) {}
    fn fault(&mut self, _: Position, _: SyntaxError, _: Source<'_>) {
        self.0 = false;
    }
    fn keep(&mut self, _: Source<'_>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_complete_json_is_valid() {
        for valid in ["{}", "[1] {\"a\":[]}", "", "[\"\\u00e9\"]"] {
            assert!(is_valid(valid.as_bytes()), "{valid}");
        }
        for invalid in ["{", "[1,]", "{} x", "[01]"] {
            assert!(!is_valid(invalid.as_bytes()), "{invalid}");
        }
    }

    #[test]
    fn an_escaped_bracket_counts_as_a_bracket() {
        for body in ["{x", "[", "\\u007b", "\\u005B1", " {", "\\n\\t [", "\\r\\n\\u007B"] {
            assert!(begins_as_json(body.as_bytes()), "{body}");
        }
        for body in ["", "\\\"{", "x{", "\\u00e9{", "\\u", "\\n x{", "\\b{"] {
            assert!(!begins_as_json(body.as_bytes()), "{body}");
        }
    }
}
