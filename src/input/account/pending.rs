//! What waits until the objects around it have ended.
//!
//! Only at the end of an object is it clear whether it is an account, so that the error bodies and
//! strings in it belong to it; which ids it has; and whether it is an event of deleted accounts.
//! What is found while something waits joins the queue, so that everything is reported in the order
//! of the input.

use super::super::error::RecordError;
use super::super::json::Position;
use super::builder::SURROUNDING_IDS;
use super::code_field::CodeField;
use super::context::Ids;
use crate::account::OwnedAccount;

/// What one entry costs beside its texts, in bytes.
const ENTRY: usize = 256;

/// Something that waits.
#[derive(Debug)]
pub(super) struct Entry {
    pub at: Position,
    pub what: Waiting,
    /// Its own ids, and those of the objects around it that have ended.
    pub ids: Ids,
    /// Whether it is nothing if an event around it turns out to be one of deleted accounts.
    pub is_provisional: bool,
    pub size: usize,
}

#[derive(Debug)]
pub(super) enum Waiting {
    /// An error body: its code, or why it cannot be read.
    Error {
        code: CodeField,
        problem: Option<(Position, RecordError)>,
    },
    /// A string that begins as JSON does, as written, and whether its accounts are deleted ones.
    Text(Vec<u8>, bool),
    /// Such a string that is too long to be held.
    LongText,
    Account(Box<OwnedAccount>),
    Invalid(RecordError),
    /// A record in an event of deleted accounts.
    Nothing,
}

impl Entry {
    pub(super) fn new(at: Position, what: Waiting) -> Self {
        Self { at, what, ids: Ids::default(), is_provisional: false, size: 0 }
    }

    /// Whether it needs the ids of what is around it.
    pub(super) const fn needs_ids(&self) -> bool {
        matches!(self.what, Waiting::Error { .. } | Waiting::Text(..))
    }

    /// What it costs; the ids that it gets from around it are shared.
    fn cost(&self) -> usize {
        let ids = |ids: [Option<&str>; 4]| ids.into_iter().flatten().map(str::len).sum::<usize>();
        let texts = match &self.what {
            Waiting::Text(text, _) => text.len(),
            Waiting::Account(account) => {
                let account = account.as_account();
                ids([
                    account.id,
                    account.customer_id,
                    account.institution_id,
                    account.institution_login_id,
                ])
            }
            _ => 0,
        };
        ENTRY + texts + ids(self.ids.each_ref().map(Option::as_deref))
    }
}

/// Everything that waits, in the order of the input.
///
/// What an object that ends decides is decided for the last entries, those inside it. So the
/// undecided ones are kept as lists, of which that end takes the last indices: in all, every entry
/// is visited a few times, however deep it is nested.
#[derive(Debug, Default)]
pub(super) struct Pending {
    entries: Vec<Entry>,
    size: u64,
    /// The largest size so far.
    peak: u64,
    /// For each id, the entries that lack it.
    lacking: [Vec<usize>; SURROUNDING_IDS],
    /// The entries that are nothing if an event around them is one of deleted accounts.
    provisional: Vec<usize>,
    /// Strings of which no event around them has said that their accounts are deleted.
    texts: Vec<usize>,
}

impl Pending {
    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes that wait.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    pub(super) const fn peak(&self) -> u64 {
        self.peak
    }

    pub(super) fn push(&mut self, mut entry: Entry) {
        let index = self.entries.len();
        entry.size = entry.cost();
        self.size += entry.size as u64;
        self.peak = self.peak.max(self.size);
        if entry.needs_ids() {
            let lacking = self.lacking.iter_mut().zip(&entry.ids);
            lacking.filter(|(_, id)| id.is_none()).for_each(|(lacking, _)| lacking.push(index));
        }
        if entry.is_provisional {
            self.provisional.push(index);
        }
        if matches!(entry.what, Waiting::Text(_, false)) {
            self.texts.push(index);
        }
        self.entries.push(entry);
    }

    /// Gives the ids of the object that begins at `offset` and ends now to the entries inside it
    /// that lack them; they stay provisional, or become final.
    pub(super) fn end_object(&mut self, offset: u64, ids: &Ids, is_provisional: bool) {
        let begin = self.begin(offset);
        for (index, (id, lacking)) in ids.iter().zip(&mut self.lacking).enumerate() {
            if id.is_some() {
                for entry in take_from(lacking, begin) {
                    self.entries[entry].ids[index].clone_from(id);
                }
            }
        }
        if !is_provisional {
            for entry in take_from(&mut self.provisional, begin) {
                self.entries[entry].is_provisional = false;
            }
        }
    }

