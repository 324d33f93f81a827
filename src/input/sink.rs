//! Receives what the parser finds.

use std::ops::ControlFlow;

use super::{Position, RecordError};
use crate::account::{Account, Code};

/// Receives the records of an input, in order.
pub trait Sink {
    /// Receives an account or an API error; `at` is the beginning of its object.
    fn account(&mut self, account: &Account<'_>, at: Position);
    /// Receives an invalid record. `Break` stops the input: nothing after it is reported.
    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()>;
    /// Receives the end of a document, valid or broken, after everything in it.
    fn document(&mut self);
    /// Returns how bad a code is. If an account has several codes, the worst one counts, and of
    /// equally bad ones the smallest number. By default, every code but 0 is equally bad.
    fn severity(&self, code: Code) -> usize {
        usize::from(code != 0)
    }
}

/// Collects what a command needs from one part of an input.
pub trait Batch: Sink {
    /// The collected results.
    type Output: Send;
    /// Returns the results collected so far, and resets the batch.
    fn take(&mut self) -> Self::Output;
}
