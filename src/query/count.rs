//! Tells a count or a measure from a code by what follows the number: "185 accounts", "3 times".

use super::fold::{digits, first_word, skip_whitespace};
use super::words::{COUNTED_IF_SHORT, GERMAN_THINGS, MEASURES, QUALIFIERS, THINGS};

/// What the number after a keyword can be a count of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Nothing: the number is a value, as in "code=185".
    Nothing,
    /// A measure or a number of times: "the error code 185 times", but "code 947 users must act".
    Measures,
    /// Also things: "error: 185 accounts".
    Things,
}

impl Counts {
    /// Returns whether a number counts or measures what follows it: "3 times", "185 USD", "5 of
    /// 10". A singular noun after three digits begins a message instead: "913 Account closed".
    pub fn includes(self, number: &str, rest: &str) -> bool {
        let after = skip_whitespace(rest);
        if self == Self::Nothing || after.len() == rest.len() {
            return false;
        }
        if after.starts_with(['$', '€', '£', '¥', '%', '°']) || after.starts_with("---") {
            return true;
        }
        let (word, length) = first_word(after);
        let rest = &after[length..];
        if is_key(rest) {
            return false;
        }
        let is_short = number.len() < 3;
        let may_be_things = is_short || self == Self::Things;
        match word.as_str() {
            "of" => begins_number(rest),
            "out" => skip_whitespace(rest).strip_prefix("of").is_some_and(begins_number),
            // "s'il", and "US" the country.
            "s" | "us" => !rest.starts_with(['\'', '’']) && !continues(rest),
            _ if word.is_in(MEASURES) => true,
            _ if word.is_in(COUNTED_IF_SHORT) => is_short,
            _ if word.is_in(THINGS) => may_be_things && (is_short || !is_capitalized(after)),
            _ if word.is_in(GERMAN_THINGS) => may_be_things,
            _ if word.is_in(QUALIFIERS) => is_short || may_be_things && qualifies_thing(after),
            _ => false,
        }
    }
}

/// Returns whether a word is a key with a value, as in "ms=12", if this follows it.
fn is_key(rest: &str) -> bool {
    rest.starts_with('=') || rest.strip_prefix(':').is_some_and(begins_number)
}

/// Returns whether a text begins with a number, after optional whitespace.
fn begins_number(text: &str) -> bool {
    digits(skip_whitespace(text)) > 0
}

/// Returns whether a sentence continues here with another word.
fn continues(rest: &str) -> bool {
    let after = skip_whitespace(rest);
    after.len() < rest.len() && first_word(after).1 > 0
}

/// Returns whether the first of two letters is a capital, as at the beginning of a message.
fn is_capitalized(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_uppercase)
        && characters.next().is_some_and(char::is_lowercase)
}

/// Returns whether the qualifiers at the beginning of a text belong to a count: "failed logins",
/// "failed, 3 open", "more".
fn qualifies_thing(text: &str) -> bool {
    let (mut word, mut length) = first_word(text);
    let mut rest = text;
    while word.is_in(QUALIFIERS) {
        let is_more = word.as_str() == "more";
        let after = &rest[length..];
        rest = skip_whitespace(after);
        (word, length) = first_word(rest);
        let is_paragraph = after[..after.len() - rest.len()].matches('\n').count() > 1;
        if length == 0 || is_paragraph {
            return is_more || rest.strip_prefix([',', ';', '/']).is_some_and(begins_number);
        }
    }
    word.is_in(THINGS) && !is_capitalized(rest)
}
