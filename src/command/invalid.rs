//! Invalid records: reported, counted, and turned into an exit status.

use std::collections::BTreeSet;

use super::console::{Console, Hinted};
use super::status::Status;
use crate::answer::triage::Invalid;
use crate::cli::InvalidPolicy;
use crate::input::{Position, RecordError};
use crate::text::Count;

/// How many invalid records of each input are named on standard error.
const NAMED: u64 = 3;

/// How many invalid records an answer lists. Its counts include all of them.
const LISTED: usize = 10_000;

/// The invalid records of a run.
pub struct InvalidRecords<'a> {
    console: Console<'a>,
    policy: InvalidPolicy,
    count: u64,
    /// Those of the input that is being read.
    of_input: u64,
    hints: BTreeSet<&'static str>,
    /// The first invalid records, for the answer.
    pub listed: Vec<Invalid<'static>>,
}

impl<'a> InvalidRecords<'a> {
    /// None so far.
    pub const fn new(console: Console<'a>, policy: InvalidPolicy) -> Self {
        Self { console, policy, count: 0, of_input: 0, hints: BTreeSet::new(), listed: Vec::new() }
    }

    /// Reports one more.
    pub fn report(&mut self, input: &str, at: Position, error: &RecordError) {
        self.count += 1;
        self.of_input += 1;
        if self.of_input <= NAMED {
            self.console.note(&format!("{input}:{}:{}: {error}", at.line, at.column()));
            if let Some(hint) = error.hint()
                && self.hints.insert(hint)
            {
                self.console.hint(hint);
            }
        }
        if self.listed.len() < LISTED {
            self.listed.push(Invalid {
                input: input.to_owned().into(),
                line: at.line,
                column: at.column(),
                error: error.to_string().into(),
            });
        }
    }

    /// Reports how many more an input has than were named.
    pub fn end_input(&mut self, input: &str) {
        let more = std::mem::take(&mut self.of_input).saturating_sub(NAMED);
        if more > 0 {
            let records = Count(more, "more invalid record");
            self.console.note(&format!("{input}: {records}"));
        }
    }

    /// Reports how many there were, and returns the resulting status.
    pub fn close(&self) -> Status {
        if self.count == 0 {
            return Status::Done;
        }
        let error = match self.policy {
            InvalidPolicy::Allow => return Status::Done,
            InvalidPolicy::Continue => {
                let hint = "use --invalid allow to succeed anyway, or --invalid fail to stop at the first one";
                Hinted::new(Count(self.count, "invalid record").to_string(), Some(hint.to_owned()))
            }
            InvalidPolicy::Fail => Hinted::new("stopped at the first invalid record", None),
        };
        self.console.error(&error.into());
        Status::Failed
    }
}
