//! Notes about single snapshots, of which there can be hundreds.

use super::super::console::Console;
use super::super::first_few::FirstFew;
use crate::text::grouped;

/// The notes about snapshots with one thing in common.
#[derive(Default)]
pub struct SnapshotNotes(FirstFew);

impl SnapshotNotes {
    /// Writes a note about one more snapshot, unless there were many.
    pub fn write(&mut self, console: Console<'_>, text: &str) {
        if self.0.add() {
            console.note(&format!("note: {text}"));
        }
    }

    /// Writes the number of all these snapshots, if not every one has a note. `predicate` says what
    /// they have in common, such as "have no accounts".
    pub fn close(&self, console: Console<'_>, predicate: &str) {
        if self.0.omitted() > 0 {
            let (all, first) = (grouped(self.0.count()), FirstFew::MAX);
            let text = format!("{all} snapshots {predicate}; the first {first} are above");
            console.note(&format!("note: {text}"));
        }
    }
}
