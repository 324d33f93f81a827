//! One JSON document: the records, each on a separate line, then the other members.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::flat;
use crate::answer::{Answer, SCHEMA_VERSION};
use crate::terminal::is_unsafe;

/// The bytes before every record. The first record omits the comma.
pub const SEPARATOR: &[u8] = b",\n";

/// Writes the part before the records.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn begin<A: Answer>(out: &mut dyn Write) -> io::Result<()> {
    let name = A::RECORDS;
    write!(out, "{{\"schemaVersion\":{SCHEMA_VERSION},\n\"{name}\":[")
}

/// Appends one record.
pub fn record(into: &mut Vec<u8>, record: &impl Serialize) {
    // Every key of a record is a string, and writing to memory cannot fail.
    let _ = record.serialize(&mut Serializer::with_formatter(into, EscapeUnsafe));
}

/// Escapes control and invisible characters. JSON allows that for every character, and the value
/// stays the same.
struct EscapeUnsafe;

impl Formatter for EscapeUnsafe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.bytes().all(is_printable) {
            return writer.write_all(fragment.as_bytes());
        }
        for character in fragment.chars() {
            if is_unsafe(character) {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            } else {
                writer.write_all(character.encode_utf8(&mut [0; 4]).as_bytes())?;
            }
        }
        Ok(())
    }
}

/// Returns whether a byte is a printable ASCII character.
pub const fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Writes the part after the records.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn end<A: Answer>(out: &mut dyn Write, answer: &A) -> io::Result<()> {
    out.write_all(b"\n]")?;
    for (name, value) in flat::record(&answer.rest()) {
        let mut bytes = Vec::new();
        record(&mut bytes, &value);
        write!(out, ",\n\"{name}\":")?;
        out.write_all(&bytes)?;
    }
    out.write_all(b"}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_invisible_characters_are_escaped_without_changing_the_value() {
        let text = "a\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{3164}\u{e0041}é\"\\\n日";
        let mut bytes = Vec::new();
        record(&mut bytes, &text);
        let json = String::from_utf8(bytes).unwrap();
        assert_eq!(json, r#""a\u001b[31m\u007f\u009b\u202e\u3164\udb40\udc41é\"\\\n日""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
