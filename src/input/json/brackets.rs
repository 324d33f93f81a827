//! Where arrays and objects begin and end, without reading what is in them.
//!
//! The structural scan of simdjson's first stage (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019),
//! reduced to what a cutter needs: sixty-four bytes become four bit sets, a running parity of the quotes tells what
//! lies inside texts, and the brackets outside of them are walked through bit by bit.

use wide::{CmpEq, i8x16};

/// Bytes that are scanned at once.
const CHUNK: usize = 64;

/// What is carried from one piece to the next: whether it ends inside a text, and there behind a backslash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scanner {
    in_text: bool,
    escaped: bool,
}

impl Scanner {
    /// Tells `bracket` the index of every bracket outside of texts, and whether it opens.
    pub(super) fn scan(&mut self, bytes: &[u8], mut bracket: impl FnMut(usize, bool)) {
        let (chunks, rest) = bytes.as_chunks::<CHUNK>();
        for (index, chunk) in chunks.iter().enumerate() {
            self.chunk(chunk, index * CHUNK, &mut bracket);
        }
        if !rest.is_empty() {
            let mut chunk = [b' '; CHUNK];
            chunk[..rest.len()].copy_from_slice(rest);
            let escaped = self.escaped && rest.len() < CHUNK;
            self.chunk(&chunk, chunks.len() * CHUNK, &mut bracket);
            // The blanks behind the rest took up an escape that belongs to the next piece.
            self.escaped = match rest.iter().rev().take_while(|&&byte| byte == b'\\').count() {
                run if run == rest.len() => (run % 2 == 1) != escaped,
                run => run % 2 == 1,
            };
        }
    }

    #[inline(always)]
    fn chunk(&mut self, chunk: &[u8; CHUNK], base: usize, bracket: &mut impl FnMut(usize, bool)) {
        let mut quotes = equal(chunk, b'"', 0);
        let backslashes = equal(chunk, b'\\', 0);
        if backslashes != 0 || self.escaped {
            quotes &= !self.escapes(backslashes);
        }
        let mut text = parity(quotes);
        if self.in_text {
            text = !text;
        }
        self.in_text = text >> (CHUNK - 1) == 1;
        // '[' and '{', and ']' and '}', differ in one bit.
        let opens = equal(chunk, b'{', 0x20) & !text;
        let mut brackets = opens | equal(chunk, b'}', 0x20) & !text;
        while brackets != 0 {
            let bit = brackets.trailing_zeros();
            bracket(base + bit as usize, opens >> bit & 1 == 1);
            brackets &= brackets - 1;
        }
    }

    /// The bytes that stand behind a backslash which is not escaped itself.
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

/// A bit for every byte that is `byte` once the bits in `fold` are set.
#[inline(always)]
fn equal(chunk: &[u8; CHUNK], byte: u8, fold: u8) -> u64 {
    let (lanes, _) = chunk.as_chunks::<16>();
    let byte = i8x16::splat(byte.cast_signed());
    let fold = i8x16::splat(fold.cast_signed());
    lanes.iter().rev().fold(0, |mask, lanes| {
        let lanes = i8x16::new(lanes.map(u8::cast_signed)) | fold;
        mask << 16 | u64::from(lanes.cmp_eq(byte).move_mask().cast_unsigned())
    })
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

    fn brackets(pieces: &[&str]) -> Vec<(usize, bool)> {
        let mut scanner = Scanner::default();
        let mut found = Vec::new();
        let mut base = 0;
        for piece in pieces {
            scanner.scan(piece.as_bytes(), |at, opens| found.push((base + at, opens)));
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
        for text in &texts {
            assert_eq!(brackets(&[text]), slowly(text));
            for cut in 0..text.len() {
                assert_eq!(
                    brackets(&[&text[..cut], &text[cut..]]),
                    slowly(text),
                    "cut at {cut}"
                );
            }
        }
    }
}
