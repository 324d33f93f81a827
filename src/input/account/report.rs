//! What goes to the sink: accounts, API errors, invalid records, and what was found in strings.

use std::ops::ControlFlow;

use super::super::error::RecordError;
use super::super::json::{Parser, Position, is_valid, unescape};
use super::super::sink::Sink;
use super::builder::{AccountBuilder, BASE, surrounding};
use super::code_field::CodeField;
use super::context::Ids;
use super::events::Session;
use super::key::Key;
use super::level::{Level, flag};
use super::pending::{Entry, Waiting};
use super::rule::{Rule, index};
use crate::account::Account;

impl<S: Sink> Session<'_, S> {
    /// Decides what an object was: whether an account, good or bad, came out of it. Its builder is
    /// the first one that is no longer open.
    #[inline(always)]
    pub(super) fn close_object(&mut self, level: Level, bytes: &[u8], end: u64) -> bool {
        let mut builders = std::mem::take(&mut self.rule.builders);
        let (around, rest) = builders.split_at_mut(self.rule.open_builders);
        let mut found = false;
        if let Some(builder) = rest.first_mut() {
            self.rule.peak_held = self.rule.peak_held.max(builder.held);
            self.rule.fill_pending(level.offset, builder, bytes);
            let holds = level.is(flag::HOLDS);
            let has_login = builder.has(Key::InstitutionLoginId)
                && [Key::Id, Key::AccountId, Key::Number].iter().any(|&key| builder.has(key));
            // Without a code of its own, an object with accounts in it is their envelope.
            let is_account =
                builder.has_code() || !holds && (has_login || level.is(flag::IN_ACCOUNTS));
            if !is_account {
                found = self.close_other(level, builder, around, bytes, end);
            } else if level.is(flag::DELETED) {
                if !holds {
                    self.rule.pending.absorb(level.offset);
                }
            } else {
                found = true;
                self.close_account(level, builder, around, bytes, end);
            }
            self.rule.store.truncate(builder.stored);
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
        bytes: &[u8],
        end: u64,
    ) {
        let error_code = if level.is(flag::HOLDS) || self.rule.pending.is_empty() {
            CodeField::Absent
        } else {
            self.rule.pending.absorb(level.offset)
        };
        self.flush_inside(around, bytes);
        if end - level.offset > self.rule.max_record_size {
            let error = RecordError::RecordTooLarge(self.rule.max_record_size);
            return self.report_invalid(level.at(), error);
        }
        let mut consulted = false;
        match builder.account(bytes, &self.rule.store, error_code) {
            Ok(mut account) => {
                let mut id = |key: Key| {
                    let id = surrounding(key);
                    self.rule.id_around(builder.around(id), id, around, bytes, &mut consulted)
                };
                if account.customer_id.is_none() {
                    account.customer_id = id(Key::CustomerId);
                }
                if account.institution_id.is_none() {
                    account.institution_id = id(Key::InstitutionId);
                }
                if !self.rule.stopped {
                    self.sink.account(&account, self.rule.located.unwrap_or(level.at()));
                }
            }
            Err((at, error)) => self.report_invalid(at, error),
        }
        self.rule.ties.consulted |= consulted;
    }

    /// Closes an object that is no account; whether it is an invalid record itself.
    fn close_other(
        &mut self,
        level: Level,
        builder: &AccountBuilder,
        around: &mut [AccountBuilder],
        bytes: &[u8],
        end: u64,
    ) -> bool {
        let holds = level.is(flag::HOLDS);
        if let Some((at, error)) = builder.envelope_problem(holds) {
            self.flush_inside(around, bytes);
            self.report_invalid(at, error);
            return true;
        }
        if level.is(flag::IN_ERRORS) && builder.met(Key::Code) {
            match around.last_mut() {
                Some(owner) => owner.add_error(builder.code().clone()),
                None => self.rule.ties.escaped = true,
            }
        }
        let speaks = [Key::Message, Key::Title, Key::UserMessage, Key::Status]
            .iter()
            .any(|&key| builder.has(key));
        if !holds && builder.has(Key::Code) && (speaks || level.is(flag::IN_ERROR)) {
            let mut ids = Ids::default();
            let id = |id| {
                let text = builder.own_id(id)?;
                text.resolve(bytes, &self.rule.store)
            };
            fill(&mut ids, id);
            let limit = self.rule.max_record_size;
            let is_large = end - level.offset > limit;
            let problem = is_large
                .then(|| (level.at(), RecordError::RecordTooLarge(limit)))
                .or_else(|| builder.problem());
            let code = builder.code().clone();
            let entry = Entry { at: level.at(), what: Waiting::Error { code, problem }, ids };
            if self.rule.pending.push(entry) {
                self.flush_inside(around, bytes);
            }
        }
        false
    }

    /// Adds something that waits; if too much does, everything is reported.
    pub(super) fn add_pending(&mut self, entry: Entry, bytes: &[u8]) {
        if self.rule.pending.push(entry) {
            self.flush(bytes);
        }
    }

    /// Reports everything that waits.
    pub(in crate::input) fn flush(&mut self, bytes: &[u8]) {
        let builders = std::mem::take(&mut self.rule.builders);
        self.flush_inside(&builders[..self.rule.open_builders], bytes);
        self.rule.builders = builders;
    }

    #[inline(always)]
    fn flush_inside(&mut self, builders: &[AccountBuilder], bytes: &[u8]) {
        self.rule.ties.flushed = true;
        if !self.rule.pending.is_empty() {
            self.report_pending(builders, bytes);
        }
    }

    #[cold]
    fn report_pending(&mut self, builders: &[AccountBuilder], bytes: &[u8]) {
        for mut entry in self.rule.pending.take() {
            let open = builders.partition_point(|builder| builder.offset < entry.at.offset);
            let mut consulted = false;
            fill(&mut entry.ids, |id| {
                let source = match builders[..open].last() {
                    None => BASE,
                    Some(part) if self.rule.is_held_part(part, entry.at) => part.around(id),
                    Some(builder) => builder.source(id, index(open - 1)),
                };
                self.rule.id_around(source, id, builders, bytes, &mut consulted)
            });
            self.rule.ties.consulted |= consulted;
            match entry.what {
                Waiting::Error { code, problem } => {
                    let checked = problem.map_or_else(|| code.checked(), Err);
                    match checked {
                        Ok(code) => self.report_error(code, entry.at, &entry.ids),
                        Err((at, error)) => self.report_invalid(at, error),
                    }
                }
                Waiting::Text(text) => self.read_text(&text, entry.at, entry.ids),
                Waiting::LongText => {
                    let error = RecordError::RecordTooLarge(self.rule.max_record_size);
                    self.report_invalid(entry.at, error);
                }
            }
        }
    }

    fn report_error(&mut self, code: Option<u32>, at: Position, ids: &Ids) {
        let [id, customer_id, institution_id, institution_login_id] =
            std::array::from_fn(|id| ids[id].as_deref());
        let account = Account {
            id,
            customer_id,
            institution_id,
            institution_login_id,
            aggregation_status_code: code,
            api_error: true,
            ..Account::default()
        };
        if !self.rule.stopped {
            self.sink.account(&account, self.rule.located.unwrap_or(at));
        }
    }

    #[cold]
    pub(super) fn report_invalid(&mut self, at: Position, error: RecordError) {
        if !self.rule.stopped {
            let at = self.rule.located.unwrap_or(at);
            self.rule.stopped = self.sink.invalid(at, error).is_break();
        }
    }

    /// Reads a string as documents of its own, if that is what it is.
    fn read_text(&mut self, text: &[u8], at: Position, ids: Ids) {
        let Some(text) = unescape(text).filter(|text| is_valid(text)) else {
            return;
        };
        let mut parser = Parser::new(Position::START);
        let mut rule = self.rule.inside_text(self.rule.located.unwrap_or(at), ids);
        let mut found = Found { sink: self.sink, any: false };
        let mut session = Session { rule: &mut rule, sink: &mut found };
        parser.feed(&text, &mut session);
        parser.finish(&mut session);
        let any = found.any;
        self.rule.stopped |= rule.stopped;
        let open = self.rule.levels.partition_point(|level| level.offset < at.offset);
        if any && open > 0 {
            self.rule.levels[open - 1].set(flag::HOLDS);
        }
    }

    /// The first element of an array of parts is not the only one: so it was an object like any
    /// other.
    pub(super) fn release_part(&mut self, bytes: &[u8]) {
        if let Some((level, end)) = self.rule.held_parts.pop() {
            self.rule.open_builders -= 1;
            let holds = self.close_object(level, bytes, end);
            if let Some(array) = self.rule.levels.last_mut() {
                array.clear(flag::BUILDER);
                if holds {
                    array.set(flag::HOLDS);
                }
            }
        }
    }
}

