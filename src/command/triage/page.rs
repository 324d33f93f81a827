//! Collects what only an HTML page needs: how failing accounts spread, and the repair work.

use crate::answer::triage::PageData;
use crate::classify::{Classifier, Finding};
use crate::plan::{Batch, Plan};
use crate::spread::Spread;

/// The number of accounts that need a step for which a page counts the repair work. If there are
/// more, the page leaves that to `plan`, so that memory stays bounded.
const MAX_ACCOUNTS: u64 = 5_000_000;

/// The findings of one block of input.
#[derive(Default)]
pub struct PageBatch {
    spread: Spread,
    states: Batch,
}

impl PageBatch {
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        self.spread.add(finding);
        self.states.add(finding);
    }
}

/// The findings of a run.
pub struct PageCounts {
    spread: Spread,
    /// The repair work; `None` if it is too much to keep.
    plan: Option<Plan>,
}

impl PageCounts {
    pub fn new() -> Self {
        Self { spread: Spread::default(), plan: Some(Plan::default()) }
    }

    /// Adds the next block, in input order.
    pub fn extend(&mut self, batch: PageBatch) {
        self.spread.merge(batch.spread);
        if let Some(plan) = &mut self.plan {
            plan.extend(&batch.states);
            if plan.accounts() > MAX_ACCOUNTS {
                self.plan = None;
            }
        }
    }

    pub fn finish(self, classifier: &Classifier<'_>) -> PageData {
        let steps = self.plan.map(|plan| plan.into_steps(classifier, None, None));
        PageData::new(self.spread, steps.as_ref())
    }
}
