//! Applies the rule to the events of the parser.

use super::super::error::RecordError;
use super::super::json::{
    ChunkPosition, Container, Handler, Position, Scalar, Source, Spot, SyntaxError,
};
use super::super::sink::Sink;
use super::key::Key;
use super::level::{Level, flag};
use super::rule::Rule;
use super::values::Taken;

/// A rule, and the sink that receives its results.
pub(in crate::input) struct Session<'a, S> {
    pub(in crate::input) rule: &'a mut Rule,
    pub(in crate::input) sink: &'a mut S,
}

impl<S: Sink> Handler for Session<'_, S> {
    type Key = Key;

    fn key(name: &[u8]) -> Key {
        Key::named(name)
    }

    #[inline(always)]
    fn member(&mut self, key: Key, at: Spot<'_>) {
        if let Some((builder, _)) = self.rule.current()
            && !builder.mark_seen(key)
        {
            builder.repeat(key, at.position());
        }
    }

    #[inline(always)]
    fn scalar(&mut self, key: Key, value: &Scalar<'_>, span: (usize, usize), at: Spot<'_>) {
        let limit = self.rule.max_record_size;
        if let Some((builder, _)) = self.rule.current()
            && !builder.is_repeated(key)
        {
            match builder.take(key, value, span, limit) {
                Taken::Usual => {}
                Taken::Unusual => self.rule.take_unusual(key, value, at.position()),
                Taken::Deletes => self.rule.delete(),
            }
        }
    }

    #[inline(always)]
    fn scalar_member(
        &mut self,
        key: Key,
        name_at: Spot<'_>,
        value: &Scalar<'_>,
        span: (usize, usize),
        at: Spot<'_>,
    ) {
        let limit = self.rule.max_record_size;
        if let Some((builder, _)) = self.rule.current() {
            if !builder.mark_seen(key) {
                return builder.repeat(key, name_at.position());
            }
            match builder.take(key, value, span, limit) {
                Taken::Usual => {}
                Taken::Unusual => self.rule.take_unusual(key, value, at.position()),
                Taken::Deletes => self.rule.delete(),
            }
        }
    }

    fn json_text(
        &mut self,
        chunk: &[u8],
        position: ChunkPosition,
        bytes: Source<'_>,
        at: Spot<'_>,
    ) {
        if let Some(entry) = self.rule.collect(chunk, position, at) {
            self.with_builders(|session, builders| session.add_pending(entry, builders, bytes));
        }
    }

    #[inline(always)]
    fn open(&mut self, key: Key, container: Container, bytes: Source<'_>, at: Position) {
        let object = container == Container::Object;
        if key != Key::Other
            && let Some((builder, _)) = self.rule.current()
        {
            builder.take_container(key, if object { "an object" } else { "an array" }, at);
        }
        let parent = self.rule.levels.last().map_or(self.rule.base_flags, Level::flags);
        let mut flags = (if object { flag::OBJECT } else { 0 }) | parent & flag::PROVISIONAL;
        if parent & (flag::OBJECT | flag::IN_OBJECT) != 0 {
            flags |= flag::IN_OBJECT;
        }
        if parent & (flag::DELETED | flag::DELETES) != 0 {
            flags |= flag::DELETED;
        }
        match key {
            _ if parent & flag::IGNORED != 0 => flags |= flag::IGNORED,
            Key::Other if parent & flag::OBJECT == 0 => {
                flags |= self.element(parent, object, bytes, at);
            }
            Key::Accounts => flags |= flag::IN_ACCOUNTS,
            Key::AccountDetails | Key::BalanceDetails => flags |= flag::PART,
            Key::Error => flags |= flag::IN_ERROR,
            Key::Errors => flags |= flag::IN_ERRORS,
            Key::Institutions => flags |= flag::INSTITUTION,
            Key::Records => flags |= self.rule.awaits(),
            _ => {}
        }
        self.rule.levels.push(Level::new(at, flags));
    }

    #[inline(always)]
    fn close(&mut self, bytes: Source<'_>, end: u64) {
        let Some(&level) = self.rule.levels.last() else {
            return;
        };
        let needs_builder = flag::OBJECT | flag::IN_ACCOUNTS;
        if level.flags() & (needs_builder | flag::IGNORED | flag::BUILDER) == needs_builder {
            self.rule.current();
        }
        let Some(level) = self.rule.levels.pop() else {
            return;
        };
        let mut has_account = level.is(flag::HAS_ACCOUNT);
        if level.is(flag::BUILDER) {
            self.rule.open_builders -= 1;
            if level.is(flag::PART) {
                self.rule.close_part(level, bytes, end, |code| self.sink.severity(code));
            } else {
                has_account |= self.close_object(level, bytes, end);
            }
        }
        if has_account && let Some(parent) = self.rule.levels.last_mut() {
            parent.set(flag::HAS_ACCOUNT);
        }
    }

    fn fault(&mut self, at: Position, error: SyntaxError, bytes: Source<'_>) {
        self.flush(bytes);
        self.report_now(at, error.into());
    }

    fn end_document(&mut self, bytes: Source<'_>) {
        self.flush(bytes);
        if self.rule.located.is_none() && !self.rule.stopped {
            self.sink.document();
        }
    }

    fn keep(&mut self, bytes: Source<'_>) {
        self.rule.keep(bytes);
    }
}

impl<S: Sink> Session<'_, S> {
    /// Reports what still waits, and closes everything that is open.
    fn flush(&mut self, bytes: Source<'_>) {
        if !self.rule.pending.is_empty() {
            self.with_builders(|session, builders| session.flush_inside(builders, bytes));
        }
        self.rule.close_all();
    }

    /// Returns the flags that an element inherits from its array.
    fn element(&mut self, parent: u16, object: bool, bytes: Source<'_>, at: Position) -> u16 {
        if !object {
            if parent & flag::IN_ACCOUNTS == 0 {
                return 0;
            }
            if parent & flag::DELETED == 0 {
                let (error, awaits) =
                    (RecordError::ArrayForAccount, parent & flag::PROVISIONAL != 0);
                self.with_builders(|session, builders| {
                    session.report_invalid(at, error, awaits, builders, bytes);
                });
            }
            if let Some(level) = self.rule.levels.last_mut() {
                level.set(flag::HAS_ACCOUNT);
            }
            return flag::IGNORED;
        }
        let mut flags = parent & flag::INHERITED;
        if parent & (flag::PART | flag::HAD_PART) == flag::PART {
            flags |= flag::PART;
            if let Some(level) = self.rule.levels.last_mut() {
                level.set(flag::HAD_PART);
            }
        } else if parent & flag::BUILDER != 0 {
            self.release_part(bytes);
        }
        flags
    }
}
