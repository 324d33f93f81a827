//! The change of one account, and its kind.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::history::SECURITY_CHALLENGE;
use super::outage::new_failure;
use super::record::Record;
use super::state::State;
use crate::account::Code;
use crate::ids::{IdPool, PackedId};

/// How an account changed, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It did not fail before, and fails now.
    Broken,
    /// Its failure goes on with another code: it fails before and now, or is pending before or now.
    CodeChanged,
    /// It fails with the same code.
    StillFailing,
    /// It is only in the newest snapshot.
    Appeared,
    /// It is only in the previous snapshot.
    Disappeared,
    /// It failed before, and is ok now, or ok with old data.
    Recovered,
    /// It fails neither before nor now, or is pending since a failure.
    Unchanged,
}

impl ChangeKind {
    /// All kinds, in order.
    pub const ALL: [Self; 7] = [
        Self::Broken,
        Self::CodeChanged,
        Self::StillFailing,
        Self::Appeared,
        Self::Disappeared,
        Self::Recovered,
        Self::Unchanged,
    ];

    /// Returns the name that machine formats use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::CodeChanged => "code_changed",
            Self::StillFailing => "still_failing",
            Self::Appeared => "appeared",
            Self::Disappeared => "disappeared",
            Self::Recovered => "recovered",
            Self::Unchanged => "unchanged",
        }
    }

    /// Returns the name that formats for people use.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Broken => "Broken",
            Self::CodeChanged => "Code changed",
            Self::StillFailing => "Still failing",
            Self::Appeared => "Appeared",
            Self::Disappeared => "Disappeared",
            Self::Recovered => "Recovered",
            Self::Unchanged => "Unchanged",
        }
    }

    /// Returns the kind of the change from one state to another. `before` is `None` if the account
    /// was absent.
    #[must_use]
    pub fn between(before: Option<State>, after: State) -> Self {
        let Some(before) = before else {
            return Self::Appeared;
        };
        match (before.has_failure(), after.is_failing()) {
            (false, true) => Self::Broken,
            (true, _) if after.is_healthy() => Self::Recovered,
            (true, true) if before.code() == after.code() => Self::StillFailing,
            (true, true) => Self::CodeChanged,
            (true, false) if before.is_failing() => Self::CodeChanged,
            (_, false) => Self::Unchanged,
        }
    }
}

/// The change of one account.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    kind: ChangeKind,
    record: &'a Record,
    ids: &'a IdPool,
}

impl<'a> Change<'a> {
    pub(super) const fn new(kind: ChangeKind, record: &'a Record, ids: &'a IdPool) -> Self {
        Self { kind, record, ids }
    }

    /// Returns the kind of the change.
    #[must_use]
    pub const fn kind(&self) -> ChangeKind {
        self.kind
    }

    /// Returns the id of the account. Only accounts with an id are compared.
    #[must_use]
    pub fn id(&self) -> Cow<'a, str> {
        self.resolve(self.record.ids.id).unwrap_or_default()
    }

    /// Returns the customer, if either snapshot names one.
    #[must_use]
    pub fn customer_id(&self) -> Option<Cow<'a, str>> {
        self.resolve(self.record.ids.customer)
    }

    /// Returns the institution, if either snapshot names one.
    #[must_use]
    pub fn institution_id(&self) -> Option<Cow<'a, str>> {
        self.resolve(self.record.ids.institution)
    }

    /// Returns the login, if either snapshot names one.
    #[must_use]
    pub fn institution_login_id(&self) -> Option<Cow<'a, str>> {
        self.resolve(self.record.ids.login)
    }

    /// Returns the code in the old snapshot; `None` if the account was pending or absent there.
    #[must_use]
    pub fn before(&self) -> Option<Code> {
        match self.kind {
            ChangeKind::Disappeared => self.record.code(),
            _ => self.record.code_before(),
        }
    }

    /// Returns the code in the new snapshot; `None` if the account is pending or absent there.
    #[must_use]
    pub fn after(&self) -> Option<Code> {
        match self.kind {
            ChangeKind::Disappeared => None,
            _ => self.record.code(),
        }
    }

    /// Returns for how many snapshots in a row, up to and including the new one, the account has
    /// had its code; 0 if it is absent from the new one.
    #[must_use]
    pub const fn streak(&self) -> u16 {
        match self.kind {
            ChangeKind::Disappeared => 0,
            _ => self.record.streak,
        }
    }

    /// Returns whether the institution seems to demand a one-time passcode for each aggregation:
    /// the account has code 185 now, and has relapsed at least once.
    #[must_use]
    pub fn one_time_passcode_likely(&self) -> bool {
        self.after() == Some(SECURITY_CHALLENGE) && self.record.has_relapsed
    }

    /// Returns the institution and the code, if the account did not have this code before.
    pub(super) fn new_failure(&self) -> Option<(PackedId, Code)> {
        match self.kind {
            ChangeKind::Disappeared => None,
            _ => new_failure(self.record),
        }
    }

    fn resolve(&self, id: Option<PackedId>) -> Option<Cow<'a, str>> {
        id.map(|id| self.ids.resolve(id))
    }
}
