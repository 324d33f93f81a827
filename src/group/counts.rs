//! The counts of one group.

use crate::account::Code;
use crate::catalog::Category;

/// The accounts and API errors of a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    by_category: [u64; Category::ALL.len()],
    /// The code that most failing accounts have, and how many have it; of several, the lowest.
    top: Option<(Code, u64)>,
}

impl Counts {
    /// Adds accounts of one state.
    pub fn add(&mut self, category: Category, accounts: u64) {
        self.by_category[category as usize] += accounts;
    }

    /// Says how many failing accounts have a code.
    pub fn rank(&mut self, code: Option<Code>, accounts: u64) {
        let Some(code) = code else {
            return;
        };
        let is_more =
            self.top.is_none_or(|(top, most)| accounts > most || (accounts == most && code < top));
        if is_more {
            self.top = Some((code, accounts));
        }
    }

    /// The accounts and API errors of one category.
    #[must_use]
    pub const fn of(&self, category: Category) -> u64 {
        self.by_category[category as usize]
    }

    /// All accounts and API errors.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.by_category.iter().sum()
    }

    /// Those whose data has stopped.
    #[must_use]
    pub fn failing(&self) -> u64 {
        let failing = Category::ALL.iter().filter(|category| category.is_failing());
        failing.map(|&category| self.of(category)).sum()
    }

    /// The code that most failing accounts have, and how many have it; of several, the lowest.
    #[must_use]
    pub const fn top(&self) -> Option<(Code, u64)> {
        self.top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_code_is_that_of_most_failing_accounts_and_the_lowest_of_equals() {
        let mut counts = Counts::default();
        assert_eq!(counts.top(), None);
        counts.add(Category::Ok, 100);
        counts.add(Category::Unknown, 40);
        counts.rank(None, 40);
        assert_eq!(counts.top(), None);
        counts.add(Category::UserAction, 8);
        counts.rank(Some(185), 3);
        counts.rank(Some(103), 3);
        counts.rank(Some(102), 2);
        assert_eq!(counts.top(), Some((103, 3)));
        assert_eq!((counts.accounts(), counts.failing()), (148, 48));
    }
}
