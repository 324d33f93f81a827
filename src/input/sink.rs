//! Receives what the parser finds.

use std::ops::ControlFlow;

use super::{Position, RecordError};
use crate::account::Account;

/// Receives the records of an input, in order.
pub trait Sink {
    /// Receives an account or an API error; `at` is the beginning of its object.
    fn account(&mut self, account: &Account<'_>, at: Position);
    /// Receives an invalid record. `Break` stops the input: nothing after it is reported.
    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()>;
    /// Receives the end of a document, valid or broken.
    fn document(&mut self);
}

/// Collects what a command needs from one part of an input.
pub trait Batch: Sink {
    /// The collected results.
    type Output: Send;
    /// Returns the results collected so far, and resets the batch.
    fn take(&mut self) -> Self::Output;
}
