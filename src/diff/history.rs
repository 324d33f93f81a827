//! What earlier snapshots add to an account: how long it has had its code, and whether it has
//! relapsed.

use super::record::Record;
use crate::account::Code;
use crate::ids::{AccountKey, AccountTable};

/// The code of a security challenge. Where the institution demands a one-time passcode for each
/// aggregation, an account gets it again and again.
pub const SECURITY_CHALLENGE: Code = 185;

/// Adds the history of every account to the new snapshot, and marks the accounts of the old
/// snapshot that the new one also has. `absent` has the relapsed accounts of snapshots before the
/// old one.
pub fn compare(
    old: &mut AccountTable<Record>,
    new: &mut AccountTable<Record>,
    absent: &AccountTable<Record>,
) {
    for index in 0..new.len() {
        let key = new.rows()[index].ids.key();
        if let Some(earlier) = counterpart(old, new, key) {
            old.rows_mut()[earlier].is_in_next = true;
            inherit(&mut new.rows_mut()[index], &old.rows()[earlier]);
        } else if counterpart(absent, new, key).is_some() {
            new.rows_mut()[index].has_relapsed = true;
        }
    }
}

/// Returns the row of the same account in an earlier snapshot.
///
/// If one of the two does not name the customer, the account id decides, provided that only one
/// account of each snapshot has it.
fn counterpart(
    earlier: &AccountTable<Record>,
    new: &AccountTable<Record>,
    key: AccountKey,
) -> Option<usize> {
    earlier.find_exact(key).or_else(|| {
        let only = earlier.find(key)?;
        new.find_only(key.id?).map(|_| only)
    })
}

fn inherit(new: &mut Record, old: &Record) {
    new.has_relapsed = old.has_relapsed || is_relapse(old, new);
    new.streak = if new.code() == old.code() { old.streak.saturating_add(1) } else { 1 };
    new.set_before(old.code());
    new.ids.fill_missing(&old.ids);
}

/// Returns whether a security challenge is back although the account succeeded in between: either
/// the last success is later than the earlier challenge, or there is one snapshot with code 0 in
/// between.
///
/// Without a success in between, nobody answered the challenge. With more than one snapshot of
/// success, the institution does not demand a passcode each time.
fn is_relapse(old: &Record, new: &Record) -> bool {
    if new.code() != Some(SECURITY_CHALLENGE) {
        return false;
    }
    match old.code() {
        Some(SECURITY_CHALLENGE) => {
            let challenged = old.attempt().or(old.success());
            challenged.is_some() && new.success() > challenged
        }
        Some(0) => old.before() == Some(SECURITY_CHALLENGE),
        _ => false,
    }
}

/// Keeps the accounts that have relapsed and that the newer snapshot does not have.
pub fn remember_relapses(old: &AccountTable<Record>, absent: &mut AccountTable<Record>) {
    for record in old.rows() {
        if record.has_relapsed
            && !record.is_in_next
            && absent.find_exact(record.ids.key()).is_none()
        {
            absent.push(*record);
        }
    }
}
