//! One step of a plan.

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

/// The accounts of one step, as a range of the sorted accounts of the plan.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub action: Action,
    /// The limit in days that its accounts have exceeded by waiting, if any.
    pub overdue: Option<u32>,
}

impl Span {
    pub const fn len(self) -> usize {
        self.end - self.start
    }
}

/// Returns what the catalog says about a state.
pub fn verdict<'a>(classifier: &'a Classifier<'_>, state: &State) -> Option<&'a Verdict<'a>> {
    classifier.verdict(Some(state.code), state.category)
}

/// One step of repair work.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    classifier: &'a Classifier<'a>,
    ids: &'a IdPool,
    /// At least one.
    accounts: &'a [State],
    span: Span,
}

/// The accounts of a step with one code.
#[derive(Debug, Clone, Copy)]
pub struct CodeCount<'a> {
    /// The code.
    pub code: Code,
    /// The number of accounts that have it.
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

    /// Returns what to do first.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.span.action
    }

    /// Returns the limit in days that the accounts have exceeded by waiting, if that made the step
    /// a ticket.
    #[must_use]
    pub const fn overdue(&self) -> Option<u32> {
        self.span.overdue
    }

    /// Returns the number of accounts that the step clears.
    #[must_use]
    pub const fn accounts(&self) -> u64 {
        self.span.len() as u64
    }

    /// Returns the customer, if it is the same for all accounts.
    #[must_use]
    pub fn customer_id(&self) -> Option<Cow<'a, str>> {
        self.resolve(self.shared(|state| state.ids.customer))
    }

    /// Returns the login, if it is the same for all accounts.
    #[must_use]
    pub fn institution_login_id(&self) -> Option<Cow<'a, str>> {
        self.resolve(self.shared(|state| state.ids.login))
    }

    /// Returns the institution, unless two accounts name different ones. Accounts that name none
    /// are ignored: a login belongs to one institution.
    #[must_use]
    pub fn institution_id(&self) -> Option<Cow<'a, str>> {
        let mut known = self.accounts.iter().filter_map(|state| state.ids.institution);
        let first = known.next()?;
        self.resolve(known.all(|other| other == first).then_some(first))
    }

    /// Returns the ids of the accounts that have one, ascending, each once.
    pub fn account_ids(&self) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        let mut previous = None;
        let (ids, accounts) = (self.ids, self.accounts);
        accounts
            .iter()
            .filter_map(|state| state.ids.id)
            .filter(move |&id| previous.replace(id) != Some(id))
            .map(|id| ids.resolve(id))
    }

    /// Returns the ids of the accounts' customers, ascending, each once.
    pub fn customer_ids(&self) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        let ids = self.ids;
        let mut customers: Vec<_> =
            self.accounts.iter().filter_map(|state| state.ids.customer).collect();
        customers.sort_unstable_by(|&a, &b| ids.compare(Some(a), Some(b)));
        customers.dedup();
        customers.into_iter().map(|id| ids.resolve(id))
    }

    /// Returns the latest `aggregationAttemptDate` of the accounts, in epoch seconds.
    #[must_use]
    pub fn last_attempt(&self) -> Option<i64> {
        self.accounts.iter().filter_map(State::attempt).max()
    }

    /// Returns the number of accounts by code: the code whose action must come first, then the code
    /// with the most accounts.
    #[must_use]
    pub fn codes(&self) -> Vec<CodeCount<'a>> {
        let mut by_code: BTreeMap<Code, (u64, &State)> = BTreeMap::new();
        for state in self.accounts {
            by_code.entry(state.code).or_insert((0, state)).0 += 1;
        }
        let mut codes: Vec<_> = by_code
            .into_iter()
            .filter_map(|(code, (accounts, state))| {
                let verdict = verdict(self.classifier, state)?;
                Some(CodeCount { code, accounts, verdict })
            })
            .collect();
        codes.sort_by_key(|count| (precedence(count.verdict.action), Reverse(count.accounts)));
        codes
    }

    /// Returns whether a customer must act. Otherwise, the step is for an institution and a code.
    #[must_use]
    pub fn is_for_customer(&self) -> bool {
        Scope::for_action(self.span.action) != Scope::Institution
    }

    /// Returns whether the step includes a Data Connect Fix of its login.
    #[must_use]
    pub fn uses_connect_fix(&self) -> bool {
        let is_for_login = Scope::for_action(self.span.action) == Scope::Login;
        is_for_login && self.accounts.iter().any(|state| state.connect_fix)
    }

    /// Returns the call that carries out the step or begins it, if there is one that the API would
    /// accept.
    #[must_use]
    pub fn request(&self, options: &RequestOptions) -> Option<Request> {
        let customer_id = self.customer_id()?;
        if self.uses_connect_fix() {
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
        Request::delete_account(&customer_id, &self.ids.resolve(account.ids.id?))
    }

    /// Returns the call that shows whether the step has cleared its accounts. It reads the accounts
    /// of their login.
    #[must_use]
    pub fn verify(&self) -> Option<Call> {
        Call::login_accounts(&self.customer_id()?, &self.institution_login_id()?)
    }

    /// Returns the id, if it is the same for all accounts.
    fn shared(&self, id: impl Fn(&State) -> Option<PackedId>) -> Option<PackedId> {
        let (first, others) = self.accounts.split_first()?;
        let first = id(first);
        others.iter().all(|other| id(other) == first).then_some(first)?
    }

    fn resolve(&self, id: Option<PackedId>) -> Option<Cow<'a, str>> {
        id.map(|id| self.ids.resolve(id))
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
