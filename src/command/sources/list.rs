//! Reads the list of `--files-from`.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::super::console::HintedError;
use crate::decode::{Foreign, decode_text};

/// The maximum size of a list in bytes, which is enough for some ten million names.
const MAX_SIZE: u64 = 1 << 30;

/// Returns the names in a list: one per line or, if the list has NUL bytes, separated by those. In
/// the latter case, names may contain line breaks. Blank names are ignored. Like any input, a list
/// may be compressed, or UTF-16 with a byte order mark.
pub fn read(list: &Path) -> Result<Vec<PathBuf>> {
    let name = name(list);
    let message = || format!("cannot read the list of files: {name}");
    let refuse = |reason: &str, hint: &str| {
        HintedError::new(format!("{name} {reason}"), (!hint.is_empty()).then(|| hint.to_owned()))
    };
    let reader: Box<dyn Read + Send> = if super::is_stdin(list) {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(list).with_context(message)?)
    };
    let text = decode_text(reader, false).ok_or_else(|| refuse("is compressed twice", ""))?;
    let mut bytes = Vec::new();
    text.take(MAX_SIZE + 1).read_to_end(&mut bytes).with_context(message)?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(refuse("is too long for a list of files", "").into());
    }
    // Otherwise, error messages would quote its lines, which are private, as names of files.
    if let Some(format) = format(&bytes) {
        let hint = "to read it as account JSON, pass it without --files-from";
        return Err(refuse(&format!("is {format}, not a list of files"), hint).into());
    }
    // Otherwise, its NUL bytes would separate names of one letter, and one of them could be "/".
    if is_utf16(&bytes) {
        let hint = "write it as UTF-8, or with a byte order mark";
        return Err(refuse("is UTF-16 without a byte order mark", hint).into());
    }
    names(&bytes).map(path).collect::<Option<_>>().with_context(|| {
        format!("{name} has a name that is not UTF-8, which this system does not support")
    })
}

/// Returns the name of a list, for messages.
pub fn name(list: &Path) -> String {
    if super::is_stdin(list) { "standard input".to_owned() } else { list.display().to_string() }
}

/// Returns the format of a list that seems to be an export. Its first line is not the name of a
/// file, while names can have commas as in CSV.
fn format(bytes: &[u8]) -> Option<&'static str> {
    let first = names(bytes).next()?;
    if path(first).is_some_and(|path| path.exists()) {
        return None;
    }
    let text = without_mark(bytes).trim_ascii_start();
    let is_json = match text {
        [b'{', ..] => true,
        [b'[', after @ ..] => matches!(after.trim_ascii_start(), [] | [b'{' | b'[' | b'"', ..]),
        _ => false,
    };
    if is_json {
        return Some("JSON");
    }
    match Foreign::recognize(text, true) {
        ControlFlow::Break(Some(foreign)) if foreign.is_text() => Some(foreign.label()),
        _ => None,
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// Returns whether a list seems to be UTF-16: every other byte at its beginning is NUL.
fn is_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(16)];
    let has_nuls = |parity: usize| head.iter().skip(parity).step_by(2).all(|&byte| byte == 0);
    head.len() > 3 && has_nuls(0) != has_nuls(1)
}

fn names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let bytes = without_mark(bytes);
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
    fn utf_16_is_not_a_list_separated_by_nul_bytes() {
        assert!(is_utf16(b"e\0x\0/\0\n\0") && is_utf16(b"\0e\0x\0/\0\n"));
        for list in [&b"ab\0cd\0"[..], b"a.json\0", b"a.json\n", b"\0\0\0\0", b""] {
            assert!(!is_utf16(list), "{list:?}");
        }
    }

    #[test]
    fn with_nul_bytes_line_breaks_are_part_of_names() {
        check(b"a\nb.json\0c.json\0", &["a\nb.json", "c.json"]);
        check(b"\0", &[]);
    }
}
