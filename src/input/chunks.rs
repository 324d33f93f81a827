//! Chunks: bytes of one input, read with plain `read` into buffers that are used again.

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

/// Buffers that are free to be used again.
pub(super) struct Buffers {
    size: usize,
    free: Mutex<Vec<Vec<u8>>>,
}

impl Buffers {
    /// Buffers of `size` bytes.
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
    /// Where a chunk ends, of bytes that end anywhere.
    end: F,
    /// What was read after the end of the last chunk.
    rest: Vec<u8>,
    ended: bool,
    /// Why the input could not be read on: reported once all that came before was returned.
    failure: Option<Error>,
}

impl<'a, R: Read, F: Fn(&[u8]) -> usize> Chunks<'a, R, F> {
    pub(super) fn new(reader: R, buffers: &'a Buffers, end: F) -> Self {
        Self { reader, buffers, end, rest: Vec::new(), ended: false, failure: None }
    }

    /// The next chunk; none at the end of the input.
    ///
    /// It ends with what one `read` returns, so what arrives through a pipe is parsed at once.
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

    /// How many bytes came; none at the end, be it the input's own or a failure.
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
