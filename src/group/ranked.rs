//! Groups in the order of how many of their accounts fail.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::cells::Cell;
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

/// A group, and what it is sorted by.
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

    /// The groups in order. None of them is built before it is asked for.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Group<'_>> {
        self.order.iter().map(|rank| Group {
            ranked: self,
            row: &self.groups.rows[rank.index as usize],
            index: rank.index,
        })
    }

    /// How many groups there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is no group.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// How many groups have failing accounts.
    #[must_use]
    pub const fn failing(&self) -> u64 {
        self.failing
    }

    fn counts(&self, row: &Row) -> Counts {
        let mut counts = Counts::default();
        let category = |cell: &Cell| self.classifier.verdicts()[usize::from(cell.verdict)].category;
        for cell in self.groups.cells.list(row.head) {
            counts.add(category(cell), cell.accounts);
        }
        // One code can be in several states: as that of accounts, and of errors of requests.
        for cell in self.groups.cells.list(row.head).filter(|cell| category(cell).is_failing()) {
            let same = self.groups.cells.list(row.head).filter(|other| other.code() == cell.code());
            let accounts = same.filter(|other| category(other).is_failing());
            counts.rank(cell.code(), accounts.map(|other| other.accounts).sum());
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
    /// The institution; for a login, the first one that an account of it names.
    #[must_use]
    pub fn institution_id(&self) -> Option<Cow<'a, str>> {
        match self.ranked.groups.by {
            By::Institution => self.text(self.row.key.id),
            By::Customer => None,
            By::Login => self.text(self.row.institution),
        }
    }

    /// The customer, if accounts are grouped by customer or login.
    #[must_use]
    pub fn customer_id(&self) -> Option<Cow<'a, str>> {
        match self.ranked.groups.by {
            By::Institution => None,
            By::Customer | By::Login => self.text(self.row.key.id),
        }
    }

    /// The login, if accounts are grouped by login.
    #[must_use]
    pub fn institution_login_id(&self) -> Option<Cow<'a, str>> {
        self.text(self.row.key.login)
    }

    /// Its accounts.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.ranked.counts(self.row)
    }

    /// Whether it is an institution that is likely down: the accounts that wait for it belong to 10
    /// logins or more, and are a fifth of its accounts or more.
    #[must_use]
    pub fn is_likely_outage(&self) -> bool {
        let logins = self.ranked.groups.waiting.get(&self.index).map_or(0, Vec::len);
        let counts = self.counts();
        self.row.key.id.is_some()
            && outage::is_likely(logins, counts.of(Category::Institution), counts.accounts())
    }

    fn text(&self, id: Option<PackedId>) -> Option<Cow<'a, str>> {
        id.map(|id| self.ranked.groups.ids.text(id))
    }
}
