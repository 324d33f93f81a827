//! The results of a read, in a form that tests can compare.

use std::io::{self, Read};
use std::ops::ControlFlow;

use statuscode::account::{Account, OwnedAccount};
use statuscode::input::{Batch, Options, Position, ReadError, RecordError, Scan, Sink, scan};

/// Everything that a read finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collected {
    pub accounts: Vec<(OwnedAccount, Position)>,
    pub invalid: Vec<(Position, RecordError)>,
    pub documents: usize,
    pub incomplete: bool,
    /// Whether the first invalid record ends the read.
    stops: bool,
}

impl Collected {
    /// The ids of all accounts and API errors; `-` where there is none.
    pub fn ids(&self) -> Vec<&str> {
        let accounts = self.accounts.iter();
        accounts.map(|(account, _)| account.id.as_deref().unwrap_or("-")).collect()
    }

    /// Each account as `id code`, each API error as `!id code`, with `-` for what is missing.
    pub fn states(&self) -> Vec<String> {
        let state = |(account, _): &(OwnedAccount, Position)| {
            let mark = if account.api_error { "!" } else { "" };
            let code = account.aggregation_status_code;
            let code = code.map_or_else(|| "-".to_owned(), |code| code.to_string());
            format!("{mark}{} {code}", account.id.as_deref().unwrap_or("-"))
        };
        self.accounts.iter().map(state).collect()
    }

    /// The locations of the invalid records, as `line:column`.
    pub fn places(&self) -> Vec<String> {
        let places = self.invalid.iter();
        places.map(|(at, _)| format!("{}:{}", at.line, at.column())).collect()
    }

    /// Whether any input is not JSON.
    pub fn is_broken(&self) -> bool {
        self.invalid.iter().any(|(_, error)| error.breaks_document())
    }
}

impl Sink for Collected {
    fn account(&mut self, account: &Account<'_>, at: Position) {
        self.accounts.push((account.into(), at));
    }

    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()> {
        self.invalid.push((at, error));
        if self.stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn document(&mut self) {
        self.documents += 1;
    }
}

impl Batch for Collected {
    type Output = Self;

    fn take(&mut self) -> Self {
        let empty = Self { stops: self.stops, ..Self::default() };
        std::mem::replace(self, empty)
    }
}

/// Returns a few bytes at a time, with an occasional interruption as if by a signal.
pub struct Chunks<'a> {
    rest: &'a [u8],
    size: usize,
    count: usize,
}

impl<'a> Chunks<'a> {
    pub fn new(rest: &'a [u8], size: usize) -> Self {
        Self { rest, size, count: 0 }
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.count += 1;
        if self.count.is_multiple_of(5) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let size = self.size.min(buffer.len());
        self.rest.take(size as u64).read(buffer).inspect(|&count| self.rest = &self.rest[count..])
    }
}

/// Fails at the end of its bytes.
struct Failing<R>(R);

impl<R: Read> Read for Failing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("gone")),
            count => Ok(count),
        }
    }
}

fn collect(
    reader: impl Read + Send,
    options: Options,
    stops: bool,
) -> (Collected, Result<Scan, ReadError<()>>) {
    let mut all = Collected::default();
    let batch = || Collected { stops, ..Collected::default() };
    let end = scan(reader, options, batch, |part: Collected| {
        all.accounts.extend(part.accounts);
        all.invalid.extend(part.invalid);
        all.documents += part.documents;
        Ok::<(), ()>(())
    });
    all.incomplete = end.as_ref().is_ok_and(|scan| scan.incomplete);
    (all, end)
}

pub fn read(input: &[u8], options: Options) -> Collected {
    collect(input, options, false).0
}

pub fn read_with(input: &[u8], chunk_size: usize, options: Options) -> Collected {
    collect(Chunks::new(input, chunk_size), options, false).0
}

/// Reads until the first invalid record. Returns whether one ended the read.
pub fn read_until_invalid(input: &[u8], chunk_size: usize, options: Options) -> (Collected, bool) {
    let (collected, end) = collect(Chunks::new(input, chunk_size), options, true);
    (collected, end.is_ok_and(|scan| scan.stopped))
}

pub fn read_failing(reader: Chunks<'_>, options: Options) -> (Collected, bool) {
    let (collected, end) = collect(Failing(reader), options, false);
    (collected, matches!(end, Err(ReadError::Read(_))))
}
