//! Notes about single snapshots, of which there can be hundreds.

use super::super::console::Console;
use crate::text::grouped;

/// The number of notes that are written one by one, as with inputs that cannot be read.
const MAX_WRITTEN: u64 = 3;

/// The notes about snapshots with one thing in common.
#[derive(Default)]
pub struct SnapshotNotes {
    count: u64,
}

impl SnapshotNotes {
    /// Writes a note about one more snapshot, unless there were many.
    pub fn write(&mut self, console: Console<'_>, text: &str) {
        self.count += 1;
        if self.count <= MAX_WRITTEN {
            console.note(&format!("note: {text}"));
        }
    }

    /// Writes the number of all these snapshots, if not every one has a note. `predicate` says what
    /// they have in common, such as "have no accounts".
    pub fn close(&self, console: Console<'_>, predicate: &str) {
        if self.count > MAX_WRITTEN {
            let all = grouped(self.count);
            let text = format!("{all} snapshots {predicate}; the first {MAX_WRITTEN} are above");
            console.note(&format!("note: {text}"));
        }
    }
}
