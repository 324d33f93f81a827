//! Decides what the bytes of an input are, and decodes them into text: gzip, Zstandard and UTF-16,
//! recognized by the first bytes.
//!
//! | module | what it does |
//! |---|---|
//! | `encoding` | recognizes encodings by their first bytes |
//! | `gzip`, `zstd`, `utf16` | decode, in bounded memory |
//! | `foreign` | recognizes formats that are not JSON |
//! | `ahead` | decodes on a separate thread |
//! | `peek` | inspects the first bytes of a reader |
//! | `error` | defines the errors in encoded data, with their position |

mod ahead;
mod encoding;
mod error;
mod foreign;
mod gzip;
mod peek;
mod utf16;
mod zstd;

use std::io::Read;

use encoding::Encoding;
use peek::Peeked;

pub use error::{DecodeError, Fault};
pub use foreign::{Foreign, SAMPLE};

/// A reader that can move to another thread.
pub type Reader = Box<dyn Read + Send>;

/// The content of an input.
pub enum Content {
    /// Text, which may be JSON.
    Text(Reader),
    /// JSON that this program has written: not account data, but perhaps a summary.
    Answer(Reader),
    /// A format that is certainly not JSON.
    Foreign(Foreign),
}

/// Recognizes the content of a reader by its first bytes, and decodes it: one layer of gzip or
/// Zstandard, and UTF-16 with a byte order mark, compressed or not. Only the first bytes are read
/// now, and only as many as needed, so that live input is not delayed.
///
/// If `on_thread` is true, decoding runs on a separate thread, unless none can be started.
///
/// The returned reader reports a failure of the underlying reader or an error in the data, after
/// everything that comes before it. An error in the data is a [`DecodeError`] inside the
/// [`std::io::Error`].
#[must_use]
pub fn decode(reader: impl Read + Send + 'static, on_thread: bool) -> Content {
    let Some(text) = decode_text(reader, on_thread) else {
        return Content::Foreign(Foreign::CompressedTwice);
    };
    let mut text = Peeked::new(text);
    match text.peek(Foreign::recognize) {
        Some(Foreign::Answer) => Content::Answer(Box::new(text)),
        Some(foreign) => Content::Foreign(foreign),
        None => Content::Text(Box::new(text)),
    }
}

/// Decodes a reader like [`decode`], but accepts text of any kind. Returns `None` if it is
/// compressed twice.
#[must_use]
pub fn decode_text(reader: impl Read + Send + 'static, on_thread: bool) -> Option<Reader> {
    let (encoding, reader) = recognize(reader);
    let decompressed = match encoding {
        Encoding::Gzip => recognize(gzip::Gzip::new(reader)),
        Encoding::Zstd => recognize(zstd::Zstd::new(reader)),
        Encoding::Utf16(_) | Encoding::Plain => (encoding, reader),
    };
    let text = match decompressed {
        (Encoding::Plain, reader) => reader,
        (Encoding::Utf16(order), reader) => Box::new(utf16::Utf16::new(reader, order)),
        (Encoding::Gzip | Encoding::Zstd, _) => return None,
    };
    let is_encoded = !matches!(encoding, Encoding::Plain);
    Some(if on_thread && is_encoded { ahead::read_ahead(text) } else { text })
}

/// Returns the binary format that a reader begins with, if any, and a reader of the same bytes.
#[must_use]
pub fn recognize_binary(reader: impl Read + Send + 'static) -> (Option<Foreign>, Reader) {
    let mut reader = Peeked::new(reader);
    let foreign = reader.peek(Foreign::recognize).filter(|foreign| !foreign.is_text());
    (foreign, Box::new(reader))
}

fn recognize(reader: impl Read + Send + 'static) -> (Encoding, Reader) {
    let mut reader = Peeked::new(reader);
    let encoding = reader.peek(Encoding::recognize);
    (encoding, Box::new(reader))
}
