//! Assigns members to the builders of open objects, and closes parts of accounts.

use super::super::json::{ChunkPosition, Position, Scalar, Source, Spot, may_be_json};
use super::MAX_TEXT_DEPTH;
use super::builder::AccountBuilder;
use super::key::Key;
use super::level::{Level, flag};
use super::pending::{Entry, EntryKind};
use super::rule::{Rule, index};
use super::text::Store;
use crate::account::Code;

impl Rule {
    /// Returns the builder of the innermost object, if it counts, and the store of its strings.
    #[inline(always)]
    pub(super) fn current(&mut self) -> Option<(&mut AccountBuilder, &mut Store)> {
        let level = self.levels.last_mut()?;
        if level.flags() & (flag::OBJECT | flag::IGNORED) != flag::OBJECT {
            return None;
        }
        if !level.is(flag::BUILDER) {
            level.set(flag::BUILDER);
            let open = self.open_builders;
            if open == self.builders.len() {
                self.builders.push(AccountBuilder::default());
            }
            let (parents, rest) = self.builders.split_at_mut(open);
            let parent = parents.last().map(|parent| (parent, index(open - 1)));
            let is_institution = level.is(flag::INSTITUTION);
            rest.first_mut()?.begin(level.offset, is_institution, parent, self.store.len());
            self.open_builders += 1;
        }
        let builder = self.builders.get_mut(self.open_builders - 1)?;
        Some((builder, &mut self.store))
    }

    #[cold]
    pub(super) fn take_unusual(&mut self, key: Key, value: &Scalar<'_>, at: Position) {
        let limit = self.max_record_size;
        if let Some((builder, store)) = self.current()
            && builder.take_unusual(key, value, at, store, limit)
        {
            self.delete();
        }
    }

    /// Notes that the innermost object is an event about deleted accounts.
    #[cold]
    pub(super) fn delete(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.set(flag::DELETES);
            self.pending.delete(level.offset);
        }
    }

    /// Copies every string out of bytes that are about to be dropped.
    pub(super) fn keep(&mut self, bytes: Source<'_>) {
        let mut floor = 0;
        for builder in &mut self.builders[..self.open_builders] {
            // What is stored for an object now must outlive everything inside it.
            builder.stored = builder.stored.max(floor);
            let size = self.store.len();
            builder.keep(bytes, &mut self.store);
            if self.store.len() > size {
                floor = self.store.len();
            }
        }
    }

    /// Collects a chunk of a string that may be JSON. Returns its entry once the string is
    /// complete.
    pub(super) fn collect(
        &mut self,
        chunk: &[u8],
        position: ChunkPosition,
        at: Spot<'_>,
    ) -> Option<Entry> {
        let flags = self.levels.last().map_or(self.base_flags, Level::flags);
        let is_deleted = flags & (flag::DELETED | flag::DELETES) != 0;
        if flags & flag::IGNORED != 0 || self.text_depth == MAX_TEXT_DEPTH {
            return None;
        }
        if position.first {
            self.text = Some((at.position(), Vec::new(), false));
        }
        let limit = usize::try_from(self.max_record_size).unwrap_or(usize::MAX);
        let (_, text, is_long) = self.text.as_mut()?;
        if !*is_long {
            let room = limit.saturating_sub(text.len());
            *is_long = chunk.len() > room;
            text.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
        if !position.last {
            return None;
        }
        let (at, text, is_long) = self.text.take()?;
        let kind = if !is_long {
            EntryKind::Text(text, is_deleted)
        } else if may_be_json(&text) {
            EntryKind::LongText
        } else {
            return None;
        };
        Some(Entry::new(at, kind))
    }

    /// Closes a part of an account, or an array of them.
    pub(super) fn close_part(
        &mut self,
        level: Level,
        bytes: Source<'_>,
        end: u64,
        severity: impl Fn(Code) -> usize,
    ) {
        let part = std::mem::take(&mut self.builders[self.open_builders]);
        if level.is(flag::OBJECT) {
            self.fill_pending(level, &part, bytes);
            if let Some(array) = self.levels.last_mut()
                && !array.is(flag::OBJECT)
            {
                // If it remains the only element, it is a part of the object around the array.
                array.set(flag::BUILDER);
                self.builders[self.open_builders] = part;
                self.open_builders += 1;
                self.held_part = Some((level, end));
                return;
            }
        } else {
            self.held_part = None;
        }
        let stored = part.stored;
        let took = self.current().is_some_and(|(account, _)| account.absorb(part, severity));
        if !took {
            self.store.truncate(stored);
        }
    }
}
