//! Values of members, as a builder takes them.

use std::borrow::Cow;

use super::super::error::RecordError;
use super::super::json::{MAX_TOKEN, Position, Scalar};
use super::builder::AccountBuilder;
use super::code_field::CodeField;
use super::key::Key;
use super::text::{Store, Text};
use crate::account::{parse_code, parse_date};

/// The `type` of an event of deleted accounts.
const DELETED: &[u8] = b"deleted";

/// What [`AccountBuilder::take`] made of a value.
pub(super) enum Taken {
    Well,
    /// It must be taken by [`AccountBuilder::take_odd`].
    Odd,
    /// It says that this object is an event of deleted accounts.
    Deletes,
}

impl AccountBuilder {
    /// Takes a scalar value as most are; `span` is where it is in the current bytes.
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
            _ => return Taken::Odd,
        };
        match key {
            Key::AggregationStatusCode | Key::Code => {
                let Ok(code) = parse_code(text) else {
                    return Taken::Odd;
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
                        return Taken::Odd;
                    }
                    self.held = held;
                    self.set_id(key, index, Text::in_bytes(span));
                }
            }
        }
        self.present |= key.bit();
        Taken::Well
    }

    /// Takes a scalar value that is not as most are: null, a truth value, a text with escapes, a
    /// bad code. Whether it says that this object is an event of deleted accounts.
    #[cold]
    pub(super) fn take_odd(
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
                    self.take_odd_id(key, index, value, at, store, limit);
                }
            }
        }
        false
    }

    fn take_odd_id(
        &mut self,
        key: Key,
        index: usize,
        value: &Scalar<'_>,
        at: Position,
        store: &mut Store,
        limit: u64,
    ) {
        let text = match value {
            Scalar::Text(Some(text)) if text.len() <= MAX_TOKEN => text.as_ref(),
            Scalar::Number(text) if text.len() <= MAX_TOKEN => text,
            Scalar::Text(_) | Scalar::Number(_) => {
                return self.refuse_id(at, key, RecordError::IdText);
            }
            Scalar::Boolean | Scalar::Null => {
                return self.refuse_id(at, key, RecordError::IdKind);
            }
        };
        let held = self.held + text.len() as u64;
        if held > limit {
            return self.refuse_size(at, limit);
        }
        self.held = held;
        self.set_id(key, index, store.push(text));
    }

    const fn code_field(&mut self, key: Key) -> &mut CodeField {
        if matches!(key, Key::Code) { &mut self.code } else { &mut self.aggregation_status_code }
    }

    /// Takes note of an object or array as value.
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
            _ if key.id_index().is_some() => self.refuse_id(at, key, RecordError::IdKind),
            _ => {}
        }
    }
}

fn date(value: &Scalar<'_>) -> Option<i64> {
    match value {
        Scalar::Number(text) => parse_date(text),
        Scalar::Text(Some(text)) => parse_date(text),
        _ => None,
    }
}
