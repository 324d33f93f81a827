//! The reasons why a record is invalid.

use std::fmt;

use super::json::SyntaxError;

/// Why a record is invalid.
///
/// No message quotes the input, because any string in it could be private. The kind of error and
/// its location are enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordError {
    /// The JSON is broken, so the rest of its document is lost.
    Syntax(SyntaxError),
    /// A status code that is not a whole number: the kind of value.
    CodeKind(&'static str),
    /// An id that is neither a string nor a number: its key.
    IdKind(&'static str),
    /// An id that is too long, or contains an unpaired surrogate: its key.
    IdText(&'static str),
    /// A known key appears twice in one object, in the same or in different spellings.
    RepeatedKey(&'static str),
    /// An array in place of an account.
    ArrayForAccount,
    /// A record, or the data kept for open ones, exceeds this many bytes.
    RecordTooLarge(u64),
}

impl RecordError {
    /// Returns whether the JSON is broken, so that the rest of the document is lost.
    #[must_use]
    pub const fn breaks_document(&self) -> bool {
        matches!(self, Self::Syntax(_))
    }

    /// Returns advice for the user, if there is more to say than the message does.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Syntax(error) => Some(error.hint()),
            Self::CodeKind(_) => {
                Some("a status code is a whole number such as 185, with or without quotes")
            }
            Self::RecordTooLarge(_) => Some("--max-record-size sets the limit"),
            _ => None,
        }
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => error.fmt(f),
            Self::CodeKind(kind) => write!(f, "status code is {kind}, not a whole number"),
            Self::IdKind(key) => write!(f, "{key} is neither a string nor a number"),
            Self::IdText(key) => {
                write!(f, "{key} is unreadable: it is too long, or contains an unpaired surrogate")
            }
            Self::RepeatedKey(key) => write!(f, "{key} appears twice in one object"),
            Self::ArrayForAccount => f.write_str("found an array, expected an account"),
            Self::RecordTooLarge(limit) => {
                let ending = if *limit == 1 { "" } else { "s" };
                write!(f, "the record exceeds {limit} byte{ending}")
            }
        }
    }
}

impl std::error::Error for RecordError {}

impl From<SyntaxError> for RecordError {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}
