//! One input from its first byte to its last: chunks, parsers, and what is collected of the
//! accounts, in order.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use super::account::{Context, Findings};
use super::chunks::{Buffers, Chunk, Chunks};
use super::json::splitter::{self, Part, Split};
use super::json::{Extent, Passed};
use super::parser::Parser;
use super::{Batch, Instructions, Position};
use crate::pipeline::{self, Relay};

/// How an input is read.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Threads; with one, the input is read and parsed on the calling thread.
    pub jobs: usize,
    /// Bytes that a record may have, and that may be held of open ones; one of more is an invalid
    /// record.
    pub max_record_size: u64,
    /// Bytes that are read at once.
    pub block_size: usize,
    /// The instructions that are used.
    pub instructions: Instructions,
}

impl Options {
    /// A block that fits into the cache of one core, which makes reading it several times as fast.
    pub const BLOCK_SIZE: usize = 256 * 1024;
    /// 64 MiB.
    pub const MAX_RECORD_SIZE: u64 = 64 << 20;

    /// The usual sizes, on this many threads.
    #[must_use]
    pub fn on_threads(jobs: usize) -> Self {
        Self {
            jobs,
            max_record_size: Self::MAX_RECORD_SIZE,
            block_size: Self::BLOCK_SIZE,
            instructions: Instructions::best(),
        }
    }
}

/// How a scan ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scan {
    /// The input ended inside a document: it was cut short, or is still being written.
    pub incomplete: bool,
    /// [`super::Sink::invalid`] ended it.
    pub stopped: bool,
}

/// Why a scan failed.
#[derive(Debug)]
pub enum ReadError<E> {
    /// The input could not be read on.
    Read(io::Error),
    /// The sink of the batches failed.
    Sink(E),
}

/// Why no more is read.
enum Halt<E> {
    Failed(ReadError<E>),
    Stopped,
}

/// Chunks that are parsed on the calling thread before others are begun: small inputs need no more.
const SMALL: usize = 2;

/// Reads an input and gives what batches collected to `sink`, in the order of the input.
///
/// Whatever `options.jobs` is, `sink` sees the same accounts in the same order, with the same
/// positions.
///
/// # Errors
///
/// When the input cannot be read on, or when `sink` fails.
pub fn scan<B, E>(
    reader: impl Read + Send,
    options: Options,
    batch: impl Fn() -> B + Sync,
    mut sink: impl FnMut(B::Output) -> Result<(), E> + Send,
) -> Result<Scan, ReadError<E>>
where
    B: Batch + Send,
    E: Send,
{
    let mut joiner = Joiner {
        parser: Parser::new(options.max_record_size, options.instructions),
        batch: batch(),
        sink: |output| sink(output).map_err(|error| Halt::Failed(ReadError::Sink(error))),
        surroundings: &Surroundings::default(),
    };
    match read(reader, options, batch, &mut joiner) {
        Ok(()) => joiner.finish(),
        Err(halt) => Err(halt),
    }
    .or_else(|halt| match halt {
        Halt::Failed(error) => Err(error),
        Halt::Stopped => Ok(Scan { stopped: true, ..Scan::default() }),
    })
}

fn read<B, E, S>(
    reader: impl Read + Send,
    options: Options,
    batch: impl Fn() -> B + Sync,
    joiner: &mut Joiner<'_, B, S>,
) -> Result<(), Halt<E>>
where
    B: Batch + Send,
    E: Send,
    S: FnMut(B::Output) -> Result<(), Halt<E>> + Send,
{
    let failed = |error| Halt::Failed(ReadError::Read(error));
    let buffers = Buffers::new(options.block_size.max(1));
    let is_parallel = options.jobs > 1;
    let end = if is_parallel { splitter::block_end } else { <[u8]>::len };
    let mut chunks = Chunks::new(reader, &buffers, end);
    let (mut at, mut count) = (Position::START, 0);
    while !is_parallel || count < SMALL {
        let Some(chunk) = chunks.next().map_err(failed)? else {
            return Ok(());
        };
        joiner.feed(chunk.bytes())?;
        if is_parallel {
            at = at.after(chunk.bytes());
            count += 1;
        }
        buffers.give_back(chunk);
    }
    let (surroundings, at) = (joiner.surroundings, Relay::new(at));
    pipeline::run(
        options.jobs,
        || chunks.next().map_err(failed),
        || {
            let mut parser = Parser::new(options.max_record_size, options.instructions);
            let (mut batch, at) = (batch(), &at);
            move |number, chunk: Chunk| {
                let extent = Extent::of(chunk.bytes());
                let at = at.pass(number, |at| (*at, at.after_extent(extent)));
                let split = splitter::split(options.instructions, chunk.bytes());
                let outcome = split.and_then(|split| {
                    parse(&mut parser, &mut batch, at, chunk.bytes(), split, surroundings)
                });
                (outcome, chunk)
            }
        },
        |(outcome, chunk)| {
            joiner.join(outcome, chunk.bytes())?;
            buffers.give_back(chunk);
            Ok(())
        },
    )
}

/// The surroundings of the elements that were joined last: most likely also those of the next ones.
#[derive(Default)]
struct Surroundings(Mutex<Arc<Context>>);

impl Surroundings {
    fn get(&self) -> Arc<Context> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, context: Context) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if **last != context {
            *last = Arc::new(context);
        }
    }
}

