//! The walker: JSON in, accounts out, in one pass and in bounded memory.
//!
//! It is fed an input in pieces of any size and keeps between them only what is open: the nesting, and the few
//! fields of objects that may turn out to be accounts. It validates every byte as JSON, finds accounts at any
//! depth by one rule (see [`super`]), reports invalid records and reads on behind them. What it reports never
//! depends on where the pieces were cut.

use memchr::memchr;

use super::candidate::{Candidate, Scalar};
use super::key::Key;
use super::lex::{self, Scan};
use super::position::Position;
use super::problem::Problem;
use super::{DEEPEST, LONGEST_HELD};
use crate::account::{Account, Code};

mod faults;
mod members;
mod names;
mod objects;
mod tokens;
mod values;

/// Who takes what the walker finds, in the order of the input.
pub trait Records {
    /// An account; `at` is where its object begins.
    fn account(&mut self, account: &Account<'_>, at: Position);
    /// Whether an account with this code shall come with its ids; whoever only counts can do without.
    fn wants_ids(&self, _code: Option<Code>) -> bool {
        true
    }
    /// A record that cannot be read.
    fn invalid(&mut self, at: Position, problem: Problem);
    /// The end of a document, well or broken.
    fn document(&mut self);
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between documents.
    Between,
    /// A value is due: of this member, or an element.
    Value(Key),
    /// An array has begun: an element or its end.
    ElementOrEnd,
    /// An object has begun: a key or its end.
    KeyOrEnd,
    /// A comma in an object was passed: a key.
    Key,
    /// A key was passed: the colon.
    Colon(Key),
    /// A value inside an array or object was passed: a comma or the end.
    After,
    /// Inside a text too long to be held; what it is the text of.
    LongText(Option<Key>),
    /// Behind broken syntax: the rest of the line is skipped.
    SkipLine { only_documents: bool },
    /// Behind broken syntax, at the beginning of a line: only one that begins a document is read.
    LineStart,
}

/// An array or object that is open. A million may be: so the flags share eight bytes with the line.
#[derive(Debug, Clone, Copy)]
struct Level {
    offset: u64,
    line_start: u64,
    line_and_flags: u64,
}

impl Level {
    const fn new(at: Position, flags: u8) -> Self {
        let line_and_flags = at.line << 8 | flags as u64;
        Self {
            offset: at.offset,
            line_start: at.line_start,
            line_and_flags,
        }
    }

    const fn at(&self) -> Position {
        Position {
            offset: self.offset,
            line: self.line_and_flags >> 8,
            line_start: self.line_start,
        }
    }

    const fn flags(&self) -> u8 {
        self.line_and_flags.to_le_bytes()[0]
    }

    fn set(&mut self, flag: u8) {
        self.line_and_flags |= u64::from(flag);
    }
}

/// Flags of a [`Level`].
mod flag {
    /// An object; an array otherwise.
    pub const OBJECT: u8 = 1;
    /// The value of a member called `accounts`, or an element of it.
    pub const IN_ACCOUNTS: u8 = 1 << 1;
    /// The value of a member called `accountDetails` or `balanceDetails`.
    pub const PART: u8 = 1 << 2;
    /// The value of a member called `error`.
    pub const IN_ERROR: u8 = 1 << 3;
    /// An account stands somewhere inside.
    pub const HOLDS: u8 = 1 << 4;
    /// Nothing inside counts.
    pub const INERT: u8 = 1 << 5;
    /// The topmost candidate belongs to this object.
    pub const CANDIDATE: u8 = 1 << 6;
    /// This object looks like an account already, so an error body in it is part of it.
    pub const LIKELY: u8 = 1 << 7;
}

/// Reads one input; see the module.
#[derive(Debug)]
pub struct Walker {
    state: State,
    levels: Vec<Level>,
    /// The first `open_candidates` belong to open objects; the others are kept to be used again.
    candidates: Vec<Candidate>,
    open_candidates: usize,
    /// Texts of open candidates whose bytes are gone.
    store: Vec<u8>,
    /// The beginning of a token that the last piece did not end.
    held: Vec<u8>,
    names: names::Names,
    /// Where the bytes that are being walked begin.
    base: u64,
    line: u64,
    line_start: u64,
    /// The last run of blanks with a line break in it: where its first line break stands, and the offset where it ended.
    gap: (Position, u64),
    /// Where the current document began.
    document: Position,
    /// The offset behind a number or word that is a whole document: what follows there must not look like more of it.
    scalar_end: u64,
    /// How many open objects have the flag `LIKELY`.
    likely: usize,
    max_record_size: u64,
    broken: bool,
    /// What broke the syntax, and at which index of the current bytes.
    fault: Option<(usize, Problem)>,
}

/// How far a token went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// To this index.
    To(usize),
    /// The bytes end before it does.
    Short,
    /// It is ill-formed; the walker's `fault` tells why.
    Broken,
}

impl Walker {
    /// A walker at the beginning of an input, or at a place between two documents of it.
    ///
    /// `max_record_size` is in bytes: an account of more is an invalid record.
    #[must_use]
    pub fn new(at: Position, max_record_size: u64) -> Self {
        Self {
            state: State::Between,
            levels: Vec::new(),
            candidates: Vec::new(),
            open_candidates: 0,
            store: Vec::new(),
            held: Vec::new(),
            names: names::Names::default(),
            base: at.offset,
            line: at.line,
            line_start: at.line_start,
            gap: (at, u64::MAX),
            document: at,
            scalar_end: u64::MAX,
            likely: 0,
            max_record_size,
            broken: false,
            fault: None,
        }
    }

