//! Blocks: bytes of one input, read with plain `read` into buffers that are used again, and cut into parts.

use std::io::{Error, ErrorKind, Read, Result};
use std::sync::{Mutex, PoisonError};

use super::Position;
use super::cut::{Cut, Cutter, Part};

/// How many blocks' bytes a block may grow to in search of a place to cut.
const LARGEST: usize = 16;

/// Consecutive bytes of an input.
pub(super) struct Block {
    buffer: Vec<u8>,
    filled: usize,
    pub cuts: Vec<Cut>,
    /// Where the bytes begin.
    pub at: Position,
}

impl Block {
    /// The parts in order: what each is taken to be, where it begins, and its bytes.
    pub(super) fn parts(&self) -> impl Iterator<Item = (Part, Position, &[u8])> {
        let (mut begin, mut at) = (0, self.at);
        self.cuts.iter().map(move |cut| {
            let (bytes, here) = (&self.buffer[begin..cut.end], at);
            begin = cut.end;
            at = at.after(bytes);
            (cut.part, here, bytes)
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
        Self {
            size,
            free: Mutex::new(Vec::new()),
        }
    }

    fn take(&self) -> Vec<u8> {
        let free = self
            .free
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        free.unwrap_or_else(|| vec![0; self.size])
    }

    pub(super) fn give_back(&self, block: Block) {
        let mut buffer = block.buffer;
        if buffer.len() > 2 * self.size {
            // A buffer that had to grow was for one odd place; memory stays small without it.
            buffer.truncate(self.size);
            buffer.shrink_to_fit();
        }
        self.free
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(buffer);
    }
}

/// Reads an input as blocks.
pub(super) struct Blocks<'a, R> {
    reader: R,
    buffers: &'a Buffers,
    /// Without one, blocks are not cut: they are for one walker.
    cutter: Option<Cutter>,
    /// What was read behind the last cut.
    rest: Vec<u8>,
    at: Position,
    ended: bool,
    /// Why the input could not be read on: told once all that came before was given.
    failure: Option<Error>,
}

impl<'a, R: Read> Blocks<'a, R> {
    pub(super) fn new(reader: R, buffers: &'a Buffers, cut: bool) -> Self {
        let cutter = cut.then(Cutter::default);
        Self {
            reader,
            buffers,
            cutter,
            rest: Vec::new(),
            at: Position::START,
            ended: false,
            failure: None,
        }
    }

    /// The next block; none at the end of the input.
    ///
    /// A block ends with what one `read` gives, so what arrives in a pipe goes on at once.
    pub(super) fn next(&mut self) -> Result<Option<Block>> {
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
        let cuts = loop {
            if buffer.len() - filled < size.div_ceil(2) {
                buffer.resize(filled + size, 0);
            }
            let count = self.read(&mut buffer[filled..]);
            filled += count;
            let bytes = &buffer[..filled];
            if count == 0 {
                self.ended = true;
                break self.last_cuts(bytes);
            }
            let Some(cutter) = &mut self.cutter else {
                break vec![Cut {
                    part: Part::Unknown,
                    end: filled,
                }];
            };
            let cuts = cutter.cut(bytes);
            if !cuts.is_empty() {
                break cuts;
            }
            if filled >= LARGEST * size {
                break cutter.take_whole(bytes);
            }
        };
        let end = cuts.last().map_or(0, |cut| cut.end);
        self.rest.extend_from_slice(&buffer[end..filled]);
        let block = Block {
            buffer,
            filled: end,
            cuts,
            at: self.at,
        };
        self.at = self.at.after(&block.buffer[..end]);
        if block.filled == 0 {
            return self.failure.take().map_or(Ok(None), Err);
        }
        Ok(Some(block))
    }

    fn last_cuts(&mut self, bytes: &[u8]) -> Vec<Cut> {
        let mut cuts = self
            .cutter
            .as_mut()
            .map_or_else(Vec::new, |cutter| cutter.cut(bytes));
        if cuts.last().map_or(0, |cut| cut.end) < bytes.len() {
            cuts.push(Cut {
                part: Part::Unknown,
                end: bytes.len(),
            });
        }
        cuts
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
