//! Reading the inputs of a command one after the other, and what becomes of the run when one cannot be read.

use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::Shell;
use super::inputs::{Halt, Input, InvalidRecords, options};
use super::progress::Progress;
use super::status::Status;
use crate::account::Account;
use crate::cli::Reading;
use crate::input::{Batch, Position, ReadError, RecordError, Sink, scan};

/// Reads inputs for a command.
pub struct Reader<'a, 's> {
    shell: &'a Shell<'s>,
    reading: &'a Reading,
    /// Records that could not be read.
    pub records: InvalidRecords<'s>,
    progress: Progress,
    status: Status,
    /// Whether an input ended inside a document.
    pub is_incomplete: bool,
}

impl<'a, 's> Reader<'a, 's> {
    /// A reader of these inputs, for an answer that streams or does not.
    pub fn new(
        shell: &'a Shell<'s>,
        reading: &'a Reading,
        inputs: &[Input],
        streams: bool,
    ) -> Self {
        let total = inputs.iter().map(Input::size).sum();
        Self {
            shell,
            reading,
            records: InvalidRecords::new(shell.console, reading.invalid),
            progress: Progress::new(total, shell.global.quiet, streams),
            status: Status::Done,
            is_incomplete: false,
        }
    }

    /// Reads one input; whether the next one may be read. `take` gets every part in order and says how many accounts
    /// there are by then.
    ///
    /// An input that cannot be read is told and fails the run at its end, but does not keep the others from being read.
    pub fn read<G: Batch + Send>(
        &mut self,
        input: &Input,
        gatherer: impl Fn(&Arc<str>) -> G + Sync,
        mut take: impl FnMut(&mut InvalidRecords<'_>, &str, G::Output) -> Result<u64, Halt> + Send,
    ) -> Result<bool> {
        let name: Arc<str> = input.name().into();
        let reader = match input.open() {
            Ok(reader) => self.progress.counted(reader),
            Err(error) => {
                self.fail(&error);
                return Ok(true);
            }
        };
        let stops = self.records.stops_at_first();
        let Self {
            records, progress, ..
        } = self;
        let read = scan(
            reader,
            options(self.reading, input),
            || StopAtInvalid {
                batch: gatherer(&name),
                stops,
            },
            |part| {
                progress.update(take(records, &name, part)?);
                Ok(())
            },
        );
        match read {
            Ok(scan) => {
                self.is_incomplete |= scan.incomplete;
                Ok(!scan.stopped)
            }
            Err(ReadError::Sink(Halt::Invalid)) => Ok(false),
            Err(ReadError::Sink(Halt::Write(error))) => {
                Err(error).context("cannot write the answer")
            }
            Err(ReadError::Read(error)) => {
                self.fail(
                    &anyhow::Error::new(error).context(format!("cannot read {name} to its end")),
                );
                Ok(true)
            }
        }
    }

    fn fail(&mut self, error: &anyhow::Error) {
        self.shell.console.error(error);
        self.status = Status::Failed;
    }

    /// Whether an input could not be read, or not to its end.
    pub fn has_failed(&self) -> bool {
        self.status == Status::Failed
    }

    /// Erases the progress, so that the answer can be written.
    pub fn clear_progress(&mut self) {
        self.progress.clear();
    }

    /// Says what could not be read, and how the run ends by that.
    pub fn close(&self) -> Status {
        self.status.max(self.records.close())
    }
}

/// A batch that may end the reading at the first invalid record.
struct StopAtInvalid<B> {
    batch: B,
    stops: bool,
}

impl<B: Sink> Sink for StopAtInvalid<B> {
    #[inline]
    fn account(&mut self, account: &Account<'_>, at: Position) {
        self.batch.account(account, at);
    }

    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()> {
        match self.batch.invalid(at, error) {
            ControlFlow::Continue(()) if self.stops => ControlFlow::Break(()),
            flow => flow,
        }
    }

    fn document(&mut self) {
        self.batch.document();
    }
}

impl<B: Batch> Batch for StopAtInvalid<B> {
    type Output = B::Output;

    fn take(&mut self) -> B::Output {
        self.batch.take()
    }
}
