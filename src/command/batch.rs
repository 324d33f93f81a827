//! Reads the accounts of all inputs, classifies and counts them, and passes them to a command.

use std::fmt::Display;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::console::HintedError;
use super::context::{CANNOT_WRITE, Context};
use super::documents::Documents;
use super::invalid::InvalidRecords;
use super::progress::Progress;
use super::selection;
use super::sources::{Input, Source, options};
use super::status::Status;
use super::unread::UnreadInputs;
use crate::account::{Account, Code};
use crate::answer::Scope;
use crate::answer::triage::Location;
use crate::catalog::Category;
use crate::classify::{Classifier, Finding};
use crate::cli::{InputArgs, InvalidPolicy, SelectionArgs};
use crate::decode::{Content, DecodeError, Foreign, decode};
use crate::input::{self, Position, ReadError, RecordError, Sink, scan};
use crate::select::Selection;
use crate::tally::Tally;
use crate::text::{Count, grouped};

/// Collects what a command needs from the findings of a block of input.
pub trait Collect: Send {
    /// The result for one block.
    type Output: Send;
    /// Whether the last record of an account decides if the account is selected. If so, the
    /// collector also gets records that are not selected, if another record of the account may be.
    const LAST_RECORD_DECIDES: bool = false;
    /// Adds a finding.
    fn finding(&mut self, finding: &Finding<'_, '_>, location: Location<'_>);
    /// Adds an account that no record of a selected account can be. Its customer matters if other
    /// records of its id lack the customer. Only called if the last record decides.
    fn excluded(&mut self, _account: &Account<'_>) {}
    /// Adds an invalid record, or an input that is not JSON.
    fn invalid(&mut self, _location: Location<'_>, _error: &dyn Display) {}
    /// Returns the result so far, and starts over.
    fn take(&mut self) -> Self::Output;
}

/// The results of one block of input.
pub struct Batch<O> {
    tally: Tally,
    documents: Documents,
    invalid: Vec<(Position, RecordError)>,
    output: O,
}

/// Classifies, counts and collects the accounts of an input, block by block.
struct BlockCollector<'a, C> {
    classifier: &'a Classifier<'a>,
    selection: Option<&'a Selection>,
    input: Arc<str>,
    tally: Tally,
    documents: Documents,
    invalid: Vec<(Position, RecordError)>,
    inner: C,
    /// Whether the first invalid record ends the run. Then nothing after it counts, even if it was
    /// already read.
    stops: bool,
}

impl<C: Collect> BlockCollector<'_, C> {
    fn location(input: &str, at: Position) -> Location<'_> {
        Location { input, line: at.line, column: at.column() }
    }

    /// Passes on a record that is not selected, if another record of its account may be.
    fn unselected(&mut self, selection: &Selection, account: &Account<'_>, at: Position) {
        let finding = self.classifier.classify(account);
        if selection.may_match(account) {
            self.inner.finding(&finding, Self::location(&self.input, at));
        } else if selection.has_other_customer(account) && !finding.is_request_error() {
            self.inner.excluded(account);
        }
    }
}

impl<C: Collect> Sink for BlockCollector<'_, C> {
    #[inline]
    fn account(&mut self, account: &Account<'_>, at: Position) {
        self.documents.add_record();
        if let Some(selection) = self.selection
            && !selection.matches(account)
        {
            self.tally.unselected += 1;
            if C::LAST_RECORD_DECIDES {
                self.unselected(selection, account, at);
            }
            return;
        }
        let finding = self.classifier.classify(account);
        self.tally.add(&finding);
        self.inner.finding(&finding, Self::location(&self.input, at));
    }

    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()> {
        self.tally.invalid += 1;
        self.documents.add_record();
        self.inner.invalid(Self::location(&self.input, at), &error);
        self.invalid.push((at, error));
        if self.stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn document(&mut self) {
        self.tally.documents += 1;
        self.documents.end_document();
    }

    fn severity(&self, code: Code) -> usize {
        Category::ALL.len() - self.classifier.category(Some(code)).urgency()
    }
}

