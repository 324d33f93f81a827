//! The state of an account in one snapshot.

use crate::account::Code;
use crate::catalog::Category;

/// Whether an account fails. Its category decides, not its code: a catalog may have other codes for
/// success than 0, and codes of accounts that have no result yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    /// It is ok or stale.
    Healthy,
    /// It has no result yet.
    Pending,
    /// It has no result, and failed in the snapshot before. It has not recovered.
    PendingAfterFailure,
    Failing,
}

/// The code and the condition of an account, in 6 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    code: [u8; size_of::<Code>()],
    has_code: bool,
    condition: Condition,
}

impl Default for State {
    fn default() -> Self {
        Self::new(None, Category::Pending)
    }
}

impl State {
    /// Returns the state of an account with this code, which has this category.
    #[must_use]
    pub fn new(code: Option<Code>, category: Category) -> Self {
        let condition = match category {
            Category::Pending => Condition::Pending,
            category if category.is_failing() => Condition::Failing,
            _ => Condition::Healthy,
        };
        Self { code: code.unwrap_or_default().to_ne_bytes(), has_code: code.is_some(), condition }
    }

    /// Returns the same state after another one in the snapshot before: a failure goes on while the
    /// account is pending.
    #[must_use]
    pub fn after(self, before: Self) -> Self {
        match self.condition {
            Condition::Pending if before.has_failure() => {
                Self { condition: Condition::PendingAfterFailure, ..self }
            }
            _ => self,
        }
    }

    /// Returns the code, if the account has one.
    #[must_use]
    pub fn code(self) -> Option<Code> {
        self.has_code.then(|| Code::from_ne_bytes(self.code))
    }

    /// Returns whether the account fails.
    #[must_use]
    pub fn is_failing(self) -> bool {
        self.condition == Condition::Failing
    }

    /// Returns whether the account is ok or stale.
    #[must_use]
    pub fn is_healthy(self) -> bool {
        self.condition == Condition::Healthy
    }

    /// Returns whether the account fails, or is pending after a failure.
    #[must_use]
    pub fn has_failure(self) -> bool {
        matches!(self.condition, Condition::Failing | Condition::PendingAfterFailure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_takes_6_bytes_and_so_does_an_absent_one() {
        assert_eq!([size_of::<State>(), size_of::<Option<State>>()], [6; 2]);
    }

    #[test]
    fn every_code_differs_from_no_code() {
        for code in [None, Some(0), Some(185), Some(Code::MAX)] {
            assert_eq!(State::new(code, Category::Unknown).code(), code);
        }
    }

    #[test]
    fn the_category_decides_whether_an_account_fails() {
        for &category in Category::ALL {
            let state = State::new(Some(44_000), category);
            assert_eq!(state.is_failing(), category.is_failing(), "{category}");
            let is_healthy = matches!(category, Category::Ok | Category::Stale);
            assert_eq!(state.is_healthy(), is_healthy, "{category}");
        }
    }

    #[test]
    fn a_failure_goes_on_while_the_account_is_pending() {
        let [failing, pending, healthy] =
            [(Some(185), Category::UserAction), (None, Category::Pending), (Some(0), Category::Ok)]
                .map(|(code, category)| State::new(code, category));
        let still = pending.after(pending.after(failing));
        assert!(still.has_failure() && !still.is_failing());
        for ended in [pending, healthy, pending.after(healthy), healthy.after(failing)] {
            assert!(!ended.has_failure(), "{ended:?}");
        }
    }
}
