//! A set of codes.

use crate::account::Code;

/// A set of codes, which may also contain the accounts that have no code yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes {
    /// The first and last code of each range: ascending, neither adjacent nor overlapping.
    ranges: Vec<(Code, Code)>,
    includes_pending: bool,
}

impl Codes {
    /// Adds a range, both ends included. `first` must not be greater than `last`.
    pub fn add(&mut self, first: Code, last: Code) {
        self.ranges.push((first, last));
        self.ranges.sort_unstable();
        let mut merged: Vec<(Code, Code)> = Vec::with_capacity(self.ranges.len());
        for &(first, last) in &self.ranges {
            match merged.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        self.ranges = merged;
    }

    /// Adds the accounts that have no code yet.
    pub const fn add_pending(&mut self) {
        self.includes_pending = true;
    }

    /// Returns whether the set is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ranges.is_empty() && !self.includes_pending
    }

    /// Returns whether a code is in the set; `None` means an account that has no code yet.
    #[must_use]
    pub fn contains(&self, code: Option<Code>) -> bool {
        let Some(code) = code else {
            return self.includes_pending;
        };
        let after = self.ranges.partition_point(|&(first, _)| first <= code);
        after.checked_sub(1).is_some_and(|index| code <= self.ranges[index].1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_code_is_like_any_other() {
        let mut codes = Codes::default();
        codes.add(Code::MAX, Code::MAX);
        codes.add(0, 0);
        assert!(codes.contains(Some(Code::MAX)) && codes.contains(Some(0)));
        assert!(!codes.contains(Some(Code::MAX - 1)) && !codes.contains(None));
    }

    proptest! {
        #[test]
        fn a_code_is_in_the_set_if_any_range_contains_it(
            ranges in prop::collection::vec((0..40_u32, 0..6_u32), 0..8),
            pending: bool,
        ) {
            let mut codes = Codes::default();
            for &(first, length) in &ranges {
                codes.add(first, first + length);
            }
            if pending {
                codes.add_pending();
            }
            for code in 0..50 {
                let expected = ranges.iter().any(|&(first, length)| (first..=first + length).contains(&code));
                prop_assert_eq!(codes.contains(Some(code)), expected);
            }
            prop_assert_eq!(codes.contains(None), pending);
            prop_assert_eq!(codes.is_empty(), ranges.is_empty() && !pending);
        }
    }
}
