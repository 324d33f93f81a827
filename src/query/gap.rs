//! What may stand between a key word and its number: punctuation, markup, escapes, small words.

use super::fold::{digits, first, first_word};
use super::words::{ABBREVIATIONS, CHANGES, FILLERS, RANGE_STARTS, head};

/// The way from a key word to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Its length in bytes.
    pub length: usize,
    /// How two numbers with "and" or "to" between them are to be understood.
    pub pair: Pair,
}

/// What the words before two numbers make of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair {
    /// Nothing: "185 and 187", "920 to 929".
    Plain,
    /// A range: "between 920 and 929".
    Range,
    /// Two codes: "changed from 0 to 185".
    Change,
}

/// The length of the longest gap, in bytes.
const MOST: usize = 240;
/// Words in the longest gap.
const MOST_WORDS: usize = 6;

/// The gap that a text begins with; `None` if no number belongs to the key word before it.
pub fn gap(text: &str, is_abbreviation: bool) -> Option<Gap> {
    let mut gap = Gap { length: 0, pair: Pair::Plain };
    let mut words = 0;
    let mut may_stop = is_abbreviation;
    let mut dash_at = None;
    while gap.length < MOST {
        let rest = &text[gap.length..];
        let (character, length) = first(rest)?;
        let skipped = match character {
            // "code: -185" is negative; "ERR-185" and "code - 185" are not.
            '0'..='9' if dash_at.is_some_and(|at| at > 0 && at + 1 == gap.length) => return None,
            '0'..='9' => return Some(gap),
            '.' if may_stop => length,
            ':' | '=' | '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '*' | '`' | '#' | '|' | '>'
            | '!' | '?' | '~' => length,
            '-' => {
                dash_at = Some(gap.length);
                length
            }
            '_' if digits(&rest[1..]) > 0 => length,
            '<' => tag(rest).unwrap_or(length),
            '&' => entity(rest)?,
            '%' => percent_encoded(rest)?,
            '\\' => escape(rest),
            blank if blank.is_whitespace() => length,
            _ => {
                let (word, length) = first_word(rest);
                words += 1;
                // "code x185" has no code. A second key word speaks for itself.
                let is_other = digits(&rest[length..]) > 0 || head(word.as_str()).is_some();
                if words > MOST_WORDS || length == 0 || is_other {
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
                } else if !word.is_in(FILLERS) {
                    return None;
                }
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

/// The length of a tag: `</td>`.
fn tag(text: &str) -> Option<usize> {
    const MOST: usize = 120;
    let end = text[1..].bytes().take(MOST).position(|byte| matches!(byte, b'<' | b'>'))? + 1;
    let name = text[1..].trim_start_matches('/');
    (text.as_bytes()[end] == b'>' && name.starts_with(|first: char| first.is_ascii_alphabetic()))
        .then_some(end + 1)
}

/// The length of a character reference of HTML that stands for punctuation.
fn entity(text: &str) -> Option<usize> {
    const ENTITIES: &[&str] = &[
        "&quot;", "&#34;", "&#x22;", "&apos;", "&#39;", "&nbsp;", "&#160;", "&colon;", "&#58;",
        "&equals;", "&gt;", "&num;",
    ];
    ENTITIES.iter().find(|entity| text.starts_with(**entity)).map(|entity| entity.len())
}

/// The length of an escape in a URL that stands for punctuation.
fn percent_encoded(text: &str) -> Option<usize> {
    const ESCAPES: &[&str] = &["20", "22", "27", "3a", "3d", "5b", "7b", "28"];
    let hex = text.get(1..3)?;
    ESCAPES.iter().any(|escape| hex.eq_ignore_ascii_case(escape)).then_some(3)
}

/// The length of an escape in a string: backslashes, and what they make of the next character.
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
