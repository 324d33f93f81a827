//! From bytes to accounts.
//!
//! # What an account is
//!
//! At any depth of a document: an object with `aggregationStatusCode`; or with `institutionLoginId` beside `id`,
//! `accountId` or `number`; or one that stands in a member called `accounts`, alone or in an array. An object
//! without a code of its own that has accounts inside is their envelope. The members `accountDetails` and
//! `balanceDetails` of an account are parts of it. An object with `code` beside `message`, or standing in a member
//! called `error`, is an error body when no account is in it and it is not part of one: a finding without an id.
//! No list of envelopes is needed, so responses, reports, events and anyone's own wrapper are read alike.
//!
//! # What is chosen where JSON leaves it open
//!
//! Any number of documents may follow each other, with or without line breaks; only numbers and words (`12`, `true`) need
//! white space between them. A byte order mark before a document
//! is skipped. Lone surrogates in escapes are accepted in texts that are not read. Numbers keep their digits and
//! have no range, but at most [`LONGEST_HELD`] characters. Nesting ends at [`DEEPEST`] levels. A known key that
//! stands twice in one account makes it an invalid record; unknown keys may repeat.

mod blocks;
mod candidate;
mod cut;
mod key;
mod lex;
mod position;
mod problem;
mod scan;
mod structure;
mod walk;

pub use position::Position;
pub use problem::Problem;
pub use scan::{Gather, Options, Stop, scan};
pub use walk::{Records, Walker};

/// Longest token, in bytes, that is held while it is incomplete; longer texts are walked without being held.
pub const LONGEST_HELD: usize = 64 * 1024;

/// Deepest nesting that is read.
pub const DEEPEST: usize = 1 << 20;
