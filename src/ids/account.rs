//! The ids of one account.

use super::{IdPool, PackedId};
use crate::account::Account;
use crate::select::{Match, Selection};

/// The ids that identify an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountKey {
    /// The account. Without it, the account cannot be recognized again.
    pub id: Option<PackedId>,
    /// The customer, if the input names one.
    pub customer: Option<PackedId>,
}

impl AccountKey {
    /// Packs the ids that identify an account. An empty id counts as absent.
    pub fn pack(account: &Account<'_>, pool: &mut IdPool) -> Self {
        Self {
            id: pool.pack_non_empty(account.id),
            customer: pool.pack_non_empty(account.customer_id),
        }
    }

    /// Moves the key to another pool.
    #[must_use]
    pub fn import(&self, to: &mut IdPool, from: &IdPool) -> Self {
        let mut import = |id: Option<PackedId>| id.map(|id| to.import(from, id));
        Self { id: import(self.id), customer: import(self.customer) }
    }
}

/// All ids of an account, in 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountIds {
    /// `id`.
    pub id: Option<PackedId>,
    /// `customerId`.
    pub customer: Option<PackedId>,
    /// `institutionId`.
    pub institution: Option<PackedId>,
    /// `institutionLoginId`.
    pub login: Option<PackedId>,
}

impl AccountIds {
    /// Packs the ids of an account. An empty id counts as absent.
    pub fn pack(account: &Account<'_>, pool: &mut IdPool) -> Self {
        let AccountKey { id, customer } = AccountKey::pack(account, pool);
        Self {
            id,
            customer,
            institution: pool.pack_non_empty(account.institution_id),
            login: pool.pack_non_empty(account.institution_login_id),
        }
    }

    /// Moves the ids to another pool.
    #[must_use]
    pub fn import(&self, to: &mut IdPool, from: &IdPool) -> Self {
        let mut import = |id: Option<PackedId>| id.map(|id| to.import(from, id));
        Self {
            id: import(self.id),
            customer: import(self.customer),
            institution: import(self.institution),
            login: import(self.login),
        }
    }

    /// Copies the ids that this record lacks from an earlier record of the same account.
    pub fn fill_missing(&mut self, earlier: &Self) {
        self.customer = self.customer.or(earlier.customer);
        self.institution = self.institution.or(earlier.institution);
        self.login = self.login.or(earlier.login);
    }

    /// Returns whether the ids meet the conditions of a selection.
    #[must_use]
    pub fn are_selected(&self, selection: &Selection, pool: &IdPool) -> bool {
        if !selection.has_id_conditions() {
            return true;
        }
        let resolve = |id: Option<PackedId>| id.map(|id| pool.resolve(id));
        let [id, customer, institution, login] =
            [self.id, self.customer, self.institution, self.login].map(resolve);
        let account = Account {
            id: id.as_deref(),
            customer_id: customer.as_deref(),
            institution_id: institution.as_deref(),
            institution_login_id: login.as_deref(),
            ..Account::default()
        };
        selection.match_ids(&account) == Match::Yes
    }

    /// Returns the ids of an account whose institution and login do not matter.
    #[must_use]
    pub const fn from_key(key: AccountKey) -> Self {
        Self { id: key.id, customer: key.customer, institution: None, login: None }
    }

    /// Returns the ids that identify the account.
    #[must_use]
    pub const fn key(&self) -> AccountKey {
        AccountKey { id: self.id, customer: self.customer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_id_counts_as_absent() {
        let account = Account {
            id: Some(""),
            customer_id: Some("5001"),
            institution_login_id: Some(""),
            ..Account::default()
        };
        let ids = AccountIds::pack(&account, &mut IdPool::default());
        assert_eq!((ids.id, ids.login), (None, None));
        assert!(ids.customer.is_some());
    }
}
