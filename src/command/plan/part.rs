//! The plan of one part of an input.

use crate::account::Account;
use crate::classify::Classifier;
use crate::input::{Gather, Position, Problem, Records};
use crate::plan::Batch;
use crate::tally::Tally;

/// What was gathered.
pub struct Part {
    pub batch: Batch,
    pub tally: Tally,
    pub invalid: Vec<(Position, Problem)>,
}

/// Gathers the failing accounts of a part.
pub struct Gatherer<'a> {
    classifier: &'a Classifier<'a>,
    part: Part,
}

impl<'a> Gatherer<'a> {
    pub fn new(classifier: &'a Classifier<'a>) -> Self {
        Self {
            classifier,
            part: empty(classifier),
        }
    }
}

fn empty(classifier: &Classifier<'_>) -> Part {
    Part {
        batch: Batch::default(),
        tally: Tally::new(classifier),
        invalid: Vec::new(),
    }
}

impl Records for Gatherer<'_> {
    fn account(&mut self, account: &Account<'_>, _at: Position) {
        let finding = self.classifier.classify(account);
        self.part.tally.add(&finding);
        self.part.batch.add(&finding);
    }

    fn invalid(&mut self, at: Position, problem: Problem) {
        self.part.tally.invalid += 1;
        self.part.invalid.push((at, problem));
    }

    fn document(&mut self) {
        self.part.tally.documents += 1;
    }
}

impl Gather for Gatherer<'_> {
    type Part = Part;

    fn take(&mut self) -> Part {
        std::mem::replace(&mut self.part, empty(self.classifier))
    }
}
