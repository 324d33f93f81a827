//! One account over all snapshots, with only the fields that a trend needs.

use crate::account::Account;
use crate::classify::Finding;
use crate::diff;
use crate::ids::{AccountKey, IdPool, Keyed};
use crate::select::Selection;

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
pub struct State {
    /// The code and the condition in the snapshot.
    pub result: diff::State,
    selected: Selected,
    /// The number of the snapshot, from 1; 0 if no snapshot has the account.
    pub seen: u32,
    /// The number of the snapshot that began the failure, or [`UNKNOWN`]; 0 if there is no failure.
    failing_since: u32,
}

/// Which states of an account are selected. Each value includes those before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Selected {
    #[default]
    Never,
    /// An earlier state.
    Before,
    /// An earlier state of the current failure, or of the one that this state ends.
    InFailure,
    /// This state.
    Now,
}

/// Marks a failure that the account already had when it was first seen.
const UNKNOWN: u32 = u32::MAX;

impl State {
    /// Returns what is known of an account that has this state in this snapshot.
    fn after(before: Self, state: diff::State, snapshot: u32, is_selected: bool) -> Self {
        let failing_since = if state.is_healthy() {
            0
        } else if before.has_failure() {
            // The failure goes on, even if the account was absent, or is pending.
            before.failing_since
        } else if !state.is_failing() {
            0
        } else if before.seen == 0 {
            UNKNOWN
        } else {
            snapshot
        };
        let earlier = match before.selected {
            Selected::Never => Selected::Never,
            Selected::InFailure | Selected::Now if before.has_failure() => Selected::InFailure,
            _ => Selected::Before,
        };
        Self {
            result: if before.is_in(snapshot - 1) { state.after(before.result) } else { state },
            selected: if is_selected { Selected::Now } else { earlier },
            seen: snapshot,
            failing_since,
        }
    }

    /// Returns whether this is the state in the snapshot with this number.
    pub const fn is_in(self, snapshot: u32) -> bool {
        self.seen == snapshot && snapshot > 0
    }

    /// Returns whether this state is selected.
    pub fn is_selected(self) -> bool {
        self.selected == Selected::Now
    }

    /// Returns whether this state or an earlier one is selected.
    pub fn was_ever_selected(self) -> bool {
        self.selected > Selected::Never
    }

    const fn has_failure(self) -> bool {
        self.failing_since > 0
    }

    /// Returns whether a failure has not ended, and any of its states is selected.
    pub fn has_selected_failure(self) -> bool {
        self.has_failure() && self.selected >= Selected::InFailure
    }

    /// Returns the number of snapshots from the beginning of a selected failure to this state, if
    /// this state ends the failure and its beginning is known.
    pub fn recovery_since(self, before: Self) -> Option<u32> {
        let is_end = before.has_failure() && !self.has_failure();
        let is_selected = self.selected >= Selected::InFailure;
        (is_end && is_selected && before.failing_since != UNKNOWN)
            .then(|| self.seen - before.failing_since)
    }
}

impl Record {
    /// Returns an account that no snapshot has yet.
    pub fn new(key: AccountKey) -> Self {
        Self { key, before: State::default(), now: State::default() }
    }

    /// Adds a state in the snapshot with this number. It replaces an earlier one in the same
    /// snapshot.
    pub fn add(&mut self, state: diff::State, snapshot: u32, is_selected: bool) {
        if !self.now.is_in(snapshot) {
            self.before = self.now;
        }
        self.now = State::after(self.before, state, snapshot, is_selected);
    }

    /// Returns the state in the snapshot with this number, which is the current one or the one
    /// before.
    pub fn state_in(&self, snapshot: u32) -> Option<State> {
        [self.now, self.before].into_iter().find(|state| state.is_in(snapshot))
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
    pub state: diff::State,
    pub is_selected: bool,
    /// Whether the record is selected if it belongs to an account whose customer is. Otherwise, a
    /// record without a customer cannot be selected by its customer.
    pub is_selected_if_joined: bool,
}

/// A batch of accounts of one snapshot, in input order.
#[derive(Debug, Default)]
pub struct Batch {
    ids: IdPool,
    records: Vec<BatchRecord>,
    without_id: u64,
    excluded: Vec<AccountKey>,
}

impl Batch {
    /// Adds an account, unless its customer excludes it from the selection. A state that is not
    /// selected matters too, because a change counts if the state before or after it is selected.
    pub fn add(&mut self, finding: &Finding<'_, '_>, selection: Option<&Selection>) {
        let account = finding.account;
        let is_selected = selection.is_none_or(|selection| selection.matches(account));
        let is_selected_if_joined =
            selection.is_none_or(|selection| selection.matches_but_for_customer(account));
        let key = AccountKey::pack(account, &mut self.ids);
        if key.id.is_some() {
            let state = diff::State::new(account.aggregation_status_code, finding.verdict.category);
            self.records.push(BatchRecord { key, state, is_selected, is_selected_if_joined });
        } else {
            self.without_id += u64::from(is_selected);
        }
    }

    /// Adds an account that cannot be selected. It matters only because its customer has the id
    /// too.
    pub fn add_excluded(&mut self, account: &Account<'_>) {
        self.excluded.push(AccountKey::pack(account, &mut self.ids));
    }

    pub(super) fn excluded(&self) -> &[AccountKey] {
        &self.excluded
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
