//! The parser: turns bytes into events, in one pass and in bounded memory.
//!
//! It receives an input in chunks of any size. Between chunks it keeps only the nesting and an
//! incomplete token. It validates every byte, reports errors, and continues after them. Its results
//! do not depend on where the chunks are cut.

use super::error::SyntaxError;
use super::gaps::Gap;
use super::instructions::Instructions;
use super::links::Links;
use super::position::{Lines, Position};
use super::recovery::Resume;
use super::run::Run;
use super::{Container, Handler, MAX_TOKEN, Source, Spot};
use fearless_simd::Level;

/// What may come next. It is small because it is copied for every token; additional data of some
/// states is in the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State<K> {
    /// Between documents.
    Between,
    /// A value must follow: that of this member, or an element.
    Value(K),
    /// After `[`: an element or the end of the array.
    ElementOrEnd,
    /// After `{`: a key or the end of the object.
    NameOrEnd,
    /// After a comma in an object: a key.
    Name,
    /// After a key: the colon.
    Colon(K),
    /// After a value in an array or object: a comma or the end.
    AfterValue,
    /// Inside a string that is too long to buffer.
    LongString,
    /// After a syntax error: the rest of the line is skipped.
    SkipLine,
    /// After a syntax error, in the indentation of a line.
    LineStart,
}

/// A string that is too long to buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LongString<K> {
    /// A key.
    Name,
    /// A value: whether it began like JSON, and its offset.
    Value { key: K, json: bool, from: u64 },
}

/// A parser for one input; see the module.
#[derive(Debug)]
pub(in crate::input) struct Parser<K> {
    /// The SIMD instructions to use.
    pub(super) level: Level,
    pub(super) state: State<K>,
    /// The open arrays and objects, without the first `base_depth` of them.
    pub(super) levels: Vec<Container>,
    pub(super) base_depth: usize,
    /// In [`State::LongString`], which one.
    pub(super) long: LongString<K>,
    /// In [`State::SkipLine`] and [`State::LineStart`]: where to continue, and the offset from
    /// which the indentation counts.
    pub(super) resume: Resume,
    pub(super) indent_from: u64,
    /// The beginning of a token that the last chunk did not complete.
    held: Vec<u8>,
    pub(super) links: Links<K>,
    pub(super) last_gap: Gap,
    pub(super) lines: Lines,
    /// The last run of blanks with a line break in it: where its first line break is, and the
    /// offset where it ended.
    pub(super) gap: (Position, u64),
    /// Whether the last chunk ended in such a run.
    pub(super) gap_open: bool,
    /// Where the current document began, and how far its first two lines are indented.
    pub(super) document: Position,
    pub(super) indent: u64,
    pub(super) inner_indent: u64,
    /// The number of line breaks in the current document; consecutive ones count once.
    pub(super) breaks: u64,
    /// The offset after the last byte order mark.
    pub(super) mark_end: u64,
    /// The offset after a number or literal that is a whole document: what follows must not look
    /// like its continuation.
    pub(super) scalar_end: u64,
    pub(super) broken: bool,
    pub(super) unfinished: bool,
    /// What broke the syntax, and at which index of the current bytes.
    pub(super) fault: Option<(usize, SyntaxError)>,
}

/// See [`Parser::progress`].
#[derive(Debug, Clone, Copy)]
pub(in crate::input) struct Progress {
    end: Position,
    inner_indent: u64,
    breaks: u64,
}

/// The extent of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// To this index.
    To(usize),
    /// The bytes end before the token does.
    Short,
    /// It is invalid; `fault` in the parser has the reason.
    Broken,
}

impl<K: Copy + Eq + Default> Parser<K> {
    /// Creates a parser at the beginning of an input, or between two documents.
    pub(in crate::input) fn new(at: Position) -> Self {
        Self {
            level: Instructions::best().0,
            state: State::Between,
            levels: Vec::new(),
            base_depth: 0,
            long: LongString::Name,
            resume: Resume::NextLine,
            indent_from: 0,
            held: Vec::new(),
            links: Links::default(),
            last_gap: Gap::NONE,
            lines: Lines::new(at),
            gap: (at, u64::MAX),
            gap_open: false,
            document: at,
            indent: 0,
            inner_indent: 0,
            breaks: 0,
            mark_end: 0,
            scalar_end: u64::MAX,
            broken: false,
            unfinished: false,
            fault: None,
        }
    }

    /// Returns the parser with these instructions.
    pub(in crate::input) fn with(self, Instructions(level): Instructions) -> Self {
        Self { level, ..self }
    }

    /// Restarts the parser between two documents.
    pub(in crate::input) fn restart(&mut self, at: Position) {
        let (links, mut levels, mut held) = (
            std::mem::take(&mut self.links),
            std::mem::take(&mut self.levels),
            std::mem::take(&mut self.held),
        );
        levels.clear();
        held.clear();
        *self = Self { level: self.level, levels, held, links, ..Self::new(at) };
    }

