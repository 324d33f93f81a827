//! Inspects the first bytes of a reader without consuming them.

use std::io::{Error, ErrorKind, Read, Result};
use std::ops::ControlFlow;

use super::foreign::SAMPLE;

/// A reader whose first bytes can be inspected.
pub(super) struct Peeked<R> {
    /// The first bytes.
    head: Vec<u8>,
    /// The number of bytes of the head that were consumed since.
    consumed: usize,
    /// The failure that ended the head, to be reported after it.
    failure: Option<Error>,
    reader: R,
}

impl<R: Read> Peeked<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { head: Vec::new(), consumed: 0, failure: None, reader }
    }

    /// Passes the first bytes to `decide`, and reads more of them until it has decided. Its second
    /// argument says that there are no more.
    pub(super) fn peek<T: Default>(&mut self, decide: impl Fn(&[u8], bool) -> ControlFlow<T>) -> T {
        loop {
            let is_all = self.head.len() >= SAMPLE || !self.read_more();
            if let ControlFlow::Break(decision) = decide(&self.head, is_all) {
                return decision;
            }
            if is_all {
                return T::default();
            }
        }
    }

    /// Reads more of the head, and returns whether there was more.
    fn read_more(&mut self) -> bool {
        let begin = self.head.len();
        self.head.resize(SAMPLE, 0);
        let count = loop {
            match self.reader.read(&mut self.head[begin..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        let count = count.unwrap_or_else(|error| {
            self.failure = Some(error);
            0
        });
        self.head.truncate(begin + count);
        count > 0
    }
}

impl<R: Read> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut head = &self.head[self.consumed..];
        if !head.is_empty() {
            let count = head.read(buffer)?;
            self.consumed += count;
            return Ok(count);
        }
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.reader.read(buffer),
        }
    }
}
