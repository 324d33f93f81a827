//! The ids of one account.

use super::{IdPool, PackedId};
use crate::account::Account;
use crate::select::{Match, Selection};

/// What identifies an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountKey {
    /// The account. Without it the account cannot be recognized again.
    pub id: Option<PackedId>,
    /// The customer, where the input names one.
    pub customer: Option<PackedId>,
}

impl AccountKey {
    /// Packs what identifies an account. An empty id names nothing and counts as absent.
    pub fn pack(account: &Account<'_>, pool: &mut IdPool) -> Self {
        Self { id: pack(account.id, pool), customer: pack(account.customer_id, pool) }
    }

    /// The same key in another pool.
    #[must_use]
    pub fn import(&self, to: &mut IdPool, from: &IdPool) -> Self {
        let mut import = |id: Option<PackedId>| id.map(|id| to.import(from, id));
        Self { id: import(self.id), customer: import(self.customer) }
    }
}

fn pack(id: Option<&str>, pool: &mut IdPool) -> Option<PackedId> {
    id.filter(|id| !id.is_empty()).map(|id| pool.pack(id))
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
    /// Packs the ids of an account. An empty id names nothing and counts as absent.
    pub fn pack(account: &Account<'_>, pool: &mut IdPool) -> Self {
        let AccountKey { id, customer } = AccountKey::pack(account, pool);
        Self {
            id,
            customer,
            institution: pack(account.institution_id, pool),
            login: pack(account.institution_login_id, pool),
        }
    }

    /// The same ids in another pool.
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

    /// Takes over the ids that this record leaves out and an earlier one of the account has.
    pub fn fill(&mut self, earlier: &Self) {
        self.customer = self.customer.or(earlier.customer);
        self.institution = self.institution.or(earlier.institution);
        self.login = self.login.or(earlier.login);
    }

    /// Whether the ids meet the conditions of a selection.
    #[must_use]
    pub fn are_selected(&self, selection: &Selection, pool: &IdPool) -> bool {
        if !selection.has_ids() {
            return true;
        }
        let text = |id: Option<PackedId>| id.map(|id| pool.text(id));
        let [id, customer, institution, login] =
            [self.id, self.customer, self.institution, self.login].map(text);
        let account = Account {
            id: id.as_deref(),
            customer_id: customer.as_deref(),
            institution_id: institution.as_deref(),
            institution_login_id: login.as_deref(),
            ..Account::default()
        };
        selection.ids(&account) == Match::Yes
    }

    /// The ids of an account whose institution and login do not matter.
    #[must_use]
    pub const fn of_key(key: AccountKey) -> Self {
        Self { id: key.id, customer: key.customer, institution: None, login: None }
    }

    /// What identifies the account.
    #[must_use]
    pub const fn key(&self) -> AccountKey {
        AccountKey { id: self.id, customer: self.customer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_id_is_no_id() {
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
