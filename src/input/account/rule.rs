//! The state of the rule: what is open, and what is known about it.

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
    /// The first `open_builders` belong to open levels; the others are kept for reuse.
    pub(super) builders: Vec<AccountBuilder>,
    pub(super) open_builders: usize,
    /// The first element of the innermost level, an array of parts, and its end, if no other element
    /// has followed yet.
    pub(super) held_part: Option<(Level, u64)>,
    pub(super) store: Store,
    pub(super) pending: Pending,
    /// The string being collected: where it begins, its bytes, and whether it is too long.
    pub(super) text: Option<(Position, Vec<u8>, bool)>,
    pub(super) max_record_size: u64,
    /// The offset of the last string in which an account was found.
    pub(super) last_record_in_text: Option<u64>,
    /// How deep in strings this rule reads, and the location of everything that it finds.
    pub(super) text_depth: usize,
    pub(super) located: Option<Position>,
    /// The flags that a document inherits.
    pub(super) base_flags: u16,
    /// The context in which the rule was started, and how the results depend on it.
    pub(super) context: Arc<Context>,
    pub(super) dependencies: Dependencies,
    pub(super) peak_held: u64,
    /// Whether the sink stopped the input.
    pub(super) stopped: bool,
}

/// How the results depend on the context in which the rule was started.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dependencies {
    /// An account has inherited ids from it.
    pub consulted: bool,
    /// A result affects an object around the array in which the rule was started.
    pub escaped: bool,
    /// Something was reported without waiting.
    pub reported: bool,
}

/// The results of a rule for the one that continues after it.
#[derive(Debug)]
pub(in crate::input) struct Findings {
    context: Arc<Context>,
    dependencies: Dependencies,
    has_account: bool,
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
            held_part: None,
            store: Store::default(),
            pending: Pending::default(),
            text: None,
            max_record_size,
            text_depth: 0,
            located: None,
            base_flags: 0,
            context: Arc::default(),
            last_record_in_text: None,
            dependencies: Dependencies::default(),
            peak_held: 0,
            stopped: false,
        }
    }

    /// Creates a rule for the documents in a string at `at`, inside objects with these ids.
    /// `is_deleted` says whether its accounts are deleted.
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

    /// Restarts the rule between two documents.
    pub(in crate::input) fn restart(&mut self) {
        self.close_all();
        self.pending = Pending::default();
        self.last_record_in_text = None;
        self.context = Arc::default();
        self.dependencies = Dependencies::default();
        self.peak_held = 0;
        self.stopped = false;
    }

    /// Restarts the rule after an element of an array in this context.
    pub(in crate::input) fn restart_after_element(&mut self, at: Position, context: Arc<Context>) {
        self.restart();
        self.levels.push(Level::new(at, context.flags));
        self.context = context;
    }

    pub(super) fn close_all(&mut self) {
        self.levels.clear();
        self.open_builders = 0;
        self.held_part = None;
        self.store.truncate(0);
        self.text = None;
    }

    /// Returns whether the sink stopped this input.
    pub(in crate::input) const fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Returns what was found since the last start, except what was reported.
    pub(in crate::input) fn findings(&mut self) -> Findings {
        Findings {
            context: Arc::clone(&self.context),
            dependencies: self.dependencies,
            has_account: self.levels.last().is_some_and(|level| level.is(flag::HAS_ACCOUNT)),
            stopped: self.stopped,
            peak_pending: self.pending.peak(),
            pending: self.pending.take(),
            peak_held: self.peak_held,
        }
    }

    /// Returns the context of the elements of the innermost level, an array.
    pub(in crate::input) fn context(&self, depth: usize) -> Option<Context> {
        let level = self.levels.last()?;
        (!level.is(flag::BUILDER)).then(|| Context {
            depth,
            flags: level.flags() & !flag::HAS_ACCOUNT,
            ids: std::array::from_fn(|id| {
                self.id_at(self.source(self.open_builders, id), id).map(Into::into)
            }),
        })
    }

    /// Returns whether another rule, started with only the context of these findings, found what
    /// this one would have found.
    pub(in crate::input) fn fits(&self, findings: &Findings, depth: usize) -> bool {
        let Some(context) = self.context(depth) else {
            return false;
        };
        let held = match self.open_builders {
            0 => 0,
            open => self.builders[open - 1].held,
        };
        let known = &findings.context;
        !findings.dependencies.escaped
            && (known.depth, known.flags) == (context.depth, context.flags)
            && (!findings.dependencies.consulted || known.ids == context.ids)
            && (self.pending.is_empty() || !findings.dependencies.reported)
            && self.pending.size() + findings.peak_pending <= self.max_record_size
            && held.saturating_add(findings.peak_held) <= self.max_record_size
    }

    /// Continues after another rule.
    pub(in crate::input) fn continue_after(&mut self, findings: Findings) {
        for entry in findings.pending {
            self.pending.push(entry);
        }
        if let (true, Some(level)) = (findings.has_account, self.levels.last_mut()) {
            level.set(flag::HAS_ACCOUNT);
        }
        self.stopped |= findings.stopped;
    }

    /// Returns the flags of the `records` of the innermost object. If the object may still turn out
    /// to be an event about deleted accounts, they wait until it ends.
    pub(super) fn awaits(&self) -> u16 {
        let is_open = self.levels.last().is_some_and(|level| level.is(flag::BUILDER));
        let builder = self.builders[..self.open_builders].last().filter(|_| is_open);
        if builder.is_some_and(|builder| !builder.has_seen(Key::Type)) {
            flag::PROVISIONAL
        } else {
            0
        }
    }

    /// Returns the builder from which objects inside the first `open` builders inherit this id.
    pub(super) fn source(&self, open: usize, id: usize) -> u32 {
        match open {
            0 => BASE,
            open => self.builders[open - 1].source(id, index(open - 1)),
        }
    }

    /// Returns the id of this kind from the builder, after the current bytes are dropped.
    fn id_at(&self, source: u32, id: usize) -> Option<&str> {
        match self.builders.get(source as usize) {
            Some(builder) => builder.inherited_id(id)?.resolve(Source::new(&[]), &self.store),
            None => self.context.ids[id].as_deref(),
        }
    }
}

/// Converts the index of a builder. Nesting is never deep enough to overflow it.
pub(super) fn index(builder: usize) -> u32 {
    u32::try_from(builder).unwrap_or(BASE)
}
