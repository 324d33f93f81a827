//! Reads the list of `--files-from`.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::super::console::HintedError;
use crate::decode::{Foreign, SAMPLE, decode_text};
use crate::text::grouped;

/// The maximum size of a list in bytes.
const MAX_SIZE: u64 = 64 << 20;

/// The maximum number of names. Each needs some 300 bytes of memory.
const MAX_NAMES: usize = 1_000_000;

/// The number of names that show whether a file is a list.
const SAMPLED: usize = 100;

const SPLIT: &str = "pass the directory that has the files, or split the list";

/// Returns the names in a list: one per line or, if the list has NUL bytes, separated by those. In
/// the latter case, names may contain line breaks. Blank names are ignored. Like any input, a list
/// may be compressed, or UTF-16 with a byte order mark.
pub fn read(list: &Path) -> Result<Vec<PathBuf>> {
    let name = name(list);
    let message = || format!("cannot read the list of files: {name}");
    let refuse = |reason: String, hint: &str| {
        HintedError::new(format!("{name} {reason}"), Some(hint.to_owned()))
    };
    let reader: Box<dyn Read + Send> = if super::is_stdin(list) {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(list).with_context(message)?)
    };
    let text = decode_text(reader, false)
        .ok_or_else(|| refuse("is compressed twice".to_owned(), "unpack it once first"))?;
    let mut bytes = Vec::new();
    text.take(MAX_SIZE + 1).read_to_end(&mut bytes).with_context(message)?;
    // Otherwise, its NUL bytes would separate names of one letter, and one of them could be "/".
    if is_wide(&bytes) {
        let reason = "is UTF-16 without a byte order mark, or UTF-32".to_owned();
        return Err(refuse(reason, "write it as UTF-8").into());
    }
    // Otherwise, error messages would quote its lines, which are private, as names of files.
    if let Some(data) = data(&bytes) {
        let hint = "to read it as account data, pass it without --files-from";
        return Err(refuse(format!("is {data}, not a list of files"), hint).into());
    }
    if bytes.len() as u64 > MAX_SIZE {
        let reason = format!("is larger than {} MiB, the maximum for a list", MAX_SIZE >> 20);
        return Err(refuse(reason, SPLIT).into());
    }
    if names(&bytes).nth(MAX_NAMES).is_some() {
        let reason = format!("lists more than {} files", grouped(MAX_NAMES as u64));
        return Err(refuse(reason, SPLIT).into());
    }
    names(&bytes).map(path).collect::<Option<_>>().with_context(|| {
        format!("{name} has a name that is not UTF-8, which this system does not support")
    })
}

/// Returns what a file is if it is data instead of a list: none of its first lines is the name of
/// an existing file, and it looks like a format of data.
fn data(bytes: &[u8]) -> Option<&'static str> {
    let exists = |name: &[u8]| path(name).is_some_and(|path| path.symlink_metadata().is_ok());
    if names(bytes).take(SAMPLED).any(exists) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    match Foreign::recognize(sample, true) {
        // A list that is separated by NUL bytes resembles binary data.
        ControlFlow::Break(Some(foreign)) if foreign != Foreign::Binary => Some(foreign.label()),
        _ if is_json(sample) => Some("JSON"),
        _ => is_table(bytes).then_some("a table"),
    }
}

/// Returns whether the first names are the rows of a table without headings: each has a separator of
/// columns, or wide gaps.
fn is_table(bytes: &[u8]) -> bool {
    let mut rows = names(bytes).take(SAMPLED).peekable();
    let has_columns = |row: &[u8]| {
        row.iter().any(|byte| b",;|\t".contains(byte)) || memchr::memmem::find(row, b"  ").is_some()
    };
    rows.peek().is_some() && rows.all(has_columns)
}

/// Returns whether text is JSON: it begins like that, or has a key of an object, as a line of a log
/// may have.
fn is_json(text: &[u8]) -> bool {
    // A byte order mark, a record separator, or the quote of a string may precede the document.
    let precedes = |byte: &u8| byte.is_ascii_whitespace() || b"\xef\xbb\xbf\x1e\"".contains(byte);
    let first = text.iter().find(|byte| !precedes(byte));
    matches!(first, Some(b'{' | b'[')) || memchr::memmem::find(text, b"\":").is_some()
}

