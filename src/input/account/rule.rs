//! The state of the rule: what is open, and what is known of it.

use std::sync::Arc;

use super::super::json::{Position, Source};
use super::builder::{AccountBuilder, BASE};
use super::context::{Context, Ids};
use super::key::Key;
use super::level::{Level, flag};
use super::pending::{Entry, Pending};
use super::text::Store;

/// Finds accounts in one input; a [`super::Session`] drives it.
#[derive(Debug)]
pub(in crate::input) struct Rule {
    pub(super) levels: Vec<Level>,
    /// The first `open_builders` belong to open levels; the others are kept to be used again.
    pub(super) builders: Vec<AccountBuilder>,
    pub(super) open_builders: usize,
    /// The first elements of arrays of parts, which may be the only ones, and where they end.
    pub(super) held_parts: Vec<(Level, u64)>,
    pub(super) store: Store,
    pub(super) pending: Pending,
    /// The string that is being collected, where it begins, and whether it is too long.
    pub(super) text: Option<(Position, Vec<u8>, bool)>,
    pub(super) max_record_size: u64,
    /// How deep in strings this rule reads, and where what it finds is located.
    pub(super) text_depth: usize,
    pub(super) located: Option<Position>,
    /// The flags of what is around a document.
    pub(super) base_flags: u16,
    /// The surroundings that the rule was started in, and how what was found is tied to them.
    pub(super) context: Arc<Context>,
    pub(super) ties: Ties,
    pub(super) peak_held: u64,
    /// Whether the sink wants no more.
    pub(super) stopped: bool,
}

/// How what was found is tied to the surroundings that the rule was started in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ties {
    /// An account has their ids.
    pub consulted: bool,
    /// Something concerns an object around the array that the rule was started in.
    pub escaped: bool,
    /// Something was reported without waiting.
    pub reported: bool,
}

/// What a rule leaves to the one that goes on after it.
#[derive(Debug)]
pub(in crate::input) struct Findings {
    context: Arc<Context>,
    ties: Ties,
    holds: bool,
    stopped: bool,
    pending: Vec<Entry>,
    peak_pending: u64,
    peak_held: u64,
}

impl Rule {
    pub(in crate::input) fn new(max_record_size: u64) -> Self {
        Self {
            levels: Vec::new(),
            builders: Vec::new(),
            open_builders: 0,
            held_parts: Vec::new(),
            store: Store::default(),
            pending: Pending::default(),
            text: None,
            max_record_size,
            text_depth: 0,
            located: None,
            base_flags: 0,
            context: Arc::default(),
            ties: Ties::default(),
            peak_held: 0,
            stopped: false,
        }
    }

    /// A rule for the documents of a string that is located at `at`, inside objects with these ids;
    /// `is_deleted` if accounts in it are deleted ones.
    pub(super) fn inside_text(&self, at: Position, ids: Ids, is_deleted: bool) -> Self {
        let context = Context { ids, ..Context::default() };
        Self {
            base_flags: if is_deleted { flag::DELETED } else { 0 },
            stopped: self.stopped,
            text_depth: self.text_depth + 1,
            located: Some(at),
            context: Arc::new(context),
            ..Self::new(self.max_record_size)
        }
    }

    /// Begins anew between two documents.
    pub(in crate::input) fn restart(&mut self) {
        self.close_all();
        self.pending = Pending::default();
        self.context = Arc::default();
        self.ties = Ties::default();
        self.peak_held = 0;
        self.stopped = false;
    }

    /// Begins anew after an element of an array in these surroundings.
    pub(in crate::input) fn restart_after_element(&mut self, at: Position, context: Arc<Context>) {
        self.restart();
        self.levels.push(Level::new(at, context.flags));
        self.context = context;
    }

    pub(super) fn close_all(&mut self) {
        self.levels.clear();
        self.open_builders = 0;
        self.held_parts.clear();
        self.store.truncate(0);
        self.text = None;
    }

    /// Whether the sink wants no more of this input.
    pub(in crate::input) const fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// What was found since the last start, beside what was reported.
    pub(in crate::input) fn findings(&mut self) -> Findings {
        Findings {
            context: Arc::clone(&self.context),
            ties: self.ties,
            holds: self.levels.last().is_some_and(|level| level.is(flag::HOLDS)),
            stopped: self.stopped,
            peak_pending: self.pending.peak(),
            pending: self.pending.take(),
            peak_held: self.peak_held,
        }
    }

    /// The surroundings of the elements of the innermost level, an array.
    pub(in crate::input) fn context(&self, depth: usize) -> Option<Context> {
        let level = self.levels.last()?;
        (!level.is(flag::BUILDER)).then(|| Context {
            depth,
            flags: level.flags() & !flag::HOLDS,
            ids: std::array::from_fn(|id| {
                self.id_at(self.source(self.open_builders, id), id).map(Into::into)
            }),
        })
    }

    /// Whether another rule that began with nothing but these findings' surroundings found what
    /// this one would have.
    pub(in crate::input) fn fits(&self, findings: &Findings, depth: usize) -> bool {
        let Some(context) = self.context(depth) else {
            return false;
        };
        let held = match self.open_builders {
            0 => 0,
            open => self.builders[open - 1].held,
        };
        let known = &findings.context;
        !findings.ties.escaped
            && (known.depth, known.flags) == (context.depth, context.flags)
            && (!findings.ties.consulted || known.ids == context.ids)
            && (self.pending.is_empty() || !findings.ties.reported)
            && self.pending.size() + findings.peak_pending <= self.max_record_size
            && held.saturating_add(findings.peak_held) <= self.max_record_size
    }

    /// Goes on after another rule.
    pub(in crate::input) fn pass(&mut self, findings: Findings) {
        for entry in findings.pending {
            self.pending.push(entry);
        }
        if let (true, Some(level)) = (findings.holds, self.levels.last_mut()) {
            level.set(flag::HOLDS);
        }
        self.stopped |= findings.stopped;
    }

    /// The flags of the `records` of the innermost object: if it may still say that it is an event
    /// of deleted accounts, those in it wait until it ends.
    pub(super) fn awaits(&self) -> u16 {
        let is_open = self.levels.last().is_some_and(|level| level.is(flag::BUILDER));
        let builder = self.builders[..self.open_builders].last().filter(|_| is_open);
        if builder.is_some_and(|builder| !builder.met(Key::Type)) { flag::AWAITS } else { 0 }
    }

    /// The builder whose id of this kind is seen inside the first `open` builders.
    pub(super) fn source(&self, open: usize, id: usize) -> u32 {
        match open {
            0 => BASE,
            open => self.builders[open - 1].source(id, index(open - 1)),
        }
    }

    /// The id of this kind that the builder has, once the current bytes are gone.
    fn id_at(&self, source: u32, id: usize) -> Option<&str> {
        match self.builders.get(source as usize) {
            Some(builder) if source != BASE => {
                builder.surrounding_id(id)?.resolve(Source::new(&[]), &self.store)
            }
            _ => self.context.ids[id].as_deref(),
        }
    }
}

/// The index of a builder as others remember it. Nesting is far less deep than that.
pub(super) fn index(builder: usize) -> u32 {
    u32::try_from(builder).unwrap_or(BASE)
}
