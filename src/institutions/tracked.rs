//! A reader that knows where it is.

use std::cell::Cell;
use std::io::{self, Read};

/// Line and column, from 1.
pub type Place = (u64, u64);

/// Where the last byte was that a parser took.
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

    /// How many bytes were taken.
    pub const fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    pub fn place(&self) -> Place {
        (self.line.get(), self.column.get().max(1))
    }
}

/// A reader that is asked for one byte at a time, as `serde_json` does, and keeps their position.
pub struct Tracked<'p, R> {
    reader: R,
    position: &'p Position,
}

impl<'p, R> Tracked<'p, R> {
    pub const fn new(reader: R, position: &'p Position) -> Self {
        Self { reader, position }
    }
}

impl<R: Read> Read for Tracked<'_, R> {
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
