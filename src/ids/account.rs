//! The ids of one account.

use super::{IdPool, PackedId};
use crate::account::Account;

/// What identifies an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountKey {
    /// The account. Without it the account cannot be recognized again.
    pub id: Option<PackedId>,
    /// The customer, where the input names one.
    pub customer: Option<PackedId>,
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
    /// Packs the ids of an account.
    pub fn pack(account: &Account<'_>, pool: &mut IdPool) -> Self {
        let mut pack = |id: Option<&str>| id.map(|id| pool.pack(id));
        Self {
            id: pack(account.id),
            customer: pack(account.customer_id),
            institution: pack(account.institution_id),
            login: pack(account.institution_login_id),
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

    /// What identifies the account.
    #[must_use]
    pub const fn key(&self) -> AccountKey {
        AccountKey {
            id: self.id,
            customer: self.customer,
        }
    }
}
