//! The accounts that a report lists, in bounded memory.

use std::cmp::Reverse;

use crate::account::Code;
use crate::classify::Finding;

/// An account that a report lists.
#[derive(Debug, Clone)]
pub struct ListedAccount {
    pub(super) id: Option<Box<str>>,
    pub(super) customer_id: Option<Box<str>>,
    pub(super) institution_id: Option<Box<str>>,
    pub(super) institution_login_id: Option<Box<str>>,
    pub(super) code: Option<Code>,
    /// The index of the verdict in [`Classifier::verdicts`](crate::classify::Classifier::verdicts).
    pub(super) verdict: usize,
    pub(super) days_failing: Option<u64>,
}

impl ListedAccount {
    fn new(finding: &Finding<'_, '_>, days_failing: Option<u64>) -> Self {
        let account = finding.account;
        Self {
            id: account.id.map(Box::from),
            customer_id: account.customer_id.map(Box::from),
            institution_id: account.institution_id.map(Box::from),
            institution_login_id: account.institution_login_id.map(Box::from),
            code: account.aggregation_status_code,
            verdict: finding.verdict.index,
            days_failing,
        }
    }
}

/// The accounts of one category with the most days failing. Among equals, the first ones of the
/// input are kept; accounts without dates come last.
#[derive(Debug, Clone)]
pub struct ListedAccounts {
    accounts: Vec<ListedAccount>,
    limit: usize,
    /// Whether the list is full, so that an account needs more days than `floor` to be added.
    is_full: bool,
    /// The days of the last account in a full list.
    floor: Option<u64>,
}

impl ListedAccounts {
    /// Returns an empty list of at most `limit` accounts.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self { accounts: Vec::new(), limit, is_full: false, floor: None }
    }

    /// Adds an account, unless the list is full of accounts with as many days.
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        let days = finding.account.days_failing();
        if !self.is_full || days > self.floor {
            self.accounts.push(ListedAccount::new(finding, days));
            self.prune();
        }
    }

    /// Adds the accounts of the next block of the input.
    pub fn extend(&mut self, next: Self) {
        self.accounts.extend(next.accounts);
        self.prune();
    }

    /// Returns the accounts, those with the most days first.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<ListedAccount> {
        self.sort();
        self.accounts
    }

    /// Drops accounts that will not be listed once there are twice as many as the limit.
    fn prune(&mut self) {
        if self.accounts.len() / 2 >= self.limit {
            self.sort();
            self.is_full = true;
            self.floor = self.accounts.last().and_then(|last| last.days_failing);
        }
    }

    fn sort(&mut self) {
        self.accounts.sort_by_key(|account| Reverse(account.days_failing));
        self.accounts.truncate(self.limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::catalog::Catalog;
    use crate::classify::Classifier;

    /// Lists accounts with these days, read in blocks of this size, and returns their positions.
    fn listed(days: &[Option<i64>], block_size: usize, limit: usize) -> Vec<usize> {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let ids: Vec<String> = (0..days.len()).map(|index| index.to_string()).collect();
        let accounts: Vec<_> = ids.iter().zip(days).collect();
        let mut all = ListedAccounts::new(limit);
        for block in accounts.chunks(block_size) {
            let mut listed = ListedAccounts::new(limit);
            for &(id, days) in block {
                let account = Account {
                    id: Some(id),
                    aggregation_status_code: Some(185),
                    success: days.map(|_| 0),
                    attempt: days.map(|days| days * 86_400),
                    ..Account::default()
                };
                listed.add(&classifier.classify(&account));
            }
            all.extend(listed);
        }
        let ids = all.into_sorted().into_iter().filter_map(|account| account.id);
        ids.filter_map(|id| id.parse().ok()).collect()
    }

    #[test]
    fn the_accounts_with_the_most_days_are_listed_however_the_input_is_split() {
        let days: Vec<Option<i64>> =
            (0..500).map(|n| (n % 7 > 0).then_some((n * n * 7919) % 97)).collect();
        let mut expected: Vec<usize> = (0..days.len()).collect();
        expected.sort_by_key(|&index| Reverse(days[index]));
        for (block_size, limit) in [(1, 1), (3, 25), (100, 7), (1000, 25), (50, usize::MAX)] {
            let expected = &expected[..limit.min(days.len())];
            assert_eq!(listed(&days, block_size, limit), expected, "{block_size} {limit}");
        }
    }
}