    /// Begins anew between two documents.
    pub(super) fn restart(&mut self, at: Position) {
        self.state = State::Between;
        self.levels.clear();
        self.open_candidates = 0;
        self.store.clear();
        self.held.clear();
        (self.base, self.line, self.line_start) = (at.offset, at.line, at.line_start);
        self.gap = (at, u64::MAX);
        self.scalar_end = u64::MAX;
        self.likely = 0;
        self.broken = false;
    }

    /// Begins anew behind an element of an array, of which nothing else is known than whether it is called `accounts`.
    pub(super) fn restart_behind_element(&mut self, at: Position, in_accounts: bool) {
        self.restart(at);
        let flags = if in_accounts { flag::IN_ACCOUNTS } else { 0 };
        self.levels.push(Level::new(at, flags));
        self.state = State::After;
    }

    /// Whether this walker stands between two documents, so that a fresh one could go on from here.
    pub(super) fn is_between_documents(&self) -> bool {
        self.state == State::Between && self.held.is_empty()
    }

    /// Whether this walker stands behind an element of an array, and a fresh one could take over the next elements.
    pub(super) fn is_behind_element(&self, in_accounts: bool) -> bool {
        let flags = if in_accounts { flag::IN_ACCOUNTS } else { 0 };
        self.state == State::After
            && self.held.is_empty()
            && self.likely == 0
            && self
                .levels
                .last()
                .is_some_and(|level| level.flags() & !flag::HOLDS == flags)
    }

    /// Whether the walk came back, without broken syntax, to the array that it was begun in.
    pub(super) fn is_whole(&self) -> bool {
        !self.broken && self.levels.len() == 1 && self.held.is_empty() && self.state == State::After
    }

    /// Whether an account was found in the array that the walk was begun in.
    pub(super) fn holds_accounts(&self) -> bool {
        self.levels
            .last()
            .is_some_and(|level| level.flags() & flag::HOLDS != 0)
    }

    /// Goes on behind a piece that another walker has walked from this one's state and back to it.
    pub(super) fn pass(&mut self, to: Position, holds_accounts: bool) {
        self.base = to.offset;
        self.line = to.line;
        self.line_start = to.line_start;
        if let (true, Some(level)) = (holds_accounts, self.levels.last_mut()) {
            level.set(flag::HOLDS);
        }
    }

    /// Walks the next piece of the input.
    pub fn feed(&mut self, bytes: &[u8], records: &mut impl Records) {
        /// Bytes that most often end a token which the last piece began.
        const ENOUGH: usize = 512;
        let mut rest = bytes;
        for amount in [ENOUGH, usize::MAX] {
            if self.held.is_empty() {
                break;
            }
            let (begin, behind) = rest.split_at(rest.len().min(amount));
            let mut joined = std::mem::take(&mut self.held);
            joined.extend_from_slice(begin);
            rest = behind;
            let used = self.walk_piece(&joined, false, records);
            // What the joined bytes did not end may well end in the piece itself.
            let left = joined.len() - used;
            if left < begin.len() && !rest.is_empty() {
                rest = &bytes[begin.len() - left..];
                self.held.clear();
            } else {
                self.held = joined.split_off(used);
            }
        }
        if self.held.is_empty() {
            let used = self.walk_piece(rest, false, records);
            self.held.extend_from_slice(&rest[used..]);
        }
    }

    /// Walks what is left at the end of the input.
    pub fn finish(&mut self, records: &mut impl Records) {
        let mut rest = std::mem::take(&mut self.held);
        let used = self.walk_piece(&rest, true, records);
        self.held = rest.split_off(used);
        let outside = matches!(
            self.state,
            State::Between | State::SkipLine { .. } | State::LineStart
        );
        if !outside || !self.held.is_empty() {
            let here = self.position(self.held.len());
            let at = if self.gap.1 == here.offset {
                self.gap.0
            } else {
                here
            };
            self.end_document(records);
            records.invalid(at, Problem::Unfinished);
        }
        self.held.clear();
        self.state = State::Between;
    }

    /// Walks as many whole tokens as there are; how many bytes those are.
    fn walk_piece(&mut self, bytes: &[u8], last: bool, records: &mut impl Records) -> usize {
        let used = self.walk(bytes, last, records);
        for candidate in &mut self.candidates[..self.open_candidates] {
            candidate.keep(bytes, &mut self.store);
        }
        self.base += used as u64;
        used
    }

    /// Walks as far as whole tokens go; returns how many bytes those are.
    fn walk(&mut self, bytes: &[u8], last: bool, records: &mut impl Records) -> usize {
        let mut at = 0;
        loop {
            match self.state {
                State::LongText(key) => match self.long_text(bytes, at, key, last, records) {
                    Some(next) => at = next,
                    None => return if last { bytes.len() } else { at },
                },
                State::SkipLine { only_documents } => match memchr(b'\n', &bytes[at..]) {
                    None => return bytes.len(),
                    Some(newline) => {
                        at += newline + 1;
                        self.begin_line(at);
                        self.state = if only_documents {
                            State::LineStart
                        } else {
                            State::Between
                        };
                    }
                },
                State::LineStart => match bytes.get(at) {
                    None => return at,
                    Some(b'{' | b'[') => self.state = State::Between,
                    Some(_) => {
                        self.state = State::SkipLine {
                            only_documents: true,
                        }
                    }
                },
                state => {
                    at = self.skip_blanks(bytes, at);
                    let Some(&byte) = bytes.get(at) else {
                        return at;
                    };
                    match self.token(state, byte, bytes, at, last, records) {
                        Step::To(next) => at = next,
                        Step::Short => return at,
                        Step::Broken => at = self.break_document(at, records),
                    }
                }
            }
        }
    }

    #[inline(always)]
    pub(super) fn position(&self, at: usize) -> Position {
        Position {
            offset: self.base + at as u64,
            line: self.line,
            line_start: self.line_start,
        }
    }
}
