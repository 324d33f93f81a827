//! Decides what an object is when it ends.

use super::super::json::Source;
use std::sync::Arc;

use super::super::error::RecordError;
use super::super::sink::Sink;
use super::builder::{AccountBuilder, inherited_index};
use super::code_field::CodeField;
use super::events::Session;
use super::key::Key;
use super::level::{Level, flag};
use super::pending::{Entry, EntryKind};

impl<S: Sink> Session<'_, S> {
    /// Decides what an object is, and returns whether it is an account or contains one, valid or
    /// invalid. Its builder is the first one that is no longer open.
    #[inline(always)]
    pub(super) fn close_object(&mut self, level: Level, bytes: Source<'_>, end: u64) -> bool {
        let mut builders = std::mem::take(&mut self.rule.builders);
        let (around, rest) = builders.split_at_mut(self.rule.open_builders);
        let mut found = false;
        if let Some(builder) = rest.first_mut() {
            self.rule.peak_held = self.rule.peak_held.max(builder.held);
            self.rule.fill_pending(level, builder, bytes);
            let has_account = level.is(flag::HAS_ACCOUNT);
            if builder.is_account(level, has_account) {
                found = true;
                self.close_account(level, builder, around, bytes, end);
            } else {
                found = self.close_other(level, builder, around, bytes, end);
            }
            self.rule.store.truncate(builder.stored);
            if !self.rule.pending.is_empty() && !level.is(flag::IN_OBJECT) {
                self.flush_inside(around, bytes);
            }
        }
        self.rule.builders = builders;
        found
    }

    #[inline(always)]
    fn close_account(
        &mut self,
        level: Level,
        builder: &mut AccountBuilder,
        around: &[AccountBuilder],
        bytes: Source<'_>,
        end: u64,
    ) {
        let error_code = if self.rule.pending.is_empty() {
            CodeField::Absent
        } else if level.is(flag::HAS_ACCOUNT) {
            self.rule.pending.drop_texts(level.offset);
            CodeField::Absent
        } else {
            self.rule.pending.absorb(level.offset, |code| self.sink.severity(code))
        };
        if level.is(flag::DELETED) {
            return;
        }
        let is_provisional = level.is(flag::PROVISIONAL);
        if end - level.offset > self.rule.max_record_size {
            let error = RecordError::RecordTooLarge(self.rule.max_record_size);
            return self.report_invalid(level.at(), error, is_provisional, around, bytes);
        }
        let is_next = !is_provisional && self.rule.pending.is_empty();
        self.rule.dependencies.reported |= is_next;
        let mut consulted = false;
        let severity = |code| self.sink.severity(code);
        match builder.account(bytes, &self.rule.store, error_code, severity) {
            Ok(mut account) => {
                let mut id = |key: Key| {
                    let id = inherited_index(key);
                    self.rule.id_around(builder.around(id), id, around, bytes, &mut consulted)
                };
                if account.customer_id.is_none() {
                    account.customer_id = id(Key::CustomerId);
                }
                if account.institution_id.is_none() {
                    account.institution_id = id(Key::InstitutionId);
                }
                if is_next {
                    if !self.rule.stopped {
                        self.sink.account(&account, self.rule.located.unwrap_or(level.at()));
                    }
                } else {
                    let kind = EntryKind::Account(Box::new((&account).into()));
                    let entry = Entry { is_provisional, ..Entry::new(level.at(), kind) };
                    self.add_pending(entry, around, bytes);
                }
            }
            Err((at, error)) => self.report_invalid(at, error, is_provisional, around, bytes),
        }
        self.rule.dependencies.consulted |= consulted;
    }

    /// Closes an object that is not an account. Returns whether it is an invalid record itself.
    fn close_other(
        &mut self,
        level: Level,
        builder: &AccountBuilder,
        around: &mut [AccountBuilder],
        bytes: Source<'_>,
        end: u64,
    ) -> bool {
        let has_account = level.is(flag::HAS_ACCOUNT);
        if let Some((at, error)) = builder.envelope_problem(has_account) {
            self.report_invalid(at, error, false, around, bytes);
            return true;
        }
        if level.is(flag::IN_ERRORS) && builder.has_seen(Key::Code) {
            match around.last_mut() {
                Some(owner) => {
                    owner.add_error(builder.code().clone(), |code| self.sink.severity(code));
                }
                None => self.rule.dependencies.escaped = true,
            }
        }
        let has_message = [Key::Message, Key::Title, Key::UserMessage, Key::Status]
            .iter()
            .any(|&key| builder.has(key));
        if !has_account && builder.has(Key::Code) && (has_message || level.is(flag::IN_ERROR)) {
            let ids = std::array::from_fn(|id| {
                builder.own_id(id)?.resolve(bytes, &self.rule.store).map(Arc::from)
            });
            let limit = self.rule.max_record_size;
            let is_large = end - level.offset > limit;
            let problem = is_large
                .then(|| (level.at(), RecordError::RecordTooLarge(limit)))
                .or_else(|| builder.problem());
            let code = builder.code().clone();
            let kind = EntryKind::Error { code, problem };
            self.add_pending(Entry { ids, ..Entry::new(level.at(), kind) }, around, bytes);
        }
        false
    }

    /// Closes the first element of an array of parts as an ordinary object, because another element
    /// follows.
    pub(super) fn release_part(&mut self, bytes: Source<'_>) {
        if let Some((level, end)) = self.rule.held_part.take() {
            self.rule.open_builders -= 1;
            let has_account = self.close_object(level, bytes, end);
            if let Some(array) = self.rule.levels.last_mut() {
                array.clear(flag::BUILDER);
                if has_account {
                    array.set(flag::HAS_ACCOUNT);
                }
            }
        }
    }
}
