//! The counts of one group.

use crate::account::Code;
use crate::catalog::Category;

/// The accounts and API errors of a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    by_category: [u64; Category::ALL.len()],
    /// The code of the most failing accounts, and how many have it; the lowest code if there is a
    /// tie.
    top: Option<(Code, u64)>,
}

impl Counts {
    /// Adds accounts and API errors of one category.
    pub fn add(&mut self, category: Category, accounts: u64) {
        self.by_category[category as usize] += accounts;
    }

    /// Makes this code the top code, if more failing accounts have it.
    pub fn update_top(&mut self, code: Option<Code>, accounts: u64) {
        let Some(code) = code else {
            return;
        };
        let is_more =
            self.top.is_none_or(|(top, most)| accounts > most || (accounts == most && code < top));
        if is_more {
            self.top = Some((code, accounts));
        }
    }

    /// Returns the number of accounts and API errors in this category.
    #[must_use]
    pub const fn in_category(&self, category: Category) -> u64 {
        self.by_category[category as usize]
    }

    /// Returns the number of accounts and API errors.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.by_category.iter().sum()
    }

    /// Returns the number of accounts and API errors whose data has stopped.
    #[must_use]
    pub fn failing(&self) -> u64 {
        let failing = Category::ALL.iter().filter(|category| category.is_failing());
        failing.map(|&category| self.in_category(category)).sum()
    }

    /// Returns the code of the most failing accounts, and how many have it; the lowest code if
    /// there is a tie.
    #[must_use]
    pub const fn top(&self) -> Option<(Code, u64)> {
        self.top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_code_has_the_most_failing_accounts_and_a_tie_goes_to_the_lowest() {
        let mut counts = Counts::default();
        assert_eq!(counts.top(), None);
        counts.add(Category::Ok, 100);
        counts.add(Category::Unknown, 40);
        counts.update_top(None, 40);
        assert_eq!(counts.top(), None);
        counts.add(Category::UserAction, 8);
        counts.update_top(Some(185), 3);
        counts.update_top(Some(103), 3);
        counts.update_top(Some(102), 2);
        assert_eq!(counts.top(), Some((103, 3)));
        assert_eq!((counts.accounts(), counts.failing()), (148, 48));
    }

    #[test]
    fn of_equally_frequent_codes_the_lowest_is_the_top_code() {
        let mut counts = Counts::default();
        let mut top_after = |code, accounts| {
            counts.update_top(code, accounts);
            counts.top.map(|(code, _)| code)
        };
        assert_eq!(top_after(None, 9), None);
        assert_eq!(top_after(Some(103), 5), Some(103));
        assert_eq!(top_after(Some(104), 5), Some(103));
        assert_eq!(top_after(Some(102), 5), Some(102));
        assert_eq!(top_after(Some(101), 4), Some(102));
        assert_eq!(top_after(Some(105), 6), Some(105));
    }
}
