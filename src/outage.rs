//! When failures are likely an outage: many logins of one institution, and a good part of its
//! accounts, failed for the institution's own reasons.

use crate::ids::{AccountIds, PackedId};

/// The fewest logins of an outage. Fewer can fail together by chance.
pub const MIN_LOGINS: usize = 10;
/// An outage has one of this many accounts of the institution, or more.
const MIN_SHARE: u64 = 5;

/// Whether so many failing accounts, of so many logins, out of all accounts of an institution are
/// likely an outage.
pub const fn is_likely(logins: usize, accounts: u64, all: u64) -> bool {
    logins >= MIN_LOGINS && accounts.saturating_mul(MIN_SHARE) >= all
}

/// What tells the logins of an institution apart. Where the login is not known, a customer counts
/// as one; without a customer, an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Login {
    Known(PackedId),
    Customer(PackedId),
    Account(Option<PackedId>),
}

impl Login {
    pub const fn of(ids: &AccountIds) -> Self {
        match (ids.login, ids.customer) {
            (Some(login), _) => Self::Known(login),
            (None, Some(customer)) => Self::Customer(customer),
            (None, None) => Self::Account(ids.id),
        }
    }
}
