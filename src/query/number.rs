//! A number in a text: whether it can be a code, and where a list or a range goes on.

use super::fold::{digits, first, first_word, fold, is_letter, skip_blanks};
use super::words::{CONNECTORS, COUNTED, METHODS, RANGE_WORDS, REASONS};
use crate::account::{Code, parse_code};
use crate::http_status;
use crate::text::floor_boundary;

/// How much a key word proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// "error", "code", "status".
    Weak,
    /// "error code", "status code".
    Strong,
    /// `aggregationStatusCode`.
    Explicit,
}

/// What is known about the numbers that follow a key word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// How much the key word proves.
    pub evidence: Evidence,
    /// Whether it speaks of HTTP.
    pub is_http: bool,
    /// Whether it speaks of a status, which is more likely one of HTTP if HTTP has it.
    pub is_status: bool,
    /// Whether 0 can be a code: an error has none.
    pub may_be_zero: bool,
}

/// A number that is a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The code.
    pub code: Code,
    /// How many digits it has.
    pub digits: usize,
}

/// Digits of the longest code that a document has.
const MOST_DIGITS: usize = 7;
/// Digits of a number that could be a code after a word that proves little.
const WEAK_DIGITS: std::ops::RangeInclusive<usize> = 3..=5;

impl Rule {
    /// The code that a text begins with, unless the number is something else.
    pub fn number(self, text: &str) -> Option<Number> {
        let number = self.plausible(text)?;
        let rest = &text[number.digits..];
        let continues = match dashed(number, rest) {
            Dashed::No | Dashed::Range(..) => false,
            Dashed::Other => true,
        };
        let is_other = continues
            || goes_on(&text[..number.digits], rest)
            || self.evidence < Evidence::Explicit && is_counted(rest)
            || (100..600).contains(&number.code)
                && self.evidence < Evidence::Explicit
                && (self.is_http || speaks_of_http(rest))
            || self.is_status
                && self.evidence < Evidence::Explicit
                && (400..600).contains(&number.code)
                && http_status::name(number.code).is_some();
        (!is_other).then_some(number)
    }

    /// The number that a text begins with, if it has as many digits as a code.
    fn plausible(self, text: &str) -> Option<Number> {
        let count = digits(text);
        let code = parse_code(&text.as_bytes()[..count]).ok()?;
        let fits = match self.evidence {
            Evidence::Explicit => true,
            Evidence::Strong => count <= MOST_DIGITS,
            Evidence::Weak => WEAK_DIGITS.contains(&count) || count == 1 && code == 0,
        };
        (fits && (code != 0 || self.may_be_zero)).then_some(Number { code, digits: count })
    }

    /// The code that another one changed to: " to 185".
    pub fn changed_to(self, rest: &str) -> Option<(Number, usize)> {
        let after = skip_blanks(rest);
        let (word, length) = first_word(after);
        let after = word.is_in(RANGE_WORDS).then(|| skip_blanks(&after[length..]))?;
        let number = self.number(after)?;
        Some((number, rest.len() - after.len() + number.digits))
    }

    /// The next member of a list, and where it ends; `rest` follows the number before.
    pub fn next(self, before: Number, rest: &str, is_plural: bool) -> Option<(Next, usize)> {
        if let Some((last, end)) = range_end(before, rest) {
            return Some((Next::Range(last), end));
        }
        let start = separator(rest, is_plural)?;
        let strict = Self { evidence: self.evidence.min(Evidence::Strong), ..self };
        let number = strict.number(&rest[start..])?;
        // "error 185 and 12 others".
        let is_short =
            number.digits < 3 && (number.code != 0 || before.digits > 1 && !self.may_be_zero);
        (!is_short).then_some((Next::Code(number), start + number.digits))
    }
}

/// What follows a number in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another code.
    Code(Number),
    /// The number was the first of a range up to this one.
    Range(Code),
}

/// What a dash directly after a number makes of it.
enum Dashed {
    No,
    /// A range: 920-929.
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
        Some(last) if !goes_on(&after[..count], end) && !end.starts_with('-') => {
            Dashed::Range(last, dash + count)
        }
        _ => Dashed::Other,
    }
}

/// The end of a range that follows its first number: "-929", " to 929".
pub fn range_end(number: Number, rest: &str) -> Option<(Code, usize)> {
    if let Dashed::Range(last, end) = dashed(number, rest) {
        return Some((last, end));
    }
    let mut after = skip_blanks(rest);
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
    let after = skip_blanks(after).trim_start_matches(['"', '\'', '`']);
    let count = digits(after);
    let last = parse_code(&after.as_bytes()[..count]).ok()?;
    let end = &after[count..];
    (count == number.digits && last > number.code && !goes_on(&after[..count], end))
        .then_some((last, rest.len() - end.len()))
}

