//! Codes before a keyword: "a 185 error", "103 and 185 errors".

use super::context::{Context, is_after_http};
use super::count::Counts;
use super::fold::{first_word, fold, last_word, skip_whitespace};
use super::gap::gap;
use super::keyword::Keyword;
use super::number::{Evidence, Rule};
use super::words::{AFTER_ERROR, AGGREGATION, CONNECTORS, COUNTS_BEFORE, IDENTIFIED, keyword_kind};
use crate::account::Code;
use crate::catalog::Catalog;

/// Returns the codes before a keyword.
pub fn codes(keyword: &Keyword<'_>) -> Vec<Code> {
    read(keyword).unwrap_or_default()
}

fn read(keyword: &Keyword<'_>) -> Option<Vec<Code>> {
    // Most keywords have no number before them, which is quick to check.
    let last = keyword.before.trim_end_matches([' ', '\n', '-', '"', '\'', '`', '*', ')']);
    if !last.ends_with(|last: char| {
        last.is_ascii_digit() || !last.is_ascii() || "ngrNGR".contains(last)
    }) {
        return None;
    }
    let after = skip_whitespace(keyword.after);
    let (word, length) = first_word(after);
    let whitespace = &keyword.after[..keyword.after.len() - after.len()];
    let is_paragraph = whitespace.matches('\n').count() > 1;
    if length > 0 && !is_paragraph && !word.is_in(AFTER_ERROR) {
        return None;
    }
    if has_value(keyword.after) || takes_next(after) {
        return None;
    }
    let context = Context::new(*keyword);
    let is_http = is_after_http(context.before);
    let rule = Rule {
        evidence: Evidence::Weak,
        is_http,
        is_status: false,
        counts: Counts::Things,
        may_be_zero: false,
    };
    let mut codes = Vec::new();
    // "185-Fehler".
    let attached = context.prefix.trim_end_matches('-');
    let mut before = context.before;
    if attached.is_empty() {
        before = trim_ignored(before, IGNORED);
        let (word, length) = last_word(before);
        if word.is_in(AGGREGATION) {
            before = trim_ignored(&before[..before.len() - length], IGNORED);
        }
        if before.len() == context.before.len() {
            return None;
        }
        before = take_number(before, rule, &mut codes)?;
    } else {
        codes.push(rule.number(attached).filter(|number| number.digits == attached.len())?.code);
    }
    while let Some(rest) = connector(before) {
        match take_number(rest, rule, &mut codes) {
            Some(rest) => before = rest,
            None => break,
        }
    }
    let (word, _) = last_word(trim_ignored(before, IGNORED));
    let may_be_plural = keyword.kind.is_plural || keyword.kind.is_invariable && attached.is_empty();
    let is_count = word.is_in(COUNTS_BEFORE) || may_be_plural && codes.len() < 2;
    // "customer 5001 error".
    if word.is_in(IDENTIFIED) {
        codes.retain(|&code| code < 1000 && Catalog::built_in().get(code).is_some());
    }
    let (key, is_key) = (before.trim_end(), keyword.after.starts_with(':'));
    // "account: 7001 code: none".
    let is_count = is_count || is_key && key.ends_with(':');
    codes.reverse();
    (!is_count).then_some(codes)
}

/// Returns whether a keyword is a key with a value: "status=pending".
fn has_value(after: &str) -> bool {
    after.trim_start_matches([' ', '"', '\'', '\\']).starts_with('=')
}

/// Returns whether the keywords at the beginning of a text have a code after them, so that no
/// keyword before them needs one: "500 error code 185".
fn takes_next(mut text: &str) -> bool {
    let rule = Rule {
        evidence: Evidence::Strong,
        is_http: false,
        is_status: false,
        counts: Counts::Things,
        may_be_zero: true,
    };
    loop {
        let (word, length) = first_word(text);
        if keyword_kind(word.as_str()).is_none() {
            return false;
        }
        text = &text[length..];
        if let Some(gap) = gap(text, false) {
            return rule.number(&text[gap.length..]).is_some();
        }
        text = skip_whitespace(text);
    }
}

/// Characters that may be directly before a number. After an equals sign it is the value of a key.
const SIGNS: &str = "([{\"'`#;>*/&+|";

/// Characters that may be between a number and a word after it.
const IGNORED: &[char] = &[' ', '"', '\'', '*', '`', '-', '(', ')'];

fn trim_ignored<'t>(text: &'t str, ignored: &[char]) -> &'t str {
    text.trim_end_matches(|character| {
        let folded = fold(character).unwrap_or(' ');
        folded.is_whitespace() || ignored.contains(&folded)
    })
}

/// Takes the number at the end of a text, and returns the text before it.
fn take_number<'t>(text: &'t str, rule: Rule, into: &mut Vec<Code>) -> Option<&'t str> {
    let before = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let number = rule.number(&text[before.len()..])?;
    let mut characters = before.chars().rev().map(|character| fold(character).unwrap_or(' '));
    let last = characters.next();
    let is_part = match last {
        // "5,185", "1.85", "10:185", "555-0185".
        Some('.' | ',' | ':' | '-') => characters.next().is_some_and(|c| c.is_ascii_digit()),
        Some(other) if SIGNS.contains(other) => false,
        None => false,
        Some(other) => !other.is_whitespace(),
    };
    if is_part {
        return None;
    }
    into.push(number.code);
    Some(before)
}

/// Returns the text before a word or character that connects two numbers, if the text ends with
/// one.
fn connector(before: &str) -> Option<&str> {
    let trimmed = trim_ignored(before, &['#', '"', '\'']);
    let (word, length) = last_word(trimmed);
    if word.is_in(CONNECTORS) {
        return Some(trim_ignored(&trimmed[..trimmed.len() - length], &['"', '\'', ',']));
    }
    let rest = trimmed.strip_suffix([',', '/', '&', '+', '|'])?;
    Some(trim_ignored(rest, &['"', '\'']))
}
