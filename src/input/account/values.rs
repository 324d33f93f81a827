//! Adds the values of members to a builder.

use std::borrow::Cow;

use super::super::error::RecordError;
use super::super::json::{Position, Scalar};
use super::builder::AccountBuilder;
use super::code_field::CodeField;
use super::key::Key;
use super::text::{Store, Text};
use crate::account::{parse_code, parse_date};

/// The `type` of an event about deleted accounts.
const DELETED: &[u8] = b"deleted";

/// The result of [`AccountBuilder::take`].
pub(super) enum Taken {
    Usual,
    /// The value must go to [`AccountBuilder::take_unusual`].
    Unusual,
    /// The object is an event about deleted accounts.
    Deletes,
}

impl AccountBuilder {
    /// Adds a scalar value of the usual kind; `span` is its place in the current bytes.
    #[inline(always)]
    pub(super) fn take(
        &mut self,
        key: Key,
        value: &Scalar<'_>,
        span: (usize, usize),
        limit: u64,
    ) -> Taken {
        let text = match value {
            Scalar::Number(text) | Scalar::Text(Some(Cow::Borrowed(text))) => *text,
            _ => return Taken::Unusual,
        };
        match key {
            Key::AggregationStatusCode | Key::Code => {
                let Ok(code) = parse_code(text) else {
                    return Taken::Unusual;
                };
                *self.code_field(key) = CodeField::Value(code);
            }
            Key::AggregationSuccessDate => self.success = parse_date(text).or(self.success),
            Key::AggregationAttemptDate => self.attempt = parse_date(text).or(self.attempt),
            Key::Type if text == DELETED => return Taken::Deletes,
            _ => {
                if let Some(index) = key.id_index() {
                    let held = self.held + text.len() as u64;
                    if held > limit {
                        return Taken::Unusual;
                    }
                    self.held = held;
                    self.set_id(key, index, Text::in_bytes(span));
                }
            }
        }
        self.present |= key.bit();
        Taken::Usual
    }

    /// Adds any other scalar value: null, a boolean, a string with escapes, or an invalid code.
    /// Returns whether the object is an event about deleted accounts.
    #[cold]
    pub(super) fn take_unusual(
        &mut self,
        key: Key,
        value: &Scalar<'_>,
        at: Position,
        store: &mut Store,
        limit: u64,
    ) -> bool {
        if matches!(value, Scalar::Null) {
            if matches!(key, Key::AggregationStatusCode | Key::Code) {
                *self.code_field(key) = CodeField::Null;
            }
            return false;
        }
        self.present |= key.bit();
        match key {
            Key::AggregationStatusCode | Key::Code => {
                *self.code_field(key) = CodeField::read(value, at);
            }
            Key::AggregationSuccessDate => self.success = date(value).or(self.success),
            Key::AggregationAttemptDate => self.attempt = date(value).or(self.attempt),
            Key::Type => return matches!(value, Scalar::Text(Some(text)) if **text == *DELETED),
            _ => {
                if let Some(index) = key.id_index() {
                    self.take_unusual_id(key, index, value, at, store, limit);
                }
            }
        }
        false
    }

    fn take_unusual_id(
        &mut self,
        key: Key,
        index: usize,
        value: &Scalar<'_>,
        at: Position,
        store: &mut Store,
        limit: u64,
    ) {
        let text = match value {
            Scalar::Text(Some(text)) => text.as_ref(),
            Scalar::Number(text) => text,
            Scalar::Text(None) => return self.reject_id(at, key, RecordError::IdText),
            Scalar::Boolean | Scalar::Null => {
                return self.reject_id(at, key, RecordError::IdKind);
            }
        };
        let held = self.held + text.len() as u64;
        if held > limit {
            return self.reject_size(at, limit);
        }
        self.held = held;
        self.set_id(key, index, store.push(text));
    }

    const fn code_field(&mut self, key: Key) -> &mut CodeField {
        if matches!(key, Key::Code) { &mut self.code } else { &mut self.aggregation_status_code }
    }

    /// Notes that the value is an object or array.
    pub(super) fn take_container(&mut self, key: Key, kind: &'static str, at: Position) {
        if self.is_repeated(key) {
            return;
        }
        self.present |= key.bit();
        match key {
            Key::AggregationStatusCode => {
                self.aggregation_status_code = CodeField::bad(at, kind);
            }
            Key::Code => self.code = CodeField::bad(at, kind),
            _ if key.id_index().is_some() => self.reject_id(at, key, RecordError::IdKind),
            _ => {}
        }
    }
}

/// Returns a date written with escapes. No other unusual value is a date.
fn date(value: &Scalar<'_>) -> Option<i64> {
    match value {
        Scalar::Text(Some(text)) => parse_date(text),
        _ => None,
    }
}
