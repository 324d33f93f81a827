//! Decides whether a number in a text can be a code, and where a list or a range continues.

use super::count::Counts;
use super::fold::{digits, first, first_word, fold, is_letter, skip_whitespace};
use super::words::{CONNECTORS, METHODS, RANGE_WORDS, REASONS};
use crate::account::{Code, parse_code};
use crate::catalog::Catalog;
use crate::http_status;
use crate::text::floor_boundary;

/// How strongly a keyword suggests that the number after it is a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// "error", "code", "status".
    Weak,
    /// "error code", "status code".
    Strong,
    /// `aggregationStatusCode`.
    Explicit,
}

/// What is known about the numbers after a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// How strong the keyword is as evidence.
    pub evidence: Evidence,
    /// Whether the keyword is about HTTP.
    pub is_http: bool,
    /// Whether the keyword is about a status, which is more likely an HTTP status if there is one
    /// with this number.
    pub is_status: bool,
    /// What the number can be a count of.
    pub counts: Counts,
    /// Whether 0 can be a code. After "error", it cannot.
    pub may_be_zero: bool,
}

/// A number that is a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The code.
    pub code: Code,
    /// The number of digits as written.
    pub digits: usize,
}

/// The number of digits of the longest documented code.
const MAX_DIGITS: usize = 7;
/// The number of digits of a number that can be a code if the evidence is weak. A longer number must
/// be in the catalog.
const WEAK_DIGITS: std::ops::RangeInclusive<usize> = 3..=5;

impl Rule {
    /// Returns the code at the beginning of a text, unless the number there is something else.
    pub fn number(self, text: &str) -> Option<Number> {
        let number = self.plausible(text)?;
        let rest = &text[number.digits..];
        let continues = match dashed(number, rest) {
            Dashed::No | Dashed::Range(..) => false,
            Dashed::Other => true,
        };
        let is_other = continues
            || is_part_of_longer(&text[..number.digits], rest)
            || self.evidence < Evidence::Explicit
                && self.counts.includes(&text[..number.digits], rest)
            || (100..600).contains(&number.code)
                && self.evidence < Evidence::Explicit
                && (self.is_http || suggests_http(number.code, rest))
            || self.is_status
                && self.evidence < Evidence::Explicit
                && (400..600).contains(&number.code)
                && is_http_status(number.code, rest);
        (!is_other).then_some(number)
    }

    /// Returns the number at the beginning of a text, if it has a plausible number of digits.
    fn plausible(self, text: &str) -> Option<Number> {
        let count = digits(text);
        let code = parse_code(&text.as_bytes()[..count]).ok()?;
        let fits = match self.evidence {
            Evidence::Explicit => true,
            Evidence::Strong => count <= MAX_DIGITS,
            Evidence::Weak => {
                WEAK_DIGITS.contains(&count)
                    || count == 1 && code == 0
                    || count > *WEAK_DIGITS.end() && Catalog::built_in().get(code).is_some()
            }
        };
        (fits && (code != 0 || self.may_be_zero)).then_some(Number { code, digits: count })
    }

    /// Returns the code that another one changed to, as in " to 185", and the number of bytes read.
    pub fn changed_to(self, rest: &str) -> Option<(Number, usize)> {
        let after = skip_whitespace(rest);
        let (word, length) = first_word(after);
        let after = word.is_in(RANGE_WORDS).then(|| skip_whitespace(&after[length..]))?;
        let number = self.number(after)?;
        Some((number, rest.len() - after.len() + number.digits))
    }

    /// Returns the next item of a list, and the number of bytes read. `rest` is the text after the
    /// previous number.
    pub fn next(self, before: Number, rest: &str, is_plural: bool) -> Option<(Next, usize)> {
        if let Some((last, end)) = range_end(before, rest) {
            return Some((Next::Range(last), end));
        }
        let start = separator(rest, is_plural)?;
        let evidence = self.evidence.min(Evidence::Strong);
        let strict = Self { evidence, counts: Counts::Things, ..self };
        let item = &rest[start..];
        let may_be_short = is_plural && self.evidence >= Evidence::Strong;
        let is_code = |number: &Number| number.digits > 2 || number.code == 0 || may_be_short;
        let (number, end) = match strict.number(item).filter(is_code) {
            Some(number) => (number, number.digits),
            None => strict.after_short(item, is_plural)?,
        };
        Some((Next::Code(number), start + end))
    }

