//! The steps of a plan, which are views of its accounts.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::group::{Scope, compare, is_same, precedence};
use super::request::{Call, Request, RequestOptions};
use super::state::State;
use super::wait;
use crate::account::Code;
use crate::catalog::Action;
use crate::classify::{Classifier, Verdict};
use crate::ids::{IdPool, PackedId};

/// All steps of a plan: by action, in the order of the work, then most accounts first.
#[derive(Debug)]
pub struct Steps<'c> {
    classifier: &'c Classifier<'c>,
    ids: IdPool,
    /// Accounts of one step are neighbors.
    accounts: Vec<State>,
    spans: Vec<Span>,
}

/// The accounts of one step.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    action: Action,
    overdue: Option<u32>,
}

impl Span {
    const fn len(self) -> usize {
        self.end - self.start
    }
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
        Self {
            classifier,
            ids,
            accounts,
            spans,
        }
    }

    /// The step of a group of accounts.
    fn span(
        start: usize,
        group: &[State],
        classifier: &Classifier<'_>,
        escalate_after: Option<u32>,
    ) -> Option<Span> {
        let first = group.iter().min_by_key(|state| precedence(state.action))?;
        let overdue = verdict(classifier, first).and_then(|verdict| {
            wait::overdue(
                verdict,
                escalate_after,
                group.iter().map(|state| state.waiting),
            )
        });
        Some(Span {
            start,
            end: start + group.len(),
            action: overdue.map_or(first.action, |_| Action::SupportTicket),
            overdue,
        })
    }

    /// The steps of one action.
    #[must_use]
    pub fn of_action(&self, action: Action) -> impl ExactSizeIterator<Item = Step<'_>> {
        let start = self.spans.partition_point(|span| span.action < action);
        let end = self.spans.partition_point(|span| span.action <= action);
        self.spans[start..end].iter().map(|&span| self.step(span))
    }

    /// How many steps there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether nothing needs a step.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The steps in order. None of them is built before it is asked for.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Step<'_>> {
        self.spans.iter().map(|&span| self.step(span))
    }

    fn step(&self, span: Span) -> Step<'_> {
        Step {
            classifier: self.classifier,
            ids: &self.ids,
            accounts: &self.accounts[span.start..span.end],
            span,
        }
    }

    /// The number of steps and of their accounts for each action that has any.
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

fn verdict<'a>(classifier: &'a Classifier<'_>, state: &State) -> Option<&'a Verdict<'a>> {
    classifier.state(Some(state.code), state.category)
}

/// Steps of one action, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many steps.
    pub steps: u64,
    /// How many accounts they clear.
    pub accounts: u64,
}

/// One step of repair.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    classifier: &'a Classifier<'a>,
    ids: &'a IdPool,
    /// At least one.
    accounts: &'a [State],
    span: Span,
}

/// The accounts of a step that have one code.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The code.
    pub code: Code,
    /// How many accounts have it.
    pub accounts: u64,
    /// What the catalog says about it.
    pub verdict: &'a Verdict<'a>,
}

