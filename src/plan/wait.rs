//! Decides when waiting has taken too long. An outage affects a whole institution, so all its
//! accounts decide, not one of them.

use crate::account::Account;
use crate::catalog::Action;
use crate::classify::Verdict;

/// How long an account has had no new data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Whole days from the last success to the last attempt.
    Days(u32),
    /// It was attempted, but has never succeeded.
    NeverSucceeded,
    /// The record has no attempt date.
    Unknown,
}

impl Waiting {
    pub fn days(self) -> Option<u64> {
        match self {
            Self::Days(days) => Some(days.into()),
            Self::NeverSucceeded | Self::Unknown => None,
        }
    }

    pub fn new(account: &Account<'_>) -> Self {
        match account.days_failing() {
            Some(days) => Self::Days(u32::try_from(days).unwrap_or(u32::MAX)),
            None if account.attempt.is_some() => Self::NeverSucceeded,
            None => Self::Unknown,
        }
    }
}

/// Returns the limit in days that the accounts of one institution and code have exceeded; `None` if
/// they have not, or if the action is not to wait.
///
/// The limit is the documented wait of the code, or `escalate_after` if that is sooner. The median
/// of the accounts' days decides, so that one account that failed for another reason before does
/// not. Accounts without a success date have no days. If no account has any, one that was attempted
/// and has never succeeded exceeds every limit.
pub fn overdue(
    verdict: &Verdict<'_>,
    escalate_after: Option<u32>,
    accounts: impl Iterator<Item = Waiting>,
) -> Option<u32> {
    if verdict.action != Action::Wait {
        return None;
    }
    let documented = verdict.entry.and_then(|entry| entry.wait_days);
    let limit = [documented, escalate_after].into_iter().flatten().min()?;
    let mut days = Vec::new();
    let mut never_succeeded = false;
    for account in accounts {
        match account {
            Waiting::Days(number) => days.push(number),
            Waiting::NeverSucceeded => never_succeeded = true,
            Waiting::Unknown => {}
        }
    }
    let is_past =
        twice_the_median(&mut days).map_or(never_succeeded, |median| median > u64::from(limit) * 2);
    is_past.then_some(limit)
}

/// Returns twice the median, which is a whole number even for an even count.
fn twice_the_median(days: &mut [u32]) -> Option<u64> {
    let last = days.len().checked_sub(1)?;
    let (below, &mut upper, _) = days.select_nth_unstable(days.len() / 2);
    let lower = if last % 2 == 0 { upper } else { below.iter().copied().max().unwrap_or(upper) };
    Some(u64::from(lower) + u64::from(upper))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::Catalog;
    use crate::classify::Classifier;

    const DAY: i64 = 86_400;

    fn is_overdue(code: u32, accounts: &[Waiting], escalate_after: Option<u32>) -> bool {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let account = Account { aggregation_status_code: Some(code), ..Account::default() };
        let verdict = classifier.classify(&account).verdict;
        overdue(verdict, escalate_after, accounts.iter().copied()).is_some()
    }

    #[test]
    fn the_median_of_the_accounts_decides() {
        use Waiting::Days;
        // 910: 3 to 5 days.
        assert!(!is_overdue(910, &[Days(5)], None));
        assert!(is_overdue(910, &[Days(6)], None));
        assert!(!is_overdue(910, &[Days(4), Days(40), Days(4)], None));
        assert!(is_overdue(910, &[Days(5), Days(6)], None));
        assert!(!is_overdue(910, &[Days(4), Days(6)], None));
    }

    #[test]
    fn accounts_that_never_succeeded_exceed_every_limit_unless_others_have_days() {
        use Waiting::{Days, NeverSucceeded, Unknown};
        assert!(is_overdue(910, &[NeverSucceeded], None));
        assert!(!is_overdue(910, &[NeverSucceeded, NeverSucceeded, Days(1)], None));
        assert!(is_overdue(910, &[NeverSucceeded, Days(6)], None));
        assert!(!is_overdue(910, &[Unknown, Unknown], None));
        assert!(is_overdue(910, &[Unknown, NeverSucceeded], None));
    }

    #[test]
    fn the_sooner_limit_counts_and_without_a_limit_waiting_never_ends() {
        use Waiting::{Days, NeverSucceeded};
        assert!(!is_overdue(102, &[Days(400), NeverSucceeded], None));
        assert!(is_overdue(102, &[Days(11)], Some(10)));
        assert!(is_overdue(910, &[Days(3)], Some(2)));
        assert!(is_overdue(910, &[Days(6)], Some(10)));
        assert!(is_overdue(102, &[NeverSucceeded], Some(10)));
    }

    #[test]
    fn only_accounts_that_wait_can_wait_too_long() {
        assert!(!is_overdue(185, &[Waiting::Days(400)], Some(1)));
        assert!(!is_overdue(920, &[Waiting::Days(400)], Some(1)));
    }

    #[test]
    fn an_account_waits_from_its_last_success_to_its_last_attempt() {
        let waiting =
            |success, attempt| Waiting::new(&Account { success, attempt, ..Account::default() });
        assert_eq!(waiting(Some(0), Some(3 * DAY)), Waiting::Days(3));
        assert_eq!(waiting(None, Some(3 * DAY)), Waiting::NeverSucceeded);
        assert_eq!(waiting(Some(0), None), Waiting::Unknown);
        assert_eq!(waiting(None, None), Waiting::Unknown);
        assert_eq!(waiting(Some(i64::MIN), Some(i64::MAX)), Waiting::Days(u32::MAX));
    }

    proptest! {
        #[test]
        fn the_median_matches_a_sort(days in prop::collection::vec(any::<u32>(), 0..20)) {
            let mut sorted = days.clone();
            sorted.sort_unstable();
            let expected = sorted.get(sorted.len() / 2).map(|upper| {
                u64::from(*upper) + u64::from(sorted[(sorted.len() - 1) / 2])
            });
            prop_assert_eq!(twice_the_median(&mut days.clone()), expected);
        }
    }
}
