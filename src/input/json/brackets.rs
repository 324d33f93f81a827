//! Where arrays and objects begin and end, without reading what is in them.
//!
//! The structural scan of simdjson's first stage (Langdale and Lemire, "Parsing Gigabytes of JSON
//! per Second", 2019), reduced to what a splitter needs: sixty-four bytes become four bit sets, a
//! running parity of the quotes tells what is inside strings, and the brackets outside of them are
//! visited bit by bit.

use fearless_simd::{Level, Simd, dispatch};

use super::lanes::marks;

/// Bytes that are scanned at once.
const CHUNK: usize = 64;

/// Visits each bracket outside of strings with its index, and whether it opens. The bytes must
/// begin outside of a string.
pub(super) fn visit(level: Level, bytes: &[u8], bracket: impl FnMut(usize, bool)) {
    dispatch!(level, simd => visit_with(simd, bytes, bracket));
}

#[inline(always)]
fn visit_with<S: Simd>(simd: S, bytes: &[u8], mut bracket: impl FnMut(usize, bool)) {
    let (mut in_string, mut is_escaped) = (0, 0);
    let (chunks, rest) = bytes.as_chunks();
    let mut last = [b' '; CHUNK];
    last[..rest.len()].copy_from_slice(rest);
    for (index, chunk) in chunks.iter().chain([&last]).enumerate() {
        let [quotes, backslashes, opens, closes] = marks(simd, chunk);
        let escaped = escaped(backslashes, &mut is_escaped);
        let string = parity(quotes & !escaped) ^ in_string;
        // All bits are set if the last byte is inside a string.
        in_string = 0_u64.wrapping_sub(string >> (CHUNK - 1));
        let mut brackets = (opens | closes) & !string;
        while brackets != 0 {
            let bit = brackets.trailing_zeros();
            bracket(index * CHUNK + bit as usize, opens >> bit & 1 == 1);
            brackets &= brackets - 1;
        }
    }
}

/// The bytes after a backslash that is not escaped itself; `carry` is 1 if the next chunk begins
/// with one.
#[inline(always)]
fn escaped(mut backslashes: u64, carry: &mut u64) -> u64 {
    let mut escaped = *carry;
    *carry = 0;
    backslashes &= !escaped;
    while backslashes != 0 {
        let bit = backslashes & backslashes.wrapping_neg();
        let next = bit << 1;
        *carry = u64::from(next == 0);
        escaped |= next;
        backslashes &= !(bit | next);
    }
    escaped
}

/// A bit for every place with an odd number of bits up to and including it.
const fn parity(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::Instructions;

    /// One byte after the other.
    fn slowly(text: &str) -> Vec<(usize, bool)> {
        let (mut in_string, mut escaped, mut found) = (false, false, Vec::new());
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => found.push((at, true)),
                b'}' | b']' if !in_string => found.push((at, false)),
                _ => {}
            }
        }
        found
    }

    #[test]
    fn brackets_in_strings_do_not_count_wherever_a_string_is() {
        let texts = [
            r#"{"a":[1,2,{"b":"]}"}],"c":"\"}","d":"\\"}"#.to_owned(),
            format!(r#"[{{"{}":"{}\\\"]"}}]"#, "k".repeat(70), "v".repeat(61)),
            format!(r#"{{"a":"{}"}}[]"#, r#"\\\""#.repeat(33)),
        ];
        for Instructions(level) in Instructions::all() {
            for text in &texts {
                for before in 0..130 {
                    let text = " ".repeat(before) + text;
                    let mut found = Vec::new();
                    visit(level, text.as_bytes(), |at, opens| found.push((at, opens)));
                    assert_eq!(found, slowly(&text), "{level:?}, {before}");
                }
            }
        }
    }
}