/// Returns the name of a list, for messages.
pub fn name(list: &Path) -> String {
    if super::is_stdin(list) { "standard input".to_owned() } else { list.display().to_string() }
}

/// Returns whether a list seems to be UTF-16, because every other byte at its beginning is NUL, or
/// UTF-32.
fn is_wide(bytes: &[u8]) -> bool {
    const UTF_32_MARKS: [&[u8]; 2] = [b"\xff\xfe\0\0", b"\0\0\xfe\xff"];
    let head = &bytes[..bytes.len().min(16)];
    let has_nuls = |parity: usize| head.iter().skip(parity).step_by(2).all(|&byte| byte == 0);
    let is_utf16 = head.len() > 3 && has_nuls(0) != has_nuls(1);
    is_utf16 || UTF_32_MARKS.iter().any(|mark| bytes.starts_with(mark))
}

fn names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(move |&byte| byte == separator).map(move |name| match separator {
        0 => name,
        _ => name.strip_suffix(b"\r").unwrap_or(name),
    });
    names.filter(|name| !name.trim_ascii().is_empty())
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not support every name")]
fn path(name: &[u8]) -> Option<PathBuf> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    Some(OsStr::from_bytes(name).into())
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> Option<PathBuf> {
    Some(std::str::from_utf8(name).ok()?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &[u8], expected: &[&str]) {
        let found: Vec<&[u8]> = names(list).collect();
        let expected: Vec<&[u8]> = expected.iter().map(|name| name.as_bytes()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_line_is_a_name() {
        check(b"a.json\n\n  \nb c.json\r\nd.json", &["a.json", "b c.json", "d.json"]);
        check("\u{feff}a.json\n".as_bytes(), &["a.json"]);
        check(b"\n", &[]);
    }

    #[test]
    fn utf_16_and_utf_32_are_not_lists_separated_by_nul_bytes() {
        assert!(is_wide(b"\xff\xfe\0\0/\0\0\0") && is_wide(b"\0\0\xfe\xff\0\0\0/"));
        assert!(is_wide(b"/\0\0\0\n\0\0\0"));
        assert!(is_wide(b"e\0x\0/\0\n\0") && is_wide(b"\0e\0x\0/\0\n"));
        for list in [&b"ab\0cd\0"[..], b"a.json\0", b"a.json\n", b"\0\0\0\0", b""] {
            assert!(!is_wide(list), "{list:?}");
        }
    }

    #[test]
    fn data_is_recognized_whatever_precedes_it_and_a_list_is_not_data() {
        for (text, label) in [
            ("{\"id\":1}", Some("JSON")),
            ("[\n  {\n    \"id\": 1", Some("JSON")),
            ("\u{feff}{\n", Some("JSON")),
            (" \r\n[[{", Some("JSON")),
            ("\"{\\\"id\\\":1}\"", Some("JSON")),
            ("\u{feff}\u{1e}{\"id\":1}", Some("a JSON text sequence")),
            ("\u{1e}\n\u{1e}[", Some("JSON")),
            ("INFO account={\"id\":1}\n", Some("JSON")),
            ("id,name\n1,Jane Roe\n", Some("CSV")),
            ("<accounts><account/></accounts>\n", Some("XML")),
            ("accounts:\n  - id: 1\n    name: Jane Roe\n", Some("YAML")),
            ("1,Jane Roe,4111\n2,John Roe,5500\n", Some("a table")),
            ("1;Jane Roe\n", Some("a table")),
            ("id|name\n1|Jane Roe\n", Some("a table")),
            ("1\tJane Roe\n\n2\tJohn Roe\n", Some("a table")),
            ("7001  Jane Roe\n7002  John Roe\n", Some("a table")),
            ("Roe, Jane.json\nmissing/b.json\n", None),
            ("missing/a.json\nmissing/b.json\n", None),
            ("missing/a.json\0missing/b.json\0", None),
            ("[1].json\nsrc/lib.rs\n", None),
            ("", None),
        ] {
            assert_eq!(data(text.as_bytes()), label, "{text}");
        }
    }

    #[test]
    fn with_nul_bytes_line_breaks_are_part_of_names() {
        check(b"a\nb.json\0c.json\0", &["a\nb.json", "c.json"]);
        check(b"\0", &[]);
    }
}
