//! What changed from one snapshot to the next.

use crate::diff::ChangeKind;

/// Accounts by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step([u64; ChangeKind::ALL.len()]);

impl Step {
    /// How many accounts this became of.
    #[must_use]
    pub const fn count(&self, kind: ChangeKind) -> u64 {
        self.0[kind as usize]
    }

    /// Changes one count.
    pub(super) fn add(&mut self, kind: ChangeKind, by: i64) {
        let count = &mut self.0[kind as usize];
        *count = count.saturating_add_signed(by);
    }
}
