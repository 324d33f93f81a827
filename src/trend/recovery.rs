//! How long failures last, in snapshots.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// Failures that ended, counted by their number of snapshots to recovery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovery(BTreeMap<u32, u64>);

impl Recovery {
    /// Adds `by` to the count of failures that took this many snapshots.
    pub(super) fn add(&mut self, snapshots: u32, by: i64) {
        let count = self.0.entry(snapshots).or_default();
        *count = count.saturating_add_signed(by);
        if *count == 0 {
            self.0.remove(&snapshots);
        }
    }

    /// Returns the number of failures that ended and whose beginning is known.
    #[must_use]
    pub fn failures(&self) -> u64 {
        self.0.values().sum()
    }

    /// Returns the median number of snapshots to recovery; `None` if no failure ended.
    #[must_use]
    pub fn median(&self) -> Option<Median> {
        let failures = self.failures();
        let at = |rank: u64| {
            let mut below = 0;
            self.0.iter().find_map(|(&snapshots, &count)| {
                below += count;
                (rank < below).then_some(u64::from(snapshots))
            })
        };
        let (low, high) = (failures.checked_sub(1)? / 2, failures / 2);
        Some(Median(at(low)? + at(high)?))
    }
}

/// A median of whole numbers: a whole number or a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Median(u64);

impl Median {
    /// Returns twice the median, which is always a whole number.
    #[must_use]
    pub const fn halves(self) -> u64 {
        self.0
    }
}

impl std::fmt::Display for Median {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.0 / 2, if self.0.is_multiple_of(2) { "" } else { ".5" })
    }
}

impl Serialize for Median {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match u32::try_from(self.0) {
            Ok(halves) if halves % 2 == 1 => serializer.serialize_f64(f64::from(halves) / 2.0),
            _ => serializer.serialize_u64(self.0 / 2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn median(all: &[u32]) -> Option<String> {
        let mut recovery = Recovery::default();
        for &snapshots in all {
            recovery.add(snapshots, 1);
        }
        recovery.median().map(|median| serde_json::to_string(&median).unwrap())
    }

    #[test]
    fn the_median_of_an_even_count_is_halfway_between_the_middle_two() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7]).as_deref(), Some("7"));
        assert_eq!(median(&[9, 1, 2]).as_deref(), Some("2"));
        assert_eq!(median(&[1, 2, 3, 9]).as_deref(), Some("2.5"));
        assert_eq!(median(&[1, 2, 2, 9]).as_deref(), Some("2"));
        assert_eq!(median(&[1, 3]).as_deref(), Some("2"));
    }
}
