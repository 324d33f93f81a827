//! The state of one account, with only the fields that a plan needs.

use super::wait::Waiting;
use crate::account::{Account, Code};
use crate::catalog::{Action, Category};
use crate::classify::Finding;
use crate::ids::{AccountIds, AccountKey, IdPool, Keyed};
use crate::select::Selection;

/// What one record says about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub ids: AccountIds,
    /// `aggregationAttemptDate`, in epoch seconds, or [`NO_DATE`].
    attempt: i64,
    pub waiting: Waiting,
    /// The code; 0 for a pending account.
    pub code: Code,
    pub category: Category,
    pub action: Action,
    pub connect_fix: bool,
    /// Whether this is a request error, which says nothing about the state of the account.
    pub is_request_error: bool,
}

/// Represents an absent date. [`parse_date`](crate::account::parse_date) never returns it.
const NO_DATE: i64 = i64::MIN;

impl State {
    fn new(finding: &Finding<'_, '_>, pool: &mut IdPool) -> Self {
        let (account, verdict) = (finding.account, finding.verdict);
        let ids = if needs_step(verdict.category) {
            AccountIds::pack(account, pool)
        } else {
            AccountIds::from_key(AccountKey::pack(account, pool))
        };
        Self {
            ids,
            is_request_error: finding.is_request_error(),
            attempt: account.attempt.unwrap_or(NO_DATE),
            waiting: Waiting::new(account),
            code: account.aggregation_status_code.unwrap_or_default(),
            category: verdict.category,
            action: verdict.action,
            connect_fix: verdict.connect_fix,
        }
    }

    /// Returns whether somebody must act or wait.
    pub const fn needs_step(&self) -> bool {
        needs_step(self.category)
    }

    pub fn attempt(&self) -> Option<i64> {
        (self.attempt != NO_DATE).then_some(self.attempt)
    }

    pub fn is_selected(&self, selection: &Selection, ids: &IdPool) -> bool {
        selection.matches_code(Some(self.code))
            && selection.matches_days(|| self.waiting.days())
            && self.ids.are_selected(selection, ids)
    }

    /// Moves the ids of the state to another pool.
    pub fn import(&self, to: &mut IdPool, from: &IdPool) -> Self {
        Self { ids: self.ids.import(to, from), ..*self }
    }
}

/// Returns whether accounts of this category need a step. Pending accounts have no result yet that
/// could be repaired.
const fn needs_step(category: Category) -> bool {
    !matches!(category, Category::Ok | Category::Pending)
}

impl Keyed for State {
    fn key(&self) -> AccountKey {
        self.ids.key()
    }
}

/// The states of the accounts in a batch of the input, in input order.
///
/// Healthy accounts are included, because an earlier batch may have a failure of the same account.
#[derive(Debug, Default)]
pub struct Batch {
    ids: IdPool,
    states: Vec<State>,
    excluded: Vec<AccountKey>,
}

impl Batch {
    /// Adds an account or an API error.
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        self.states.push(State::new(finding, &mut self.ids));
    }

    /// Adds an account of which no record can be selected. It matters only because its customer has
    /// the id too.
    pub fn add_excluded(&mut self, account: &Account<'_>) {
        self.excluded.push(AccountKey::pack(account, &mut self.ids));
    }

    pub(super) fn excluded(&self) -> &[AccountKey] {
        &self.excluded
    }

    pub(super) fn states(&self) -> &[State] {
        &self.states
    }

    pub(super) const fn ids(&self) -> &IdPool {
        &self.ids
    }
}
