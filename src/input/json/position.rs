//! Positions in an input.

/// A position in one input: the bytes before it, and its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Bytes before this position, from the beginning of the input.
    pub offset: u64,
    /// The line, from 1.
    pub line: u64,
    /// Offset of the first byte of that line.
    pub line_start: u64,
}

impl Position {
    /// The beginning of an input.
    pub const START: Self = Self { offset: 0, line: 1, line_start: 0 };

    /// The column in bytes, from 1.
    #[must_use]
    pub const fn column(self) -> u64 {
        self.offset - self.line_start + 1
    }

    /// The position after `bytes`, if they begin here.
    #[must_use]
    pub fn after(self, bytes: &[u8]) -> Self {
        self.after_extent(Extent::of(bytes))
    }

    /// The position after bytes of this extent, if they begin here.
    pub(in crate::input) fn after_extent(self, extent: Extent) -> Self {
        Self {
            offset: self.offset + extent.bytes,
            line: self.line + extent.line_breaks,
            line_start: extent.last_line.map_or(self.line_start, |last| self.offset + last),
        }
    }
}

/// How far bytes reach.
#[derive(Debug, Clone, Copy)]
pub(in crate::input) struct Extent {
    bytes: u64,
    line_breaks: u64,
    /// Where the last line begins, if not with the first byte.
    last_line: Option<u64>,
}

impl Extent {
    pub(in crate::input) fn of(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.len() as u64,
            line_breaks: memchr::memchr_iter(b'\n', bytes).count() as u64,
            last_line: memchr::memrchr(b'\n', bytes).map(|newline| newline as u64 + 1),
        }
    }
}

/// Where the bytes that are being parsed begin, and which line was reached in them.
#[derive(Debug, Clone, Copy)]
pub(in crate::input) struct Lines {
    base: u64,
    line: u64,
    line_start: u64,
}

impl Lines {
    pub(super) const fn new(at: Position) -> Self {
        Self { base: at.offset, line: at.line, line_start: at.line_start }
    }

    /// The position of the byte at this index, which is on the current line.
    #[inline(always)]
    pub(super) const fn position(&self, at: usize) -> Position {
        Position { offset: self.base + at as u64, line: self.line, line_start: self.line_start }
    }

    #[inline(always)]
    pub(super) const fn begin_line(&mut self, at: usize) {
        self.line += 1;
        self.line_start = self.base + at as u64;
    }

    /// Moves the beginning of the bytes.
    pub(super) const fn advance(&mut self, bytes: usize) {
        self.base += bytes as u64;
    }
}

/// A byte in the bytes that are being parsed; its [`Position`] is worked out only where it is
/// needed.
#[derive(Debug, Clone, Copy)]
pub(in crate::input) struct Spot<'a> {
    pub(super) lines: &'a Lines,
    pub(super) offset: u64,
}

impl Spot<'_> {
    pub(in crate::input) const fn position(self) -> Position {
        Position { offset: self.offset, ..self.lines.position(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_go_on_across_pieces() {
        let whole = Position::START.after(b"one\ntwo\nthr");
        assert_eq!((whole.offset, whole.line, whole.column()), (11, 3, 4));
        assert_eq!(Position::START.after(b"one\ntw").after(b"o\nthr"), whole);
        assert_eq!(Position::START.column(), 1);
    }
}
