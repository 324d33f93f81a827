//! Aggregation status codes, and how to parse them.

use std::fmt;

/// An aggregation status code. Documented codes have up to seven digits.
pub type Code = u32;

/// The reason why a string is not a status code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// There is no digit, or a character that is not a digit.
    NotANumber,
    /// The number is negative.
    Negative,
    /// The number has a fraction or an exponent.
    Fraction,
    /// The number does not fit into a [`Code`].
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

/// Parses a code: digits, with optional whitespace around them and leading zeros, such as `185` or
/// `" 0185 "`.
///
/// # Errors
///
/// Returns an error for anything else. Nothing is rounded or guessed.
pub fn parse_code(text: &[u8]) -> Result<Code, CodeError> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Err(CodeError::NotANumber);
    }
    let mut code: Code = 0;
    for &byte in text {
        if !byte.is_ascii_digit() {
            return Err(error_for(text));
        }
        code = code
            .checked_mul(10)
            .and_then(|code| code.checked_add(Code::from(byte - b'0')))
            .ok_or(CodeError::TooLarge)?;
    }
    Ok(code)
}

/// Parses a range of codes such as `920-929`, and returns its first and last code. Returns `None`
/// for anything else.
#[must_use]
pub fn parse_range(text: &str) -> Option<(Code, Code)> {
    let (first, last) = text.split_once('-')?;
    let first = parse_code(first.as_bytes()).ok()?;
    let last = parse_code(last.as_bytes()).ok()?;
    (first <= last).then_some((first, last))
}

fn error_for(text: &[u8]) -> CodeError {
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
    fn a_code_may_have_leading_zeros_and_surrounding_whitespace() {
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
    fn anything_else_is_an_error_with_a_reason() {
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
        for invalid in ["929-920", "185", "-185", "185-", "a-b", "1-2-3"] {
            assert_eq!(parse_range(invalid), None, "{invalid}");
        }
    }
}
