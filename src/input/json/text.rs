//! Strings as texts, and texts as documents.

use super::{Container, Handler, Parser, Piece, Position, Scalar, Source, Spot, SyntaxError};

/// The text of a string's body with its escapes resolved; `None` if it contains half a surrogate
/// pair.
pub(in crate::input) fn unescape(body: &[u8]) -> Option<Vec<u8>> {
    let quoted = [b"\"", body, b"\""].concat();
    serde_json::from_slice::<String>(&quoted).ok().map(String::into_bytes)
}

/// Whether a string with this body begins as an array or object does; `body` may end early.
#[inline(always)]
pub(super) fn begins_as_json(body: &[u8]) -> bool {
    match body.first() {
        Some(b'{' | b'[') => true,
        Some(b'\\') => {
            body.len() >= 6 && matches!(unescape(&body[..6]).as_deref(), Some(b"{" | b"["))
        }
        _ => false,
    }
}

/// Whether these bytes are any number of JSON documents.
pub(in crate::input) fn is_valid(bytes: &[u8]) -> bool {
    let mut checker = Checker(true);
    let mut parser = Parser::new(Position::START);
    parser.feed(bytes, &mut checker);
    parser.finish(&mut checker);
    checker.0
}

/// Whether what this string body begins with, cut off anywhere, may go on as documents.
pub(in crate::input) fn may_be_json(body: &[u8]) -> bool {
    /// A pair of surrogates without the last digit.
    const LONGEST_PART: usize = 11;
    let mut cuts = (0..=LONGEST_PART).filter_map(|cut| body.get(..body.len().checked_sub(cut)?));
    let text = cuts.find_map(unescape);
    text.is_some_and(|text| {
        let mut checker = Checker(true);
        Parser::new(Position::START).feed(&text, &mut checker);
        checker.0
    })
}

/// A handler that only wants to know whether there is a fault.
struct Checker(bool);

impl Handler for Checker {
    type Key = ();

    fn key(_: &[u8]) {}
    fn member(&mut self, (): (), _: Spot<'_>) {}
    fn scalar(&mut self, (): (), _: &Scalar<'_>, _: (usize, usize), _: Spot<'_>) {}
    fn json_text(&mut self, _: &[u8], _: Piece, _: Source<'_>, _: Spot<'_>) {}
    fn open(&mut self, (): (), _: Container, _: Source<'_>, _: Position) {}
    fn close(&mut self, _: Source<'_>, _: u64) {}
    fn end_document(&mut self, _: Source<'_>) {}
    fn fault(&mut self, _: Position, _: SyntaxError) {
        self.0 = false;
    }
    fn keep(&mut self, _: Source<'_>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_json_throughout_is_valid() {
        for valid in ["{}", "[1] {\"a\":[]}", "", "[\"\\u00e9\"]"] {
            assert!(is_valid(valid.as_bytes()), "{valid}");
        }
        for invalid in ["{", "[1,]", "{} x", "[01]"] {
            assert!(!is_valid(invalid.as_bytes()), "{invalid}");
        }
    }

    #[test]
    fn an_escaped_bracket_is_one_and_an_escaped_quote_is_none() {
        for body in ["{x", "[", "\\u007b", "\\u005B1"] {
            assert!(begins_as_json(body.as_bytes()), "{body}");
        }
        for body in ["", "\\\"{", "x{", "\\u00e9{", "\\u", "\\n\\n\\n{"] {
            assert!(!begins_as_json(body.as_bytes()), "{body}");
        }
    }
}
