//! The rule: which objects of a document are accounts, and what they say.
//!
//! # What an account is
//!
//! At any depth of a document: an object with `aggregationStatusCode`; or with `institutionLoginId`
//! beside `id`, `accountId` or `number`; or one in a member called `accounts`, alone or in an
//! array. An object without a code of its own that has accounts inside is their envelope. The
//! members `accountDetails` and `balanceDetails` of an account are parts of it, also as an array of
//! one, and so are its `errors`: the worst code counts. No list of envelopes is needed, so
//! responses, reports, events and anyone's own wrapper are read alike. In an event of
//! `"type":"deleted"` no object is reported as an account: not in `records`, wherever the event says
//! its type, nor in any member after the type.
//!
//! # What else counts
//!
//! * Names are known in any spelling; see [`key`].
//! * An account without `customerId` or `institutionId` takes that of the nearest object around it
//!   that has one before it; the `id` of an element of `institutions` is one.
//! * An object with `code` beside `message`, `title`, `user_message` or `status`, or in a member
//!   called `error`, is an API error, unless an account is in it. Inside an account that holds no
//!   other it is part of that account, whose code it is where the account has none. It takes the
//!   ids of the objects around it, wherever they are written, and so does a document in a string.
//!   Until those objects end it waits, as long as no more waits than [`pending::LIMIT`].
//! * A string that is JSON and begins with a bracket is read as documents of its own, up to
//!   [`MAX_TEXT_DEPTH`] deep, unless it is inside an account. What is found there is located where
//!   the string begins.

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
