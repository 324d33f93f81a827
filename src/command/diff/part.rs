//! The accounts of one part of a snapshot.

use crate::account::Account;
use crate::diff::Batch;
use crate::input::{Gather, Position, Problem, Records};

/// What was gathered.
#[derive(Default)]
pub struct Part {
    pub batch: Batch,
    pub accounts: u64,
    pub invalid: Vec<(Position, Problem)>,
}

/// Gathers the accounts of a part.
#[derive(Default)]
pub struct Gatherer(Part);

impl Records for Gatherer {
    fn account(&mut self, account: &Account<'_>, _at: Position) {
        self.0.accounts += 1;
        self.0.batch.add(account);
    }

    fn invalid(&mut self, at: Position, problem: Problem) {
        self.0.invalid.push((at, problem));
    }

    fn document(&mut self) {}
}

impl Gather for Gatherer {
    type Part = Part;

    fn take(&mut self) -> Part {
        std::mem::take(&mut self.0)
    }
}
