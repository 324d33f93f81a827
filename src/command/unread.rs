//! Reports inputs that cannot be read, and counts them.

use super::console::{Console, HintedError};
use super::first_few::FirstFew;
use crate::text::grouped;

/// The inputs of a run that could not be opened, or not be read to the end because of an error.
pub struct UnreadInputs<'a> {
    console: Console<'a>,
    errors: FirstFew,
}

impl<'a> UnreadInputs<'a> {
    /// Returns an empty collection.
    pub const fn new(console: Console<'a>) -> Self {
        Self { console, errors: FirstFew::new() }
    }

    /// Reports an input.
    pub fn report(&mut self, error: &anyhow::Error) {
        if self.errors.add() {
            self.console.error(error);
        }
    }

    /// Reports the number of all inputs, if not every one was reported.
    pub fn close(&self) {
        if self.errors.omitted() > 0 {
            let (all, first) = (grouped(self.errors.count()), FirstFew::MAX);
            let message = format!("cannot read {all} inputs, of which the first {first} are above");
            self.console.error(&HintedError::new(message, None).into());
        }
    }
}
