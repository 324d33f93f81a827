//! Places in an input.

/// A place in one input: bytes before it, and the line on which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Bytes before this place, from the beginning of the input.
    pub offset: u64,
    /// The line, from 1.
    pub line: u64,
    /// Offset of the first byte of that line.
    pub line_start: u64,
}

impl Position {
    /// The beginning of an input.
    pub const START: Self = Self {
        offset: 0,
        line: 1,
        line_start: 0,
    };

    /// The column in bytes, from 1.
    #[must_use]
    pub const fn column(self) -> u64 {
        self.offset - self.line_start + 1
    }

    /// The place behind `bytes`, if they begin here.
    #[must_use]
    pub fn after(self, bytes: &[u8]) -> Self {
        let offset = self.offset + bytes.len() as u64;
        match memchr::memrchr(b'\n', bytes) {
            None => Self { offset, ..self },
            Some(newline) => Self {
                offset,
                line: self.line + memchr::memchr_iter(b'\n', bytes).count() as u64,
                line_start: self.offset + newline as u64 + 1,
            },
        }
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
