//! The kinds of change, and one change.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::history::SECURITY_CHALLENGE;
use super::outage::new_failure;
use super::record::Record;
use crate::account::Code;
use crate::ids::{IdPool, PackedId};

/// How an account changed, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It had code 0 or no code, and fails now.
    Broken,
    /// It fails with another code, or is pending now, or was pending before.
    CodeChanged,
    /// It fails with the same code.
    StillFailing,
    /// It is only in the newest snapshot.
    Appeared,
    /// It is only in the previous snapshot.
    Disappeared,
    /// It failed before, and has code 0 now.
    Recovered,
    /// It is unchanged.
    Unchanged,
}

impl ChangeKind {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Broken,
        Self::CodeChanged,
        Self::StillFailing,
        Self::Appeared,
        Self::Disappeared,
        Self::Recovered,
        Self::Unchanged,
    ];

    /// The name that every machine format uses.
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

    /// The name that people read.
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

    /// The change from a code, if the account was present, to a code. `None` is pending.
    #[must_use]
    pub const fn between(before: Option<Option<Code>>, after: Option<Code>) -> Self {
        match (before, after) {
            (None, _) => Self::Appeared,
            (Some(None), None) | (Some(Some(0)), Some(0)) => Self::Unchanged,
            (Some(None | Some(0)), Some(1..)) => Self::Broken,
            (Some(Some(1..)), Some(0)) => Self::Recovered,
            (Some(Some(before)), Some(after)) if before == after => Self::StillFailing,
            _ => Self::CodeChanged,
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One account, and what became of it.
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

    /// What became of it.
    #[must_use]
    pub const fn kind(&self) -> ChangeKind {
        self.kind
    }

    /// The account. Only accounts with an id are compared.
    #[must_use]
    pub fn id(&self) -> Cow<'a, str> {
        self.text(self.record.ids.id).unwrap_or_default()
    }

    /// The customer, if either snapshot names one.
    #[must_use]
    pub fn customer_id(&self) -> Option<Cow<'a, str>> {
        self.text(self.record.ids.customer)
    }

    /// The institution, likewise.
    #[must_use]
    pub fn institution_id(&self) -> Option<Cow<'a, str>> {
        self.text(self.record.ids.institution)
    }

    /// The login, likewise.
    #[must_use]
    pub fn institution_login_id(&self) -> Option<Cow<'a, str>> {
        self.text(self.record.ids.login)
    }

    /// The code in the snapshot before; `None` if the account was pending or absent there.
    #[must_use]
    pub fn before(&self) -> Option<Code> {
        match self.kind {
            ChangeKind::Disappeared => self.record.code(),
            _ => self.record.before(),
        }
    }

    /// The code in the new snapshot; `None` if the account is pending or absent there.
    #[must_use]
    pub fn after(&self) -> Option<Code> {
        match self.kind {
            ChangeKind::Disappeared => None,
            _ => self.record.code(),
        }
    }

    /// Snapshots in a row that end with the new one and have its code; 0 if the account is absent.
    #[must_use]
    pub const fn streak(&self) -> u16 {
        match self.kind {
            ChangeKind::Disappeared => 0,
            _ => self.record.streak,
        }
    }

    /// Whether the institution seems to want a one-time passcode for each aggregation: the account
    /// has code 185 now, and has relapsed into it before or now.
    #[must_use]
    pub fn one_time_passcode_likely(&self) -> bool {
        self.after() == Some(SECURITY_CHALLENGE) && self.record.has_relapsed
    }

    /// Institution and code, if the account did not have this code before.
    pub(super) fn new_failure(&self) -> Option<(PackedId, Code)> {
        match self.kind {
            ChangeKind::Disappeared => None,
            _ => new_failure(self.record),
        }
    }

    fn text(&self, id: Option<PackedId>) -> Option<Cow<'a, str>> {
        id.map(|id| self.ids.text(id))
    }
}
