//! The changes that there are.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::account::{Account, Code};

/// What became of an account. The order is that in which changes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was fine or pending, and fails now.
    Broken,
    /// It failed, and fails with another code; or it was or is pending.
    CodeChanged,
    /// It fails with the same code.
    StillFailing,
    /// It is new.
    Appeared,
    /// It is gone.
    Disappeared,
    /// It failed, and is fine now.
    Recovered,
    /// It is as it was.
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

    /// The word, as it stands in every output.
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

    /// The change from a code, if the account was there, to a code. `None` is pending.
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

/// An account that changed, with its ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The account.
    pub id: String,
    /// The customer.
    pub customer_id: Option<String>,
    /// The institution.
    pub institution_id: Option<String>,
    /// The login.
    pub institution_login_id: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
}

impl Change {
    /// The change of an account.
    #[must_use]
    pub fn new(account: &Account<'_>, outcome: Outcome) -> Self {
        let own = |id: Option<&str>| id.map(str::to_owned);
        Self {
            id: account.id.unwrap_or_default().to_owned(),
            customer_id: own(account.customer_id),
            institution_id: own(account.institution_id),
            institution_login_id: own(account.institution_login_id),
            outcome,
        }
    }

    /// What orders changes: the worst first, then by customer and account, whatever the order of the input was.
    #[must_use]
    pub fn order(&self) -> (ChangeKind, Option<&str>, &str) {
        (self.outcome.kind, self.customer_id.as_deref(), &self.id)
    }
}
