//! Codes after a keyword: one number, a list, or a range.

use super::Mention;
use super::context::Context;
use super::count::Counts;
use super::gap::{Pair, gap};
use super::keyword::Keyword;
use super::number::{Evidence, Next, Number, Rule, precedes_count};
use super::words::{Family, KeywordKind};
use crate::account::Code;
use crate::http_status;

/// A partly read list of codes.
#[derive(Debug, Clone, Copy)]
pub struct List {
    rule: Rule,
    /// The last number so far.
    last: Number,
    /// Whether the last number was already reported, as the end of a range.
    is_reported: bool,
    /// Whether whitespace alone separates codes, because the keyword is in the plural.
    is_plural: bool,
    pair: Pair,
}

/// Returns the list that begins after a keyword, and the length in bytes of the text after its
/// first number.
pub fn list(keyword: &Keyword<'_>) -> Option<(List, usize)> {
    let attributes = attributes(keyword.after);
    let text = &keyword.after[attributes..];
    let gap = gap(text, keyword.is_abbreviation)?;
    let context = Context::new(*keyword);
    let evidence = context.evidence()?;
    if attributes > 0 && !context.is_element() {
        return None;
    }
    let KeywordKind { family, is_plural, .. } = keyword.kind;
    let (between, after) = text.split_at(gap.length);
    let is_spaced = between.trim().is_empty();
    let counts = match family {
        _ if is_assignment(between) => Counts::Nothing,
        Family::Code if !is_plural => Counts::Measures,
        _ => Counts::Things,
    };
    let rule = Rule {
        evidence,
        is_http: context.is_http(),
        is_status: context.is_status(),
        counts,
        // "errors: 0", "error=0".
        may_be_zero: family != Family::Error
            || evidence > Evidence::Weak
            || is_spaced && !is_plural,
    };
    let pair = if context.is_change() { Pair::Change } else { gap.pair };
    let text = after;
    let number = rule.number(text).map(|number| (number, number.digits));
    let skip_short = || is_plural.then(|| rule.after_short(text, true)).flatten();
    let (last, read) = number.or_else(skip_short)?;
    if rule.is_status && evidence < Evidence::Explicit && is_key(between) && is_http(last.code) {
        return None;
    }
    let rest = &text[read..];
    // "errors: 185" is a count.
    let is_list = || rule.next(last, rest, false).is_some() || is_spaced && precedes_count(rest);
    if family == Family::Error && is_plural && !is_list() {
        return None;
    }
    let is_plural = is_plural && family == Family::Code;
    Some((List { rule, last, is_reported: false, is_plural, pair }, rest.len()))
}

/// Returns whether the text between a keyword and its number is an equals sign: `="`, ` => `.
fn is_assignment(between: &str) -> bool {
    let is_quote = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '\\' | '>');
    between.trim_end_matches(is_quote).ends_with('=')
}

/// Returns whether the text after a keyword makes it the key of a program: `status=503`,
/// `"statusCode":503`. If the value can be an HTTP status, it is one.
fn is_key(between: &str) -> bool {
    let quoted = between.trim_start_matches('\\').strip_prefix(['"', '\'']);
    between.contains('=') || quoted.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Returns whether a number is an HTTP status for an error.
fn is_http(code: Code) -> bool {
    (400..600).contains(&code) && http_status::name(code).is_some()
}

/// Returns the length of the attributes of an XML element, including the end of the tag: `
/// type="int">`.
fn attributes(text: &str) -> usize {
    const MAX_LENGTH: usize = 120;
    let is_attribute =
        text.starts_with(' ') && text[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let end = || text.bytes().take(MAX_LENGTH).position(|byte| matches!(byte, b'<' | b'>'));
    match is_attribute.then(end).flatten() {
        Some(end) if text[..end].ends_with('"') && text.as_bytes()[end] == b'>' => end + 1,
        _ => 0,
    }
}

impl List {
    /// Reads the text after the last number, and passes to `found` what can be decided now. Returns
    /// the number of bytes read, and the list if it continues after them.
    pub fn advance(mut self, rest: &str, found: &mut impl FnMut(Mention)) -> (usize, Option<Self>) {
        let pair = std::mem::replace(&mut self.pair, Pair::Plain);
        let change = self.rule.changed_to(rest).filter(|_| pair == Pair::Change);
        let next = match change {
            Some((number, read)) => Some((Next::Code(number), read)),
            None => self.rule.next(self.last, rest, self.is_plural),
        };
        let first = self.last.code;
        let mut report = |mention| {
            if !self.is_reported {
                found(mention);
            }
        };
        match next {
            None => {
                report(Mention::Code(first));
                (0, None)
            }
            Some((Next::Code(number), read)) => {
                let is_range =
                    pair == Pair::Range && number.digits == self.last.digits && number.code > first;
                report(if is_range {
                    Mention::Range(first, number.code)
                } else {
                    Mention::Code(first)
                });
                (read, Some(Self { last: number, is_reported: is_range, ..self }))
            }
            Some((Next::Range(last), read)) => {
                let end = Number { code: last, ..self.last };
                report(Mention::Range(first, last));
                (read, Some(Self { last: end, is_reported: true, ..self }))
            }
        }
    }
}
