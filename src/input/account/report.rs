//! What goes to the sink, and what waits before it does.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::error::RecordError;
use super::super::json::{Parser, Position, Source, is_valid, unescape_json};
use super::super::sink::Sink;
use super::builder::{AccountBuilder, BASE};
use super::context::Ids;
use super::events::Session;
use super::level::{Level, flag};
use super::pending::{Entry, Waiting};
use super::rule::{Rule, index};
use crate::account::Account;

impl<S: Sink> Session<'_, S> {
    fn report_account(&mut self, account: &Account<'_>, at: Position) {
        self.rule.ties.reported = true;
        if !self.rule.stopped {
            self.sink.account(account, self.rule.located.unwrap_or(at));
        }
    }

    /// Reports an invalid record, after what waits; one that may yet turn out to be nothing waits,
    /// too.
    #[cold]
    pub(super) fn report_invalid(
        &mut self,
        at: Position,
        error: RecordError,
        is_provisional: bool,
        builders: &[AccountBuilder],
        bytes: Source<'_>,
    ) {
        if is_provisional || !self.rule.pending.is_empty() {
            let entry = Entry { is_provisional, ..Entry::new(at, Waiting::Invalid(error)) };
            self.add_pending(entry, builders, bytes);
        } else {
            self.report_now(at, error);
        }
    }

    #[cold]
    pub(super) fn report_now(&mut self, at: Position, error: RecordError) {
        self.rule.ties.reported = true;
        if !self.rule.stopped {
            let at = self.rule.located.unwrap_or(at);
            self.rule.stopped = self.sink.invalid(at, error).is_break();
        }
    }

    /// Adds something that waits; if too much does, or nothing can come that it waits for,
    /// everything is reported.
    #[cold]
    pub(super) fn add_pending(
        &mut self,
        entry: Entry,
        builders: &[AccountBuilder],
        bytes: Source<'_>,
    ) {
        let is_inside = flag::OBJECT | flag::IN_OBJECT;
        self.rule.pending.push(entry);
        let is_full = self.rule.pending.size() > self.rule.max_record_size;
        let level = self.rule.levels.last();
        if is_full || level.is_none_or(|level| level.flags() & is_inside == 0) {
            self.flush_inside(builders, bytes);
        }
    }

    /// Does something with the builders of the open objects, while the rule has none.
    pub(super) fn with_builders(&mut self, work: impl FnOnce(&mut Self, &[AccountBuilder])) {
        let builders = std::mem::take(&mut self.rule.builders);
        work(self, &builders[..self.rule.open_builders]);
        self.rule.builders = builders;
    }

    /// Reports everything that waits.
    #[cold]
    pub(super) fn flush_inside(&mut self, builders: &[AccountBuilder], bytes: Source<'_>) {
        for mut entry in self.rule.pending.take() {
            let open = builders.partition_point(|builder| builder.offset < entry.at.offset);
            let mut consulted = false;
            let around: Ids = std::array::from_fn(|id| {
                if entry.ids[id].is_some() || !entry.needs_ids() {
                    return None;
                }
                let source = match builders[..open].last() {
                    None => BASE,
                    Some(part) if self.rule.is_held_part(part, entry.at) => part.around(id),
                    Some(builder) => builder.source(id, index(open - 1)),
                };
                let id = self.rule.id_around(source, id, builders, bytes, &mut consulted);
                id.map(Arc::from)
            });
            for (own, id) in entry.ids.iter_mut().zip(around) {
                *own = own.take().or(id);
            }
            self.rule.ties.consulted |= consulted;
            self.report_entry(entry);
        }
    }

    fn report_entry(&mut self, Entry { at, what, ids, .. }: Entry) {
        match what {
            Waiting::Error { code, problem } => {
                let [id, customer_id, institution_id, institution_login_id] =
                    std::array::from_fn(|id| ids[id].as_deref());
                match problem.map_or_else(|| code.checked(), Err) {
                    Ok(aggregation_status_code) => {
                        let error = Account {
                            id,
                            customer_id,
                            institution_id,
                            institution_login_id,
                            aggregation_status_code,
                            api_error: true,
                            ..Account::default()
                        };
                        self.report_account(&error, at);
                    }
                    Err((at, error)) => self.report_now(at, error),
                }
            }
            Waiting::Text(text, is_deleted) => self.read_text(&text, at, ids, is_deleted),
            Waiting::Nothing => {}
            Waiting::LongText => {
                self.report_now(at, RecordError::RecordTooLarge(self.rule.max_record_size));
            }
            Waiting::Account(account) => self.report_account(&account.as_account(), at),
            Waiting::Invalid(error) => self.report_now(at, error),
        }
    }

    /// Reads a string as documents of its own, if that is what it is.
    fn read_text(&mut self, text: &[u8], at: Position, ids: Ids, is_deleted: bool) {
        let Some(text) = unescape_json(text).filter(|text| is_valid(text)) else {
            return;
        };
        let mut parser = Parser::new(Position::START);
        let mut rule = self.rule.inside_text(self.rule.located.unwrap_or(at), ids, is_deleted);
        let mut session = Session { rule: &mut rule, sink: &mut InText(self.sink) };
        parser.feed(&text, &mut session);
        parser.finish(&mut session);
        self.rule.stopped |= rule.stopped;
        self.rule.ties.reported |= rule.ties.reported;
    }
}

/// The sink of what is found in a string. It is one type in every depth, as it must be.
struct InText<'a>(&'a mut dyn Sink);

impl Sink for InText<'_> {
    fn account(&mut self, account: &Account<'_>, at: Position) {
        self.0.account(account, at);
    }

    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()> {
        self.0.invalid(at, error)
    }

    fn document(&mut self) {}
}

impl Rule {
    /// Gives what waits inside an object that ends the ids that the object has; and if the object
    /// is no event of deleted accounts and in none, what waits inside it is here to stay.
    #[inline(always)]
    pub(super) fn fill_pending(
        &mut self,
        level: Level,
        builder: &AccountBuilder,
        bytes: Source<'_>,
    ) {
        if !self.pending.is_empty() {
            let own: Ids = std::array::from_fn(|id| {
                builder.surrounding_id(id)?.resolve(bytes, &self.store).map(Arc::from)
            });
            self.pending.end_object(level.offset, &own, level.is(flag::AWAITS));
        }
    }

    /// Whether this builder is that of a part that ended before a position.
    fn is_held_part(&self, builder: &AccountBuilder, at: Position) -> bool {
        let last = self.held_parts.last();
        last.is_some_and(|(level, end)| level.offset == builder.offset && *end <= at.offset)
    }

    /// The id of this kind that the builder `source` among `around` has, or the surroundings of the
    /// start.
    pub(super) fn id_around<'a>(
        &'a self,
        source: u32,
        id: usize,
        around: &[AccountBuilder],
        bytes: Source<'a>,
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
