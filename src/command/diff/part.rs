//! The accounts of one part of a snapshot, as small as they can be.

use std::ops::ControlFlow;

use crate::account::{Account, Code};
use crate::diff::{AccountKey, key};
use crate::input::{Batch, Position, RecordError, Sink};

/// What is kept of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Keys and codes.
    Keys,
    /// Ids as well.
    Ids,
}

/// Ids of an account: account, customer, institution, login.
const IDS: usize = 4;

/// What was gathered.
#[derive(Default)]
pub struct Part {
    pub accounts: Vec<(AccountKey, Option<Code>)>,
    /// The ids of all accounts, and where each one ends; the end of one that is absent is `None`.
    texts: String,
    ends: Vec<[Option<usize>; IDS]>,
    pub nameless: u64,
    pub invalid: Vec<(Position, RecordError)>,
}

impl Part {
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

/// Gathers the accounts of a part.
pub struct Gatherer {
    kept: Kept,
    part: Part,
}

impl Gatherer {
    pub fn new(kept: Kept) -> Self {
        Self {
            kept,
            part: Part::default(),
        }
    }
}

impl Sink for Gatherer {
    fn account(&mut self, account: &Account<'_>, _at: Position) {
        let Some(key) = key(account) else {
            self.part.nameless += 1;
            return;
        };
        self.part
            .accounts
            .push((key, account.aggregation_status_code));
        if self.kept == Kept::Ids {
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

    fn invalid(&mut self, at: Position, problem: RecordError) -> ControlFlow<()> {
        self.part.invalid.push((at, problem));
        ControlFlow::Continue(())
    }

    fn document(&mut self) {}
}

impl Batch for Gatherer {
    type Output = Part;

    fn take(&mut self) -> Part {
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
        let mut gatherer = Gatherer::new(Kept::Ids);
        for account in &accounts {
            gatherer.account(account, Position::START);
        }
        let part = gatherer.take();
        for (place, account) in accounts.iter().enumerate() {
            assert_eq!(part.account(place), *account);
        }
    }
}
