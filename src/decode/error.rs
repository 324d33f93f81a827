//! Errors in encoded data.

use std::fmt;
use std::io::{self, ErrorKind};

/// An error in compressed data or UTF-16, with its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError {
    /// The name of the format.
    pub format: &'static str,
    /// The kind of error.
    pub fault: Fault,
    /// The number of encoded bytes before the error.
    pub at: u64,
}

/// The kind of an error in encoded data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The data ends too early.
    CutShort,
    /// The data violates its format, or a checksum does not match.
    Corrupt,
    /// The data is followed by something else.
    TrailingData,
    /// The data needs more memory than is allowed.
    Window,
    /// The data was compressed with a dictionary, which is not part of it.
    Dictionary,
}

impl DecodeError {
    /// Returns what the user can do about it.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        Some(match self.fault {
            Fault::CutShort => "was the download or the export cut short?",
            Fault::Corrupt | Fault::TrailingData => return None,
            Fault::Window => "unpack it first: zstd -dc --long=31 FILE > FILE.json",
            Fault::Dictionary => "unpack it first: zstd -dc -D DICTIONARY FILE > FILE.json",
        })
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { format, at, .. } = self;
        match self.fault {
            Fault::CutShort => write!(f, "the {format} data is truncated at byte {at}"),
            Fault::Corrupt => write!(f, "the {format} data is corrupt at byte {at}"),
            Fault::TrailingData => write!(f, "other data follows the {format} data at byte {at}"),
            Fault::Window => write!(f, "the {format} data needs a window larger than 128 MiB"),
            Fault::Dictionary => write!(f, "the {format} data needs a dictionary"),
        }
    }
}

impl std::error::Error for DecodeError {}

impl From<DecodeError> for io::Error {
    fn from(error: DecodeError) -> Self {
        let kind = match error.fault {
            Fault::CutShort => ErrorKind::UnexpectedEof,
            _ => ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}
