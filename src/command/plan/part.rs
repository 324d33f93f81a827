//! The plan of one part of an input.

use std::ops::ControlFlow;

use crate::account::Account;
use crate::classify::Classifier;
use crate::input::{Batch, Position, RecordError, Sink};
use crate::plan::{Plan, is_failing};
use crate::tally::Tally;

/// What was gathered.
pub struct Part {
    pub plan: Plan,
    pub tally: Tally,
    pub invalid: Vec<(Position, RecordError)>,
}

/// Gathers the failing accounts of a part.
pub struct Gatherer<'a> {
    classifier: &'a Classifier<'a>,
    escalate_after: Option<u32>,
    part: Part,
}

impl<'a> Gatherer<'a> {
    pub fn new(classifier: &'a Classifier<'a>, escalate_after: Option<u32>) -> Self {
        Self {
            classifier,
            escalate_after,
            part: empty(classifier),
        }
    }
}

fn empty(classifier: &Classifier<'_>) -> Part {
    Part {
        plan: Plan::default(),
        tally: Tally::new(classifier),
        invalid: Vec::new(),
    }
}

impl Sink for Gatherer<'_> {
    fn account(&mut self, account: &Account<'_>, _at: Position) {
        let finding = self.classifier.classify(account);
        self.part.tally.add(&finding);
        if is_failing(finding.verdict) {
            self.part.plan.add(&finding, self.escalate_after);
        }
    }

    fn invalid(&mut self, at: Position, problem: RecordError) -> ControlFlow<()> {
        self.part.tally.invalid += 1;
        self.part.invalid.push((at, problem));
        ControlFlow::Continue(())
    }

    fn document(&mut self) {
        self.part.tally.documents += 1;
    }
}

impl Batch for Gatherer<'_> {
    type Output = Part;

    fn take(&mut self) -> Part {
        std::mem::replace(&mut self.part, empty(self.classifier))
    }
}
