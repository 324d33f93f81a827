//! Chunks: bytes of one input, read with plain `read` into buffers that are used again, and split
//! into parts.

use std::io::{Error, ErrorKind, Read, Result};
use std::sync::{Mutex, PoisonError};

use super::Position;
use super::json::{Part, Split, Splitter};

/// How many times its size a chunk may grow to in search of a place where it can be split.
const LARGEST: usize = 16;

/// Consecutive bytes of an input.
pub(super) struct Chunk {
    buffer: Vec<u8>,
    filled: usize,
    pub splits: Vec<Split>,
    /// Where the bytes begin, if they are split.
    pub at: Position,
}

impl Chunk {
    /// The parts in order: what each is taken to be, and its bytes.
    pub(super) fn parts(&self) -> impl Iterator<Item = (Part, &[u8])> {
        let mut begin = 0;
        self.splits.iter().map(move |split| {
            let bytes = &self.buffer[begin..split.end];
            begin = split.end;
            (split.part, bytes)
        })
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
        let mut buffer = chunk.buffer;
        if buffer.len() > 2 * self.size {
            // A buffer that had to grow was for one odd place; memory stays small without it.
            buffer.truncate(self.size);
            buffer.shrink_to_fit();
        }
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }
}

/// Reads an input as chunks.
pub(super) struct Chunks<'a, R> {
    reader: R,
    buffers: &'a Buffers,
    /// Without one, chunks are not split: they are for one parser.
    splitter: Option<Splitter>,
    /// What was read after the last split.
    rest: Vec<u8>,
    at: Position,
    ended: bool,
    /// Why the input could not be read on: reported once all that came before was given.
    failure: Option<Error>,
}

impl<'a, R: Read> Chunks<'a, R> {
    pub(super) fn new(reader: R, buffers: &'a Buffers, splitter: Option<Splitter>) -> Self {
        Self {
            reader,
            buffers,
            splitter,
            rest: Vec::new(),
            at: Position::START,
            ended: false,
            failure: None,
        }
    }

    /// The next chunk; none at the end of the input.
    ///
    /// A chunk ends with what one `read` gives, so what arrives in a pipe goes on at once.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>> {
        if self.ended {
            return self.failure.take().map_or(Ok(None), Err);
        }
        let size = self.buffers.size;
        let mut buffer = self.buffers.take();
        let mut filled = self.rest.len();
        if buffer.len() < filled {
            buffer.resize(filled + size, 0);
        }
        buffer[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        let splits = loop {
            if buffer.len() - filled < size.div_ceil(2) {
                buffer.resize(filled + size, 0);
            }
            let count = self.read(&mut buffer[filled..]);
            filled += count;
            let bytes = &buffer[..filled];
            if count == 0 {
                self.ended = true;
                break self.last_splits(bytes);
            }
            let Some(splitter) = &mut self.splitter else {
                break vec![Split { part: Part::Unknown, end: filled }];
            };
            let splits = splitter.split(bytes);
            if !splits.is_empty() {
                break splits;
            }
            if filled >= LARGEST * size {
                break splitter.take_whole(bytes);
            }
        };
        let end = splits.last().map_or(0, |split| split.end);
        self.rest.extend_from_slice(&buffer[end..filled]);
        let chunk = Chunk { buffer, filled: end, splits, at: self.at };
        if self.splitter.is_some() {
            self.at = self.at.after(&chunk.buffer[..end]);
        }
        if chunk.filled == 0 {
            return self.failure.take().map_or(Ok(None), Err);
        }
        Ok(Some(chunk))
    }

    fn last_splits(&mut self, bytes: &[u8]) -> Vec<Split> {
        let mut splits =
            self.splitter.as_mut().map_or_else(Vec::new, |splitter| splitter.split(bytes));
        if splits.last().map_or(0, |split| split.end) < bytes.len() {
            splits.push(Split { part: Part::Unknown, end: bytes.len() });
        }
        splits
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
