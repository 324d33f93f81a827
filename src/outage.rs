//! Decides whether failures are likely an outage: many logins of one institution, and a large share
//! of its accounts, failed for the institution's own reasons.

use crate::ids::{AccountIds, IdPool, PackedId};

/// The least number of logins in an outage. Fewer can fail together by chance.
pub const MIN_LOGINS: usize = 10;
/// An outage affects at least one in this many accounts of the institution.
const ONE_IN: u64 = 5;

/// Returns whether an institution is likely down, if this many of `all` its accounts fail, and
/// belong to this many logins.
pub const fn is_likely(logins: usize, accounts: u64, all: u64) -> bool {
    logins >= MIN_LOGINS && accounts.saturating_mul(ONE_IN) >= all
}

/// The identity of a login within an institution. If the login is not known, each customer counts
/// as one login; without a customer, each account does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Login {
    Known(PackedId),
    Customer(PackedId),
    Account(Option<PackedId>),
}

impl Login {
    pub const fn new(ids: &AccountIds) -> Self {
        match (ids.login, ids.customer) {
            (Some(login), _) => Self::Known(login),
            (None, Some(customer)) => Self::Customer(customer),
            (None, None) => Self::Account(ids.id),
        }
    }

    /// Moves the ids of the login to another pool.
    pub fn import(self, to: &mut IdPool, from: &IdPool) -> Self {
        match self {
            Self::Known(id) => Self::Known(to.import(from, id)),
            Self::Customer(id) => Self::Customer(to.import(from, id)),
            Self::Account(id) => Self::Account(id.map(|id| to.import(from, id))),
        }
    }
}