    /// The object that begins at `offset` is an event of deleted accounts.
    pub(super) fn delete(&mut self, offset: u64) {
        let begin = self.begin(offset);
        for entry in take_from(&mut self.provisional, begin) {
            let entry = &mut self.entries[entry];
            self.size -= entry.size as u64;
            (entry.what, entry.size) = (Waiting::Nothing, 0);
        }
        for entry in take_from(&mut self.texts, begin) {
            if let Waiting::Text(_, is_deleted) = &mut self.entries[entry].what {
                *is_deleted = true;
            }
        }
    }

    /// Drops the entries inside the account that begins at `offset`; returns the worst code of its
    /// error bodies.
    pub(super) fn absorb(&mut self, offset: u64) -> CodeField {
        let mut worst = CodeField::Absent;
        let begin = self.begin(offset);
        for entry in self.entries.drain(begin..) {
            self.size -= entry.size as u64;
            if let Waiting::Error { code, .. } = entry.what {
                worst.worsen(code);
            }
        }
        let lists = self.lacking.iter_mut().chain([&mut self.provisional, &mut self.texts]);
        lists.for_each(|list| drop(take_from(list, begin)));
        worst
    }

    fn begin(&self, offset: u64) -> usize {
        self.entries.partition_point(|entry| entry.at.offset < offset)
    }

    /// All entries; none are left.
    pub(super) fn take(&mut self) -> Vec<Entry> {
        let peak = self.peak;
        let entries = std::mem::take(self).entries;
        self.peak = peak;
        entries
    }
}

/// Removes the indices from `begin` from an ascending list.
fn take_from(list: &mut Vec<usize>, begin: usize) -> Vec<usize> {
    list.split_off(list.partition_point(|&index| index < begin))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn at(offset: u64) -> Position {
        Position { offset, ..Position::START }
    }

    fn error(offset: u64) -> Entry {
        Entry::new(at(offset), Waiting::Error { code: CodeField::Value(185), problem: None })
    }

    fn ids(customer: &str) -> Ids {
        [None, Some(Arc::from(customer)), None, None]
    }

    #[test]
    fn an_object_that_ends_gives_its_ids_to_what_is_inside_and_lacks_them() {
        let mut pending = Pending::default();
        for offset in [1, 5, 7] {
            pending.push(error(offset));
        }
        pending.end_object(4, &ids("inner"), false);
        pending.end_object(0, &ids("outer"), false);
        let entries = pending.take();
        let customers: Vec<_> = entries.iter().map(|entry| entry.ids[1].as_deref()).collect();
        assert_eq!(customers, [Some("outer"), Some("inner"), Some("inner")]);
        assert!(pending.is_empty());
    }

    #[test]
    fn records_of_deleted_accounts_are_nothing_and_strings_know_it() {
        let mut pending = Pending::default();
        let account = || Waiting::Account(Box::default());
        pending.push(Entry { is_provisional: true, ..Entry::new(at(1), account()) });
        pending.push(Entry { is_provisional: true, ..Entry::new(at(5), account()) });
        pending.push(Entry::new(at(6), Waiting::Text(b"{}".to_vec(), false)));
        pending.push(Entry::new(at(7), account()));
        pending.delete(4);
        pending.end_object(0, &Ids::default(), false);
        pending.delete(0);
        let entries = pending.take();
        assert!(matches!(entries[0].what, Waiting::Account(_)), "it was decided before");
        assert!(matches!(entries[1].what, Waiting::Nothing));
        assert!(matches!(entries[2].what, Waiting::Text(_, true)));
        assert!(matches!(entries[3].what, Waiting::Account(_)), "it is in no event");
    }

    #[test]
    fn an_account_absorbs_the_worst_code_of_what_is_inside() {
        let mut pending = Pending::default();
        for offset in [1, 5] {
            pending.push(error(offset));
        }
        assert_eq!(pending.absorb(4), CodeField::Value(185));
        assert_eq!(pending.absorb(4), CodeField::Absent);
        assert_eq!((pending.size(), pending.peak()), (ENTRY as u64, 2 * ENTRY as u64));
    }
}
