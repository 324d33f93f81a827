//! What can be wrong with encoded data.

use std::fmt;
use std::io::{self, ErrorKind};

/// A fault of compressed data or of UTF-16, and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError {
    /// The name of the format.
    pub format: &'static str,
    /// What is wrong.
    pub fault: Fault,
    /// Bytes of it before the fault.
    pub at: u64,
}

/// What is wrong with compressed data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It ends too early.
    CutShort,
    /// It violates its format, or a checksum does not match.
    Corrupt,
    /// Something else follows it.
    Garbage,
    /// It needs more memory than is allowed.
    Window,
    /// It was compressed with a dictionary, which is elsewhere.
    Dictionary,
}

impl DecodeError {
    /// What the user can do about it.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        Some(match self.fault {
            Fault::CutShort => "was the download or the export cut short?",
            Fault::Corrupt | Fault::Garbage => return None,
            Fault::Window => "unpack it first: zstd -dc --long=31 FILE | statuscode triage",
            Fault::Dictionary => "unpack it first: zstd -dc -D DICTIONARY FILE | statuscode triage",
        })
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { format, at, .. } = self;
        match self.fault {
            Fault::CutShort => write!(f, "the {format} data is cut short at byte {at}"),
            Fault::Corrupt => write!(f, "the {format} data is corrupt at byte {at}"),
            Fault::Garbage => write!(f, "other data follows the {format} data at byte {at}"),
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
