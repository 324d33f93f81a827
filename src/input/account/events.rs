//! The events of the parser, as the rule takes them.

use super::super::error::RecordError;
use super::super::json::{Container, Handler, Piece, Position, Scalar, Source, Spot, SyntaxError};
use super::super::sink::Sink;
use super::key::Key;
use super::level::{Level, flag};
use super::rule::Rule;
use super::values::Taken;

/// A rule at work: what it finds goes to a sink.
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
            && !builder.meet(key)
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
                Taken::Well => {}
                Taken::Odd => self.rule.take_odd(key, value, at.position()),
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
            if !builder.meet(key) {
                return builder.repeat(key, name_at.position());
            }
            match builder.take(key, value, span, limit) {
                Taken::Well => {}
                Taken::Odd => self.rule.take_odd(key, value, at.position()),
                Taken::Deletes => self.rule.delete(),
            }
        }
    }

    fn json_text(&mut self, piece: &[u8], place: Piece, bytes: Source<'_>, at: Spot<'_>) {
        if let Some(entry) = self.rule.collect(piece, place, at) {
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
        let mut flags = (if object { flag::OBJECT } else { 0 }) | parent & flag::AWAITS;
        if parent & (flag::OBJECT | flag::IN_OBJECT) != 0 {
            flags |= flag::IN_OBJECT;
        }
        if parent & (flag::DELETED | flag::DELETES) != 0 {
            flags |= flag::DELETED;
        }
        match key {
            _ if parent & flag::INERT != 0 => flags |= flag::INERT,
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
        if level.flags() & (needs_builder | flag::INERT | flag::BUILDER) == needs_builder {
            self.rule.current();
        }
        let Some(level) = self.rule.levels.pop() else {
            return;
        };
        let mut holds = level.is(flag::HOLDS);
        if level.is(flag::BUILDER) {
            self.rule.open_builders -= 1;
            if level.is(flag::PART) {
                self.rule.close_part(level, bytes, end);
            } else {
                holds |= self.close_object(level, bytes, end);
            }
        }
        if holds && let Some(parent) = self.rule.levels.last_mut() {
            parent.set(flag::HOLDS);
        }
    }

    fn end_document(&mut self, bytes: Source<'_>) {
        if !self.rule.pending.is_empty() {
            self.with_builders(|session, builders| session.flush_inside(builders, bytes));
        }
        self.rule.close_all();
        if self.rule.located.is_none() && !self.rule.stopped {
            self.sink.document();
        }
    }

    fn fault(&mut self, at: Position, error: SyntaxError) {
        self.report_now(at, error.into());
    }

    fn keep(&mut self, bytes: Source<'_>) {
        self.rule.keep(bytes);
    }
}

impl<S: Sink> Session<'_, S> {
    /// The flags that an element of an array takes over from it.
    fn element(&mut self, parent: u16, object: bool, bytes: Source<'_>, at: Position) -> u16 {
        if !object {
            if parent & flag::IN_ACCOUNTS == 0 {
                return 0;
            }
            if parent & flag::DELETED == 0 {
                let (error, awaits) = (RecordError::ArrayForAccount, parent & flag::AWAITS != 0);
                self.with_builders(|session, builders| {
                    session.report_invalid(at, error, awaits, builders, bytes);
                });
            }
            if let Some(level) = self.rule.levels.last_mut() {
                level.set(flag::HOLDS);
            }
            return flag::INERT;
        }
        let mut flags = parent & flag::OF_ELEMENTS;
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