/// What a worker made of a part of a chunk, taking it to be what the splitter took it to be.
struct Outcome<T> {
    split: Split,
    output: T,
    passed: Passed,
    findings: Findings,
}

/// Parses a part of a chunk that begins at `at`. There is no outcome if the parser does not end as
/// it should.
fn parse<B: Batch>(
    parser: &mut Parser,
    batch: &mut B,
    at: Position,
    bytes: &[u8],
    split: Split,
    surroundings: &Surroundings,
) -> Option<Outcome<B::Output>> {
    let at = at.after(&bytes[..split.begin]);
    match split.part {
        Part::Documents => parser.restart(at),
        Part::Elements => parser.restart_after_element(at, surroundings.get()),
    }
    parser.feed(&bytes[split.begin..split.end], batch);
    let is_whole = match split.part {
        Part::Documents => parser.is_between_documents(),
        Part::Elements => parser.is_back(),
    };
    let (output, passed, findings) = (batch.take(), parser.passed(), parser.findings());
    (is_whole || parser.is_stopped()).then_some(Outcome { split, output, passed, findings })
}

/// Has the one parser that knows everything that came before.
///
/// It takes over what a worker made of a part if the worker began in the state in which this parser
/// is, and parses the part itself otherwise. So the answer is that of one parser from the first
/// byte to the last.
struct Joiner<'a, B, S> {
    parser: Parser,
    batch: B,
    sink: S,
    surroundings: &'a Surroundings,
}

impl<B, E, S> Joiner<'_, B, S>
where
    B: Batch,
    S: FnMut(B::Output) -> Result<(), Halt<E>>,
{
    /// Parses the next bytes.
    fn feed(&mut self, bytes: &[u8]) -> Result<(), Halt<E>> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.parser.feed(bytes, &mut self.batch);
        (self.sink)(self.batch.take())?;
        self.go_on()
    }

    /// Takes over what a worker made of the next bytes, and parses the rest of them.
    fn join(&mut self, outcome: Option<Outcome<B::Output>>, bytes: &[u8]) -> Result<(), Halt<E>> {
        let Some(outcome) = outcome else {
            return self.feed(bytes);
        };
        let Split { part, begin, end } = outcome.split;
        self.feed(&bytes[..begin])?;
        let fits = match part {
            Part::Documents => self.parser.is_between_documents(),
            Part::Elements => self.parser.fits(&outcome.findings),
        };
        if !fits {
            return self.feed(&bytes[begin..]);
        }
        (self.sink)(outcome.output)?;
        self.parser.pass(outcome.passed, outcome.findings);
        self.go_on()?;
        self.feed(&bytes[end..])
    }

    fn go_on(&self) -> Result<(), Halt<E>> {
        if self.parser.is_stopped() {
            return Err(Halt::Stopped);
        }
        if let Some(context) = self.parser.context() {
            self.surroundings.set(context);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Scan, Halt<E>> {
        self.parser.finish(&mut self.batch);
        (self.sink)(self.batch.take())?;
        if self.parser.is_stopped() {
            return Err(Halt::Stopped);
        }
        Ok(Scan { incomplete: self.parser.is_unfinished(), stopped: false })
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::account::Account;
    use crate::input::{Position, RecordError, Sink};

    /// Counts records, and stops at an invalid one if it has to.
    #[derive(Default)]
    struct Counts {
        accounts: u64,
        invalid: u64,
        stops: bool,
    }

    impl Sink for Counts {
        fn account(&mut self, _: &Account<'_>, _: Position) {
            self.accounts += 1;
        }
        fn invalid(&mut self, _: Position, _: RecordError) -> ControlFlow<()> {
            self.invalid += 1;
            if self.stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
        fn document(&mut self) {}
    }

    impl Batch for Counts {
        type Output = (u64, u64);
        fn take(&mut self) -> (u64, u64) {
            (std::mem::take(&mut self.accounts), std::mem::take(&mut self.invalid))
        }
    }

    /// Accounts and invalid records among 10,000 elements of which every hundredth is invalid.
    fn counts(jobs: usize, stops: bool) -> ((u64, u64), Scan) {
        let elements = (0..10_000).map(|index| match index % 100 {
            99 => "{\"aggregationStatusCode\":-1}",
            _ => "{\"aggregationStatusCode\":0}",
        });
        let input = format!("{{\"a\":[{}]}}", elements.collect::<Vec<_>>().join(","));
        let options = Options { block_size: 1000, ..Options::on_threads(jobs) };
        let batch = || Counts { stops, ..Counts::default() };
        let (mut accounts, mut invalid) = (0, 0);
        let scan = scan(input.as_bytes(), options, batch, |(more, worse)| {
            accounts += more;
            invalid += worse;
            Ok::<(), ()>(())
        });
        ((accounts, invalid), scan.unwrap())
    }

    #[test]
    fn threads_change_nothing_of_what_is_reported_nor_of_where_it_stops() {
        for jobs in [1, 2, 5] {
            assert_eq!(counts(jobs, false), ((9900, 100), Scan::default()));
            let stopped = Scan { stopped: true, ..Scan::default() };
            assert_eq!(counts(jobs, true), ((99, 1), stopped));
        }
    }

    #[test]
    fn a_sink_that_fails_ends_the_scan() {
        let result =
            scan(b"{}".as_slice(), Options::on_threads(2), Counts::default, |_| Err("full"));
        assert!(matches!(result, Err(ReadError::Sink("full"))));
    }
}
