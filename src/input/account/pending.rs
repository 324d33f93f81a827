//! What waits until the objects around it have ended.
//!
//! Only at the end of an object is it clear whether it is an account, so that the error bodies and
//! texts in it belong to it; which ids it has; and whether it is an event of deleted accounts. What
//! is found while something waits joins the queue, so that everything is reported in the order of
//! the input. No more waits than [`LIMIT`].

use super::super::error::RecordError;
use super::super::json::Position;
use super::code_field::CodeField;
use super::context::Ids;
use crate::account::OwnedAccount;

/// Bytes that may wait.
pub(super) const LIMIT: usize = 1 << 20;

/// What one entry costs beside its texts.
const ENTRY: usize = 256;

/// Something that waits.
#[derive(Debug)]
pub(super) struct Entry {
    pub at: Position,
    pub what: Waiting,
    /// The ids of the objects around it, as far as they have ended, and its own.
    pub ids: Ids,
    /// Whether an event around it may still turn out to be one of deleted accounts, in which this
    /// is nothing.
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
    /// A string that begins as JSON does, as written.
    Text(Vec<u8>),
    /// Such a string that is too long to be held.
    LongText,
    Account(Box<OwnedAccount>),
    Invalid(RecordError),
}

impl Entry {
    pub(super) fn new(at: Position, what: Waiting) -> Self {
        Self { at, what, ids: Ids::default(), is_provisional: false, size: 0 }
    }

    /// Whether it needs nothing from around it any more.
    pub(super) const fn is_record(&self) -> bool {
        matches!(self.what, Waiting::Account(_) | Waiting::Invalid(_))
    }

    /// Takes over the ids that it does not have.
    pub(super) fn take_over(&mut self, ids: &Ids) {
        for (own, id) in self.ids.iter_mut().zip(ids) {
            if own.is_none() {
                own.clone_from(id);
            }
        }
    }

    /// What it costs; the ids that it takes over from around it are shared.
    fn cost(&self) -> usize {
        let ids = |ids: [Option<&str>; 4]| ids.into_iter().flatten().map(str::len).sum::<usize>();
        let texts = match &self.what {
            Waiting::Text(text) => text.len(),
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
#[derive(Debug, Default)]
pub(super) struct Pending {
    entries: Vec<Entry>,
    size: usize,
    /// The largest size so far.
    peak: usize,
}

impl Pending {
    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) const fn size(&self) -> usize {
        self.size
    }

    pub(super) const fn peak(&self) -> usize {
        self.peak
    }

    /// Adds an entry; whether there are too many now.
    pub(super) fn push(&mut self, mut entry: Entry) -> bool {
        entry.size = entry.cost();
        self.size += entry.size;
        self.peak = self.peak.max(self.size);
        self.entries.push(entry);
        self.size > LIMIT
    }

    /// Drops what is nothing in an event of deleted accounts, which begins at `offset`.
    pub(super) fn delete(&mut self, offset: u64) {
        let begin = self.begin(offset);
        let size = &mut self.size;
        self.entries.extract_if(begin.., |entry| entry.is_provisional).for_each(|entry| {
            *size -= entry.size;
        });
    }

    /// The entries inside the object that begins at `offset`.
    pub(super) fn inside(&mut self, offset: u64) -> &mut [Entry] {
        let begin = self.begin(offset);
        &mut self.entries[begin..]
    }

    /// Drops the entries inside the account that begins at `offset`; returns the worst code of its
    /// error bodies.
    pub(super) fn absorb(&mut self, offset: u64) -> CodeField {
        let mut worst = CodeField::Absent;
        if !self.entries.is_empty() {
            for entry in self.entries.drain(self.begin(offset)..) {
                self.size -= entry.size;
                if let Waiting::Error { code, .. } = entry.what {
                    worst.worsen(code);
                }
            }
        }
        worst
    }

    fn begin(&self, offset: u64) -> usize {
        self.entries.partition_point(|entry| entry.at.offset < offset)
    }

    /// All entries; none are left.
    pub(super) fn take(&mut self) -> Vec<Entry> {
        self.size = 0;
        std::mem::take(&mut self.entries)
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        (self.size, self.peak) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(offset: u64, code: CodeField) -> Entry {
        let at = Position { offset, ..Position::START };
        Entry::new(at, Waiting::Error { code, problem: None })
    }

    #[test]
    fn an_account_takes_what_is_inside_it_and_leaves_what_came_before() {
        let mut pending = Pending::default();
        for (offset, code) in [(5, 1), (10, 0), (20, 7)] {
            assert!(!pending.push(error(offset, CodeField::Value(code))));
        }
        assert_eq!(pending.inside(10).len(), 2);
        assert_eq!(pending.absorb(8), CodeField::Value(7));
        assert_eq!((pending.take().len(), pending.size()), (1, 0));
        assert!(pending.is_empty() && pending.peak() > 0);
    }

    #[test]
    fn no_more_waits_than_the_limit() {
        let mut pending = Pending::default();
        let mut count = 1;
        while !pending.push(error(count, CodeField::Null)) {
            count += 1;
        }
        assert_eq!(count, (LIMIT / ENTRY) as u64 + 1);
    }
}
