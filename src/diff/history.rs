//! What earlier snapshots say about an account: since when it has its code, and whether it
//! relapsed.

use super::record::Record;
use crate::account::Code;
use crate::ids::{AccountKey, AccountTable};

/// The code of a security challenge, which an account with one-time passcodes gets again and again.
pub const SECURITY_CHALLENGE: Code = 185;

/// Gives every account of the new snapshot its history, and marks those accounts of the old
/// snapshot that the new one has as well.
pub fn compare(
    old: &mut AccountTable<Record>,
    new: &mut AccountTable<Record>,
    away: &AccountTable<Record>,
) {
    for index in 0..new.len() {
        let key = new.rows()[index].ids.key();
        if let Some(earlier) = counterpart(old, new, key) {
            old.rows_mut()[earlier].is_followed = true;
            follow(&mut new.rows_mut()[index], &old.rows()[earlier]);
        } else if counterpart(away, new, key).is_some() {
            new.rows_mut()[index].has_relapsed = true;
        }
    }
}

/// The row of the same account in an earlier snapshot.
///
/// Where the customer is missing on one side, the account id alone decides, if only one account has
/// it in either snapshot.
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

fn follow(new: &mut Record, old: &Record) {
    new.has_relapsed = old.has_relapsed || is_relapse(old, new);
    new.streak = if new.code() == old.code() { old.streak.saturating_add(1) } else { 1 };
    new.set_before(old.code());
    new.ids.fill(&old.ids);
}

/// Whether a security challenge is back at the next snapshot although the account succeeded in
/// between: the data came after the earlier attempt, or the snapshot in between has code 0.
///
/// Without such a success the challenge was never answered, and with more than one snapshot of
/// success the institution does not ask for a passcode each time.
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
pub fn remember_relapses(old: &AccountTable<Record>, away: &mut AccountTable<Record>) {
    for record in old.rows() {
        if record.has_relapsed && !record.is_followed && away.find_exact(record.ids.key()).is_none()
        {
            away.push(*record);
        }
    }
}
