//! A reader on a thread of its own, which reads ahead.

use std::io::{Error, ErrorKind, Read, Result};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Reader;

/// Bytes that are handed over at once, at most.
const BLOCK: usize = 256 * 1024;

/// Blocks that may wait to be taken.
const WAITING: usize = 2;

/// The first bytes of a buffer.
type Block = (Vec<u8>, usize);

/// Reads on another thread, or on this one if there can be no other.
pub(super) fn read_ahead(reader: Reader) -> Reader {
    let (send, blocks) = sync_channel(WAITING);
    let (give_back, buffers) = sync_channel(WAITING + 2);
    // A thread that cannot be started gives nothing back, so the reader is not passed by value.
    let shared = Arc::new(Mutex::new(Some(reader)));
    let take = |shared: &Mutex<Option<Reader>>| {
        shared.lock().unwrap_or_else(PoisonError::into_inner).take()
    };
    let of_thread = Arc::clone(&shared);
    let started = thread::Builder::new().spawn(move || {
        if let Some(reader) = take(&of_thread) {
            run(reader, &send, &buffers);
        }
    });
    match started.err().and_then(|_| take(&shared)) {
        Some(reader) => reader,
        None => {
            Box::new(Ahead { blocks, give_back, block: (Vec::new(), 0), given: 0, ended: false })
        }
    }
}

/// Reads until the end, a failure, or until nobody takes the blocks any more.
fn run(mut reader: Reader, send: &SyncSender<Result<Block>>, buffers: &Receiver<Vec<u8>>) {
    loop {
        let mut buffer = match buffers.try_recv() {
            Ok(buffer) => buffer,
            Err(TryRecvError::Empty) => vec![0; BLOCK],
            Err(TryRecvError::Disconnected) => return,
        };
        let block = loop {
            match reader.read(&mut buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result.map(|count| (buffer, count)),
            }
        };
        let is_last = !matches!(block, Ok((_, 1..)));
        if send.send(block).is_err() || is_last {
            return;
        }
    }
}

/// What the other thread has read.
struct Ahead {
    blocks: Receiver<Result<Block>>,
    give_back: SyncSender<Vec<u8>>,
    block: Block,
    /// Bytes of the block that were read.
    given: usize,
    ended: bool,
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.given == self.block.1 && !self.ended {
            // The thread says when it is through, unless it panicked.
            let next = self.blocks.recv().map_err(|_| Error::other("the decoder has stopped"));
            self.ended = !matches!(next, Ok(Ok((_, 1..))));
            self.given = 0;
            let (used, _) = std::mem::replace(&mut self.block, next??);
            if used.len() == BLOCK {
                // If it is full, or the thread has ended, the buffer is simply freed.
                let _ = self.give_back.try_send(used);
            }
        }
        let count = (&self.block.0[self.given..self.block.1]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}