impl<'a> Step<'a> {
    /// What to do first.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.span.action
    }

    /// The days that these accounts should have waited at most, if they became a ticket for that.
    #[must_use]
    pub const fn overdue(&self) -> Option<u32> {
        self.span.overdue
    }

    /// How many accounts the step clears.
    #[must_use]
    pub const fn accounts(&self) -> u64 {
        self.span.len() as u64
    }

    /// The customer, if it is the same for all accounts.
    #[must_use]
    pub fn customer_id(&self) -> Option<Cow<'a, str>> {
        self.text(self.common(|state| state.ids.customer))
    }

    /// The login, if it is the same for all accounts.
    #[must_use]
    pub fn institution_login_id(&self) -> Option<Cow<'a, str>> {
        self.text(self.common(|state| state.ids.login))
    }

    /// The institution, if no two accounts have different ones. A login is at one institution, so
    /// an account that does not name it is at the institution of the others.
    #[must_use]
    pub fn institution_id(&self) -> Option<Cow<'a, str>> {
        let mut known = self
            .accounts
            .iter()
            .filter_map(|state| state.ids.institution);
        let first = known.next()?;
        self.text(known.all(|other| other == first).then_some(first))
    }

    /// The ids of the accounts that have one, ascending.
    pub fn account_ids(&self) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        let mut previous = None;
        let (ids, accounts) = (self.ids, self.accounts);
        accounts
            .iter()
            .filter_map(|state| state.ids.id)
            .filter(move |&id| previous.replace(id) != Some(id))
            .map(|id| ids.text(id))
    }

    /// The ids of the accounts' customers, ascending, each once.
    #[must_use]
    pub fn customer_ids(&self) -> Vec<Cow<'a, str>> {
        let mut customers: Vec<_> = self
            .accounts
            .iter()
            .filter_map(|state| state.ids.customer)
            .collect();
        customers.sort_unstable_by(|&a, &b| self.ids.compare(Some(a), Some(b)));
        customers.dedup();
        customers.into_iter().map(|id| self.ids.text(id)).collect()
    }

    /// The latest `aggregationAttemptDate` of the accounts, epoch seconds.
    #[must_use]
    pub fn last_attempt(&self) -> Option<i64> {
        self.accounts.iter().filter_map(State::attempt).max()
    }

    /// The accounts by code: what must come first is first, then the code of most accounts.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'a>> {
        let mut by_code: BTreeMap<Code, (u64, &State)> = BTreeMap::new();
        for state in self.accounts {
            by_code.entry(state.code).or_insert((0, state)).0 += 1;
        }
        let mut parts: Vec<_> = by_code
            .into_iter()
            .filter_map(|(code, (accounts, state))| {
                let verdict = verdict(self.classifier, state)?;
                Some(Part {
                    code,
                    accounts,
                    verdict,
                })
            })
            .collect();
        parts.sort_by_key(|part| (precedence(part.verdict.action), Reverse(part.accounts)));
        parts
    }

    /// Whether a customer does the step. Otherwise it is for an institution and code.
    #[must_use]
    pub fn is_for_customer(&self) -> bool {
        Scope::of(self.span.action) != Scope::Institution
    }

    /// Whether a Data Connect Fix of its login is part of the step.
    #[must_use]
    pub fn is_fixable(&self) -> bool {
        let is_for_login = Scope::of(self.span.action) == Scope::Login;
        is_for_login && self.accounts.iter().any(|state| state.connect_fix)
    }

    /// The call that does the step or begins it, if there is one that the API would take.
    #[must_use]
    pub fn request(&self, options: &RequestOptions) -> Option<Request> {
        let customer_id = self.customer_id()?;
        if self.is_fixable() {
            return Request::connect_fix(&customer_id, &self.institution_login_id()?, options);
        }
        // One call deletes one account.
        let [account] = self.accounts else {
            return None;
        };
        let deletes = matches!(account.action, Action::ReAdd | Action::RetireAccount);
        if !options.with_deletions || !deletes {
            return None;
        }
        Request::delete_account(&customer_id, &self.ids.text(account.ids.id?))
    }

    /// The call that shows whether the step has cleared its accounts: it reads the accounts of their
    /// login.
    #[must_use]
    pub fn verify(&self) -> Option<Call> {
        Call::login_accounts(&self.customer_id()?, &self.institution_login_id()?)
    }

    /// The id that all accounts have.
    fn common(&self, id: impl Fn(&State) -> Option<PackedId>) -> Option<PackedId> {
        let (first, others) = self.accounts.split_first()?;
        let first = id(first);
        others
            .iter()
            .all(|other| id(other) == first)
            .then_some(first)?
    }

    fn text(&self, id: Option<PackedId>) -> Option<Cow<'a, str>> {
        id.map(|id| self.ids.text(id))
    }
}