impl<C: Collect> input::Batch for BlockCollector<'_, C> {
    type Output = Batch<C::Output>;

    fn take(&mut self) -> Self::Output {
        Batch {
            tally: std::mem::replace(&mut self.tally, Tally::new(self.classifier)),
            documents: std::mem::take(&mut self.documents),
            invalid: std::mem::take(&mut self.invalid),
            output: self.inner.take(),
        }
    }
}

/// Reads the inputs of a command in order.
pub struct Reader<'a> {
    context: &'a Context<'a>,
    args: &'a InputArgs,
    selection: Option<&'a Selection>,
    classifier: &'a Classifier<'a>,
    /// The counts of everything read so far.
    pub tally: Tally,
    /// The invalid records so far.
    pub invalid: InvalidRecords<'a>,
    unread: UnreadInputs<'a>,
    /// The number of records that a later record of the same account replaced.
    pub superseded: u64,
    documents: Documents,
    progress: Progress,
    status: Status,
    is_stopped: bool,
    /// The number of inputs that were not read to the end: they are missing, broken, or cut short.
    unfinished: u64,
}

impl<'a> Reader<'a> {
    /// Returns a reader. Accounts that the selection excludes are only counted. `streams` says
    /// whether the answer is written while the input is read, which can prevent the progress bar.
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
            unread: UnreadInputs::new(context.console),
            superseded: 0,
            documents: Documents::default(),
            progress: Progress::new(sources, context.global.quiet, streams),
            status: Status::Done,
            is_stopped: false,
            unfinished: 0,
        }
    }

    /// Reads one input, and passes the results of its blocks to `consume`, in input order.
    /// `collector` is called with the name of the input, and returns the collector for one thread.
    /// Returns `Break` if no other input may be read.
    ///
    /// If an input cannot be read, the run fails at the end, but other inputs are still read.
    fn read<C: Collect>(
        &mut self,
        input: &Input,
        collector: impl Fn(&Arc<str>) -> C + Sync,
        consume: impl FnMut(C::Output) -> io::Result<()> + Send,
    ) -> Result<ControlFlow<()>> {
        match self.open(input) {
            Some(content) => self.read_opened(input, content, collector, consume),
            None => Ok(ControlFlow::Continue(())),
        }
    }

    /// Opens an input, and recognizes its content. Returns `None` if it cannot be opened, which
    /// makes the run fail at the end.
    pub fn open(&mut self, input: &Input) -> Option<Content> {
        let opened = input.open().map_err(|error| {
            self.unfinished += 1;
            self.fail(&error);
            self.progress.end_input();
        });
        let opened = opened.ok()?;
        let on_thread = options(self.args, input).jobs > 1;
        Some(decode(self.progress.counted(opened), on_thread))
    }

    /// Reads an input that is already open; see [`Reader::read`].
    pub fn read_opened<C: Collect>(
        &mut self,
        input: &Input,
        content: Content,
        collector: impl Fn(&Arc<str>) -> C + Sync,
        mut consume: impl FnMut(C::Output) -> io::Result<()> + Send,
    ) -> Result<ControlFlow<()>> {
        let reader = match content {
            Content::Text(reader) => reader,
            Content::Answer(_) => return self.refuse(input, Foreign::Answer, collector, consume),
            Content::Foreign(foreign) => return self.refuse(input, foreign, collector, consume),
        };
        let name: Arc<str> = input.name().into();
        let options = options(self.args, input);
        let policy = self.args.invalid;
        let Self { tally, documents, invalid, progress, selection, classifier, .. } = self;
        let block_collector = || BlockCollector {
            classifier,
            selection: *selection,
            input: Arc::clone(&name),
            tally: Tally::new(classifier),
            documents: Documents::default(),
            invalid: Vec::new(),
            inner: collector(&name),
            stops: policy == InvalidPolicy::Fail,
        };
        let sink = |batch: Batch<C::Output>| {
            tally.merge(&batch.tally);
            documents.extend(&batch.documents);
            consume(batch.output)?;
            for (at, error) in batch.invalid {
                invalid.report(&name, at, &error);
            }
            progress.update(tally.accounts());
            io::Result::Ok(())
        };
        let read = scan(reader, options, block_collector, sink);
        documents.end_input();
        invalid.end_input(&name);
        progress.end_input();
        match read {
            Ok(scan) => {
                self.unfinished += u64::from(scan.incomplete || scan.stopped);
                self.is_stopped |= scan.stopped;
            }
            Err(ReadError::Sink(error)) => return Err(error).context(CANNOT_WRITE),
            Err(ReadError::Read(error)) => {
                let fault = error.get_ref().and_then(|error| error.downcast_ref::<DecodeError>());
                let hint = fault.and_then(DecodeError::hint).map(str::to_owned);
                let message = format!("cannot read all of {name}: {error}");
                self.unfinished += 1;
                self.fail(&HintedError::new(message, hint).into());
            }
        }
        Ok(self.flow())
    }

    /// Counts an input that is not JSON as one invalid record. The run is then incomplete.
    fn refuse<C: Collect>(
        &mut self,
        input: &Input,
        foreign: Foreign,
        collector: impl Fn(&Arc<str>) -> C,
        mut consume: impl FnMut(C::Output) -> io::Result<()>,
    ) -> Result<ControlFlow<()>> {
        let (name, at): (Arc<str>, _) = (input.name().into(), Position::START);
        let mut collector = collector(&name);
        let location = Location { input: &name, line: at.line, column: at.column() };
        collector.invalid(location, &foreign);
        consume(collector.take()).context(CANNOT_WRITE)?;
        self.tally.invalid += 1;
        self.invalid.report_foreign(&name, foreign);
        self.progress.end_input();
        self.unfinished += 1;
        self.is_stopped |= self.args.invalid == InvalidPolicy::Fail;
        Ok(self.flow())
    }

    /// Returns `Break` if no other input may be read.
    const fn flow(&self) -> ControlFlow<()> {
        if self.is_stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Reads the inputs of one source; see [`Reader::read`].
    pub fn read_source<C: Collect>(
        &mut self,
        source: &Source,
        collector: impl Fn(&Arc<str>) -> C + Sync,
        mut consume: impl FnMut(C::Output) -> io::Result<()> + Send,
    ) -> Result<ControlFlow<()>> {
        for input in &source.inputs {
            if self.read(input, &collector, &mut consume)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Reads all sources; see [`Reader::read`].
    pub fn read_all<C: Collect>(
        &mut self,
        sources: &[Source],
        collector: impl Fn(&Arc<str>) -> C + Sync,
        mut consume: impl FnMut(C::Output) -> io::Result<()> + Send,
    ) -> Result<()> {
        for source in sources {
            if self.read_source(source, &collector, &mut consume)?.is_break() {
                break;
            }
        }
        self.progress.clear();
        Ok(())
    }

    fn fail(&mut self, error: &anyhow::Error) {
        self.unread.report(error);
        self.status = Status::Failed;
    }

    /// Returns whether every input was read to the end, and none ended inside a document.
    pub const fn is_complete(&self) -> bool {
        self.unfinished == 0
    }

    /// Returns whether the first invalid record has ended the run.
    pub const fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Returns what an answer covers, given the options that select accounts.
    pub fn scope(&self, selection: &SelectionArgs) -> Scope {
        Scope {
            selection: selection::description(selection),
            superseded: self.superseded,
            unfinished: self.unfinished,
        }
    }

    /// Erases the progress bar, to write something else.
    pub fn clear_progress(&mut self) {
        self.progress.clear();
    }

    /// Reports if there were no accounts, or invalid records, and returns the resulting status.
    pub fn close(&self) -> Status {
        self.close_with(self.status)
    }

    /// Does the same for a command that has no result, because not every input could be read.
    pub fn close_failed(&self) -> Status {
        self.close_with(Status::Failed)
    }

    fn close_with(&self, status: Status) -> Status {
        self.unread.close();
        let tally = &self.tally;
        if tally.records() == 0 && status == Status::Done {
            self.context.console.note("note: no accounts in the input");
        } else if tally.accounts() + tally.api_errors == 0 && tally.unselected > 0 {
            self.context.console.note("note: no account matches the selection");
        }
        let empty = self.documents.empty();
        if empty > 0 && tally.records() > tally.invalid {
            let (all, verb) = (tally.documents, if empty == 1 { "contains" } else { "contain" });
            let documents = Count(all, "document");
            let text = format!("note: {} of {documents} {verb} no accounts", grouped(empty));
            self.context.console.note(&text);
        }
        status.max(self.invalid.close(status == Status::Failed))
    }
}
