//! Reading the inputs of a command one after the other, and what becomes of the run when one cannot be read.

use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::Shell;
use super::inputs::{Halt, Input, InvalidRecords, options};
use super::progress::Progress;
use super::status::Status;
use crate::account::{Account, Code};
use crate::cli::InputArgs;
use crate::input::{Gather, Position, Problem, Records, Stop, scan};

/// Reads inputs for a command.
pub struct Reader<'a, 's> {
    shell: &'a Shell<'s>,
    reading: &'a InputArgs,
    /// Records that could not be read.
    pub records: InvalidRecords<'s>,
    progress: Progress,
    status: Status,
}

impl<'a, 's> Reader<'a, 's> {
    /// A reader of these inputs, for an answer that streams or does not.
    pub fn new(
        shell: &'a Shell<'s>,
        reading: &'a InputArgs,
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
        }
    }

    /// Reads one input; whether the next one may be read. `take` gets every part in order and says how many accounts
    /// there are by then.
    ///
    /// An input that cannot be read is told and fails the run at its end, but does not keep the others from being read.
    pub fn read<G: Gather + Send>(
        &mut self,
        input: &Input,
        gatherer: impl Fn(&Arc<str>) -> G + Sync,
        mut take: impl FnMut(&mut InvalidRecords<'_>, &str, G::Part) -> Result<u64, Halt> + Send,
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
            || UntilInvalid {
                gatherer: gatherer(&name),
                stops,
                stopped: false,
            },
            |part| {
                progress.update(take(records, &name, part)?);
                Ok(())
            },
        );
        match read {
            Ok(()) => Ok(true),
            Err(Stop::Taken(Halt::Invalid)) => Ok(false),
            Err(Stop::Taken(Halt::Write(error))) => Err(error).context("cannot write the answer"),
            Err(Stop::Read(error)) => {
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

/// A gatherer that may leave out everything behind the first invalid record of a part: the run ends with that record, and what
/// it tells must not depend on how much was read by then.
struct UntilInvalid<G> {
    gatherer: G,
    stops: bool,
    stopped: bool,
}

impl<G: Records> Records for UntilInvalid<G> {
    #[inline]
    fn account(&mut self, account: &Account<'_>, at: Position) {
        if !self.stopped {
            self.gatherer.account(account, at);
        }
    }

    fn wants_ids(&self, code: Option<Code>) -> bool {
        self.gatherer.wants_ids(code)
    }

    fn invalid(&mut self, at: Position, problem: Problem) {
        if !self.stopped {
            self.gatherer.invalid(at, problem);
            self.stopped = self.stops;
        }
    }

    fn document(&mut self) {
        if !self.stopped {
            self.gatherer.document();
        }
    }
}

impl<G: Gather> Gather for UntilInvalid<G> {
    type Part = G::Part;

    fn take(&mut self) -> G::Part {
        self.stopped = false;
        self.gatherer.take()
    }
}
