//! The first bytes of a reader, without taking them away.

use std::io::{Error, ErrorKind, Read, Result};
use std::ops::ControlFlow;

use crate::input::SAMPLE;

/// A reader whose first bytes were looked at.
pub(super) struct Peeked<R> {
    head: Vec<u8>,
    /// Bytes of the head that were read since.
    given: usize,
    /// The failure that ended the head; it comes after the head.
    failure: Option<Error>,
    reader: R,
}

impl<R: Read> Peeked<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { head: Vec::new(), given: 0, failure: None, reader }
    }

    /// Shows the first bytes to `judge`, and more of them until it has come to a decision. It is
    /// told whether these are all that it can get.
    pub(super) fn look<T: Default>(&mut self, judge: impl Fn(&[u8], bool) -> ControlFlow<T>) -> T {
        loop {
            let is_all = self.head.len() >= SAMPLE || !self.read_more();
            if let ControlFlow::Break(decision) = judge(&self.head, is_all) {
                return decision;
            }
            if is_all {
                return T::default();
            }
        }
    }

    /// Whether more bytes came.
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
        let mut head = &self.head[self.given..];
        if !head.is_empty() {
            let count = head.read(buffer)?;
            self.given += count;
            return Ok(count);
        }
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.reader.read(buffer),
        }
    }
}
