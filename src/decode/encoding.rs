//! Recognizes encodings by their first bytes.

use std::ops::ControlFlow;

/// The encoding of an input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Not encoded, or in an unknown encoding.
    #[default]
    Plain,
    Gzip,
    Zstd,
    Utf16(ByteOrder),
}

/// The byte order of UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByteOrder {
    LittleEndian,
    BigEndian,
}

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// A skippable Zstandard frame begins with a byte from 0x50 to 0x5f, followed by these.
const SKIPPABLE: &[u8] = &[0x2a, 0x4d, 0x18];
const UTF_16_LITTLE_ENDIAN: &[u8] = &[0xff, 0xfe];
const UTF_16_BIG_ENDIAN: &[u8] = &[0xfe, 0xff];
const UTF_32_LITTLE_ENDIAN: &[u8] = &[0xff, 0xfe, 0, 0];

impl Encoding {
    /// Recognizes the encoding of an input that begins with these bytes. Returns `Continue` if it
    /// needs more of them to decide, and `is_all` is false.
    pub(super) fn recognize(head: &[u8], is_all: bool) -> ControlFlow<Self> {
        let skippable = match head {
            [0x50..=0x5f, rest @ ..] => compare(rest, SKIPPABLE),
            _ => Comparison::Different,
        };
        // A mark that begins with another mark comes before it.
        let comparisons = [
            (compare(head, UTF_32_LITTLE_ENDIAN), Self::Plain),
            (compare(head, UTF_16_LITTLE_ENDIAN), Self::Utf16(ByteOrder::LittleEndian)),
            (compare(head, UTF_16_BIG_ENDIAN), Self::Utf16(ByteOrder::BigEndian)),
            (compare(head, GZIP), Self::Gzip),
            (compare(head, ZSTD), Self::Zstd),
            (skippable, Self::Zstd),
        ];
        for (comparison, encoding) in comparisons {
            match comparison {
                Comparison::Begins => return ControlFlow::Break(encoding),
                Comparison::MayBegin if !is_all => return ControlFlow::Continue(()),
                // A truncated file deserves an error that says so.
                Comparison::MayBegin
                    if matches!((encoding, head), (Self::Gzip, [_]) | (Self::Zstd, [_, _, ..])) =>
                {
                    return ControlFlow::Break(encoding);
                }
                Comparison::MayBegin | Comparison::Different => {}
            }
        }
        ControlFlow::Break(Self::Plain)
    }
}

enum Comparison {
    Begins,
    /// The bytes end before the mark does.
    MayBegin,
    Different,
}

fn compare(head: &[u8], mark: &[u8]) -> Comparison {
    if head.starts_with(mark) {
        Comparison::Begins
    } else if mark.starts_with(head) {
        Comparison::MayBegin
    } else {
        Comparison::Different
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_known_as_soon_as_its_mark_is_complete() {
        let little = Encoding::Utf16(ByteOrder::LittleEndian);
        for (head, expected) in [
            (&b"\x1f\x8b"[..], Encoding::Gzip),
            (b"\x28\xb5\x2f\xfd", Encoding::Zstd),
            (b"\x5a\x2a\x4d\x18", Encoding::Zstd),
            (b"\xfe\xff", Encoding::Utf16(ByteOrder::BigEndian)),
            (b"\xff\xfe{\0", little),
            (b"\xff\xfe\0\0", Encoding::Plain),
            (b"{", Encoding::Plain),
            (b"(", Encoding::Plain),
            (b"P", Encoding::Plain),
            (b"PK", Encoding::Plain),
            (b"", Encoding::Plain),
        ] {
            assert_eq!(Encoding::recognize(head, true), ControlFlow::Break(expected), "{head:x?}");
        }
        for prefix in [&b"\x1f"[..], b"\x28\xb5", b"\x50", b"\xff\xfe", b""] {
            let decision = Encoding::recognize(prefix, false);
            assert_eq!(decision, ControlFlow::Continue(()), "{prefix:x?}");
        }
        assert_eq!(Encoding::recognize(b"\x28\xb5", true), ControlFlow::Break(Encoding::Zstd));
        assert_eq!(Encoding::recognize(b"\x1f", true), ControlFlow::Break(Encoding::Gzip));
        assert_eq!(Encoding::recognize(b"\xff\xfe", true), ControlFlow::Break(little));
        assert_eq!(Encoding::recognize(b"{", false), ControlFlow::Break(Encoding::Plain));
    }
}
