//! A reader that keeps track of its position.

use std::cell::Cell;
use std::io::{self, Read};

/// A line and a column, from 1. The column counts bytes.
pub type LineColumn = (u64, u64);

/// The position of the last byte that a parser has read.
#[derive(Debug)]
pub struct Position {
    line: Cell<u64>,
    column: Cell<u64>,
    bytes: Cell<u64>,
}

impl Position {
    pub const fn start() -> Self {
        Self { line: Cell::new(1), column: Cell::new(0), bytes: Cell::new(0) }
    }

    /// Returns the number of bytes read so far.
    pub const fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    pub fn line_column(&self) -> LineColumn {
        (self.line.get(), self.column.get().max(1))
    }
}

/// A reader that updates a [`Position`]. It is exact because `serde_json` reads one byte at a time.
pub struct TrackedReader<'p, R> {
    reader: R,
    position: &'p Position,
}

impl<'p, R> TrackedReader<'p, R> {
    pub const fn new(reader: R, position: &'p Position) -> Self {
        Self { reader, position }
    }
}

impl<R: Read> Read for TrackedReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let Position { line, column, bytes } = self.position;
        bytes.set(bytes.get() + count as u64);
        for byte in &buffer[..count] {
            if *byte == b'\n' {
                line.set(line.get() + 1);
                column.set(0);
            } else {
                column.set(column.get() + 1);
            }
        }
        Ok(count)
    }
}
