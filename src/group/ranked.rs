//! Groups, sorted by their failing accounts.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::states::StateCount;
use super::{By, Counts, Groups, Row};
use crate::catalog::Category;
use crate::classify::Classifier;
use crate::ids::PackedId;
use crate::outage;

/// Groups, most failing accounts first.
#[derive(Debug)]
pub struct Ranked<'c> {
    classifier: &'c Classifier<'c>,
    groups: Groups,
    order: Vec<Rank>,
    failing: u64,
}

/// A group, and the counts by which it is sorted.
#[derive(Debug, Clone, Copy)]
struct Rank {
    failing: u64,
    accounts: u64,
    index: u32,
}

impl<'c> Ranked<'c> {
    pub(super) fn new(
        groups: Groups,
        classifier: &'c Classifier<'c>,
        is_shown: impl Fn(&Counts) -> bool,
    ) -> Self {
        let mut ranked = Self { classifier, groups, order: Vec::new(), failing: 0 };
        for (index, row) in (0..).zip(&ranked.groups.rows) {
            let counts = ranked.counts(row);
            if is_shown(&counts) {
                let (failing, accounts) = (counts.failing(), counts.accounts());
                ranked.failing += u64::from(failing > 0);
                ranked.order.push(Rank { failing, accounts, index });
            }
        }
        let Groups { ids, rows, .. } = &ranked.groups;
        ranked.order.sort_unstable_by(|a, b| {
            let (x, y) = (&rows[a.index as usize].key, &rows[b.index as usize].key);
            (Reverse(a.failing), Reverse(a.accounts))
                .cmp(&(Reverse(b.failing), Reverse(b.accounts)))
                .then_with(|| ids.compare(x.id, y.id))
                .then_with(|| ids.compare(x.login, y.login))
        });
        ranked
    }

    /// Returns the groups in order, each built on demand.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Group<'_>> {
        self.order.iter().map(|rank| Group {
            ranked: self,
            row: &self.groups.rows[rank.index as usize],
            index: rank.index,
        })
    }

    /// Returns the number of groups that have failing accounts.
    #[must_use]
    pub const fn failing(&self) -> u64 {
        self.failing
    }

    fn counts(&self, row: &Row) -> Counts {
        let mut counts = Counts::default();
        let category =
            |state: &StateCount| self.classifier.verdicts()[usize::from(state.verdict)].category;
        let states = || self.groups.states.list(row.head);
        for state in states() {
            counts.add(category(state), state.accounts);
        }
        // One code can be in several states: as the code of accounts, and as the code of API
        // errors.
        for state in states().filter(|state| category(state).is_failing()) {
            let same = states().filter(|other| other.code() == state.code());
            let failing = same.filter(|other| category(other).is_failing());
            counts.update_top(state.code(), failing.map(|other| other.accounts).sum());
        }
        counts
    }
}

/// One group.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    ranked: &'a Ranked<'a>,
    row: &'a Row,
    index: u32,
}

impl<'a> Group<'a> {
    /// Returns the institution. For a login, this is the first one that any of its accounts names.
    #[must_use]
    pub fn institution_id(&self) -> Option<Cow<'a, str>> {
        match self.ranked.groups.by {
            By::Institution => self.resolve(self.row.key.id),
            By::Customer => None,
            By::Login => self.resolve(self.row.institution),
        }
    }

    /// Returns the customer, if accounts are grouped by customer or login.
    #[must_use]
    pub fn customer_id(&self) -> Option<Cow<'a, str>> {
        match self.ranked.groups.by {
            By::Institution => None,
            By::Customer | By::Login => self.resolve(self.row.key.id),
        }
    }

    /// Returns the login, if accounts are grouped by login.
    #[must_use]
    pub fn institution_login_id(&self) -> Option<Cow<'a, str>> {
        self.resolve(self.row.key.login)
    }

    /// Counts its accounts.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.ranked.counts(self.row)
    }

    /// Returns whether this is an institution that is likely down: the accounts that wait for it
    /// belong to 10 logins or more, and are a fifth of its accounts or more.
    #[must_use]
    pub fn is_likely_outage(&self) -> bool {
        let logins = self.ranked.groups.waiting.get(&self.index).map_or(0, Vec::len);
        let counts = self.counts();
        self.row.key.id.is_some()
            && outage::is_likely(
                logins,
                counts.in_category(Category::Institution),
                counts.accounts(),
            )
    }

    fn resolve(&self, id: Option<PackedId>) -> Option<Cow<'a, str>> {
        id.map(|id| self.ranked.groups.ids.resolve(id))
    }
}
