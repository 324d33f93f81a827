//! Reads the accounts of an input as an iterator.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::ops::ControlFlow;

use super::parser::Parser;
use super::{Instructions, Options, Position, RecordError, Sink};
use crate::account::{Account, OwnedAccount};

/// Reads the accounts of an input in order. The input can be a file, a socket, or bytes in memory
/// (`&[u8]` is a reader).
///
/// Memory stays bounded for an input of any size. An invalid record is an item, too, and the
/// iteration continues after it. [`super::scan`] does the same on several threads.
///
/// ```
/// let input = br#"{"accounts":[{"id":"1","aggregationStatusCode":0},{"id":"2","aggregationStatusCode":"103"}]}"#;
/// let accounts = statuscode::read(&input[..]).collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(accounts[1].id.as_deref(), Some("2"));
/// assert_eq!(accounts[1].aggregation_status_code, Some(103));
/// # Ok::<(), statuscode::input::InputError>(())
/// ```
pub fn read<R: Read>(reader: R) -> Accounts<R> {
    Accounts {
        reader,
        buffer: vec![0; Options::BLOCK_SIZE],
        parser: Parser::new(Options::MAX_RECORD_SIZE, Instructions::best()),
        queue: Queue::default(),
        ended: false,
    }
}

/// The accounts of an input; see [`read`].
#[derive(Debug)]
pub struct Accounts<R> {
    reader: R,
    buffer: Vec<u8>,
    parser: Parser,
    queue: Queue,
    ended: bool,
}

/// Why an item of [`Accounts`] is not an account.
#[derive(Debug)]
pub enum InputError {
    /// The input cannot be read further; this is the last item.
    Read(io::Error),
    /// A record is invalid; the iteration continues after it.
    Record(Position, RecordError),
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Record(at, error) => write!(f, "{}:{}: {error}", at.line, at.column()),
        }
    }
}

impl std::error::Error for InputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Record(_, error) => Some(error),
        }
    }
}

impl<R: Read> Iterator for Accounts<R> {
    type Item = Result<OwnedAccount, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.queue.0.is_empty() && !self.ended {
            match self.reader.read(&mut self.buffer) {
                Ok(0) => {
                    self.ended = true;
                    self.parser.finish(&mut self.queue);
                }
                Ok(count) => self.parser.feed(&self.buffer[..count], &mut self.queue),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    return Some(Err(InputError::Read(error)));
                }
            }
        }
        self.queue.0.pop_front()
    }
}

/// Items that were found but not yet returned.
#[derive(Debug, Default)]
struct Queue(VecDeque<Result<OwnedAccount, InputError>>);

impl Sink for Queue {
    fn account(&mut self, account: &Account<'_>, _at: Position) {
        self.0.push_back(Ok(account.into()));
    }

    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()> {
        self.0.push_back(Err(InputError::Record(at, error)));
        ControlFlow::Continue(())
    }

    fn document(&mut self) {}
}
