//! JSON (RFC 8259) in pieces of any size: a resumable, recovering push parser that drives a
//! [`Handler`].
//!
//! # Choices where the standard leaves room
//!
//! Any number of documents may follow each other, with or without line breaks; only numbers and
//! words (`12`, `true`) need white space between them. A byte order mark before a document is
//! skipped. Lone surrogates in escapes are accepted. Numbers have no range, but at most
//! [`MAX_TOKEN`] characters, and nesting ends at [`MAX_DEPTH`] levels. Keys may repeat: whether
//! that is wrong is for the handler to decide.

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

pub(super) use parser::{Parser, Passed};
pub(super) use position::{Extent, Spot};
pub(super) use source::Source;
pub(super) use text::{is_valid, may_be_json, unescape_json};

/// Longest number, and longest string that is handed over whole, in bytes as written.
pub const MAX_TOKEN: usize = 64 * 1024;

/// Deepest nesting.
pub const MAX_DEPTH: usize = 1 << 20;

/// Receives what the parser finds, in the order of the input.
///
/// A `span` is a range of indices into the bytes that are being parsed, which every later call is
/// given as `bytes` until [`Handler::keep`] says that they go.
pub(super) trait Handler {
    /// What a name means. The default is a name without a meaning, or no name at all.
    type Key: Copy + Eq + Default;

    /// What this name, its escapes resolved, means.
    fn key(name: &[u8]) -> Self::Key;

    /// The name of a member of the innermost open object; called for names with a meaning only.
    fn member(&mut self, key: Self::Key, at: Spot<'_>);

    /// The value of a member whose name has a meaning, if it is a scalar.
    fn scalar(&mut self, key: Self::Key, value: &Scalar<'_>, span: (usize, usize), at: Spot<'_>);

    /// A name and its value, if that is a scalar, at once.
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

    /// A piece of a string that begins as JSON does, wherever it is; the same string may be a
    /// scalar, too.
    ///
    /// The pieces come one after the other, as written, and `at` is where the string begins in the
    /// first one.
    fn json_text(&mut self, piece: &[u8], place: Piece, bytes: Source<'_>, at: Spot<'_>);

    /// An array or object begins.
    fn open(&mut self, key: Self::Key, container: Container, bytes: Source<'_>, at: Position);

    /// The innermost array or object ends, at the offset `end`.
    fn close(&mut self, bytes: Source<'_>, end: u64);

    /// A document ends, well-formed or, with everything in it that is still open, by a fault.
    fn end_document(&mut self, bytes: Source<'_>);

    /// The syntax is broken here; reported after the end of the document.
    fn fault(&mut self, at: Position, error: SyntaxError);

    /// The bytes are about to go.
    fn keep(&mut self, bytes: Source<'_>);
}

/// Which piece of a string it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub first: bool,
    pub last: bool,
}

impl Piece {
    /// All of it.
    pub(super) const WHOLE: Self = Self { first: true, last: true };
}

/// A scalar value, as written between its delimiters.
pub(super) enum Scalar<'a> {
    /// The body of a string, its escapes resolved; `None` when that is impossible, or when it is
    /// too long.
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