/// Whether a line with a bullet begins here.
fn is_bullet(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t', '\r']);
    text.strip_prefix('\n').is_some_and(|line| {
        let line = line.trim_start_matches([' ', '\t']);
        ["- ", "* ", "• "].iter().any(|bullet| line.starts_with(bullet))
    })
}

/// The length of what separates two numbers of a list; `None` if the next one is not part of it.
fn separator(rest: &str, is_plural: bool) -> Option<usize> {
    const MOST: usize = 48;
    let mut connects = is_plural && rest.starts_with(char::is_whitespace);
    let mut at = parenthesis(rest);
    if is_bullet(&rest[at..]) {
        let after = rest[at..].trim_start();
        let (_, bullet) = first(after)?;
        at = rest.len() - skip_blanks(&after[bullet..]).len();
        connects = true;
    }
    while at < MOST {
        let (character, length) = first(&rest[at..])?;
        match character {
            '0'..='9' => return connects.then_some(at),
            ',' | ';' | '/' | '|' | '&' | '+' => connects = true,
            '"' | '\'' | '`' | '\\' | '#' | '[' | ']' => {}
            blank if blank.is_whitespace() => {}
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

/// The length of a remark in parentheses: "185 (3 accounts), 187".
fn parenthesis(rest: &str) -> usize {
    const MOST: usize = 60;
    let after = skip_blanks(rest);
    let closed =
        after.strip_prefix('(').and_then(|inner| inner.find(['(', ')']).map(|end| (inner, end)));
    match closed {
        Some((inner, end)) if end <= MOST && inner[end..].starts_with(')') => {
            rest.len() - inner.len() + end + 1
        }
        _ => 0,
    }
}

/// Whether what directly follows a number makes it a part of something longer: a decimal, a time,
/// a date, a version, a word, a file name, a percentage.
pub fn goes_on(number: &str, rest: &str) -> bool {
    let mut characters = rest.chars();
    let Some(next) = characters.next() else {
        return false;
    };
    let second = characters.next();
    let is_digit = |character: Option<char>| character.is_some_and(|c| c.is_ascii_digit());
    match fold(next).unwrap_or(next) {
        '.' => is_digit(second) || second.is_some_and(char::is_lowercase),
        ',' => number.len() < 3 && digits(&rest[1..]) == 3,
        ':' | '#' => is_digit(second),
        '/' => is_digit(second) && (number.len() < 3 || digits(&rest[1..]) < 3),
        '@' | '$' | '€' | '£' | '¥' | '_' => true,
        '%' => !(rest.len() > 2 && rest.as_bytes()[1..3].iter().all(u8::is_ascii_hexdigit)),
        _ => is_letter(next) || next.is_numeric(),
    }
}

/// Whether a number counts or measures what follows it: "3 times", "185 USD", "5 of 10".
fn is_counted(rest: &str) -> bool {
    let after = skip_blanks(rest);
    if after.len() == rest.len() {
        return false;
    }
    if after.starts_with(['$', '€', '£', '¥', '%', '°']) || after.starts_with("---") {
        return true;
    }
    let (word, length) = first_word(after);
    word.is_in(COUNTED) || word.as_str() == "of" && digits(skip_blanks(&after[length..])) > 0
}

/// Whether the words after a number make it an HTTP status: "404 Not Found", `500,"method":"GET"`.
fn speaks_of_http(rest: &str) -> bool {
    const NEAR: usize = 24;
    let words = rest.trim_start_matches(|character: char| {
        character.is_whitespace() || matches!(character, '"' | '\'' | '(' | '-' | ',' | ':' | '\\')
    });
    if REASONS.iter().any(|reason| begins_with(words, reason)) {
        return true;
    }
    let near = &rest[..floor_boundary(rest, NEAR)];
    let near = near.split_once('\n').map_or(near, |(line, _)| line);
    near.split(|character: char| !character.is_ascii_alphabetic())
        .any(|word| METHODS.contains(&word))
}

/// Whether a text begins with these words, in any case and with any blanks between them.
fn begins_with(text: &str, words: &str) -> bool {
    let rest = words.split(' ').try_fold(text, |rest, word| {
        let rest = skip_blanks(rest);
        let start = rest.get(..word.len())?;
        start.eq_ignore_ascii_case(word).then(|| &rest[word.len()..])
    });
    rest.is_some_and(|rest| !rest.starts_with(char::is_lowercase))
}
