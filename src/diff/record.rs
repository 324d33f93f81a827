//! One account of a snapshot, with only the fields that a comparison needs.

use crate::account::{Account, Code};
use crate::ids::{AccountIds, AccountKey, IdPool, Keyed};
use crate::select::Selection;

/// What a snapshot says about an account, and what earlier snapshots add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub ids: AccountIds,
    /// `aggregationSuccessDate`, in epoch seconds, or [`NO_DATE`].
    success: i64,
    /// `aggregationAttemptDate`, in epoch seconds, or [`NO_DATE`].
    attempt: i64,
    code: PackedCode,
    /// The code in the previous snapshot; none if the account was pending or absent there.
    before: PackedCode,
    /// The number of snapshots in a row with this code.
    pub streak: u16,
    /// Whether the previous snapshot has the account.
    pub was_present: bool,
    /// Whether the next snapshot has the account.
    pub is_in_next: bool,
    /// Whether the account has relapsed in this snapshot or in an earlier one.
    pub has_relapsed: bool,
}

/// Represents an absent date. [`parse_date`](crate::account::parse_date) never returns it.
const NO_DATE: i64 = i64::MIN;

/// An optional code in 5 bytes; `Option<Code>` takes 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PackedCode {
    bytes: [u8; size_of::<Code>()],
    is_known: bool,
}

impl PackedCode {
    fn new(code: Option<Code>) -> Self {
        Self { bytes: code.unwrap_or_default().to_ne_bytes(), is_known: code.is_some() }
    }

    fn get(self) -> Option<Code> {
        self.is_known.then(|| Code::from_ne_bytes(self.bytes))
    }
}

impl Record {
    /// Returns the record of an account without a history.
    fn new(account: &Account<'_>, pool: &mut IdPool) -> Self {
        Self {
            ids: AccountIds::pack(account, pool),
            success: account.success.unwrap_or(NO_DATE),
            attempt: account.attempt.unwrap_or(NO_DATE),
            code: PackedCode::new(account.aggregation_status_code),
            before: PackedCode::new(None),
            streak: 1,
            was_present: false,
            is_in_next: false,
            has_relapsed: false,
        }
    }

    pub fn code(&self) -> Option<Code> {
        self.code.get()
    }

    /// Returns the code in the previous snapshot; `None` if the account was pending or absent
    /// there.
    pub fn before(&self) -> Option<Code> {
        self.before.get()
    }

    pub fn set_before(&mut self, code: Option<Code>) {
        self.was_present = true;
        self.before = PackedCode::new(code);
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
        let was_present = self.was_present && !is_gone;
        let days = || {
            let (success, attempt) = (self.success(), self.attempt());
            Account { success, attempt, ..Account::default() }.days_failing()
        };
        (selection.matches_code(self.code())
            || was_present && selection.matches_code(self.before()))
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

/// A batch of accounts of one snapshot, in input order.
#[derive(Debug, Default)]
pub struct Batch {
    ids: IdPool,
    records: Vec<Record>,
    without_id: u64,
}

impl Batch {
    /// Adds an account.
    pub fn add(&mut self, account: &Account<'_>) {
        if account.id.is_some() {
            self.records.push(Record::new(account, &mut self.ids));
        } else {
            self.without_id += 1;
        }
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

    #[test]
    fn every_code_and_no_code_can_be_told_apart() {
        for code in [None, Some(0), Some(185), Some(Code::MAX)] {
            assert_eq!(PackedCode::new(code).get(), code);
        }
    }
}