/// Notes whether accounts are found in a string. It is one type in every depth, as it must be.
struct Found<'a> {
    sink: &'a mut dyn Sink,
    any: bool,
}

impl Sink for Found<'_> {
    fn account(&mut self, account: &Account<'_>, at: Position) {
        self.any |= !account.api_error;
        self.sink.account(account, at);
    }

    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()> {
        self.any = true;
        self.sink.invalid(at, error)
    }

    fn document(&mut self) {}
}

/// Sets the ids that are not yet known.
fn fill<'t>(ids: &mut Ids, mut id: impl FnMut(usize) -> Option<&'t str>) {
    for (index, known) in ids.iter_mut().enumerate() {
        if known.is_none() {
            *known = id(index).map(Into::into);
        }
    }
}

impl Rule {
    /// Gives the ids of an object that ends to what waits inside it.
    #[inline(always)]
    pub(super) fn fill_pending(&mut self, offset: u64, builder: &AccountBuilder, bytes: &[u8]) {
        if !self.pending.is_empty() {
            for entry in self.pending.inside(offset) {
                fill(&mut entry.ids, |id| builder.surrounding_id(id)?.resolve(bytes, &self.store));
            }
        }
    }

    /// Whether this builder is that of a part that ended before a position.
    fn is_held_part(&self, builder: &AccountBuilder, at: Position) -> bool {
        let last = self.held_parts.last();
        last.is_some_and(|(level, end)| level.offset == builder.offset && *end <= at.offset)
    }

    /// The id of this kind that the builder `source` among `around` has, or the surroundings of the
    /// start.
    fn id_around<'a>(
        &'a self,
        source: u32,
        id: usize,
        around: &[AccountBuilder],
        bytes: &'a [u8],
        consulted: &mut bool,
    ) -> Option<&'a str> {
        match around.get(source as usize) {
            Some(builder) if source != BASE => {
                builder.surrounding_id(id)?.resolve(bytes, &self.store)
            }
            _ => {
                *consulted = true;
                self.context.ids[id].as_deref()
            }
        }
    }
}
