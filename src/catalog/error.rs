//! Errors in a catalog, with their location.

use std::fmt;
use std::ops::Range;

/// Why a text is not a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// A suggestion: what the author may have meant.
    pub hint: Option<String>,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for CatalogError {}

/// An error of the TOML parser. Its message has the unexpected name and the expected ones in
/// backticks, so that the nearest can be suggested.
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

/// An error at a byte range of the text.
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

/// A hint that names the valid word that is nearest to a wrong one.
pub(super) fn nearest(wrong: &str, valid: &[&str]) -> Option<String> {
    crate::suggest::nearest(wrong, valid.iter().copied())
        .map(|word| format!("did you mean `{word}`?"))
}
