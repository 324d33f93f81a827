//! Reports inputs that cannot be read, and counts them.

use super::console::{Console, HintedError};
use crate::text::grouped;

/// The number of inputs that are reported one by one, like the invalid records of an input.
const MAX_REPORTED: u64 = 3;

/// The inputs of a run that could not be opened, or not be read to the end because of an error.
pub struct UnreadInputs<'a> {
    console: Console<'a>,
    count: u64,
}

impl<'a> UnreadInputs<'a> {
    /// Returns an empty collection.
    pub const fn new(console: Console<'a>) -> Self {
        Self { console, count: 0 }
    }

    /// Reports an input.
    pub fn report(&mut self, error: &anyhow::Error) {
        self.count += 1;
        if self.count <= MAX_REPORTED {
            self.console.error(error);
        }
    }

    /// Reports the number of all inputs, if not every one was reported.
    pub fn close(&self) {
        if self.count > MAX_REPORTED {
            let all = grouped(self.count);
            let message =
                format!("cannot read {all} inputs, of which the first {MAX_REPORTED} are above");
            self.console.error(&HintedError::new(message, None).into());
        }
    }
}
