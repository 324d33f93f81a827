//! What changed between snapshots.
//!
//! An account is known again by a hash of its customer and account id, so that a snapshot of ten million accounts takes some
//! fifty bytes for each. Text is kept of those only that changed.

mod change;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

pub use change::{Change, ChangeKind};

use crate::account::{Account, Code};

/// The code that 185 stands for: an account with it in this many snapshots in a row wants a passcode every time.
const ONE_TIME_PASSCODE_STREAK: u16 = 3;
const SECURITY_CHALLENGE: Code = 185;

/// A 128-bit hash of customer and account id. That two of ten million accounts share one is as good as impossible.
pub type AccountKey = u128;

/// The key of an account; `None` without an account id.
#[must_use]
pub fn key(account: &Account<'_>) -> Option<AccountKey> {
    let half = |seed: u8| {
        // Fixed keys: the same account has the same key in every run.
        let mut hasher = DefaultHasher::new();
        (seed, account.customer_id, account.id).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    account.id.map(|_| half(0) << 64 | half(1))
}

/// Takes a part of a key that is a hash already.
#[derive(Debug, Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        for (place, byte) in bytes.iter().enumerate() {
            self.0 ^= u64::from(*byte) << (place % 8 * 8);
        }
    }

    fn write_u128(&mut self, key: u128) {
        self.0 = (key >> 64) as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A code, or none, in four bytes. No code is as high as the number that stands for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Packed(Code);

impl Packed {
    const NONE: Self = Self(Code::MAX);

    const fn code(self) -> Option<Code> {
        if self.0 == Self::NONE.0 {
            None
        } else {
            Some(self.0)
        }
    }
}

impl From<Option<Code>> for Packed {
    fn from(code: Option<Code>) -> Self {
        code.map_or(Self::NONE, Self)
    }
}

/// What is remembered of an account.
#[derive(Debug, Clone, Copy)]
struct History {
    /// The code in the snapshot that it was last seen in, and the one before that.
    code: Packed,
    before: Packed,
    /// Snapshots in a row with this code.
    streak: u16,
    /// The number of the snapshot that it was last seen in, and whether it was in the one before.
    seen: u16,
    was_seen_before: bool,
    /// Whether a 185 was followed by a recovery, and that by another 185.
    recovered: bool,
    came_back: bool,
}

/// Snapshots, compared one after the other.
#[derive(Debug, Default)]
pub struct Comparison {
    accounts: HashMap<AccountKey, History, BuildHasherDefault<KeyHasher>>,
    snapshot: u16,
    /// Accounts that were met more than once in one snapshot; the last one counts.
    pub duplicates: u64,
}

impl Comparison {
    /// Begins the next snapshot.
    pub fn begin_snapshot(&mut self) {
        self.snapshot = self.snapshot.saturating_add(1);
    }

    /// Snapshots so far.
    #[must_use]
    pub const fn snapshots(&self) -> u16 {
        self.snapshot
    }

    /// Takes note of an account's code in the current snapshot.
    pub fn add(&mut self, key: AccountKey, code: Option<Code>) {
        let code = Packed::from(code);
        let snapshot = self.snapshot;
        let history = self.accounts.entry(key).or_insert(History {
            code: Packed::NONE,
            before: Packed::NONE,
            streak: 0,
            seen: 0,
            was_seen_before: false,
            recovered: false,
            came_back: false,
        });
        if history.seen == snapshot {
            // Met again: the last one counts, as if the first had not been there.
            self.duplicates += 1;
            history.streak = if history.was_seen_before && history.before == code {
                history.streak.max(1)
            } else {
                1
            };
            history.code = code;
            return;
        }
        history.was_seen_before = history.seen + 1 == snapshot && snapshot > 1;
        history.before = history.code;
        history.streak = if history.was_seen_before && history.code == code {
            history.streak.saturating_add(1)
        } else {
            1
        };
        if history.seen > 0 {
            history.recovered |= history.code.0 == SECURITY_CHALLENGE && code.0 == 0;
        }
        history.came_back |= history.recovered && code.0 == SECURITY_CHALLENGE;
        history.code = code;
        history.seen = snapshot;
    }

    /// What became of an account between the last two snapshots; `None` if it was in neither.
    #[must_use]
    pub fn outcome(&self, key: AccountKey) -> Option<Outcome> {
        let history = self.accounts.get(&key)?;
        if history.seen + 1 == self.snapshot {
            let kind = ChangeKind::Disappeared;
            return Some(Outcome {
                kind,
                before: history.code.code(),
                after: None,
                streak: 0,
                one_time_passcode_likely: false,
            });
        }
        if history.seen != self.snapshot {
            return None;
        }
        let challenged = history.code.0 == SECURITY_CHALLENGE;
        Some(Outcome {
            kind: ChangeKind::between(
                history.was_seen_before.then_some(history.before.code()),
                history.code.code(),
            ),
            before: history.before.code().filter(|_| history.was_seen_before),
            after: history.code.code(),
            streak: history.streak,
            one_time_passcode_likely: challenged
                && self.snapshot > 2
                && (history.streak >= ONE_TIME_PASSCODE_STREAK || history.came_back),
        })
    }

    /// The keys of all accounts that were in the last snapshot but one and are not in the last.
    pub fn disappeared(&self) -> impl Iterator<Item = AccountKey> {
        self.accounts
            .iter()
            .filter(|(_, history)| history.seen + 1 == self.snapshot)
            .map(|(key, _)| *key)
    }

    /// All accounts of the last two snapshots, counted by what became of them.
    #[must_use]
    pub fn counts(&self) -> [u64; ChangeKind::ALL.len()] {
        let mut counts = [0; ChangeKind::ALL.len()];
        for &key in self.accounts.keys() {
            if let Some(outcome) = self.outcome(key) {
                counts[outcome.kind as usize] += 1;
            }
        }
        counts
    }
}

/// What became of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The change.
    pub kind: ChangeKind,
    /// The code before; `None` for pending and for an account that was not there.
    pub before: Option<Code>,
    /// The code now.
    pub after: Option<Code>,
    /// Snapshots in a row with the newest code.
    pub streak: u16,
    /// Whether it looks as if the institution wanted a passcode at every sign-in.
    pub one_time_passcode_likely: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The outcome of one account that had these codes; `-1` means that it was not there.
    fn outcome(codes: &[i64]) -> Option<Outcome> {
        let mut comparison = Comparison::default();
        for &code in codes {
            comparison.begin_snapshot();
            if code >= 0 {
                comparison.add(7, Code::try_from(code).ok());
            }
        }
        comparison.outcome(7)
    }

    fn kind(codes: &[i64]) -> ChangeKind {
        outcome(codes).unwrap().kind
    }

    #[test]
    fn changes_are_told_apart() {
        use ChangeKind::{
            Appeared, Broken, CodeChanged, Disappeared, Recovered, StillFailing, Unchanged,
        };
        for (codes, expected) in [
            (&[0, 185][..], Broken),
            (&[185, 0], Recovered),
            (&[185, 103], CodeChanged),
            (&[185, 185], StillFailing),
            (&[0, 0], Unchanged),
            (&[-1, 185], Appeared),
            (&[185, -1, 185], Appeared),
            (&[185, -1], Disappeared),
            (&[103, 0, 0], Unchanged),
        ] {
            assert_eq!(kind(codes), expected, "{codes:?}");
        }
        assert_eq!(outcome(&[0, -1, -1]), None);
    }

    #[test]
    fn an_account_takes_few_bytes() {
        assert_eq!(size_of::<History>(), 16);
        assert_eq!(size_of::<(AccountKey, History)>(), 32);
    }

    #[test]
    fn streaks_count_snapshots_in_a_row_with_the_newest_code() {
        let streak = |codes: &[i64]| outcome(codes).unwrap().streak;
        assert_eq!(streak(&[0, 185]), 1);
        assert_eq!(streak(&[185, 185, 185]), 3);
        assert_eq!(streak(&[185, 0, 185, 185]), 2);
        assert_eq!(streak(&[185, -1, 185]), 1);
    }

    #[test]
    fn a_passcode_at_every_sign_in_is_not_guessed_from_two_snapshots() {
        let likely = |codes: &[i64]| outcome(codes).unwrap().one_time_passcode_likely;
        assert!(!likely(&[185, 185]));
        assert!(likely(&[185, 185, 185]));
        assert!(likely(&[185, 0, 185]));
        assert!(!likely(&[103, 103, 103]));
        assert!(!likely(&[0, 185, 0]));
        assert!(!likely(&[0, 0, 185]));
    }

    #[test]
    fn of_an_account_that_is_met_twice_the_last_one_counts() {
        let mut comparison = Comparison::default();
        comparison.begin_snapshot();
        comparison.add(1, Some(185));
        comparison.begin_snapshot();
        comparison.add(1, Some(103));
        comparison.add(1, Some(185));
        assert_eq!(comparison.duplicates, 1);
        assert_eq!(
            comparison.outcome(1).unwrap().kind,
            ChangeKind::StillFailing
        );
        assert_eq!(comparison.counts().iter().sum::<u64>(), 1);
    }

    #[test]
    fn keys_tell_customers_and_missing_customers_apart() {
        let account = |customer_id, id| {
            key(&Account {
                id,
                customer_id,
                ..Account::default()
            })
        };
        assert_eq!(account(Some("1"), Some("2")), account(Some("1"), Some("2")));
        assert_ne!(account(Some("1"), Some("2")), account(Some("12"), Some("")));
        assert_ne!(account(None, Some("2")), account(Some(""), Some("2")));
        assert_eq!(account(Some("1"), None), None);
    }
}
