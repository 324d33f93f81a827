//! One account over all snapshots, with only the fields that a trend needs.

use crate::account::{Account, Code};
use crate::ids::{AccountKey, IdPool, Keyed};

/// An account: its state in the newest snapshot that has it, and the state before that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub key: AccountKey,
    /// The state in the previous snapshot that has the account.
    pub before: State,
    /// The state in the newest snapshot that has the account.
    pub now: State,
}

/// What is known about an account as of one snapshot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one fact")]
pub struct State {
    code: Code,
    /// The number of the snapshot, from 1; 0 if no snapshot has the account.
    pub seen: u32,
    /// The number of the snapshot that began the failure, or [`UNKNOWN`]; 0 if the account does not
    /// fail.
    failing_since: u32,
    /// Whether the account has no code.
    is_pending: bool,
    /// Whether this state is selected.
    pub is_selected: bool,
    /// Whether this state or an earlier one is selected.
    pub was_ever_selected: bool,
    /// Whether any state of the current failure is selected.
    is_failure_selected: bool,
}

/// Marks a failure that the account already had when it was first seen.
const UNKNOWN: u32 = u32::MAX;

impl State {
    /// Returns the state of an account that has this code in this snapshot.
    pub fn after(before: Self, code: Option<Code>, snapshot: u32, is_selected: bool) -> Self {
        let failing_since = match code {
            Some(0) => 0,
            // A failure continues if the code changes or is missing.
            _ if before.is_failing() => before.failing_since,
            None => 0,
            Some(_) if before.seen == 0 => UNKNOWN,
            Some(_) => snapshot,
        };
        Self {
            code: code.unwrap_or_default(),
            seen: snapshot,
            failing_since,
            is_pending: code.is_none(),
            is_selected,
            was_ever_selected: is_selected || before.was_ever_selected,
            is_failure_selected: is_selected || before.is_failing() && before.is_failure_selected,
        }
    }

    pub fn code(self) -> Option<Code> {
        (!self.is_pending).then_some(self.code)
    }

    pub const fn is_failing(self) -> bool {
        self.failing_since > 0
    }

    /// Returns whether the account fails, and any state of the failure is selected.
    pub const fn has_selected_failure(self) -> bool {
        self.is_failing() && self.is_failure_selected
    }

    /// Returns the number of snapshots from the beginning of a selected failure to this state, if
    /// this state ends the failure and its beginning is known.
    pub fn recovery_since(self, before: Self) -> Option<u32> {
        let is_end = before.is_failing() && !self.is_failing() && self.is_failure_selected;
        (is_end && before.failing_since != UNKNOWN).then(|| self.seen - before.failing_since)
    }
}

impl Record {
    /// Returns an account that no snapshot has yet.
    pub fn new(key: AccountKey) -> Self {
        Self { key, before: State::default(), now: State::default() }
    }
}

impl Keyed for Record {
    fn key(&self) -> AccountKey {
        self.key
    }
}

/// A record of an account in a batch.
#[derive(Debug, Clone, Copy)]
pub struct BatchRecord {
    pub key: AccountKey,
    pub code: Option<Code>,
    pub is_selected: bool,
}

/// A batch of accounts of one snapshot, in input order.
#[derive(Debug, Default)]
pub struct Batch {
    ids: IdPool,
    records: Vec<BatchRecord>,
    without_id: u64,
}

impl Batch {
    /// Adds an account. `is_selected` says whether this state is selected. A state that is not
    /// selected matters too, because a change counts if the state before or after it is selected.
    pub fn add(&mut self, account: &Account<'_>, is_selected: bool) {
        let key = AccountKey::pack(account, &mut self.ids);
        if key.id.is_some() {
            let code = account.aggregation_status_code;
            self.records.push(BatchRecord { key, code, is_selected });
        } else {
            self.without_id += u64::from(is_selected);
        }
    }

    pub(super) fn records(&self) -> &[BatchRecord] {
        &self.records
    }

    pub(super) const fn ids(&self) -> &IdPool {
        &self.ids
    }

    pub(super) const fn without_id(&self) -> u64 {
        self.without_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_takes_48_bytes() {
        assert_eq!(size_of::<Record>(), 48);
    }
}
