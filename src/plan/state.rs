//! The state of one account, as small as a plan needs it.

use super::wait::Waiting;
use crate::account::Code;
use crate::catalog::{Action, Category};
use crate::classify::Finding;
use crate::ids::{AccountIds, AccountKey, IdPool, Keyed};
use crate::select::Selection;

/// What one record says about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub ids: AccountIds,
    /// `aggregationAttemptDate`, epoch seconds; [`NO_DATE`] without one.
    attempt: i64,
    pub waiting: Waiting,
    /// Only meaningful if the state needs a step; 0 otherwise.
    pub code: Code,
    pub category: Category,
    pub action: Action,
    pub connect_fix: bool,
    /// Whether it is an error of the integrator's request, and no state of the account.
    pub is_about_request: bool,
}

/// Stands for a date that is absent: 292 billion years ago.
const NO_DATE: i64 = i64::MIN;

impl State {
    fn new(finding: &Finding<'_, '_>, pool: &mut IdPool) -> Self {
        let (account, verdict) = (finding.account, finding.verdict);
        let ids = if needs_step(verdict.category) {
            AccountIds::pack(account, pool)
        } else {
            AccountIds::of_key(AccountKey::pack(account, pool))
        };
        Self {
            ids,
            is_about_request: finding.is_about_request(),
            attempt: account.attempt.unwrap_or(NO_DATE),
            waiting: Waiting::of(account),
            code: account.aggregation_status_code.unwrap_or_default(),
            category: verdict.category,
            action: verdict.action,
            connect_fix: verdict.connect_fix,
        }
    }

    /// Whether somebody has to do something, or to wait.
    pub const fn needs_step(&self) -> bool {
        needs_step(self.category)
    }

    pub fn attempt(&self) -> Option<i64> {
        (self.attempt != NO_DATE).then_some(self.attempt)
    }

    pub fn is_selected(&self, selection: &Selection, ids: &IdPool) -> bool {
        selection.code(Some(self.code))
            && selection.days(|| self.waiting.days())
            && self.ids.are_selected(selection, ids)
    }

    /// The state with its ids in another pool.
    pub fn import(&self, to: &mut IdPool, from: &IdPool) -> Self {
        Self { ids: self.ids.import(to, from), ..*self }
    }
}

/// Pending accounts have no result yet that could be repaired.
const fn needs_step(category: Category) -> bool {
    !matches!(category, Category::Ok | Category::Pending)
}

impl Keyed for State {
    fn key(&self) -> AccountKey {
        self.ids.key()
    }
}

/// What a part of the input says about accounts, in input order.
///
/// Healthy accounts are part of it, because an earlier part may hold a failure of theirs.
#[derive(Debug, Default)]
pub struct Batch {
    ids: IdPool,
    states: Vec<State>,
}

impl Batch {
    /// Adds an account.
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        self.states.push(State::new(finding, &mut self.ids));
    }

    pub(super) fn states(&self) -> &[State] {
        &self.states
    }

    pub(super) const fn ids(&self) -> &IdPool {
        &self.ids
    }
}
