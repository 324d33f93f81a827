//! The arguments of `explain`: codes, ranges, groups, names, and text that contains codes.

use crate::account::{Code, parse_code, parse_range};

/// What an argument means.
#[derive(Debug, PartialEq, Eq)]
pub enum Query {
    /// The text on standard input.
    Stdin,
    /// This code.
    Code(Code),
    /// All entries from the first to the last.
    Range(Code, Code),
    /// The entry with this name, or the codes in this text.
    Text,
}

/// Reads an argument.
#[must_use]
pub fn read(argument: &str) -> Query {
    let trimmed = argument.trim();
    if trimmed == "-" {
        return Query::Stdin;
    }
    if let Ok(code) = parse_code(trimmed.as_bytes()) {
        return Query::Code(code);
    }
    parse_range(trimmed)
        .or_else(|| group(trimmed))
        .map_or(Query::Text, |(first, last)| Query::Range(first, last))
}

/// `9xx`: every code with as many digits that begins with these.
fn group(text: &str) -> Option<(Code, Code)> {
    let digits = text.trim_end_matches(['x', 'X']);
    if digits.is_empty() || digits.len() == text.len() {
        return None;
    }
    let first = parse_code(digits.as_bytes()).ok()?;
    let span = Code::checked_pow(10, u32::try_from(text.len() - digits.len()).ok()?)?;
    let first = first.checked_mul(span)?;
    Some((first, first.checked_add(span - 1)?))
}

/// The codes in a text: numbers after a key word, and those listed with them. A bare number is
/// never a code.
#[must_use]
pub fn codes_in(text: &str) -> Vec<Code> {
    // "aggregationStatusCode", "error code", "Status Code", "codes": all end in this word.
    const KEY_WORD: &str = "code";
    let lower = text.to_ascii_lowercase();
    let mut codes = Vec::new();
    let mut from = 0;
    while let Some(found) = lower[from..].find(KEY_WORD) {
        let mut at = from + found + KEY_WORD.len();
        let rest = &lower[at..];
        let plural = usize::from(rest.starts_with('s'));
        if rest[plural..].starts_with(|character: char| character.is_ascii_alphabetic()) {
            // "decoded", "codec".
            from = at;
            continue;
        }
        at += plural;
        let mut gap = skip(&lower[at..], &[" is ", " was ", " of "], " \t\r\n:=\"'#([*`");
        while let Some((length, code)) = number(&lower[at + gap..]) {
            codes.push(code);
            at += gap + length;
            gap = skip(&lower[at..], &[" and ", " or "], " ,/&\"'");
            if gap == 0 {
                break;
            }
        }
        from = at;
    }
    codes
}

/// The length in bytes of the words and characters that may precede a number.
fn skip(text: &str, words: &[&str], characters: &str) -> usize {
    let mut rest = text;
    loop {
        if let Some(after) = words.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
            continue;
        }
        match rest.chars().next() {
            Some(character) if characters.contains(character) => {
                rest = &rest[character.len_utf8()..];
            }
            _ => return text.len() - rest.len(),
        }
    }
}

/// The code that a text begins with, and its length, unless it is part of a longer word.
fn number(text: &str) -> Option<(usize, Code)> {
    let digits =
        text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let after = text[digits..].chars().next();
    let next = text[digits..].chars().nth(1);
    let fraction = after == Some('.') && next.is_some_and(|next| next.is_ascii_digit());
    if fraction || after.is_some_and(|after| after.is_alphanumeric() || after == '_') {
        return None;
    }
    Some((digits, parse_code(&text.as_bytes()[..digits]).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ranges_groups_and_texts_are_distinguished() {
        assert_eq!(read("185"), Query::Code(185));
        assert_eq!(read(" 0185 "), Query::Code(185));
        assert_eq!(read("920-929"), Query::Range(920, 929));
        assert_eq!(read("9xx"), Query::Range(900, 999));
        assert_eq!(read("10xX"), Query::Range(1000, 1099));
        assert_eq!(read("-"), Query::Stdin);
        for text in
            ["bad-credentials", "929-920", "xx", "x185", "18.5", "", "185-", "9xxxxxxxxxxxx"]
        {
            assert_eq!(read(text), Query::Text, "{text}");
        }
    }

    #[test]
    fn codes_are_found_after_a_key_word_only() {
        for (text, codes) in [
            ("Error code 185", &[185][..]),
            ("ERROR CODE: 0103.", &[103]),
            (r#"{"aggregationStatusCode":185,"balance":103}"#, &[185]),
            (r#"{"aggregationStatusCode" : "185"}"#, &[185]),
            ("aggregationStatusCode=169&id=900", &[169]),
            ("the status code was 931 yesterday, 102 today", &[931]),
            ("codes 103, 185 and 187 came up", &[103, 185, 187]),
            ("code 108/109", &[108, 109]),
            ("185", &[]),
            ("it failed 3 times on 2025-09-10", &[]),
            ("decoded 185 bytes", &[]),
            ("code 18.5", &[]),
            ("code 185th", &[]),
            ("code é185", &[]),
            ("error code 4294967296", &[]),
            ("first code 103\nthen code 185", &[103, 185]),
        ] {
            assert_eq!(codes_in(text), codes, "{text}");
        }
    }
}