    /// Restarts the parser after an element of an array that is the innermost of `depth` open
    /// levels.
    pub(in crate::input) fn restart_after_element(&mut self, at: Position, depth: usize) {
        self.restart(at);
        self.base_depth = depth.saturating_sub(1);
        self.levels.push(Container::Array);
        self.state = State::AfterValue;
    }

    /// Returns whether the parser is between two documents, so that a new one could continue from
    /// here.
    pub(in crate::input) fn is_between_documents(&self) -> bool {
        self.state == State::Between && self.held.is_empty()
    }

    /// Returns the number of open levels if the parser is after an element of an array, so that a
    /// restarted one could continue from here.
    pub(in crate::input) fn depth_after_element(&self) -> Option<usize> {
        let is_after = self.state == State::AfterValue && self.held.is_empty();
        (is_after && self.levels.last() == Some(&Container::Array)).then(|| self.depth())
    }

    /// Returns whether everything since the last start was valid, and the parser is back at the
    /// level where it started.
    pub(in crate::input) fn is_back(&self) -> bool {
        !self.broken && self.levels.len() == 1 && self.depth_after_element().is_some()
    }

    /// Returns whether the input ended inside a document.
    pub(in crate::input) const fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// Continues after bytes that `other` has parsed from the state of this parser and back to it.
    pub(in crate::input) fn continue_after(&mut self, other: Progress) {
        self.lines = Lines::new(other.end);
        self.gap_open = false;
        if self.breaks == 0 {
            self.inner_indent = other.inner_indent;
        }
        self.breaks += other.breaks;
    }

    /// Returns what another parser needs to continue after the bytes that this one has parsed.
    pub(in crate::input) fn progress(&self) -> Progress {
        Progress {
            end: self.lines.position(0),
            inner_indent: self.inner_indent,
            breaks: self.breaks,
        }
    }

    #[inline(always)]
    pub(super) const fn spot(&self, at: usize) -> Spot<'_> {
        self.spot_of(self.lines.position(at).offset)
    }

    /// The byte with this offset, on the current line.
    pub(super) const fn spot_of(&self, offset: u64) -> Spot<'_> {
        Spot { lines: &self.lines, offset }
    }

    /// Notes that a document begins at `at`.
    pub(super) fn begin_document(&mut self, at: usize) {
        self.document = self.lines.position(at);
        self.indent = self.document.offset - self.document.line_start.max(self.mark_end);
        (self.inner_indent, self.breaks) = (0, 0);
    }

    pub(super) fn depth(&self) -> usize {
        self.base_depth + self.levels.len()
    }

    /// Parses the next chunk of the input.
    pub(in crate::input) fn feed<H: Handler<Key = K>>(&mut self, bytes: &[u8], handler: &mut H) {
        /// The number of bytes that usually complete a token of the last chunk.
        const ENOUGH: usize = 512;
        let mut rest = bytes;
        for amount in [ENOUGH, usize::MAX] {
            if self.held.is_empty() {
                break;
            }
            let (begin, after) = rest.split_at(rest.len().min(amount));
            let mut joined = std::mem::take(&mut self.held);
            joined.extend_from_slice(begin);
            rest = after;
            let used = self.parse_piece(&joined, false, handler);
            // A token that the joined bytes do not complete may be complete in the chunk itself.
            let left = joined.len() - used;
            if left < begin.len() && !rest.is_empty() {
                rest = &bytes[begin.len() - left..];
                joined.clear();
                self.held = joined;
            } else {
                self.held = joined.split_off(used);
            }
        }
        if self.held.is_empty() {
            let used = self.parse_piece(rest, false, handler);
            self.held.extend_from_slice(&rest[used..]);
        }
    }

    /// Parses the remaining bytes at the end of the input.
    pub(in crate::input) fn finish<H: Handler<Key = K>>(&mut self, handler: &mut H) {
        let mut rest = std::mem::take(&mut self.held);
        let used = self.parse_piece(&rest, true, handler);
        rest.drain(..used);
        let outside = matches!(self.state, State::Between | State::SkipLine | State::LineStart);
        if !outside || !rest.is_empty() {
            let here = self.lines.position(rest.len());
            let at = if self.gap.1 == here.offset { self.gap.0 } else { here };
            self.levels.clear();
            let bytes = Source::new(&rest);
            handler.fault(at, SyntaxError::Unfinished, bytes);
            handler.end_document(bytes);
            self.unfinished = true;
        }
        self.state = State::Between;
    }

    /// Parses as many complete tokens as there are. Returns their length in bytes.
    fn parse_piece<H: Handler<Key = K>>(
        &mut self,
        bytes: &[u8],
        last: bool,
        handler: &mut H,
    ) -> usize {
        let bytes = Source::new(bytes);
        let used = Run { parser: self, bytes, last, handler }.parse();
        handler.keep(bytes);
        self.lines.advance(used);
        used
    }
}

/// Returns whether an incomplete token of this many bytes is buffered until its end arrives.
pub(super) const fn is_held(bytes: usize) -> bool {
    bytes <= MAX_TOKEN + 1
}
