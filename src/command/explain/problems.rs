//! What `explain` could not answer, on a few lines of standard error.

use crate::command::context::Context;
use crate::text::grouped;

/// Lines on standard error, whatever was asked.
const LINES: u64 = 10;

/// Something that could not be answered.
#[derive(Debug)]
pub struct Problem {
    /// What it is.
    pub warning: String,
    /// What to do about it.
    pub hints: Vec<String>,
}

/// What could not be answered. No more of it is kept than will be printed.
#[derive(Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    others: u64,
}

impl Problems {
    /// Whether everything was answered.
    pub const fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Adds a problem, created only if there is room for it.
    pub fn add(&mut self, problem: impl FnOnce() -> Problem) {
        let lines: u64 = self.kept.iter().map(|problem| 1 + problem.hints.len() as u64).sum();
        // The longest problem has three lines, and the last line counts the others.
        if lines + 3 < LINES {
            self.kept.push(problem());
        } else {
            self.others += 1;
        }
    }

    /// Prints the problems.
    pub fn print(&self, context: &Context<'_>) {
        for problem in &self.kept {
            context.console.warning(&problem.warning);
            problem.hints.iter().for_each(|hint| context.console.hint(hint));
        }
        if self.others > 0 {
            context.console.warning(&format!("{} more like these", grouped(self.others)));
        }
    }
}
