//! The queue of entries that wait until the objects around them end.
//!
//! Only the end of an object decides whether it is an account, so that it owns the error bodies and
//! strings in it, which ids it has, and whether it is an event about deleted accounts. While an
//! entry waits, everything after it joins the queue, so the results keep the input order.

use super::super::error::RecordError;
use super::super::json::Position;
use super::builder::INHERITED_IDS;
use super::code_field::CodeField;
use super::context::Ids;
use crate::account::{Code, OwnedAccount};

/// The size of an entry without its strings, in bytes.
const ENTRY: usize = 256;

/// An entry in the queue.
#[derive(Debug)]
pub(super) struct Entry {
    pub at: Position,
    pub kind: EntryKind,
    /// Its ids, and those of the enclosing objects that have ended.
    pub ids: Ids,
    /// Whether it is dropped if an event around it turns out to be about deleted accounts.
    pub is_provisional: bool,
    pub size: usize,
}

/// The content of an entry.
#[derive(Debug)]
pub(super) enum EntryKind {
    /// An error body: its code, or the reason why it is invalid.
    Error {
        code: CodeField,
        problem: Option<(Position, RecordError)>,
    },
    /// A string that begins like JSON, as written, and whether its accounts are deleted.
    Text(Vec<u8>, bool),
    /// A string like that which is too long to buffer.
    LongText,
    Account(Box<OwnedAccount>),
    Invalid(RecordError),
    /// A record in an event about deleted accounts.
    Nothing,
}

impl Entry {
    pub(super) fn new(at: Position, kind: EntryKind) -> Self {
        Self { at, kind, ids: Ids::default(), is_provisional: false, size: 0 }
    }

    /// Returns whether it inherits ids.
    pub(super) const fn needs_ids(&self) -> bool {
        matches!(self.kind, EntryKind::Error { .. } | EntryKind::Text(..))
    }

