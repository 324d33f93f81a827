//! Reads an input in chunks, into reusable buffers.

use std::io::{Error, ErrorKind, Read, Result};
use std::sync::{Mutex, PoisonError};

/// Consecutive bytes of an input.
pub(super) struct Chunk {
    buffer: Vec<u8>,
    filled: usize,
}

impl Chunk {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }
}

/// Buffers that are free for reuse.
pub(super) struct Buffers {
    size: usize,
    free: Mutex<Vec<Vec<u8>>>,
}

impl Buffers {
    /// Creates a pool of buffers of `size` bytes.
    pub(super) const fn new(size: usize) -> Self {
        Self { size, free: Mutex::new(Vec::new()) }
    }

    fn take(&self) -> Vec<u8> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.unwrap_or_else(|| vec![0; self.size])
    }

    pub(super) fn give_back(&self, chunk: Chunk) {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(chunk.buffer);
    }
}

/// Reads an input as chunks.
pub(super) struct Chunks<'a, R, F> {
    reader: R,
    buffers: &'a Buffers,
    /// Returns where to end a chunk, given bytes that end anywhere.
    end: F,
    /// The bytes read past the end of the last chunk.
    rest: Vec<u8>,
    ended: bool,
    /// The read error, reported after everything before it was returned.
    failure: Option<Error>,
}

impl<'a, R: Read, F: Fn(&[u8]) -> usize> Chunks<'a, R, F> {
    pub(super) fn new(reader: R, buffers: &'a Buffers, end: F) -> Self {
        Self { reader, buffers, end, rest: Vec::new(), ended: false, failure: None }
    }

    /// Returns the next chunk, or `None` at the end of the input.
    ///
    /// It ends with the bytes of one `read`, so data from a pipe is parsed as soon as it arrives.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>> {
        if self.ended {
            return self.failure.take().map_or(Ok(None), Err);
        }
        let mut buffer = self.buffers.take();
        let begun = self.rest.len();
        if buffer.len() < 2 * begun {
            buffer.resize(2 * begun, 0);
        }
        buffer[..begun].copy_from_slice(&self.rest);
        self.rest.clear();
        let count = self.read(&mut buffer[begun..]);
        let read = begun + count;
        let filled = if count == 0 { read } else { (self.end)(&buffer[..read]) };
        self.rest.extend_from_slice(&buffer[filled..read]);
        self.ended = count == 0;
        if filled == 0 {
            return self.failure.take().map_or(Ok(None), Err);
        }
        Ok(Some(Chunk { buffer, filled }))
    }

    /// Returns the number of bytes read: 0 at the end of the input or after an error.
    fn read(&mut self, buffer: &mut [u8]) -> usize {
        loop {
            match self.reader.read(buffer) {
                Ok(count) => return count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    return 0;
                }
            }
        }
    }
}
