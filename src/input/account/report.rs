//! Reports records to the sink, or queues them.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::error::RecordError;
use super::super::json::{Parser, Position, Source, is_valid, unescape_json};
use super::super::sink::Sink;
use super::builder::{AccountBuilder, BASE};
use super::context::Ids;
use super::events::Session;
use super::level::{Level, flag};
use super::pending::{Entry, EntryKind};
use super::rule::{Rule, index};
use crate::account::{Account, Code};

impl<S: Sink> Session<'_, S> {
    fn report_account(&mut self, account: &Account<'_>, at: Position) {
        self.rule.dependencies.reported = true;
        if !self.rule.stopped {
            self.sink.account(account, self.rule.located.unwrap_or(at));
        }
    }

    /// Reports an invalid record after the queue. A record that may still be dropped joins the
    /// queue.
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
            let entry = Entry { is_provisional, ..Entry::new(at, EntryKind::Invalid(error)) };
            self.add_pending(entry, builders, bytes);
        } else {
            self.report_now(at, error);
        }
    }

    #[cold]
    pub(super) fn report_now(&mut self, at: Position, error: RecordError) {
        self.rule.dependencies.reported = true;
        if !self.rule.stopped {
            let at = self.rule.located.unwrap_or(at);
            self.rule.stopped = self.sink.invalid(at, error).is_break();
        }
    }

    /// Adds an entry to the queue. If the queue is full, or there is nothing to wait for, reports
    /// everything in it.
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

    /// Calls `work` with the builders of the open objects, while the rule has none.
    pub(super) fn with_builders(&mut self, work: impl FnOnce(&mut Self, &[AccountBuilder])) {
        let builders = std::mem::take(&mut self.rule.builders);
        work(self, &builders[..self.rule.open_builders]);
        self.rule.builders = builders;
    }

    /// Reports the whole queue.
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
                    Some(part) if self.rule.is_after_held_part(entry.at) => part.around(id),
                    Some(builder) => builder.source(id, index(open - 1)),
                };
                let id = self.rule.id_around(source, id, builders, bytes, &mut consulted);
                id.map(Arc::from)
            });
            for (inherited, id) in entry.ids.iter_mut().zip(around) {
                *inherited = inherited.take().or(id);
            }
            self.rule.dependencies.consulted |= consulted;
            self.report_entry(entry);
        }
    }

    fn report_entry(&mut self, Entry { at, kind, ids, .. }: Entry) {
        match kind {
            // An error body in which a string contains an account is the envelope of the account.
            EntryKind::Error { .. } if self.rule.last_record_in_text >= Some(at.offset) => {}
            EntryKind::Error { code, problem } => {
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
            EntryKind::Text(text, is_deleted) => self.read_text(&text, at, ids, is_deleted),
            EntryKind::Nothing => {}
            EntryKind::LongText => {
                self.report_now(at, RecordError::RecordTooLarge(self.rule.max_record_size));
            }
            EntryKind::Account(account) => self.report_account(&account.as_account(), at),
            EntryKind::Invalid(error) => self.report_now(at, error),
        }
    }

    /// Reads a string as separate documents, if it is valid JSON.
    fn read_text(&mut self, text: &[u8], at: Position, ids: Ids, is_deleted: bool) {
        let Some(text) = unescape_json(text).filter(|text| is_valid(text)) else {
            return;
        };
        let mut parser = Parser::new(Position::START);
        let mut rule = self.rule.inside_text(self.rule.located.unwrap_or(at), ids, is_deleted);
        let mut in_text = InText { sink: self.sink, found: false };
        let mut session = Session { rule: &mut rule, sink: &mut in_text };
        parser.feed(&text, &mut session);
        parser.finish(&mut session);
        if in_text.found {
            self.rule.last_record_in_text = Some(at.offset);
        }
        self.rule.stopped |= rule.stopped;
        self.rule.dependencies.reported |= rule.dependencies.reported;
    }
}

/// The sink for records in a string. It must be one type at every depth.
struct InText<'a> {
    sink: &'a mut dyn Sink,
    /// Whether an account was found, valid or invalid.
    found: bool,
}

impl Sink for InText<'_> {
    fn account(&mut self, account: &Account<'_>, at: Position) {
        self.found |= !account.api_error;
        self.sink.account(account, at);
    }

    fn invalid(&mut self, at: Position, error: RecordError) -> ControlFlow<()> {
        self.found = true;
        self.sink.invalid(at, error)
    }

    fn document(&mut self) {}

    fn severity(&self, code: Code) -> usize {
        self.sink.severity(code)
    }
}

impl Rule {
    /// Passes the ids of an object that ends to the entries inside it. They become final if the
    /// object cannot be inside an event about deleted accounts.
    #[inline(always)]
    pub(super) fn fill_pending(
        &mut self,
        level: Level,
        builder: &AccountBuilder,
        bytes: Source<'_>,
    ) {
        if !self.pending.is_empty() {
            let ids: Ids = std::array::from_fn(|id| {
                builder.inherited_id(id)?.resolve(bytes, &self.store).map(Arc::from)
            });
            self.pending.end_object(level.offset, &ids, level.is(flag::PROVISIONAL));
        }
    }

    /// Returns whether the innermost builder belongs to a part that ended before the position.
    fn is_after_held_part(&self, at: Position) -> bool {
        self.held_part.is_some_and(|(_, end)| end <= at.offset)
    }

    /// Returns the id of this kind from the builder `source` among `around`, or from the context in
    /// which the rule was started.
    pub(super) fn id_around<'a>(
        &'a self,
        source: u32,
        id: usize,
        around: &[AccountBuilder],
        bytes: Source<'a>,
        consulted: &mut bool,
    ) -> Option<&'a str> {
        if let Some(builder) = around.get(source as usize) {
            builder.inherited_id(id)?.resolve(bytes, &self.store)
        } else {
            *consulted = true;
            self.context.ids[id].as_deref()
        }
    }
}
