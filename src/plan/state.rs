//! The state of one account, as small as a plan needs it.

use super::wait::Waiting;
use crate::account::Code;
use crate::catalog::{Action, Category};
use crate::classify::Finding;
use crate::ids::{AccountKey, IdPool, Keyed, PackedId};

/// What one record says about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub key: AccountKey,
    pub institution: Option<PackedId>,
    pub login: Option<PackedId>,
    /// `aggregationAttemptDate`, epoch seconds; [`NO_DATE`] without one.
    attempt: i64,
    pub waiting: Waiting,
    /// Only meaningful if the state needs a step; 0 otherwise.
    pub code: Code,
    pub category: Category,
    pub action: Action,
    pub connect_fix: bool,
}

/// Stands for a date that is absent: 292 billion years ago.
const NO_DATE: i64 = i64::MIN;

impl State {
    fn new(finding: &Finding<'_, '_>, ids: &mut IdPool) -> Self {
        let (account, verdict) = (finding.account, finding.verdict);
        let mut pack = |id: Option<&str>| id.map(|id| ids.pack(id));
        Self {
            key: AccountKey {
                id: pack(account.id),
                customer: pack(account.customer_id),
            },
            institution: pack(account.institution_id),
            login: pack(account.institution_login_id),
            attempt: account.attempt.unwrap_or(NO_DATE),
            waiting: Waiting::of(account),
            code: account.aggregation_status_code.unwrap_or_default(),
            category: verdict.category,
            action: verdict.action,
            connect_fix: verdict.connect_fix,
        }
    }

    /// Whether somebody has to do something, or to wait. Pending accounts have no result yet that
    /// could be repaired.
    pub const fn needs_step(&self) -> bool {
        !matches!(self.category, Category::Ok | Category::Pending)
    }

    pub fn attempt(&self) -> Option<i64> {
        (self.attempt != NO_DATE).then_some(self.attempt)
    }

    /// The state with its ids in another pool.
    pub fn import(&self, to: &mut IdPool, from: &IdPool) -> Self {
        let mut import = |id: Option<PackedId>| id.map(|id| to.import(from, id));
        Self {
            key: AccountKey {
                id: import(self.key.id),
                customer: import(self.key.customer),
            },
            institution: import(self.institution),
            login: import(self.login),
            ..*self
        }
    }

    /// The state with the ids that this record leaves out and an earlier one had.
    pub fn with_missing_ids_of(mut self, earlier: &Self) -> Self {
        self.key.customer = self.key.customer.or(earlier.key.customer);
        self.institution = self.institution.or(earlier.institution);
        self.login = self.login.or(earlier.login);
        self
    }
}

impl Keyed for State {
    fn key(&self) -> AccountKey {
        self.key
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
