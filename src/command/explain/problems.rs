//! The problems of an `explain` run, reported in a few lines.

use crate::command::context::Context;
use crate::text::grouped;

/// The maximum number of lines on standard error, whatever the queries.
const MAX_LINES: u64 = 10;

/// A query without a result.
#[derive(Debug)]
pub struct Problem {
    /// The problem.
    pub warning: String,
    /// What to do about it.
    pub hints: Vec<String>,
}

/// All problems, of which only those that will be printed are kept.
#[derive(Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    others: u64,
}

impl Problems {
    /// Returns whether there are no problems.
    pub const fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Adds a problem, created only if there is room for it.
    pub fn add(&mut self, problem: impl FnOnce() -> Problem) {
        let lines: u64 = self.kept.iter().map(|problem| 1 + problem.hints.len() as u64).sum();
        // The longest problem has three lines, and the last line counts the others.
        if lines + 3 < MAX_LINES {
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
