//! The text between a keyword and its number: punctuation, markup, escapes, and small words.

use super::fold::{digits, first, first_word};
use super::words::{
    ABBREVIATIONS, AGGREGATION, CHANGES, FILLERS, NUMBERS, RANGE_STARTS, WITH, keyword_kind,
};

/// The text between a keyword and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Its length in bytes.
    pub length: usize,
    /// The meaning of two numbers with "and" or "to" between them.
    pub pair: Pair,
}

/// The meaning that the words before two numbers give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair {
    /// No special meaning: "185 and 187", "920 to 929".
    Plain,
    /// A range: "between 920 and 929".
    Range,
    /// Two codes: "changed from 0 to 185".
    Change,
}

/// The maximum length of a gap, in bytes.
const MAX_LENGTH: usize = 240;
/// The maximum number of words in a gap.
const MAX_WORDS: usize = 6;

/// Returns the gap at the beginning of a text; `None` if the keyword before it has no number.
pub fn gap(text: &str, is_abbreviation: bool) -> Option<Gap> {
    let mut gap = Gap { length: 0, pair: Pair::Plain };
    let mut words = 0;
    let mut may_stop = is_abbreviation;
    let mut dash_at = None;
    let mut needs_number_word = false;
    while gap.length < MAX_LENGTH {
        let rest = &text[gap.length..];
        let (character, length) = first(rest)?;
        let skipped = match character {
            // "code: -185" is negative; "ERR-185" and "code - 185" are not.
            '0'..='9' if dash_at.is_some_and(|at| at > 0 && at + 1 == gap.length) => return None,
            '0'..='9' => return (!needs_number_word).then_some(gap),
            '.' if may_stop => length,
            '=' if is_quoted_space(rest) => QUOTED_SPACE.len(),
            ':' | '=' | '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '*' | '`' | '#' | '|' | '>'
            | '!' | '?' | '~' => length,
            '-' => {
                dash_at = Some(gap.length);
                length
            }
            '_' if digits(&rest[length..]) > 0 => length,
            '<' => tag(rest).unwrap_or(length),
            '&' => entity(rest)?,
            '%' => percent_encoded(rest)?,
            '\\' => escape(rest),
            space if space.is_whitespace() => length,
            _ => {
                let (word, length) = first_word(rest);
                words += 1;
                // "code x185" has no code. A second keyword has its own gap.
                let is_other = digits(&rest[length..]) > 0 || keyword_kind(word.as_str()).is_some();
                if words > MAX_WORDS || length == 0 || is_other {
                    return None;
                }
                if word.is_in(RANGE_STARTS) {
                    if gap.pair == Pair::Plain {
                        gap.pair = Pair::Range;
                    }
                } else if word.is_in(CHANGES) {
                    gap.pair = Pair::Change;
                } else if word.as_str() == "in" {
                    // SQL: status_code IN (185, 187).
                    rest[length..].trim_start().strip_prefix('(')?;
                } else if word.is_in(WITH) {
                    needs_number_word = true;
                } else if !word.is_in(FILLERS) && !word.is_in(AGGREGATION) {
                    return None;
                }
                needs_number_word &= !word.is_in(NUMBERS);
                may_stop = word.is_in(ABBREVIATIONS);
                gap.length += length;
                continue;
            }
        };
        may_stop = false;
        gap.length += skipped;
    }
    None
}

/// A space in mail that is quoted-printable, as in "Fehler=20109".
const QUOTED_SPACE: &str = "=20";

/// Returns whether a text begins with a quoted-printable space before a code of three digits. In the
/// documented code 20400 and in codes from 20000 to 20099, the equals sign is one.
fn is_quoted_space(text: &str) -> bool {
    text.strip_prefix(QUOTED_SPACE)
        .is_some_and(|code| digits(code) == 3 && !code.starts_with('0') && !code.starts_with("400"))
}

/// Returns the length of a tag such as `</td>`, in bytes.
fn tag(text: &str) -> Option<usize> {
    const MAX_LENGTH: usize = 120;
    let inner = text.strip_prefix('<')?;
    let end = inner.bytes().take(MAX_LENGTH).position(|byte| matches!(byte, b'<' | b'>'))? + 1;
    let name = inner.trim_start_matches('/');
    (text.as_bytes()[end] == b'>' && name.starts_with(|first: char| first.is_ascii_alphabetic()))
        .then_some(end + 1)
}

/// Returns the length of an HTML character reference for punctuation, in bytes.
fn entity(text: &str) -> Option<usize> {
    const ENTITIES: &[&str] = &[
        "&quot;", "&#34;", "&#x22;", "&apos;", "&#39;", "&nbsp;", "&#160;", "&colon;", "&#58;",
        "&equals;", "&gt;", "&num;",
    ];
    ENTITIES.iter().find(|entity| text.starts_with(**entity)).map(|entity| entity.len())
}

/// Returns the length of a percent-encoded punctuation character, in bytes.
fn percent_encoded(text: &str) -> Option<usize> {
    const ESCAPES: &[&str] = &["20", "22", "27", "3a", "3d", "5b", "7b", "28"];
    let hex = text.get(1..3)?;
    ESCAPES.iter().any(|escape| hex.eq_ignore_ascii_case(escape)).then_some(3)
}

/// Returns the length of an escape in a string, in bytes: the backslashes, and the character or
/// Unicode escape after them.
fn escape(text: &str) -> usize {
    let backslashes = text.len() - text.trim_start_matches('\\').len();
    let rest = &text[backslashes..];
    let is_unicode = rest.strip_prefix('u').is_some_and(|hex| {
        hex.get(..4).is_some_and(|hex| {
            hex.starts_with("00") && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    });
    backslashes
        + match rest.bytes().next() {
            Some(b'u') if is_unicode => 5,
            Some(b'n' | b'r' | b't') => 1,
            _ => 0,
        }
}