    /// Returns the code after the short numbers at the beginning of a text, and the number of bytes
    /// read: "1, 2, 185". The catalog must have it, because short numbers are rarely codes.
    pub fn after_short(self, text: &str, is_plural: bool) -> Option<(Number, usize)> {
        const MAX_LENGTH: usize = 160;
        let mut at = 0;
        while at < MAX_LENGTH {
            let item = &text[at..];
            let count = digits(item);
            let (number, rest) = item.split_at(count);
            let is_short = (1..3).contains(&count);
            if !is_short || is_part_of_longer(number, rest) || Counts::Things.includes(number, rest)
            {
                return None;
            }
            at += count + separator(rest, is_plural)?;
            let is_code = |number: &Number| number.digits > 2 || number.code == 0;
            if let Some(number) = self.number(&text[at..]).filter(is_code) {
                let is_known = Catalog::built_in().get(number.code).is_some();
                return is_known.then_some((number, at + number.digits));
            }
        }
        None
    }
}

/// Returns whether a number after "status" is an HTTP status: the catalog does not have it, or its
/// name follows, as in `503,"error":"Service Unavailable"`.
fn is_http_status(code: Code, rest: &str) -> bool {
    const NEAR: usize = 64;
    http_status::name(code).is_some_and(|name| {
        let near = rest[..floor_boundary(rest, NEAR)].to_ascii_lowercase();
        Catalog::built_in().get(code).is_none() || near.contains(&name.to_ascii_lowercase())
    })
}

/// The item after a number in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another code.
    Code(Number),
    /// The number was the beginning of a range that ends with this code.
    Range(Code),
}

/// The meaning of a dash directly after a number.
enum Dashed {
    /// There is no dash, or no digit after it.
    No,
    /// A range: 920-929. With its last code, and the number of bytes read.
    Range(Code, usize),
    /// A date, or a phone number.
    Other,
}

fn dashed(number: Number, rest: &str) -> Dashed {
    let Some(('-', dash)) = first(rest) else {
        return Dashed::No;
    };
    let after = &rest[dash..];
    let count = digits(after);
    if count == 0 {
        return Dashed::No;
    }
    let end = &after[count..];
    let last = parse_code(&after.as_bytes()[..count]).ok();
    match last.filter(|&last| count == number.digits && count > 2 && last > number.code) {
        Some(last) if !is_part_of_longer(&after[..count], end) && !end.starts_with('-') => {
            Dashed::Range(last, dash + count)
        }
        _ => Dashed::Other,
    }
}

/// Returns the last code of a range, whose first one comes before `rest`, and the number of bytes
/// read: "-929", " to 929".
pub fn range_end(number: Number, rest: &str) -> Option<(Code, usize)> {
    if let Dashed::Range(last, end) = dashed(number, rest) {
        return Some((last, end));
    }
    let mut after = skip_whitespace(rest);
    let (word, length) = first_word(after);
    if word.is_in(RANGE_WORDS) {
        after = &after[length..];
    } else if after.starts_with("..") {
        after = after.trim_start_matches('.');
    } else if is_bullet(rest) {
        return None;
    } else {
        let (dash, length) = first(after)?;
        after = &after[length..];
        if dash != '-' {
            return None;
        }
    }
    let after = skip_whitespace(after).trim_start_matches(['"', '\'', '`']);
    let count = digits(after);
    let last = parse_code(&after.as_bytes()[..count]).ok()?;
    let end = &after[count..];
    (count == number.digits && last > number.code && !is_part_of_longer(&after[..count], end))
        .then_some((last, rest.len() - end.len()))
}

/// Returns whether a new line with a bullet begins here.
fn is_bullet(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t', '\r']);
    text.strip_prefix('\n').is_some_and(|line| {
        let line = line.trim_start_matches([' ', '\t']);
        ["- ", "* ", "• "].iter().any(|bullet| line.starts_with(bullet))
    })
}

/// Returns the length of the separator between two numbers of a list, in bytes; `None` if the list
/// ends here.
fn separator(rest: &str, is_plural: bool) -> Option<usize> {
    const MAX_LENGTH: usize = 48;
    if let Some(start) = enclosed_code(rest) {
        return Some(start);
    }
    let arrow = arrow(rest);
    let mut connects = arrow > 0 || is_plural && rest.starts_with(char::is_whitespace);
    let mut at = arrow.max(parenthesis(rest));
    if is_bullet(&rest[at..]) {
        let after = rest[at..].trim_start();
        let (_, bullet) = first(after)?;
        at = rest.len() - skip_whitespace(&after[bullet..]).len();
        connects = true;
    }
    while at < MAX_LENGTH {
        let (character, length) = first(&rest[at..])?;
        match character {
            '0'..='9' => return connects.then_some(at),
            ',' | ';' | '/' | '|' | '&' | '+' => connects = true,
            '"' | '\'' | '`' | '\\' | '#' | '[' | ']' => {}
            space if space.is_whitespace() => {}
            _ => {
                let (word, length) = first_word(&rest[at..]);
                if !word.is_in(CONNECTORS) {
                    return None;
                }
                connects = true;
                at += length;
                continue;
            }
        }
        at += length;
    }
    None
}

