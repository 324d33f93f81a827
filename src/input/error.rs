//! What can be wrong with a piece of input.

use std::fmt;

use super::json::SyntaxError;

/// Why a record is invalid.
///
/// No message quotes the input: what kind of thing is wrong and where it is says enough, and any
/// text could be private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordError {
    /// The JSON itself is broken, so the rest of its document is lost.
    Syntax(SyntaxError),
    /// A status code that is not a whole number: what kind of thing it is.
    CodeKind(&'static str),
    /// An id that is neither text nor number: its name.
    IdKind(&'static str),
    /// An id that is too long, or contains half a character: its name.
    IdText(&'static str),
    /// A known name comes twice in one object, in one spelling or in two.
    RepeatedKey(&'static str),
    /// An array where an account should be.
    ArrayForAccount,
    /// A record, or all that has to be held of open ones, is larger than this many bytes.
    RecordTooLarge(u64),
}

impl RecordError {
    /// Whether the JSON itself is broken, so that the rest of the document is lost.
    #[must_use]
    pub const fn breaks_document(&self) -> bool {
        matches!(self, Self::Syntax(_))
    }

    /// What the user can do about it, where there is more to say than the message does.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Syntax(error) => error.hint(),
            Self::CodeKind(_) => {
                Some("a status code is a whole number such as 185, or the same in quotes")
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
            Self::IdKind(key) => write!(f, "{key} is neither text nor number"),
            Self::IdText(key) => {
                write!(f, "{key} cannot be read: it is too long, or contains half a character")
            }
            Self::RepeatedKey(key) => write!(f, "{key} appears twice in one object"),
            Self::ArrayForAccount => f.write_str("an array where an account should be"),
            Self::RecordTooLarge(limit) => write!(f, "a record of more than {limit} bytes"),
        }
    }
}

impl std::error::Error for RecordError {}

impl From<SyntaxError> for RecordError {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}
