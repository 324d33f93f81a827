//! One step of a plan, which is a view of its accounts.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::group::{Scope, precedence};
use super::request::{Call, Request, RequestOptions};
use super::state::State;
use crate::account::Code;
use crate::catalog::Action;
use crate::classify::{Classifier, Verdict};
use crate::ids::{IdPool, PackedId};

/// Which accounts of a plan one step is for.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub action: Action,
    /// The limit in days that its accounts have waited past.
    pub overdue: Option<u32>,
}

impl Span {
    pub const fn len(self) -> usize {
        self.end - self.start
    }
}

/// What the catalog says about a state.
pub fn verdict<'a>(classifier: &'a Classifier<'_>, state: &State) -> Option<&'a Verdict<'a>> {
    classifier.state(Some(state.code), state.category)
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
    pub(super) const fn new(
        classifier: &'a Classifier<'a>,
        ids: &'a IdPool,
        accounts: &'a [State],
        span: Span,
    ) -> Self {
        Self { classifier, ids, accounts, span }
    }

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
        let mut known = self.accounts.iter().filter_map(|state| state.ids.institution);
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
    pub fn customer_ids(&self) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        let ids = self.ids;
        let mut customers: Vec<_> =
            self.accounts.iter().filter_map(|state| state.ids.customer).collect();
        customers.sort_unstable_by(|&a, &b| ids.compare(Some(a), Some(b)));
        customers.dedup();
        customers.into_iter().map(|id| ids.text(id))
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
                Some(Part { code, accounts, verdict })
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

    /// The call that shows whether the step has cleared its accounts: it reads the accounts of
    /// their login.
    #[must_use]
    pub fn verify(&self) -> Option<Call> {
        Call::login_accounts(&self.customer_id()?, &self.institution_login_id()?)
    }

    /// The id that all accounts have.
    fn common(&self, id: impl Fn(&State) -> Option<PackedId>) -> Option<PackedId> {
        let (first, others) = self.accounts.split_first()?;
        let first = id(first);
        others.iter().all(|other| id(other) == first).then_some(first)?
    }

    fn text(&self, id: Option<PackedId>) -> Option<Cow<'a, str>> {
        id.map(|id| self.ids.text(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_takes_32_bytes() {
        assert_eq!(size_of::<Span>(), 32);
    }
}
