//! Scans one input from its first byte to its last, and passes results on in order.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use super::account::{Context, Findings};
use super::chunks::{Buffers, Chunk, Chunks};
use super::json::splitter::{self, Part, Split};
use super::json::{Extent, Progress};
use super::parser::Parser;
use super::{Batch, Instructions, Position};
use crate::pipeline::{self, Relay};

/// How an input is read.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The number of threads. With one, the calling thread reads and parses the input.
    pub jobs: usize,
    /// The largest record, and the most data kept for open records, in bytes. A larger record is
    /// invalid.
    pub max_record_size: u64,
    /// The number of bytes to read at once.
    pub block_size: usize,
    /// The SIMD instructions to use.
    pub instructions: Instructions,
}

impl Options {
    /// A block fits into the cache of one core, which makes reading it several times as fast.
    pub const BLOCK_SIZE: usize = 256 * 1024;
    /// 64 MiB.
    pub const MAX_RECORD_SIZE: u64 = 64 << 20;

    /// Returns the default sizes with this number of threads.
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
    /// [`super::Sink::invalid`] stopped it.
    pub stopped: bool,
}

/// Why a scan failed.
#[derive(Debug)]
pub enum ReadError<E> {
    /// The input could not be read.
    Read(io::Error),
    /// The receiver of the results failed.
    Sink(E),
}

/// The reason why reading stops.
enum Halt<E> {
    Failed(ReadError<E>),
    Stopped,
}

/// The number of chunks to parse on the calling thread before starting others: enough for a small
/// input.
const SMALL: usize = 2;

/// Reads an input and passes the results of the batches to `sink`, in input order.
///
/// `sink` sees the same accounts in the same order, with the same positions, for any
/// `options.jobs`.
///
/// # Errors
///
/// Returns an error if the input cannot be read, or if `sink` fails.
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
        last_context: &LastContext::default(),
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
    let (last_context, at) = (joiner.last_context, Relay::new(at));
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
                    parse(&mut parser, &mut batch, at, chunk.bytes(), split, last_context)
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

/// The context of the elements that were joined last, and most likely of the next ones.
#[derive(Default)]
struct LastContext(Mutex<Arc<Context>>);

impl LastContext {
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

/// A worker's result for a part of a chunk, if the splitter guessed right.
struct Outcome<T> {
    split: Split,
    output: T,
    progress: Progress,
    findings: Findings,
}

/// Parses a part of a chunk that begins at `at`. Returns `None` if the parser does not end in the
/// expected state.
fn parse<B: Batch>(
    parser: &mut Parser,
    batch: &mut B,
    at: Position,
    bytes: &[u8],
    split: Split,
    last_context: &LastContext,
) -> Option<Outcome<B::Output>> {
    let at = at.after(&bytes[..split.begin]);
    match split.part {
        Part::Documents => parser.restart(at),
        Part::Elements => parser.restart_after_element(at, last_context.get()),
    }
    parser.feed(&bytes[split.begin..split.end], batch);
    let is_whole = match split.part {
        Part::Documents => parser.is_between_documents(),
        Part::Elements => parser.is_back(),
    };
    let (output, progress, findings) = (batch.take(), parser.progress(), parser.findings());
    (is_whole || parser.is_stopped()).then_some(Outcome { split, output, progress, findings })
}

/// Joins the parts in order, with the one parser that knows everything before them.
///
/// It accepts a worker's result if the worker started in the state of this parser, and parses the
/// part again otherwise. So the result equals that of one parser from the first byte to the last.
struct Joiner<'a, B, S> {
    parser: Parser,
    batch: B,
    sink: S,
    last_context: &'a LastContext,
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
        self.after_part()
    }

    /// Accepts a worker's result for the next bytes, and parses the rest of them.
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
        self.parser.continue_after(outcome.progress, outcome.findings);
        self.after_part()?;
        self.feed(&bytes[end..])
    }

    fn after_part(&self) -> Result<(), Halt<E>> {
        if self.parser.is_stopped() {
            return Err(Halt::Stopped);
        }
        if let Some(context) = self.parser.context() {
            self.last_context.set(context);
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

    /// Counts records, and optionally stops at an invalid one.
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

    /// Counts accounts and invalid records among 10,000 elements, every hundredth of which is
    /// invalid.
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
    fn the_number_of_threads_changes_neither_the_results_nor_where_a_scan_stops() {
        for jobs in [1, 2, 5] {
            assert_eq!(counts(jobs, false), ((9900, 100), Scan::default()));
            let stopped = Scan { stopped: true, ..Scan::default() };
            assert_eq!(counts(jobs, true), ((99, 1), stopped));
        }
    }

    #[test]
    fn a_failing_sink_ends_the_scan() {
        let result =
            scan(b"{}".as_slice(), Options::on_threads(2), Counts::default, |_| Err("full"));
        assert!(matches!(result, Err(ReadError::Sink("full"))));
    }
}
