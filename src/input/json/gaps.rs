//! Line breaks and indentation between members.

use fearless_simd::Simd;

use super::lanes::{LANES, Lanes, byte};
use super::parser::Parser;

/// The blanks between two members, which are the same for most members of an input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    /// Blanks with one line break among them, and zeros.
    text: [u8; LANES],
    /// A bit for each blank.
    mask: u32,
    length: u8,
    /// The index after the line break.
    line: u8,
}

impl Gap {
    /// No gap: it fits nowhere.
    pub(super) const NONE: Self = Self { text: [0xff; LANES], mask: u32::MAX, length: 0, line: 0 };
}

impl<K: Copy + Eq + Default> Parser<K> {
    /// The index after the blanks that begin at `at`; counts the lines that end there.
    #[inline(always)]
    pub(super) fn gap<S: Simd>(&mut self, simd: S, bytes: &[u8], at: usize) -> usize {
        let gap = self.last_gap;
        let Some(lanes) = Lanes::at(simd, bytes, at) else {
            return self.skip_blanks(bytes, at);
        };
        let end = at + usize::from(gap.length);
        let fits = lanes.same(Lanes::new(simd, &gap.text)) & gap.mask == gap.mask;
        if !fits || bytes.get(end) != Some(&b'"') {
            return self.learn_gap(bytes, at);
        }
        let line = at + usize::from(gap.line);
        self.lines.begin_line(line);
        if self.breaks == 0 {
            self.inner_indent = (end - line) as u64;
        }
        self.breaks += 1;
        end
    }

    #[cold]
    fn learn_gap(&mut self, bytes: &[u8], at: usize) -> usize {
        let end = self.skip_blanks(bytes, at);
        let blanks = &bytes[at..end];
        let mut breaks = memchr::memchr_iter(b'\n', blanks);
        if let (Some(line), None, true) = (breaks.next(), breaks.next(), blanks.len() < LANES) {
            let mut text = [0; LANES];
            text[..blanks.len()].copy_from_slice(blanks);
            let mask = u32::MAX >> (LANES - blanks.len());
            self.last_gap = Gap { text, mask, length: byte(blanks.len()), line: byte(line + 1) };
        }
        end
    }
}
