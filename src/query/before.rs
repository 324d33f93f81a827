//! The codes before a key word: "a 185 error", "103 and 185 errors".

use super::context::{Context, is_after_http};
use super::fold::{first_word, fold, last_word, skip_blanks};
use super::keyword::Keyword;
use super::number::{Evidence, Rule};
use super::words::{AFTER_ERROR, AGGREGATION, CONNECTORS, COUNTS_BEFORE};
use crate::account::Code;

/// The codes that stand before a key word.
pub fn codes(keyword: &Keyword<'_>) -> Vec<Code> {
    read(keyword).unwrap_or_default()
}

fn read(keyword: &Keyword<'_>) -> Option<Vec<Code>> {
    // Most key words have none, which is quick to see.
    let last = keyword.before.trim_end_matches([' ', '\n', '-', '"', '\'', '`', '*', ')']);
    if !last.ends_with(|last: char| {
        last.is_ascii_digit() || !last.is_ascii() || "ngrNGR".contains(last)
    }) {
        return None;
    }
    let after = skip_blanks(keyword.after);
    let (word, length) = first_word(after);
    let blanks = &keyword.after[..keyword.after.len() - after.len()];
    let is_paragraph = blanks.matches('\n').count() > 1;
    if length > 0 && !is_paragraph && !word.is_in(AFTER_ERROR) {
        return None;
    }
    let context = Context::of(*keyword);
    let is_http = is_after_http(context.before);
    let rule = Rule { evidence: Evidence::Weak, is_http, is_status: false, may_be_zero: false };
    let mut codes = Vec::new();
    // "185-Fehler".
    let glued = context.prefix.trim_end_matches('-');
    let mut before = context.before;
    if glued.is_empty() {
        before = trim_blanks(before, BLANKS);
        let (word, length) = last_word(before);
        if word.is_in(AGGREGATION) {
            before = trim_blanks(&before[..before.len() - length], BLANKS);
        }
        if before.len() == context.before.len() {
            return None;
        }
        before = take_number(before, rule, &mut codes)?;
    } else {
        codes.push(rule.number(glued).filter(|number| number.digits == glued.len())?.code);
    }
    while let Some(rest) = connector(before) {
        match take_number(rest, rule, &mut codes) {
            Some(rest) => before = rest,
            None => break,
        }
    }
    let (word, _) = last_word(trim_blanks(before, BLANKS));
    let is_count = word.is_in(COUNTS_BEFORE) || keyword.head.is_plural && codes.len() < 2;
    codes.reverse();
    (!is_count).then_some(codes)
}

/// What may stand directly before a number.
const SIGNS: &str = "([{\"'`#=;>*/&+|";

const BLANKS: &[char] = &[' ', '"', '\'', '*', '`', '-', '(', ')'];

fn trim_blanks<'t>(text: &'t str, blanks: &[char]) -> &'t str {
    text.trim_end_matches(|character| {
        let folded = fold(character).unwrap_or(' ');
        folded.is_whitespace() || blanks.contains(&folded)
    })
}

/// Takes the number at the end of a text, and returns what comes before it.
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

/// What comes before a word or a sign that connects two numbers.
fn connector(before: &str) -> Option<&str> {
    let trimmed = trim_blanks(before, &['#', '"', '\'']);
    let (word, length) = last_word(trimmed);
    if word.is_in(CONNECTORS) {
        return Some(trim_blanks(&trimmed[..trimmed.len() - length], &['"', '\'', ',']));
    }
    let rest = trimmed.strip_suffix([',', '/', '&', '+', '|'])?;
    Some(trim_blanks(rest, &['"', '\'']))
}
