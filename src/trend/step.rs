//! The changes from one snapshot to the next.

use crate::diff::ChangeKind;

/// The number of accounts by kind of change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step([u64; ChangeKind::ALL.len()]);

impl Step {
    /// Returns the number of accounts with this kind of change.
    #[must_use]
    pub const fn count(&self, kind: ChangeKind) -> u64 {
        self.0[kind as usize]
    }

    /// Adds `by` to one count.
    pub(super) fn add(&mut self, kind: ChangeKind, by: i64) {
        let count = &mut self.0[kind as usize];
        *count = count.saturating_add_signed(by);
    }
}
