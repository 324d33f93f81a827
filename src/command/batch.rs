//! Reads accounts: one collector for all commands, and what happens when an input cannot be read.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::console::Hinted;
use super::context::{CANNOT_WRITE, Context};
use super::invalid::InvalidRecords;
use super::progress::Progress;
use super::sources::{Input, Source, options};
use super::status::Status;
use crate::account::Account;
use crate::answer::triage::Location;
use crate::classify::{Classifier, Finding};
use crate::cli::{InputArgs, InvalidPolicy};
use crate::decode::{Content, DecodeError, decode};
use crate::input::{self, Batch as _, Foreign, Position, ReadError, RecordError, Scan, Sink, scan};
use crate::select::Selection;
use crate::tally::Tally;

/// What a command keeps of the findings of one block of input.
pub trait Keep: Send {
    /// What is kept.
    type Kept: Send;
    /// Whether the last record of an account decides if it is selected. Then records that are not
    /// selected are kept as well, as long as another record of their account may be.
    const LAST_RECORD_DECIDES: bool = false;
    /// Adds a finding.
    fn finding(&mut self, finding: &Finding<'_, '_>, location: Location<'_>);
    /// Adds an invalid record.
    fn invalid(&mut self, _location: Location<'_>, _error: &RecordError) {}
    /// Returns what was kept so far, and starts over.
    fn take(&mut self) -> Self::Kept;
}

/// The results of one block of input.
pub struct Batch<K> {
    tally: Tally,
    invalid: Vec<(Position, RecordError)>,
    kept: K,
}

/// Classifies, counts, and keeps the accounts of an input, block by block.
struct Collector<'a, K> {
    classifier: &'a Classifier<'a>,
    selection: Option<&'a Selection>,
    input: Arc<str>,
    tally: Tally,
    invalid: Vec<(Position, RecordError)>,
    keep: K,
    /// Whether the first invalid record ends the run. Nothing after it may count, however much was
    /// read by then.
    stops: bool,
}

impl<K: Keep> Collector<'_, K> {
    fn location(input: &str, at: Position) -> Location<'_> {
        Location { input, line: at.line, column: at.column() }
    }
}

impl<K: Keep> Sink for Collector<'_, K> {
    #[inline]
    fn account(&mut self, account: &Account<'_>, at: Position) {
        if let Some(selection) = self.selection
            && !selection.matches(account)
        {
            self.tally.unselected += 1;
            if K::LAST_RECORD_DECIDES && selection.may_match(account) {
                let finding = self.classifier.classify(account);
                self.keep.finding(&finding, Self::location(&self.input, at));
            }
            return;
        }
        let finding = self.classifier.classify(account);
        self.tally.add(&finding);
        self.keep.finding(&finding, Self::location(&self.input, at));
    }

    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()> {
        self.tally.invalid += 1;
        self.keep.invalid(Self::location(&self.input, at), &error);
        self.invalid.push((at, error));
        if self.stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn document(&mut self) {
        self.tally.documents += 1;
    }
}

impl<K: Keep> input::Batch for Collector<'_, K> {
    type Output = Batch<K::Kept>;

    fn take(&mut self) -> Self::Output {
        Batch {
            tally: std::mem::replace(&mut self.tally, Tally::new(self.classifier)),
            invalid: std::mem::take(&mut self.invalid),
            kept: self.keep.take(),
        }
    }
}

/// Counts an input that is no JSON as one invalid record. All that it may hold is missing.
fn refuse<K: Keep>(
    foreign: Foreign,
    mut collector: Collector<'_, K>,
    mut sink: impl FnMut(Batch<K::Kept>) -> io::Result<()>,
) -> std::result::Result<Scan, ReadError<io::Error>> {
    let flow = collector.invalid(Position::START, RecordError::NotJson(foreign));
    sink(collector.take()).map_err(ReadError::Sink)?;
    Ok(Scan { incomplete: true, stopped: flow.is_break() })
}

/// Reads the inputs of a command, one after the other.
pub struct Reader<'a> {
    context: &'a Context<'a>,
    args: &'a InputArgs,
    selection: Option<&'a Selection>,
    classifier: &'a Classifier<'a>,
    /// The counts of everything read so far.
    pub tally: Tally,
    /// Records that could not be read.
    pub invalid: InvalidRecords<'a>,
    progress: Progress,
    status: Status,
    is_stopped: bool,
    /// Whether an input ended inside a document, so that what came after it is missing.
    is_cut_short: bool,
}

impl<'a> Reader<'a> {
    /// A reader of these sources, which counts what the selection excludes and passes it over.
    /// Whether the answer `streams` decides if progress can be shown.
    pub fn new(
        context: &'a Context<'a>,
        args: &'a InputArgs,
        selection: Option<&'a Selection>,
        classifier: &'a Classifier<'a>,
        sources: &[Source],
        streams: bool,
    ) -> Self {
        Self {
            context,
            args,
            selection,
            classifier,
            tally: Tally::new(classifier),
            invalid: InvalidRecords::new(context.console, args.invalid),
            progress: Progress::new(sources, context.global.quiet, streams),
            status: Status::Done,
            is_stopped: false,
            is_cut_short: false,
        }
    }

