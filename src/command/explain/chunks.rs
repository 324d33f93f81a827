//! Reads text of any size in chunks. Invalid UTF-8 becomes replacement characters.

use std::io::{self, Read};

/// The number of bytes to read at a time.
const SIZE: usize = 256 * 1024;

/// Reads everything, and passes it to `handle` in chunks that end between characters.
///
/// # Errors
///
/// Returns an error if reading fails.
pub fn read(mut input: impl Read, mut handle: impl FnMut(&str)) -> io::Result<()> {
    let mut buffer = vec![0; SIZE];
    let mut length = 0;
    loop {
        match input.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        let complete = complete_length(&buffer[..length]);
        // Valid text is by far the most common, and fastest to check.
        match str::from_utf8(&buffer[..complete]) {
            Ok(text) => handle(text),
            Err(_) => handle(&String::from_utf8_lossy(&buffer[..complete])),
        }
        buffer.copy_within(complete..length, 0);
        length -= complete;
    }
    handle(&String::from_utf8_lossy(&buffer[..length]));
    Ok(())
}

/// Returns the length without an incomplete character at the end.
fn complete_length(bytes: &[u8]) -> usize {
    const MAX_CHARACTER: usize = 4;
    let from = bytes.len().saturating_sub(MAX_CHARACTER - 1);
    let is_lead = |byte: &u8| *byte >= 0xc0;
    let lead = bytes[from..].iter().rposition(is_lead).map(|index| from + index);
    match lead.map(|lead| (lead, str::from_utf8(&bytes[lead..]))) {
        Some((lead, Err(error))) if error.error_len().is_none() => lead,
        _ => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns at most this many bytes at a time.
    struct Slow<'b>(&'b [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(into.len()).min(self.0.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn a_character_is_never_split_however_the_bytes_arrive() {
        for text in ["Código 185 – “ok” 😀é", "", "abc", "\u{10ffff}"] {
            for size in 1..6 {
                let mut all = String::new();
                read(Slow(text.as_bytes(), size), |chunk| all.push_str(chunk)).unwrap();
                assert_eq!(all, text);
            }
        }
    }

    #[test]
    fn invalid_utf_8_is_replaced() {
        for bytes in [&b"code\xff 185"[..], b"\xc3", b"185 \xf0\x9f"] {
            for size in 1..4 {
                let mut all = String::new();
                read(Slow(bytes, size), |chunk| all.push_str(chunk)).unwrap();
                assert_eq!(all, String::from_utf8_lossy(bytes));
            }
        }
    }
}
