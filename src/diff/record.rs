//! One account of a snapshot, with only the fields that a comparison needs.

use super::state::State;
use crate::account::{Account, Code};
use crate::classify::Finding;
use crate::ids::{AccountIds, AccountKey, AccountRow, IdPool, Keyed};
use crate::select::Selection;

/// What a snapshot says about an account, and what earlier snapshots add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub ids: AccountIds,
    /// `aggregationSuccessDate`, in epoch seconds, or [`NO_DATE`].
    success: i64,
    /// `aggregationAttemptDate`, in epoch seconds, or [`NO_DATE`].
    attempt: i64,
    state: State,
    /// The state in the previous snapshot, if that has the account.
    before: Option<State>,
    /// The number of snapshots in a row with this code.
    pub streak: u16,
    /// Whether the next snapshot has the account.
    pub is_in_next: bool,
    /// Whether the account has relapsed in this snapshot or in an earlier one.
    pub has_relapsed: bool,
}

/// Represents an absent date. [`parse_date`](crate::account::parse_date) never returns it.
const NO_DATE: i64 = i64::MIN;

impl Record {
    /// Returns the record of an account without a history.
    fn new(finding: &Finding<'_, '_>, pool: &mut IdPool) -> Self {
        let account = finding.account;
        Self {
            ids: AccountIds::pack(account, pool),
            success: account.success.unwrap_or(NO_DATE),
            attempt: account.attempt.unwrap_or(NO_DATE),
            state: State::new(account.aggregation_status_code, finding.verdict.category),
            before: None,
            streak: 1,
            is_in_next: false,
            has_relapsed: false,
        }
    }

    /// Returns the code; `None` if the account has none.
    pub fn code(&self) -> Option<Code> {
        self.state.code()
    }

    /// Returns the state.
    pub const fn state(&self) -> State {
        self.state
    }

    /// Returns the state in the previous snapshot; `None` if the account was absent there.
    pub const fn before(&self) -> Option<State> {
        self.before
    }

    /// Returns the code in the previous snapshot; `None` if the account had none, or was absent.
    pub fn code_before(&self) -> Option<Code> {
        self.before?.code()
    }

    /// Adds what the previous snapshot says about the account.
    pub fn set_before(&mut self, before: State) {
        self.before = Some(before);
        self.state = self.state.after(before);
    }

    pub fn success(&self) -> Option<i64> {
        (self.success != NO_DATE).then_some(self.success)
    }

    pub fn attempt(&self) -> Option<i64> {
        (self.attempt != NO_DATE).then_some(self.attempt)
    }

    /// Returns whether the change of this account is selected. For an account that disappeared
    /// (`is_gone`), only its last code counts, not the one before.
    pub fn is_selected(&self, is_gone: bool, selection: &Selection, ids: &IdPool) -> bool {
        let before = self.before.filter(|_| !is_gone);
        let days = || {
            let (success, attempt) = (self.success(), self.attempt());
            Account { success, attempt, ..Account::default() }.days_failing()
        };
        (selection.matches_code(self.code())
            || before.is_some_and(|before| selection.matches_code(before.code())))
            && selection.matches_days(days)
            && self.ids.are_selected(selection, ids)
    }

    /// Moves the ids of the record to another pool.
    pub fn import(&self, to: &mut IdPool, from: &IdPool) -> Self {
        Self { ids: self.ids.import(to, from), ..*self }
    }
}

impl Keyed for Record {
    fn key(&self) -> AccountKey {
        self.ids.key()
    }
}

impl AccountRow for Record {
    fn fill_missing(&mut self, earlier: &Self) {
        self.ids.fill_missing(&earlier.ids);
    }
}

/// A batch of accounts of one snapshot, in input order.
#[derive(Debug, Default)]
pub struct Batch {
    ids: IdPool,
    records: Vec<Record>,
    without_id: u64,
    excluded: Vec<AccountKey>,
}

impl Batch {
    /// Adds an account. Without an id, it cannot be compared. An empty id counts as absent.
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        let record = Record::new(finding, &mut self.ids);
        if record.ids.id.is_some() {
            self.records.push(record);
        } else {
            self.without_id += 1;
        }
    }

    /// Adds an account whose changes cannot be selected. It matters only because its customer has
    /// the id too.
    pub fn add_excluded(&mut self, account: &Account<'_>) {
        self.excluded.push(AccountKey::pack(account, &mut self.ids));
    }

    pub(super) fn excluded(&self) -> &[AccountKey] {
        &self.excluded
    }

    pub(super) fn records(&self) -> &[Record] {
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
    fn an_account_takes_64_bytes() {
        assert_eq!(size_of::<Record>(), 64);
    }
}
