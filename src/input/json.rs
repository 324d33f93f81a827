//! A resumable, recovering push parser for JSON (RFC 8259) in chunks of any size. It drives a
//! [`Handler`].
//!
//! # Choices where the standard leaves room
//!
//! Any number of documents may follow each other, with or without line breaks; only numbers and
//! literals (`12`, `true`) need whitespace between them. A byte order mark before a document is
//! skipped. Unpaired surrogates in escapes are accepted. Numbers have no range, but at most
//! [`MAX_TOKEN`] characters, and nesting is limited to [`MAX_DEPTH`] levels. Keys may repeat; the
//! handler decides whether that is an error.

mod brackets;
mod error;
mod gaps;
mod instructions;
mod lanes;
mod lexer;
mod links;
mod members;
mod parser;
mod position;
mod recovery;
mod run;
mod source;
pub(super) mod splitter;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
mod values;

use std::borrow::Cow;

pub use error::SyntaxError;
pub use instructions::Instructions;
pub use position::Position;

pub(super) use parser::{Parser, Progress};
pub(super) use position::{Extent, Spot};
pub(super) use source::Source;
pub(super) use text::{is_valid, may_be_json, unescape_json};

/// The longest number, and the longest string passed on whole, in bytes as written.
pub const MAX_TOKEN: usize = 64 * 1024;

/// The deepest nesting, in levels.
pub const MAX_DEPTH: usize = 1 << 20;

/// Receives what the parser finds, in input order.
///
/// A `span` is a range of indices into the bytes being parsed. Later calls receive the same bytes
/// as `bytes`, until [`Handler::keep`] announces that they are about to be dropped.
pub(super) trait Handler {
    /// The meaning of a key. The default is a key without a meaning, or no key.
    type Key: Copy + Eq + Default;

    /// Returns the meaning of an unescaped key.
    fn key(name: &[u8]) -> Self::Key;

    /// Receives the key of a member of the innermost open object, if the key has a meaning.
    fn member(&mut self, key: Self::Key, at: Spot<'_>);

    /// Receives the value of a member whose key has a meaning, if the value is a scalar.
    fn scalar(&mut self, key: Self::Key, value: &Scalar<'_>, span: (usize, usize), at: Spot<'_>);

    /// Receives a key together with its value, if the value is a scalar.
    #[inline(always)]
    fn scalar_member(
        &mut self,
        key: Self::Key,
        name_at: Spot<'_>,
        value: &Scalar<'_>,
        span: (usize, usize),
        at: Spot<'_>,
    ) {
        self.member(key, name_at);
        self.scalar(key, value, span, at);
    }

    /// Receives a chunk of a string that begins like JSON, anywhere in the input. The same string
    /// may also be a scalar.
    ///
    /// The chunks come in order, as written. `at` is the beginning of the string.
    fn json_text(&mut self, chunk: &[u8], position: ChunkPosition, bytes: Source<'_>, at: Spot<'_>);

    /// Receives the beginning of an array or object.
    fn open(&mut self, key: Self::Key, container: Container, bytes: Source<'_>, at: Position);

    /// Receives the end of the innermost array or object, at the offset `end`.
    fn close(&mut self, bytes: Source<'_>, end: u64);

    /// Receives a syntax error. Everything still open ends here, and then the document.
    fn fault(&mut self, at: Position, error: SyntaxError, bytes: Source<'_>);

    /// Receives the end of a document.
    fn end_document(&mut self, bytes: Source<'_>);

    /// Announces that the bytes are about to be dropped.
    fn keep(&mut self, bytes: Source<'_>);
}

/// The position of a chunk in its string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ChunkPosition {
    pub first: bool,
    pub last: bool,
}

impl ChunkPosition {
    /// The whole string.
    pub(super) const WHOLE: Self = Self { first: true, last: true };
}

/// A scalar value, as written between its delimiters.
pub(super) enum Scalar<'a> {
    /// The unescaped body of a string; `None` if it cannot be unescaped, or is too long.
    Text(Option<Cow<'a, [u8]>>),
    Number(&'a [u8]),
    Boolean,
    Null,
}

/// What may be nested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Array,
    Object,
}
