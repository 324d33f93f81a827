//! What can be wrong with a piece of input.

use std::fmt;

/// Why a record is invalid.
///
/// Messages hold positions' reasons only: the one piece of input text that they may quote is a status code,
/// because every other field could be private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Another byte was expected here.
    Unexpected {
        /// The byte that stands there.
        found: u8,
        /// What may stand there.
        expected: &'static str,
    },
    /// The line ends inside a record, and the next line does not continue it.
    BreaksOff,
    /// The input ends inside a document.
    Unfinished,
    /// A control character stands bare in a text.
    ControlCharacter(u8),
    /// A backslash is followed by something that is no escape.
    Escape,
    /// Bytes that are not UTF-8.
    Utf8,
    /// UTF-16 instead of UTF-8.
    Utf16,
    /// A number that JSON does not allow.
    Number,
    /// A number of more than [`super::LONGEST_HELD`] digits.
    LongNumber,
    /// More than [`super::DEEPEST`] levels of nesting.
    TooDeep,
    /// A status code that is no whole number; the text of the code, cut.
    CodeNotANumber(String),
    /// A status code of another kind: what stands in its place.
    CodeKind(&'static str),
    /// An id that is neither text nor number.
    IdKind(&'static str),
    /// An id whose text cannot be read: too long, or half a character.
    IdText(&'static str),
    /// A known key stands twice in one object.
    RepeatedKey(&'static str),
    /// An array where an account should be.
    ArrayForAccount,
    /// A record of more bytes than allowed.
    RecordTooLarge(u64),
}

impl Problem {
    /// Whether the JSON itself is broken, so that the document cannot be read on.
    #[must_use]
    pub fn breaks_document(&self) -> bool {
        !matches!(
            self,
            Self::CodeNotANumber(_)
                | Self::CodeKind(_)
                | Self::IdKind(_)
                | Self::IdText(_)
                | Self::RepeatedKey(_)
                | Self::ArrayForAccount
                | Self::RecordTooLarge(_)
        )
    }

    /// What the user can do about it, where there is more to say than the message does.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unexpected { found: b'<', .. } => {
                "this looks like HTML or XML: an error page instead of the API's answer?"
            }
            Self::Unexpected {
                found: 0..=8 | 14..=31 | 128..,
                ..
            } => "this looks like binary data: a compressed file must be unpacked first",
            Self::Unexpected { found: b'\'', .. } => "JSON wants double quotes",
            Self::Unfinished | Self::BreaksOff => "was the download or the export cut short?",
            Self::Utf16 => "convert it first: iconv -f UTF-16 -t UTF-8",
            Self::CodeNotANumber(_) | Self::CodeKind(_) => {
                "a status code is a whole number such as 185, or the same in quotes"
            }
            Self::RecordTooLarge(_) => "--max-record-size sets the limit",
            _ => return None,
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { found, expected } => {
                write!(f, "not valid JSON: expected {expected}, found ")?;
                match found {
                    b'\'' => f.write_str("a single quote"),
                    b' '..=b'~' => write!(f, "'{}'", char::from(*found)),
                    byte => write!(f, "the byte 0x{byte:02x}"),
                }
            }
            Self::BreaksOff => f.write_str("not valid JSON: the record breaks off here"),
            Self::Unfinished => {
                f.write_str("not valid JSON: the input ends before the document does")
            }
            Self::ControlCharacter(byte) => {
                write!(
                    f,
                    "not valid JSON: a text holds the bare control character 0x{byte:02x}"
                )
            }
            Self::Escape => f.write_str("not valid JSON: a backslash is not followed by an escape"),
            Self::Utf8 => f.write_str("not valid UTF-8"),
            Self::Utf16 => f.write_str("UTF-16 instead of UTF-8"),
            Self::Number => f.write_str("not valid JSON: ill-formed number"),
            Self::LongNumber => write!(
                f,
                "a number of more than {} characters",
                super::LONGEST_HELD
            ),
            Self::TooDeep => write!(f, "nested more than {} levels deep", super::DEEPEST),
            Self::CodeNotANumber(text) => write!(f, "status code is not a whole number: {text}"),
            Self::CodeKind(kind) => write!(f, "status code is {kind}"),
            Self::IdKind(key) => write!(f, "{key} is neither text nor number"),
            Self::IdText(key) => write!(
                f,
                "{key} cannot be read: it is too long, or holds half a character"
            ),
            Self::RepeatedKey(key) => write!(f, "{key} stands twice in one object"),
            Self::ArrayForAccount => f.write_str("an array where an account should be"),
            Self::RecordTooLarge(limit) => write!(f, "a record of more than {limit} bytes"),
        }
    }
}
