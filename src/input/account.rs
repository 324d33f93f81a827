//! The account rule: which objects of a document are accounts, and which of their members count.
//!
//! # What an account is
//!
//! At any depth of a document, an object is an account if it
//!
//! * has `aggregationStatusCode`,
//! * has `institutionLoginId` and one of `id`, `accountId`, or `number`, or
//! * is in a member called `accounts`, alone or in an array.
//!
//! The rule needs no list of envelopes: it reads responses, reports, events, and wrappers alike. An
//! object without a code that contains accounts is their envelope if it has a member `accounts`, or
//! neither an id nor a `code`. The members `accountDetails` and `balanceDetails` are parts of an
//! account, even in an array of one, and so are its `errors`. If an account has several codes, the
//! worst one counts, as the sink ranks them. In an event with `"type":"deleted"`, no object is an
//! account if it is in `records` or in a string, wherever the type is, or in a member after the
//! type.
//!
//! # What else counts
//!
//! * Keys match in any spelling; see [`key`].
//! * An account without `customerId` or `institutionId` inherits it from the nearest enclosing
//!   object in which the id comes first. The `id` of an element of `institutions` is an
//!   `institutionId`.
//! * An object with `code` and one of `message`, `title`, `user_message`, or `status`, or in a
//!   member called `error`, is an API error, unless it contains an account, in an object or in a
//!   string. Inside an account that contains no other account, it is part of that account, which
//!   takes its code if it has none. API errors and documents in strings inherit the ids of the
//!   enclosing objects, wherever in those objects the ids are. They wait until those objects end,
//!   unless the waiting data exceeds the size of a record.
//! * A string that begins with a bracket and is valid JSON is read as documents, up to
//!   [`MAX_TEXT_DEPTH`] levels deep, unless it is inside an account. Everything in it is located at
//!   the beginning of the string.
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

/// The depth to which JSON in strings is read.
const MAX_TEXT_DEPTH: usize = 4;
