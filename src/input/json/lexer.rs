//! Where a JSON string or number ends, and whether it is well-formed (RFC 8259).
//!
//! The functions work on a slice that may end in the middle of a token: they answer [`Scan::Short`]
//! then, and the caller comes back with more bytes. Strings are checked for escapes, control
//! characters and UTF-8 in the same pass that looks for their end, many bytes at a time where
//! nothing special is in them.

use fearless_simd::{Level, Simd, dispatch};

use super::error::SyntaxError;
use super::lanes::{LANES, Lanes};

/// What a scan found; positions are indices into the slice that was given.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// The index after the last byte of the token (for a string: of its closing quote).
    End(usize),
    /// The slice ends first; everything before the index is well formed.
    Short(usize),
    /// The byte at the index makes the token ill-formed.
    Bad(usize, SyntaxError),
}

/// Index of the closing quote of the string whose body goes on at `at`, and whether escapes are in
/// it.
pub(super) fn string(level: Level, bytes: &[u8], at: usize, escaped: &mut bool) -> Scan {
    dispatch!(level, simd => string_with(simd, bytes, at, escaped))
}

#[inline(always)]
fn string_with<S: Simd>(simd: S, bytes: &[u8], mut at: usize, escaped: &mut bool) -> Scan {
    loop {
        while let Some(lanes) = Lanes::at(simd, bytes, at) {
            let mask = lanes.special();
            if mask != 0 {
                at += mask.trailing_zeros() as usize;
                break;
            }
            at += LANES;
        }
        let Some(&byte) = bytes.get(at) else {
            return Scan::Short(at);
        };
        let step = match byte {
            b'"' => return Scan::End(at),
            b'\\' => {
                *escaped = true;
                escape(bytes, at)
            }
            0x00..=0x1f => return Scan::Bad(at, SyntaxError::ControlCharacter(byte)),
            0x20..=0x7f => Scan::End(at + 1),
            0x80.. => character(bytes, at),
        };
        match step {
            Scan::End(next) => at = next,
            other => return other,
        }
    }
}

/// Index of the closing quote of a string of plain ASCII; `None` for any other string, or if the
/// bytes end too soon to tell.
#[inline(always)]
pub(super) fn plain_text<S: Simd>(simd: S, bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let mask = Lanes::at(simd, bytes, at)?.special();
        if mask != 0 {
            at += mask.trailing_zeros() as usize;
            return (bytes.get(at) == Some(&b'"')).then_some(at);
        }
        at += LANES;
    }
}

/// Index after the escape sequence whose backslash is at `at`.
///
/// A `\u` escape may be a lone surrogate: RFC 8259 allows it, and only those who read the text have
/// to care.
fn escape(bytes: &[u8], at: usize) -> Scan {
    match bytes.get(at + 1) {
        None => Scan::Short(at),
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Scan::End(at + 2),
        Some(b'u') => {
            for digit in at + 2..at + 6 {
                match bytes.get(digit) {
                    None => return Scan::Short(at),
                    Some(byte) if byte.is_ascii_hexdigit() => {}
                    Some(_) => return Scan::Bad(digit, SyntaxError::Escape),
                }
            }
            Scan::End(at + 6)
        }
        Some(_) => Scan::Bad(at + 1, SyntaxError::Escape),
    }
}

/// Index after the non-ASCII characters that begin at `at`.
fn character(bytes: &[u8], at: usize) -> Scan {
    let end = bytes.len().min(at + 64);
    let (valid, incomplete) = match std::str::from_utf8(&bytes[at..end]) {
        Ok(_) => (end - at, true),
        Err(error) => (error.valid_up_to(), error.error_len().is_none()),
    };
    if valid > 0 {
        // ASCII may be among what is valid: go on after the non-ASCII run only.
        let run = bytes[at..at + valid].iter().take_while(|byte| !byte.is_ascii()).count();
        Scan::End(at + run)
    } else if incomplete {
        Scan::Short(at)
    } else {
        Scan::Bad(at, SyntaxError::Utf8)
    }
}

