//! Reports and counts invalid records, and decides the exit status.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::console::{Console, HintedError};
use super::first_few::FirstFew;
use super::status::Status;
use crate::answer::invalid::Invalid;
use crate::cli::InvalidPolicy;
use crate::decode::Foreign;
use crate::input::{Position, RecordError};
use crate::text::Count;

/// The number of inputs with invalid records that are reported on standard error.
const MAX_INPUTS: u64 = 100;

/// The number of invalid records that an answer lists. Its counts include all of them.
const MAX_LISTED: usize = 10_000;

/// The invalid records of a run.
pub struct InvalidRecords<'a> {
    console: Console<'a>,
    policy: InvalidPolicy,
    count: u64,
    /// The invalid records in the current input.
    in_input: FirstFew,
    /// The number of inputs with invalid records.
    inputs: u64,
    /// The number of inputs in another format.
    foreign: u64,
    hints: BTreeSet<&'static str>,
    /// The first invalid records, for the answer.
    pub listed: Vec<Invalid<'static>>,
}

impl<'a> InvalidRecords<'a> {
    /// Returns an empty collection.
    pub const fn new(console: Console<'a>, policy: InvalidPolicy) -> Self {
        Self {
            console,
            policy,
            count: 0,
            in_input: FirstFew::new(),
            inputs: 0,
            foreign: 0,
            hints: BTreeSet::new(),
            listed: Vec::new(),
        }
    }

    /// Reports an input in another format as one invalid record. No policy allows it, because all of
    /// its accounts are missing.
    pub fn report_foreign(&mut self, input: &str, foreign: Foreign) {
        self.foreign += 1;
        self.add(input, Position::START, &foreign, Some(foreign.hint()), false);
        self.end_input(input);
    }

    /// Reports an invalid record.
    pub fn report(&mut self, input: &str, at: Position, error: &RecordError) {
        self.add(input, at, error, error.hint(), self.allows_records());
    }

    fn allows_records(&self) -> bool {
        self.policy == InvalidPolicy::Allow
    }

    fn add(
        &mut self,
        input: &str,
        at: Position,
        error: &dyn Display,
        hint: Option<&'static str>,
        is_allowed: bool,
    ) {
        self.count += 1;
        let is_written = self.in_input.add();
        self.inputs += u64::from(self.in_input.count() == 1);
        if is_written && self.inputs <= MAX_INPUTS {
            self.line(&format!("{input}:{}:{}: {error}", at.line, at.column()), is_allowed);
            if let Some(hint) = hint
                && self.hints.insert(hint)
            {
                self.console.hint(hint);
            }
        }
        if self.listed.len() < MAX_LISTED {
            self.listed.push(Invalid {
                input: input.to_owned().into(),
                line: at.line,
                column: at.column(),
                error: error.to_string().into(),
            });
        }
    }

    /// Reports the number of invalid records of an input that were not reported one by one.
    pub fn end_input(&mut self, input: &str) {
        let more = std::mem::take(&mut self.in_input).omitted();
        if more > 0 && self.inputs <= MAX_INPUTS {
            let records = Count(more, "more invalid record");
            self.line(&format!("{input}: {records}"), self.allows_records());
        }
    }

    /// Writes a line about invalid records. Unless they are allowed, they are errors, which even a
    /// quiet console writes.
    fn line(&self, text: &str, is_allowed: bool) {
        if is_allowed {
            self.console.note(text);
        } else {
            self.console.failed(text);
        }
    }

    /// Reports the number of invalid records, and returns the resulting status. If the run fails
    /// anyway, another policy would not help.
    pub fn close(&self, has_failed: bool) -> Status {
        if self.count == 0 {
            return Status::Done;
        }
        if self.inputs > MAX_INPUTS {
            let inputs = Count(self.inputs - MAX_INPUTS, "more input");
            self.line(&format!("{inputs} with invalid records"), self.allows_records());
        }
        let error = match self.policy {
            InvalidPolicy::Allow if self.foreign == 0 => return Status::Done,
            InvalidPolicy::Allow => {
                let inputs = Count(self.foreign, "input");
                HintedError::new(format!("{inputs} without account data"), None)
            }
            InvalidPolicy::Continue => {
                let hint = "use --invalid allow to succeed anyway, or --invalid fail to stop at the first one";
                let is_allowable = !has_failed && self.foreign == 0;
                HintedError::new(
                    Count(self.count, "invalid record").to_string(),
                    is_allowable.then(|| hint.to_owned()),
                )
            }
            InvalidPolicy::Fail => HintedError::new("stopped at the first invalid record", None),
        };
        self.console.error(&error.into());
        Status::Failed
    }
}
