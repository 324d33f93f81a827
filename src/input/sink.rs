//! Who takes what is read.

use std::ops::ControlFlow;

use super::{Position, RecordError};
use crate::account::Account;

/// Takes what is found in an input, in its order.
pub trait Sink {
    /// An account, or an API error; `at` is where its object begins.
    fn account(&mut self, account: &Account<'_>, at: Position);
    /// A record that cannot be read. `Break` ends the reading of this input: nothing after it is
    /// reported.
    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()>;
    /// The end of a document, well-formed or broken.
    fn document(&mut self);
}

/// Collects what a run wants to know of one part of an input.
pub trait Batch: Sink {
    /// What was collected.
    type Output: Send;
    /// Gives what was collected so far, and begins anew.
    fn take(&mut self) -> Self::Output;
}
