//! From the bytes of a file to text: compressed and UTF-16 input, recognized by its first bytes.
//!
//! | module | what it does |
//! |---|---|
//! | `encoding` | knows the first bytes of each encoding |
//! | `gzip`, `zstd`, `utf16` | decode, in bounded memory |
//! | `ahead` | decodes on a thread of its own |
//! | `peek` | looks at the first bytes of a reader |
//! | `error` | says what is wrong with encoded data, and where |

mod ahead;
mod encoding;
mod error;
mod gzip;
mod peek;
mod utf16;
mod zstd;

use std::io::Read;

use crate::input::Foreign;
use encoding::Encoding;
use peek::Peeked;

pub use error::{DecodeError, Fault};

/// A reader that can be handed to another thread.
pub type Reader = Box<dyn Read + Send>;

/// What an input turns out to hold.
pub enum Content {
    /// Text, which may be JSON.
    Text(Reader),
    /// JSON that this program has written: no account data, but perhaps a summary.
    Answer(Reader),
    /// A format that is certainly not JSON.
    Foreign(Foreign),
}

/// Recognizes what a reader gives by its first bytes, and decodes it: gzip and Zstandard once, and
/// UTF-16 with a byte order mark, inside them too. Nothing beyond those bytes is read yet, and no
/// more of them than it takes, so that live input is not held up.
///
/// With `beside`, decoding takes place on a thread of its own, if one can be had.
///
/// A failure of the reader or a fault of the data comes from the text's reader, after all that came
/// before it; a fault is a [`DecodeError`] inside the error.
#[must_use]
pub fn decode(reader: impl Read + Send + 'static, beside: bool) -> Content {
    let (encoding, reader) = recognize(reader);
    let decompressed = match encoding {
        Encoding::Gzip => recognize(gzip::Gzip::new(reader)),
        Encoding::Zstd => recognize(zstd::Zstd::new(reader)),
        Encoding::Utf16(_) | Encoding::Plain => (encoding, reader),
    };
    let text = match decompressed {
        (Encoding::Plain, reader) => reader,
        (Encoding::Utf16(order), reader) => Box::new(utf16::Utf16::new(reader, order)),
        (Encoding::Gzip | Encoding::Zstd, _) => {
            return Content::Foreign(Foreign::CompressedTwice);
        }
    };
    let is_encoded = !matches!(encoding, Encoding::Plain);
    let text = if beside && is_encoded { ahead::read_ahead(text) } else { text };
    let mut text = Peeked::new(text);
    match text.look(Foreign::recognize) {
        Some(Foreign::Answer) => Content::Answer(Box::new(text)),
        Some(foreign) => Content::Foreign(foreign),
        None => Content::Text(Box::new(text)),
    }
}

fn recognize(reader: impl Read + Send + 'static) -> (Encoding, Reader) {
    let mut reader = Peeked::new(reader);
    let encoding = reader.look(Encoding::recognize);
    (encoding, Box::new(reader))
}
