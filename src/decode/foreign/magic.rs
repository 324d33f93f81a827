//! Binary formats with a signature, and other binary data.

use std::ops::ControlFlow;

use super::{Foreign, Recognized, Sample, Step};

/// Signatures at the beginning of a file. No JSON begins with one.
const MARKS: &[(&[u8], Foreign)] = &[
    (b"%PDF-", Foreign::Pdf),
    (b"PK\x05\x06", Foreign::Zip),
    (b"BZh11AY&SY", Foreign::Bzip2),
    (b"BZh21AY&SY", Foreign::Bzip2),
    (b"BZh31AY&SY", Foreign::Bzip2),
    (b"BZh41AY&SY", Foreign::Bzip2),
    (b"BZh51AY&SY", Foreign::Bzip2),
    (b"BZh61AY&SY", Foreign::Bzip2),
    (b"BZh71AY&SY", Foreign::Bzip2),
    (b"BZh81AY&SY", Foreign::Bzip2),
    (b"BZh91AY&SY", Foreign::Bzip2),
    (b"\xfd7zXZ\0", Foreign::Xz),
    (b"7z\xbc\xaf\x27\x1c", Foreign::SevenZip),
    (b"\x04\x22\x4d\x18", Foreign::Lz4),
    (b"Rar!\x1a\x07", Foreign::Archive),
    (b"\x1f\x9d", Foreign::Archive),
    (b"\xff\x06\0\0sNaPpY", Foreign::Archive),
    (b"\x1f\x8b", Foreign::CompressedTwice),
    (b"\x28\xb5\x2f\xfd", Foreign::CompressedTwice),
    (b"SQLite format 3\0", Foreign::Sqlite),
    (b"PAR1\x15", Foreign::Parquet),
    (b"PARE", Foreign::Parquet),
    (b"Obj\x01", Foreign::Avro),
    (b"ARROW1\0\0", Foreign::Arrow),
    (b"FEA1", Foreign::Arrow),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign::Excel),
    (b"\x89PNG\r\n\x1a\n", Foreign::Image),
    (b"\xff\xd8\xff", Foreign::Image),
    (b"GIF87a", Foreign::Image),
    (b"GIF89a", Foreign::Image),
    (b"\xff\xfe\0\0", Foreign::Utf32),
    (b"\0\0\xfe\xff", Foreign::Utf32),
    (b"\0{", Foreign::Utf16BigEndian),
    (b"\0[", Foreign::Utf16BigEndian),
];

/// The signature of a ZIP archive, and the names of files in an Excel file.
const ZIP: &[u8] = b"PK\x03\x04";
const EXCEL: &[u8] = b"[Content_Types].xml";

/// Signatures inside binary data, with their offsets in bytes.
const BINARY_MARKS: &[(usize, &[u8], Foreign)] =
    &[(257, b"ustar", Foreign::Tar), (8, b"DUCK", Foreign::DuckDb), (0, b"ORC", Foreign::Orc)];

/// Recognizes formats with a signature.
pub(super) fn marked(head: &[u8], is_all: bool) -> Step {
    for &(mark, foreign) in MARKS {
        if head.starts_with(mark) {
            return ControlFlow::Break(Recognized::Foreign(foreign));
        }
        if mark.starts_with(head) && !is_all {
            return ControlFlow::Break(Recognized::Undecided);
        }
    }
    if !head.starts_with(ZIP) {
        return ControlFlow::Continue(());
    }
    ControlFlow::Break(if memchr::memmem::find(head, EXCEL).is_some() {
        Recognized::Foreign(Foreign::Excel)
    } else if is_all {
        Recognized::Foreign(Foreign::Zip)
    } else {
        Recognized::Undecided
    })
}

/// Recognizes inputs whose first line has control characters that do not occur in text.
pub(super) fn binary(head: &[u8], sample: &Sample<'_>) -> Step {
    let first_line = memchr::memchr(b'\n', head).map_or(head, |end| &head[..end]);
    if !first_line.iter().any(|&byte| is_control(byte)) {
        return ControlFlow::Continue(());
    }
    if !sample.is_all {
        return ControlFlow::Break(Recognized::Undecided);
    }
    for &(offset, mark, foreign) in BINARY_MARKS {
        if head.get(offset..).is_some_and(|bytes| bytes.starts_with(mark)) {
            return ControlFlow::Break(Recognized::Foreign(foreign));
        }
    }
    // Unusual text may contain a few control characters.
    let is_text = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
    let is_binary = head.contains(&0) || !is_text;
    ControlFlow::Break(if is_binary && !sample.has_json() {
        Recognized::Foreign(Foreign::Binary)
    } else {
        Recognized::Readable
    })
}

/// Returns whether a byte is a control character other than whitespace and ESC, which colors text.
pub(super) fn is_control(byte: u8) -> bool {
    const ESCAPE: u8 = 0x1b;
    byte.is_ascii_control() && !byte.is_ascii_whitespace() && byte != ESCAPE
}
