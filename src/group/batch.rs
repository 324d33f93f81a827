//! The accounts of one part of the input, packed so that they can be counted by group later.

use super::By;
use super::states::StateCount;
use crate::catalog::Category;
use crate::classify::Finding;
use crate::ids::{AccountIds, IdPool, PackedId};
use crate::outage::Login;

/// The ids that the accounts of a group share; `None` for those that lack the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The institution or the customer.
    pub id: Option<PackedId>,
    pub login: Option<PackedId>,
}

/// One account or API error.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    pub key: Key,
    /// For logins: the institution.
    pub institution: Option<PackedId>,
    /// For institutions: the login, if it waits for the institution.
    pub waiting: Option<Login>,
    pub state: StateCount,
}

/// Accounts in the order of the input, in 64 bytes each.
///
/// Several threads pack accounts at the same time, but one thread counts them for the whole input:
/// a table for every batch would cost more to merge than it saves.
#[derive(Debug, Clone)]
pub struct Batch {
    by: By,
    pub(super) ids: IdPool,
    pub(super) records: Vec<Record>,
}

impl Batch {
    /// Returns an empty batch.
    #[must_use]
    pub fn new(by: By) -> Self {
        Self { by, ids: IdPool::default(), records: Vec::new() }
    }

    /// Adds an account or an API error.
    #[inline]
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        let (account, verdict) = (finding.account, finding.verdict);
        let mut pack = |id| self.ids.pack_non_empty(id);
        let (key, institution) = match self.by {
            By::Institution => (Key { id: pack(account.institution_id), login: None }, None),
            By::Customer => (Key { id: pack(account.customer_id), login: None }, None),
            By::Login => {
                let login = pack(account.institution_login_id);
                let institution = login.and_then(|_| pack(account.institution_id));
                (Key { id: pack(account.customer_id), login }, institution)
            }
        };
        let is_waiting = verdict.category == Category::Institution && self.by == By::Institution;
        let waiting = is_waiting.then(|| Login::new(&AccountIds::pack(account, &mut self.ids)));
        let state = StateCount::new(verdict, account.aggregation_status_code);
        self.records.push(Record { key, institution, waiting, state });
    }

    /// Returns the accounts added so far, and leaves an empty batch.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let next = Self { records: Vec::with_capacity(self.records.len()), ..Self::new(self.by) };
        std::mem::replace(self, next)
    }
}
