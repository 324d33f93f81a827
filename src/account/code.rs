//! Aggregation status codes as people and programs write them.

use std::fmt;

/// An aggregation status code. Codes of up to six digits exist.
pub type Code = u32;

/// Why a text is not a status code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// No digit at all, or something else among the digits.
    NotANumber,
    /// A minus sign before the digits.
    Negative,
    /// A fraction or an exponent.
    Fraction,
    /// More than a [`Code`] can hold.
    TooLarge,
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a whole number",
            Self::Negative => "negative",
            Self::Fraction => "a fraction",
            Self::TooLarge => "too large",
        })
    }
}

impl std::error::Error for CodeError {}

/// Reads a code written as digits, blanks around and zeros before them allowed: `185`, `" 0185 "`.
///
/// # Errors
///
/// When the text is anything else; nothing is rounded or guessed.
pub fn parse_code(text: &[u8]) -> Result<Code, CodeError> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Err(CodeError::NotANumber);
    }
    let mut code: Code = 0;
    for &byte in text {
        if !byte.is_ascii_digit() {
            return Err(classify_bad(text));
        }
        code = code
            .checked_mul(10)
            .and_then(|code| code.checked_add(Code::from(byte - b'0')))
            .ok_or(CodeError::TooLarge)?;
    }
    Ok(code)
}

/// Reads a range of codes, both ends included: `920-929`. `None` if the text is not one.
#[must_use]
pub fn parse_range(text: &str) -> Option<(Code, Code)> {
    let (first, last) = text.split_once('-')?;
    let first = parse_code(first.as_bytes()).ok()?;
    let last = parse_code(last.as_bytes()).ok()?;
    (first <= last).then_some((first, last))
}

fn classify_bad(text: &[u8]) -> CodeError {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let numeric =
        digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    match (numeric && digits.first().is_some_and(u8::is_ascii_digit), digits.len() < text.len()) {
        (true, true) => CodeError::Negative,
        (true, false) => CodeError::Fraction,
        (false, _) => CodeError::NotANumber,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_with_blanks_and_zeros_around_are_a_code() {
        for (text, code) in [
            ("0", 0),
            ("185", 185),
            (" 0185 ", 185),
            ("110039", 110_039),
            ("000", 0),
            ("4294967295", Code::MAX),
        ] {
            assert_eq!(parse_code(text.as_bytes()), Ok(code), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_its_reason() {
        for (text, error) in [
            ("", CodeError::NotANumber),
            ("  ", CodeError::NotANumber),
            ("active", CodeError::NotANumber),
            ("18 5", CodeError::NotANumber),
            ("185x", CodeError::NotANumber),
            ("+185", CodeError::NotANumber),
            ("185.0", CodeError::Fraction),
            ("1.85e2", CodeError::Fraction),
            ("-185", CodeError::Negative),
            ("-0", CodeError::Negative),
            ("4294967296", CodeError::TooLarge),
            ("99999999999999999999", CodeError::TooLarge),
        ] {
            assert_eq!(parse_code(text.as_bytes()), Err(error), "{text}");
        }
    }

    #[test]
    fn a_range_includes_both_ends_and_may_be_one_code() {
        assert_eq!(parse_range("920-929"), Some((920, 929)));
        assert_eq!(parse_range(" 185 - 0185"), Some((185, 185)));
        for none in ["929-920", "185", "-185", "185-", "a-b", "1-2-3"] {
            assert_eq!(parse_range(none), None, "{none}");
        }
    }
}
