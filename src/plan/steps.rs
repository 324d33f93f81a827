//! All steps of a plan.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::group::{compare, is_same, precedence};
use super::state::State;
use super::step::{Span, Step, verdict};
use super::wait;
use crate::catalog::Action;
use crate::classify::Classifier;
use crate::ids::IdPool;

/// All steps of a plan: by action, in the order of the work, then most accounts first.
#[derive(Debug)]
pub struct Steps<'c> {
    classifier: &'c Classifier<'c>,
    ids: IdPool,
    /// Sorted so that the accounts of one step are neighbors.
    accounts: Vec<State>,
    spans: Vec<Span>,
}

impl<'c> Steps<'c> {
    pub(super) fn new(
        ids: IdPool,
        mut accounts: Vec<State>,
        classifier: &'c Classifier<'c>,
        escalate_after: Option<u32>,
    ) -> Self {
        accounts.sort_unstable_by(|a, b| compare(a, b, &ids));
        let mut start = 0;
        let mut spans: Vec<Span> = accounts
            .chunk_by(is_same)
            .filter_map(|group| {
                let end = start + group.len();
                let span = Self::span(start, group, classifier, escalate_after);
                start = end;
                span
            })
            .collect();
        spans.sort_unstable_by_key(|span| (span.action, Reverse(span.len()), span.start));
        Self { classifier, ids, accounts, spans }
    }

    /// Returns the step for a group of accounts, which begin at the index `start`.
    fn span(
        start: usize,
        group: &[State],
        classifier: &Classifier<'_>,
        escalate_after: Option<u32>,
    ) -> Option<Span> {
        let first = group.iter().min_by_key(|state| precedence(state.action))?;
        let overdue = verdict(classifier, first).and_then(|verdict| {
            wait::overdue(verdict, escalate_after, group.iter().map(|state| state.waiting))
        });
        Some(Span {
            start,
            end: start + group.len(),
            action: overdue.map_or(first.action, |_| Action::SupportTicket),
            overdue,
        })
    }

    /// Returns the steps with this action.
    #[must_use]
    pub fn with_action(&self, action: Action) -> impl ExactSizeIterator<Item = Step<'_>> {
        let start = self.spans.partition_point(|span| span.action < action);
        let end = self.spans.partition_point(|span| span.action <= action);
        self.spans[start..end].iter().map(|&span| self.step(span))
    }

    /// Returns the number of accounts that need a step.
    #[must_use]
    pub const fn accounts(&self) -> u64 {
        self.accounts.len() as u64
    }

    /// Returns the steps in order, each built on demand.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Step<'_>> {
        self.spans.iter().map(|&span| self.step(span))
    }

    fn step(&self, span: Span) -> Step<'_> {
        let accounts = &self.accounts[span.start..span.end];
        Step::new(self.classifier, &self.ids, accounts, span)
    }

    /// Returns the number of steps and of their accounts for each action that has any.
    #[must_use]
    pub fn totals(&self) -> BTreeMap<Action, Totals> {
        let mut totals: BTreeMap<_, Totals> = BTreeMap::new();
        for span in &self.spans {
            let totals = totals.entry(span.action).or_default();
            totals.steps += 1;
            totals.accounts += span.len() as u64;
        }
        totals
    }
}

/// The counts of one action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// The number of steps.
    pub steps: u64,
    /// The number of accounts that they clear.
    pub accounts: u64,
}
