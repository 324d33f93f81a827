//! The accounts of one part of an input, packed so that they can be counted by group later.

use super::By;
use super::cells::Cell;
use crate::catalog::Category;
use crate::classify::Finding;
use crate::ids::{AccountIds, IdPool, PackedId};
use crate::outage::Login;

/// What the accounts of a group have in common; `None` for those that lack the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The institution or the customer.
    pub id: Option<PackedId>,
    pub login: Option<PackedId>,
}

/// Accounts of one group in one state.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    pub key: Key,
    /// The institution of a login.
    pub institution: Option<PackedId>,
    /// For institutions: the login, if it waits for the institution.
    pub waiting: Option<Login>,
    pub cell: Cell,
}

/// Accounts in the order of the input, in 64 bytes each.
///
/// Several threads pack accounts at the same time, and the counting itself is done once, for the
/// whole input: a table for every part would cost more to merge than it saves.
#[derive(Debug, Clone)]
pub struct Batch {
    by: By,
    pub(super) ids: IdPool,
    pub(super) records: Vec<Record>,
}

impl Batch {
    /// No accounts yet.
    #[must_use]
    pub fn new(by: By) -> Self {
        Self { by, ids: IdPool::default(), records: Vec::new() }
    }

    /// Adds an account or an API error.
    #[inline]
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        let (account, verdict) = (finding.account, finding.verdict);
        let mut pack =
            |id: Option<&str>| id.filter(|id| !id.is_empty()).map(|id| self.ids.pack(id));
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
        let waiting = is_waiting.then(|| Login::of(&AccountIds::pack(account, &mut self.ids)));
        let cell = Cell::new(verdict, account.aggregation_status_code);
        self.records.push(Record { key, institution, waiting, cell });
    }

    /// Returns what was added so far, and starts over.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let next = Self { records: Vec::with_capacity(self.records.len()), ..Self::new(self.by) };
        std::mem::replace(self, next)
    }
}
