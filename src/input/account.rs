//! The rule: which objects of a document are accounts, and what they say.
//!
//! # What an account is
//!
//! At any depth of a document, an object is an account if it
//!
//! * has `aggregationStatusCode`,
//! * has `institutionLoginId` beside `id`, `accountId`, or `number`, or
//! * is in a member called `accounts`, alone or in an array.
//!
//! No list of envelopes is needed, so responses, reports, events, and wrappers are read alike. An
//! object without a code that holds accounts is their envelope if it has a member `accounts`, or
//! neither an id nor a `code`. The members `accountDetails` and `balanceDetails` are parts of an
//! account, also as an array of one, and so are its `errors`: of several codes, the worst counts. In
//! an event of `"type":"deleted"`, no object is an account: not in `records` or in a string, wherever
//! the event says its type, and not in any member after the type.
//!
//! # What else counts
//!
//! * Keys are known in any spelling; see [`key`].
//! * An account without `customerId` or `institutionId` takes that of the nearest object around it
//!   that has one before it. The `id` of an element of `institutions` is an `institutionId`.
//! * An object with `code` beside `message`, `title`, `user_message`, or `status`, or in a member
//!   called `error`, is an API error, unless an account is in it. Inside an account that holds no
//!   other, it is part of that account, which takes its code if it has none. An API error takes the
//!   ids of the objects around it, wherever they are written, and so does a document in a string.
//!   Until those objects end it waits, as long as no more than the size of a record waits.
//! * A string that begins with a bracket and is JSON is read as documents, up to
//!   [`MAX_TEXT_DEPTH`] deep, unless it is inside an account. What is found there is located where
//!   the string begins.
//! * A known key that occurs twice makes an account, an API error, or an envelope invalid.

mod builder;
mod close;
mod code_field;
mod context;
mod events;
mod key;
mod level;
mod members;
mod pending;
mod report;
mod rule;
mod text;
mod values;

pub(super) use context::Context;
pub(super) use events::Session;
pub(super) use key::Key;
pub(super) use rule::{Findings, Rule};

/// How deep JSON in strings is read.
const MAX_TEXT_DEPTH: usize = 4;