    /// Reads one input and passes what `keep` keeps of it to `take`, block by block, in input
    /// order. `Break` means that no other input may be read.
    ///
    /// An input that cannot be read fails the run at the end; the others are still read.
    fn read<K: Keep>(
        &mut self,
        input: &Input,
        keep: impl Fn(&Arc<str>) -> K + Sync,
        take: impl FnMut(K::Kept) -> io::Result<()> + Send,
    ) -> Result<ControlFlow<()>> {
        match self.open(input) {
            Some(content) => self.read_opened(input, content, keep, take),
            None => Ok(ControlFlow::Continue(())),
        }
    }

    /// Opens an input, and tells what it holds. `None` means that it cannot be opened, which fails
    /// the run at the end.
    pub fn open(&mut self, input: &Input) -> Option<Content> {
        let opened = input.open().map_err(|error| {
            self.fail(&error);
            self.progress.end_input();
        });
        let opened = opened.ok()?;
        let beside = options(self.args, input).jobs > 1;
        Some(decode(self.progress.counted(opened), beside))
    }

    /// Reads an input that is open; see [`Reader::read`].
    pub fn read_opened<K: Keep>(
        &mut self,
        input: &Input,
        content: Content,
        keep: impl Fn(&Arc<str>) -> K + Sync,
        mut take: impl FnMut(K::Kept) -> io::Result<()> + Send,
    ) -> Result<ControlFlow<()>> {
        let name: Arc<str> = input.name().into();
        let options = options(self.args, input);
        let policy = self.args.invalid;
        let Self { tally, invalid, progress, selection, classifier, .. } = self;
        let collector = || Collector {
            classifier,
            selection: *selection,
            input: Arc::clone(&name),
            tally: Tally::new(classifier),
            invalid: Vec::new(),
            keep: keep(&name),
            stops: policy == InvalidPolicy::Fail,
        };
        let sink = |batch: Batch<K::Kept>| {
            tally.merge(&batch.tally);
            take(batch.kept)?;
            for (at, error) in batch.invalid {
                invalid.report(&name, at, &error);
            }
            progress.update(tally.accounts());
            Ok(())
        };
        let read = match content {
            Content::Text(reader) => scan(reader, options, collector, sink),
            Content::Answer(_) => refuse(Foreign::Answer, collector(), sink),
            Content::Foreign(foreign) => refuse(foreign, collector(), sink),
        };
        invalid.end_input(&name);
        progress.end_input();
        match read {
            Ok(scan) => {
                self.is_cut_short |= scan.incomplete;
                self.is_stopped |= scan.stopped;
            }
            Err(ReadError::Sink(error)) => return Err(error).context(CANNOT_WRITE),
            Err(ReadError::Read(error)) => {
                let fault = error.get_ref().and_then(|error| error.downcast_ref::<DecodeError>());
                let hint = fault.and_then(DecodeError::hint).map(str::to_owned);
                let message = format!("cannot read all of {name}: {error}");
                self.fail(&Hinted::new(message, hint).into());
            }
        }
        if self.is_stopped {
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Reads the inputs of one source; see [`Reader::read`].
    pub fn read_source<K: Keep>(
        &mut self,
        source: &Source,
        keep: impl Fn(&Arc<str>) -> K + Sync,
        mut take: impl FnMut(K::Kept) -> io::Result<()> + Send,
    ) -> Result<ControlFlow<()>> {
        for input in &source.inputs {
            if self.read(input, &keep, &mut take)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Reads all sources; see [`Reader::read`].
    pub fn read_all<K: Keep>(
        &mut self,
        sources: &[Source],
        keep: impl Fn(&Arc<str>) -> K + Sync,
        mut take: impl FnMut(K::Kept) -> io::Result<()> + Send,
    ) -> Result<()> {
        for source in sources {
            if self.read_source(source, &keep, &mut take)?.is_break() {
                break;
            }
        }
        self.progress.clear();
        Ok(())
    }

    fn fail(&mut self, error: &anyhow::Error) {
        self.context.console.error(error);
        self.status = Status::Failed;
    }

    /// Whether every input was read to the end, and ended between documents.
    pub fn is_complete(&self) -> bool {
        self.status == Status::Done && !self.is_stopped && !self.is_cut_short
    }

    /// Erases the progress, so that something else can be written.
    pub fn clear_progress(&mut self) {
        self.progress.clear();
    }

    /// Reports what could not be read, and returns the resulting status.
    pub fn close(&self) -> Status {
        let tally = &self.tally;
        if tally.records() == 0 && self.status == Status::Done {
            self.context.console.note("note: no accounts in the input");
        } else if tally.accounts() + tally.api_errors == 0 && tally.unselected > 0 {
            self.context.console.note("note: no account matches the selection");
        }
        self.status.max(self.invalid.close())
    }
}
