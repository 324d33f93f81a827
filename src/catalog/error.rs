//! Errors in a catalog file, with their location.

use std::fmt;
use std::ops::Range;

/// The reason why a file is not a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// A suggestion of what the author may have meant.
    pub hint: Option<String>,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for CatalogError {}

/// Converts an error of the TOML parser. For an unknown key or value, its message quotes the wrong
/// name and the valid ones in backticks, from which this takes a suggestion.
pub(super) fn from_toml(text: &str, error: &toml::de::Error) -> CatalogError {
    let message = error.message();
    let mut found = at(text, error.span().unwrap_or(0..0), message.to_owned());
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let Some((wrong, valid)) = quoted.split_first()
        && message.starts_with("unknown")
    {
        found.hint = nearest(wrong, valid);
    }
    found
}

/// Returns an error located at the start of a byte range of the text.
pub(super) fn at(text: &str, span: Range<usize>, message: String) -> CatalogError {
    let before = text.get(..span.start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    CatalogError {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message,
        hint: None,
    }
}

/// Returns a hint that names the valid name most similar to a wrong one, if any is similar.
pub(super) fn nearest(wrong: &str, valid: &[&str]) -> Option<String> {
    crate::suggest::nearest(wrong, valid.iter().copied())
        .map(|name| format!("did you mean `{name}`?"))
}