/// Index after the number that begins at `at`. A number that touches the end of the slice may go on
/// there: that is [`Scan::Short`] unless `last` says that no more bytes follow.
pub(super) fn number(bytes: &[u8], at: usize, last: bool) -> Scan {
    let short = |end: usize| {
        if last { Scan::Bad(end, SyntaxError::Number) } else { Scan::Short(at) }
    };
    let mut end = at + usize::from(bytes[at] == b'-');
    match bytes.get(end) {
        None => return short(end),
        Some(b'0') => end += 1,
        Some(b'1'..=b'9') => end = digits(bytes, end + 1),
        Some(_) => return Scan::Bad(end, SyntaxError::Number),
    }
    if bytes.get(end) == Some(&b'.') {
        let first = end + 1;
        end = digits(bytes, first);
        if end == first {
            return if end == bytes.len() {
                short(end)
            } else {
                Scan::Bad(end, SyntaxError::Number)
            };
        }
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let first = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = digits(bytes, first);
        if end == first || first > bytes.len() {
            return if first >= bytes.len() {
                short(bytes.len())
            } else {
                Scan::Bad(first, SyntaxError::Number)
            };
        }
    }
    if end == bytes.len() && !last { Scan::Short(at) } else { Scan::End(end) }
}

fn digits(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string_end(body: &str) -> Scan {
        string(Level::new(), body.as_bytes(), 0, &mut false)
    }

    #[test]
    fn a_string_ends_at_its_first_unescaped_quote() {
        for body in [
            "",
            "a",
            "name",
            "0123456789abcdef",
            "0123456789abcde",
            "a\\\"b",
            "\\\\",
            "\\u00e9",
            "é€😀",
            "\\ud800",
        ] {
            let closed = format!("{body}\" rest of it, long enough");
            assert_eq!(string_end(&closed), Scan::End(body.len()), "{body}");
            assert!(matches!(string_end(body), Scan::Short(_)), "{body}");
        }
    }

    #[test]
    fn control_characters_bad_escapes_and_bad_utf8_are_found_where_they_are() {
        assert_eq!(
            string(Level::new(), b"ab\ncd\"", 0, &mut false),
            Scan::Bad(2, SyntaxError::ControlCharacter(b'\n'))
        );
        assert_eq!(
            string(Level::new(), b"ab\\x\"", 0, &mut false),
            Scan::Bad(3, SyntaxError::Escape)
        );
        assert_eq!(
            string(Level::new(), b"ab\\u12g4\"", 0, &mut false),
            Scan::Bad(6, SyntaxError::Escape)
        );
        assert_eq!(
            string(Level::new(), b"ab\xff\"", 0, &mut false),
            Scan::Bad(2, SyntaxError::Utf8)
        );
        assert_eq!(
            string(Level::new(), b"ab\xed\xa0\x80\"", 0, &mut false),
            Scan::Bad(2, SyntaxError::Utf8)
        );
        assert_eq!(string(Level::new(), b"ab\xe2\x82", 0, &mut false), Scan::Short(2));
    }

    #[test]
    fn numbers_follow_the_grammar() {
        for good in
            ["0", "-0", "185", "1.5", "-1.25e10", "1E+2", "1e-2", "12345678901234567890123", "0.0"]
        {
            let text = format!("{good},");
            assert_eq!(number(text.as_bytes(), 0, false), Scan::End(good.len()), "{good}");
            assert_eq!(number(good.as_bytes(), 0, true), Scan::End(good.len()), "{good}");
            assert_eq!(number(good.as_bytes(), 0, false), Scan::Short(0), "{good}");
        }
        for bad in ["-", "-a", "1.", "1.e5", "1e", "1e+", "1ex", "-.5"] {
            let text = format!("{bad},");
            assert!(matches!(number(text.as_bytes(), 0, false), Scan::Bad(..)), "{bad}");
            assert!(matches!(number(bad.as_bytes(), 0, true), Scan::Bad(..)), "{bad}");
        }
    }
}