/// Returns the length of an arrow between two codes, in bytes: "185 -> 103".
fn arrow(rest: &str) -> usize {
    const ARROWS: &[&str] = &["->", "-->", "=>", "==>", "→", "⇒", "➜", "-&gt;", "=&gt;"];
    let after = skip_whitespace(rest);
    let arrow = ARROWS.iter().find(|arrow| after.starts_with(**arrow));
    arrow.map_or(0, |arrow| rest.len() - after.len() + arrow.len())
}

/// Returns the position of a code that is alone in parentheses: "Error 500 (185)".
fn enclosed_code(rest: &str) -> Option<usize> {
    let inner = skip_whitespace(rest).strip_prefix('(')?;
    let is_alone = digits(inner) == 3 && inner[3..].starts_with(')');
    is_alone.then_some(rest.len() - inner.len())
}

/// Returns whether the next number of a list is a count: "errors 185, 103 customers".
pub fn precedes_count(rest: &str) -> bool {
    separator(rest, false).is_some_and(|start| {
        let (number, rest) = rest[start..].split_at(digits(&rest[start..]));
        Counts::Things.includes(number, rest)
    })
}

/// Returns the length of a remark in parentheses, in bytes: "185 (3 accounts), 187".
fn parenthesis(rest: &str) -> usize {
    const MAX_LENGTH: usize = 60;
    let after = skip_whitespace(rest);
    let closed =
        after.strip_prefix('(').and_then(|inner| inner.find(['(', ')']).map(|end| (inner, end)));
    match closed {
        Some((inner, end)) if end <= MAX_LENGTH && inner[end..].starts_with(')') => {
            rest.len() - inner.len() + end + 1
        }
        _ => 0,
    }
}

/// Returns whether the text directly after a number makes it part of something longer: a decimal, a
/// time, a date, a version, a word, a file name, or a percentage.
fn is_part_of_longer(number: &str, rest: &str) -> bool {
    let mut characters = rest.chars();
    let Some(next) = characters.next() else {
        return false;
    };
    // A punctuation mark of another script is longer than a byte.
    let after = characters.as_str();
    let second = characters.next();
    let is_digit = |character: Option<char>| character.is_some_and(|c| c.is_ascii_digit());
    match fold(next).unwrap_or(next) {
        '.' => is_digit(second) || second.is_some_and(char::is_lowercase),
        ',' => number.len() < 3 && digits(after) == 3,
        ':' | '#' => is_digit(second),
        '/' => is_digit(second) && (number.len() < 3 || digits(after) < 3),
        '@' | '$' | '€' | '£' | '¥' | '_' => true,
        '%' => {
            !after.as_bytes().get(..2).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
        }
        _ => is_letter(next) || next.is_numeric(),
    }
}

/// Returns whether the text after a number suggests an HTTP status: "404 Not Found",
/// `500,"method":"GET"`.
fn suggests_http(code: Code, rest: &str) -> bool {
    const NEAR: usize = 24;
    let words = rest.trim_start_matches(|character: char| {
        character.is_whitespace() || matches!(character, '"' | '\'' | '(' | '-' | ',' | ':' | '\\')
    });
    // "123 Service unavailable" is not one.
    let name = http_status::name(code).unwrap_or_default();
    if REASONS.iter().any(|reason| name.starts_with(reason) && begins_with(words, reason)) {
        return true;
    }
    let near = &rest[..floor_boundary(rest, NEAR)];
    let near = near.split_once('\n').map_or(near, |(line, _)| line);
    near.split(|character: char| !character.is_ascii_alphabetic())
        .any(|word| METHODS.contains(&word))
}

/// Returns whether a text begins with these words, ignoring case and the amount of whitespace.
fn begins_with(text: &str, words: &str) -> bool {
    let rest = words.split(' ').try_fold(text, |rest, word| {
        let rest = skip_whitespace(rest);
        let start = rest.get(..word.len())?;
        start.eq_ignore_ascii_case(word).then(|| &rest[word.len()..])
    });
    rest.is_some_and(|rest| !rest.starts_with(char::is_lowercase))
}
