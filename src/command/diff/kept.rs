//! The accounts of one block of a snapshot, as small as they can be.

use super::super::batch::Keep;
use crate::account::{Account, Code};
use crate::answer::triage::Location;
use crate::classify::Finding;
use crate::diff::{AccountKey, key};

/// What is kept of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Keys and codes.
    Keys,
    /// Ids as well.
    Ids,
}

/// Ids of an account: account, customer, institution, login.
const IDS: usize = 4;

/// What was kept.
#[derive(Default)]
pub struct Accounts {
    pub codes: Vec<(AccountKey, Option<Code>)>,
    /// The ids of all accounts, and where each one ends; the end of one that is absent is `None`.
    texts: String,
    ends: Vec<[Option<usize>; IDS]>,
    /// Accounts without an id.
    pub without_id: u64,
}

impl Accounts {
    /// The ids of the account at this place.
    pub fn account(&self, place: usize) -> Account<'_> {
        let mut begin = self.ends[..place]
            .iter()
            .rev()
            .flat_map(|ends| ends.iter().rev())
            .find_map(|end| *end)
            .unwrap_or(0);
        let mut next = |end: Option<usize>| {
            let end = end?;
            let text = self.texts.get(begin..end);
            begin = end;
            text
        };
        let [id, customer_id, institution_id, institution_login_id] =
            self.ends[place].map(&mut next);
        Account {
            id,
            customer_id,
            institution_id,
            institution_login_id,
            ..Account::default()
        }
    }
}

/// Keeps the accounts of a block.
pub struct KeepAccounts {
    depth: Depth,
    part: Accounts,
}

impl KeepAccounts {
    pub fn new(depth: Depth) -> Self {
        Self {
            depth,
            part: Accounts::default(),
        }
    }

    fn account(&mut self, account: &Account<'_>) {
        let Some(key) = key(account) else {
            self.part.without_id += 1;
            return;
        };
        self.part.codes.push((key, account.aggregation_status_code));
        if self.depth == Depth::Ids {
            let ids = [
                account.id,
                account.customer_id,
                account.institution_id,
                account.institution_login_id,
            ];
            let texts = &mut self.part.texts;
            self.part.ends.push(ids.map(|id| {
                texts.push_str(id?);
                Some(texts.len())
            }));
        }
    }
}

impl Keep for KeepAccounts {
    type Kept = Accounts;

    fn finding(&mut self, finding: &Finding<'_, '_>, _location: Location<'_>) {
        self.account(finding.account);
    }

    fn take(&mut self) -> Accounts {
        std::mem::take(&mut self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_they_went_in_and_absent_ones_stay_absent() {
        let accounts = [
            Account {
                id: Some("1"),
                customer_id: Some("50"),
                ..Account::default()
            },
            Account {
                id: Some("22"),
                ..Account::default()
            },
            Account {
                id: Some("3"),
                institution_id: Some(""),
                institution_login_id: Some("9"),
                ..Account::default()
            },
        ];
        let mut keep = KeepAccounts::new(Depth::Ids);
        for account in &accounts {
            keep.account(account);
        }
        let part = keep.take();
        for (place, account) in accounts.iter().enumerate() {
            assert_eq!(part.account(place), *account);
        }
    }
}