    /// Returns its size in bytes, without the inherited ids, which are shared.
    fn cost(&self) -> usize {
        let ids = |ids: [Option<&str>; 4]| ids.into_iter().flatten().map(str::len).sum::<usize>();
        let texts = match &self.kind {
            EntryKind::Text(text, _) => text.len(),
            EntryKind::Account(account) => {
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

/// The queue, in input order.
///
/// The end of an object affects only the last entries, those inside it. So the undecided entries
/// are kept in lists, and that end takes the last indices of each. In total, every entry is visited
/// a few times, however deeply it is nested.
#[derive(Debug, Default)]
pub(super) struct Pending {
    entries: Vec<Entry>,
    size: u64,
    /// The largest size so far.
    peak: u64,
    /// The entries that lack each id.
    lacking: [Vec<usize>; INHERITED_IDS],
    /// The entries that are dropped if an event around them is about deleted accounts.
    provisional: Vec<usize>,
    /// The strings that are not yet known to be in an event about deleted accounts.
    texts: Vec<usize>,
    /// The strings that are not yet known to be in an account.
    outside: Vec<usize>,
}

impl Pending {
    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the size of the queue in bytes.
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
        if matches!(entry.kind, EntryKind::Text(_, false)) {
            self.texts.push(index);
        }
        if matches!(entry.kind, EntryKind::Text(..) | EntryKind::LongText) {
            self.outside.push(index);
        }
        self.entries.push(entry);
    }

    /// Passes the ids of the object that begins at `offset` and ends now to the entries inside it
    /// that lack them. The entries stay provisional, or become final.
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

    /// Notes that the object that begins at `offset` is an event about deleted accounts.
    pub(super) fn delete(&mut self, offset: u64) {
        let begin = self.begin(offset);
        for entry in take_from(&mut self.provisional, begin) {
            self.discard(entry);
        }
        for entry in take_from(&mut self.texts, begin) {
            if let EntryKind::Text(_, is_deleted) = &mut self.entries[entry].kind {
                *is_deleted = true;
            }
        }
    }

    /// Drops the entries inside the account that begins at `offset`, and returns the worst code of
    /// its error bodies.
    pub(super) fn absorb(&mut self, offset: u64, severity: impl Fn(Code) -> usize) -> CodeField {
        let mut worst = CodeField::Absent;
        let begin = self.begin(offset);
        for entry in self.entries.drain(begin..) {
            self.size -= entry.size as u64;
            if let EntryKind::Error { code, .. } = entry.kind {
                worst.worsen(code, &severity);
            }
        }
        let others = [&mut self.provisional, &mut self.texts, &mut self.outside];
        let lists = self.lacking.iter_mut().chain(others);
        lists.for_each(|list| drop(take_from(list, begin)));
        worst
    }

    /// Drops the strings inside the account that begins at `offset` and contains other records.
    pub(super) fn drop_texts(&mut self, offset: u64) {
        let begin = self.begin(offset);
        for entry in take_from(&mut self.outside, begin) {
            self.discard(entry);
        }
        take_from(&mut self.texts, begin);
    }

    /// Empties an entry, which keeps its place.
    fn discard(&mut self, index: usize) {
        let entry = &mut self.entries[index];
        self.size -= entry.size as u64;
        (entry.kind, entry.size) = (EntryKind::Nothing, 0);
    }

    fn begin(&self, offset: u64) -> usize {
        self.entries.partition_point(|entry| entry.at.offset < offset)
    }

    /// Removes and returns all entries.
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
        Entry::new(at(offset), EntryKind::Error { code: CodeField::Value(185), problem: None })
    }

    fn ids(customer: &str) -> Ids {
        [None, Some(Arc::from(customer)), None, None]
    }

    #[test]
    fn entries_inherit_missing_ids_when_an_object_ends() {
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
    fn records_of_deleted_accounts_are_dropped_and_their_strings_marked() {
        let mut pending = Pending::default();
        let account = || EntryKind::Account(Box::default());
        pending.push(Entry { is_provisional: true, ..Entry::new(at(1), account()) });
        pending.push(Entry { is_provisional: true, ..Entry::new(at(5), account()) });
        pending.push(Entry::new(at(6), EntryKind::Text(b"{}".to_vec(), false)));
        pending.push(Entry::new(at(7), account()));
        pending.delete(4);
        pending.end_object(0, &Ids::default(), false);
        pending.delete(0);
        let entries = pending.take();
        assert!(matches!(entries[0].kind, EntryKind::Account(_)), "it was decided before");
        assert!(matches!(entries[1].kind, EntryKind::Nothing));
        assert!(matches!(entries[2].kind, EntryKind::Text(_, true)));
        assert!(matches!(entries[3].kind, EntryKind::Account(_)), "it is in no event");
    }

    #[test]
    fn the_size_of_the_queue_includes_every_string_and_shrinks_when_entries_are_dropped() {
        let mut pending = Pending::default();
        let id = |id: &str| Some(id.into());
        let account = OwnedAccount {
            id: id("1"),
            customer_id: id("22"),
            institution_id: id("333"),
            institution_login_id: id("4444"),
            ..OwnedAccount::default()
        };
        pending.push(Entry::new(at(1), EntryKind::Account(Box::new(account))));
        assert_eq!(pending.size(), ENTRY as u64 + 10);
        pending.push(Entry { ids: ids("12345"), ..error(2) });
        assert_eq!(pending.size(), 2 * ENTRY as u64 + 15);
        let text = EntryKind::Text(b"[1,2,3]".to_vec(), false);
        pending.push(Entry { ids: ids("1"), ..Entry::new(at(3), text) });
        assert_eq!(pending.size(), 3 * ENTRY as u64 + 23);
        pending.drop_texts(3);
        assert_eq!(pending.size(), 2 * ENTRY as u64 + 15);
        pending.absorb(2, |_| 1);
        assert_eq!((pending.size(), pending.peak()), (ENTRY as u64 + 10, 3 * ENTRY as u64 + 23));
    }

    #[test]
    fn an_account_absorbs_the_worst_code_inside_it() {
        let mut pending = Pending::default();
        for offset in [1, 5] {
            pending.push(error(offset));
        }
        assert_eq!(pending.absorb(4, |_| 1), CodeField::Value(185));
        assert_eq!(pending.absorb(4, |_| 1), CodeField::Absent);
        assert_eq!((pending.size(), pending.peak()), (ENTRY as u64, 2 * ENTRY as u64));
    }
}
