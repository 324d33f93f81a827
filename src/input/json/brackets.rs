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

/// What is carried from one piece to the next: whether it ends inside a string, and there after a
/// backslash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scanner {
    in_text: bool,
    escaped: bool,
}

impl Scanner {
    /// Tells `bracket` the index of every bracket outside of strings, and whether it opens.
    pub(super) fn scan(&mut self, level: Level, bytes: &[u8], bracket: impl FnMut(usize, bool)) {
        dispatch!(level, simd => self.scan_with(simd, bytes, bracket));
    }

    #[inline(always)]
    fn scan_with<S: Simd>(&mut self, simd: S, bytes: &[u8], mut bracket: impl FnMut(usize, bool)) {
        let (chunks, rest) = bytes.as_chunks::<CHUNK>();
        for (index, chunk) in chunks.iter().enumerate() {
            self.chunk(simd, chunk, index * CHUNK, &mut bracket);
        }
        if !rest.is_empty() {
            let mut chunk = [b' '; CHUNK];
            chunk[..rest.len()].copy_from_slice(rest);
            let escaped = self.escaped && rest.len() < CHUNK;
            self.chunk(simd, &chunk, chunks.len() * CHUNK, &mut bracket);
            // The blanks after the rest took up an escape that belongs to the next piece.
            self.escaped = match rest.iter().rev().take_while(|&&byte| byte == b'\\').count() {
                run if run == rest.len() => (run % 2 == 1) != escaped,
                run => run % 2 == 1,
            };
        }
    }

    #[inline(always)]
    fn chunk<S: Simd>(
        &mut self,
        simd: S,
        chunk: &[u8; CHUNK],
        base: usize,
        bracket: &mut impl FnMut(usize, bool),
    ) {
        let [mut quotes, backslashes, opens, closes] = marks(simd, chunk);
        if backslashes != 0 || self.escaped {
            quotes &= !self.escapes(backslashes);
        }
        let mut text = parity(quotes);
        if self.in_text {
            text = !text;
        }
        self.in_text = text >> (CHUNK - 1) == 1;
        let mut brackets = (opens | closes) & !text;
        while brackets != 0 {
            let bit = brackets.trailing_zeros();
            bracket(base + bit as usize, opens >> bit & 1 == 1);
            brackets &= brackets - 1;
        }
    }

    /// The bytes after a backslash that is not escaped itself.
    fn escapes(&mut self, mut backslashes: u64) -> u64 {
        let mut escaped = u64::from(self.escaped);
        self.escaped = false;
        backslashes &= !escaped;
        while backslashes != 0 {
            let bit = backslashes & backslashes.wrapping_neg();
            let next = bit << 1;
            self.escaped = next == 0;
            escaped |= next;
            backslashes &= !(bit | next);
        }
        escaped
    }
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

    fn brackets(level: Level, pieces: &[&str]) -> Vec<(usize, bool)> {
        let mut scanner = Scanner::default();
        let mut found = Vec::new();
        let mut base = 0;
        for piece in pieces {
            scanner.scan(level, piece.as_bytes(), |at, opens| {
                found.push((base + at, opens));
            });
            base += piece.len();
        }
        found
    }

    /// One byte after the other, as anyone would write it.
    fn slowly(text: &str) -> Vec<(usize, bool)> {
        let (mut in_text, mut escaped, mut found) = (false, false, Vec::new());
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => in_text = !in_text,
                b'{' | b'[' if !in_text => found.push((at, true)),
                b'}' | b']' if !in_text => found.push((at, false)),
                _ => {}
            }
        }
        found
    }

    #[test]
    fn brackets_in_texts_do_not_count_wherever_the_text_is_cut() {
        let texts = [
            r#"{"a":[1,2,{"b":"]}"}],"c":"\"}","d":"\\"}"#.to_owned(),
            format!(
                r#"[{{"{}":"{}\\\"]"}},"{}"]"#,
                "k".repeat(70),
                "v".repeat(61),
                r"\\".repeat(40)
            ),
            format!(r#"{{"a":"{}"}}[]"#, r#"\\\""#.repeat(33)),
        ];
        let levels = Instructions::all().into_iter();
        for (Instructions(level), text) in
            levels.flat_map(|level| texts.iter().map(move |text| (level, text)))
        {
            assert_eq!(brackets(level, &[text]), slowly(text));
            for cut in 0..text.len() {
                assert_eq!(
                    brackets(level, &[&text[..cut], &text[cut..]]),
                    slowly(text),
                    "cut at {cut}"
                );
            }
        }
    }
}
