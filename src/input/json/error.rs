//! The reasons why an input is not valid JSON.

use std::fmt;

/// A violation of RFC 8259 or of a limit of this parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyntaxError {
    /// Another byte was expected here.
    Unexpected {
        /// The byte that was found.
        found: u8,
        /// What the grammar allows.
        expected: &'static str,
    },
    /// The line ends inside a document, and the next line does not continue it.
    BreaksOff,
    /// The input ends inside a document.
    Unfinished,
    /// A string contains an unescaped control character.
    ControlCharacter(u8),
    /// A backslash is followed by something that is not an escape.
    Escape,
    /// Bytes that are not UTF-8.
    Utf8,
    /// UTF-16 instead of UTF-8.
    Utf16,
    /// A number that JSON does not allow.
    Number,
    /// A number of more than [`super::MAX_TOKEN`] characters.
    LongNumber,
    /// More than [`super::MAX_DEPTH`] levels of nesting.
    TooDeep,
}

impl SyntaxError {
    /// Returns advice for the user.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Unexpected { found: b'<', .. } => {
                "this looks like HTML or XML: is it an error page instead of the API response?"
            }
            Self::Unexpected { found: 0..=8 | 14..=31 | 128.., .. } => {
                "this looks like binary data: decompress a compressed file first"
            }
            Self::Unexpected { found: b'\'', .. } => "JSON requires double quotes",
            Self::Unfinished | Self::BreaksOff => "was the download or the export cut short?",
            Self::Utf16 => "convert it first: iconv -f UTF-16 -t UTF-8",
            _ => "the rest of this document was skipped, so its accounts are not in the counts",
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { found, expected } => {
                write!(f, "not valid JSON: expected {expected}, found ")?;
                match found {
                    b'\'' => f.write_str("a single quote"),
                    // Letters and digits belong to a string or a number, which could be private.
                    b'a'..=b'z' | b'A'..=b'Z' => f.write_str("a letter"),
                    b'0'..=b'9' => f.write_str("a digit"),
                    128.. => f.write_str("a non-ASCII byte"),
                    b' '..=b'~' => write!(f, "'{}'", char::from(*found)),
                    byte => write!(f, "the byte 0x{byte:02x}"),
                }
            }
            Self::BreaksOff => f.write_str("not valid JSON: the record ends here"),
            Self::Unfinished => f.write_str("not valid JSON: the input ends inside a document"),
            Self::ControlCharacter(byte) => write!(
                f,
                "not valid JSON: a string contains the unescaped control character 0x{byte:02x}"
            ),
            Self::Escape => f.write_str("not valid JSON: invalid escape sequence"),
            Self::Utf8 => f.write_str("not valid UTF-8"),
            Self::Utf16 => f.write_str("the input is UTF-16, not UTF-8"),
            Self::Number => f.write_str("not valid JSON: malformed number"),
            Self::LongNumber => {
                write!(f, "a number has more than {} characters", super::MAX_TOKEN)
            }
            Self::TooDeep => write!(f, "nested more than {} levels deep", super::MAX_DEPTH),
        }
    }
}

impl std::error::Error for SyntaxError {}
