//! Reads ahead on a separate thread.

use std::io::{Error, ErrorKind, Read, Result};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Reader;

/// The maximum number of bytes in a block.
const BLOCK: usize = 256 * 1024;

/// The number of blocks that may wait for the reading thread.
const MAX_WAITING: usize = 2;

/// A buffer, and the number of its bytes that are filled.
type Block = (Vec<u8>, usize);

/// Moves a reader to another thread, or returns it unchanged if none can be started.
pub(super) fn read_ahead(reader: Reader) -> Reader {
    let (send, blocks) = sync_channel(MAX_WAITING);
    let (recycle, buffers) = sync_channel(MAX_WAITING + 2);
    // If the thread cannot be started, its closure is dropped. Sharing the reader keeps it alive.
    let shared = Arc::new(Mutex::new(Some(reader)));
    let take = |shared: &Mutex<Option<Reader>>| {
        shared.lock().unwrap_or_else(PoisonError::into_inner).take()
    };
    let for_thread = Arc::clone(&shared);
    let started = thread::Builder::new().spawn(move || {
        if let Some(reader) = take(&for_thread) {
            run(reader, &send, &buffers);
        }
    });
    match started.err().and_then(|_| take(&shared)) {
        Some(reader) => reader,
        None => {
            Box::new(Ahead { blocks, recycle, block: (Vec::new(), 0), consumed: 0, ended: false })
        }
    }
}

/// Reads until the end, until a failure, or until the blocks are no longer received.
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

/// The receiving end of the thread.
struct Ahead {
    blocks: Receiver<Result<Block>>,
    /// Returns buffers to the thread, to be filled again.
    recycle: SyncSender<Vec<u8>>,
    block: Block,
    /// The number of bytes of the block that were read.
    consumed: usize,
    ended: bool,
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.consumed == self.block.1 && !self.ended {
            // The thread reports its end, unless it panicked.
            let next = self.blocks.recv().map_err(|_| Error::other("the decoder has stopped"));
            self.ended = !matches!(next, Ok(Ok((_, 1..))));
            self.consumed = 0;
            let (used, _) = std::mem::replace(&mut self.block, next??);
            if used.len() == BLOCK {
                // If the channel is full or the thread has ended, the buffer is freed.
                let _ = self.recycle.try_send(used);
            }
        }
        let count = (&self.block.0[self.consumed..self.block.1]).read(buffer)?;
        self.consumed += count;
        Ok(count)
    }
}
