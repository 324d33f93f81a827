//! Collects what is known about an open object that may turn out to be an account.

use super::super::error::RecordError;
use super::super::json::{Position, Source};
use super::code_field::CodeField;
use super::key::Key;
use super::level::{Level, flag};
use super::text::{Store, Text};
use crate::account::{Account, Code};

/// What is known about an open object.
#[derive(Debug, Default)]
pub(super) struct AccountBuilder {
    /// Where the object begins.
    pub(super) offset: u64,
    /// The keys seen so far, those seen more than once, and those whose value is not null.
    seen: u32,
    repeated: u32,
    pub(super) present: u32,
    /// The ids, in the order of their keys, and a bit for each readable one.
    ids: [Text; Key::IDS],
    readable: u32,
    /// The ids that come from a part.
    absorbed: u32,
    pub(super) aggregation_status_code: CodeField,
    /// The worst code of the object's parts and of its `errors`.
    inner_code: CodeField,
    /// Whether a part has an `aggregationStatusCode`.
    has_coded_part: bool,
    /// `code`, which refresh status and error bodies have.
    pub(super) code: CodeField,
    pub(super) success: Option<i64>,
    pub(super) attempt: Option<i64>,
    /// The first problem that makes this an invalid record if it is an account.
    problem: Option<Box<(Position, RecordError)>>,
    /// The same, if it is an envelope.
    envelope_problem: Option<Box<(Position, RecordError)>>,
    /// Whether it is an institution, whose `id` is an institution's.
    is_institution: bool,
    /// For each inherited id, the enclosing builder that has it; see [`Self::source`].
    around: [u32; INHERITED_IDS],
    /// Bytes of the ids of this object and of those around it.
    pub(super) held: u64,
    /// The size of the store when the object began.
    pub(super) stored: usize,
}

/// The number of ids that nested objects inherit: all but `id`.
pub(super) const INHERITED_IDS: usize = Key::IDS - 1;

/// Represents the context in which the rule was started.
pub(super) const BASE: u32 = u32::MAX;

/// Returns the index of an id among those that are inherited.
pub(super) const fn inherited_index(key: Key) -> usize {
    key as usize - 1
}

impl AccountBuilder {
    /// Resets the builder for the object at `offset`, inside the object of `parent`.
    #[inline]
    pub(super) fn begin(
        &mut self,
        offset: u64,
        is_institution: bool,
        parent: Option<(&Self, u32)>,
        stored: usize,
    ) {
        self.offset = offset;
        self.is_institution = is_institution;
        self.stored = stored;
        // The ids of the previous object become unreadable.
        (self.seen, self.repeated, self.present, self.readable) = (0, 0, 0, 0);
        self.absorbed = 0;
        (self.success, self.attempt) = (None, None);
        if self.has_boxes() {
            (self.problem, self.envelope_problem) = (None, None);
        }
        self.aggregation_status_code = CodeField::Absent;
        self.inner_code = CodeField::Absent;
        self.code = CodeField::Absent;
        self.has_coded_part = false;
        match parent {
            None => (self.around, self.held) = ([BASE; INHERITED_IDS], 0),
            Some((parent, index)) => {
                self.held = parent.held;
                self.around = if parent.readable == 0 {
                    parent.around
                } else {
                    std::array::from_fn(|id| parent.source(id, index))
                };
            }
        }
    }

    const fn has_boxes(&self) -> bool {
        self.problem.is_some() || self.envelope_problem.is_some()
    }

    /// Sets an id of the object itself.
    #[inline(always)]
    pub(super) const fn set_id(&mut self, key: Key, index: usize, id: Text) {
        self.ids[index] = id;
        self.readable |= key.bit();
        self.absorbed &= !key.bit();
    }

    /// Returns the builder from which objects inside this one inherit the id. `index` is the index
    /// of this one.
    #[inline(always)]
    pub(super) fn source(&self, id: usize, index: u32) -> u32 {
        if self.inherited_id(id).is_some() { index } else { self.around[id] }
    }

    /// Returns the enclosing builder that has this id.
    pub(super) const fn around(&self, id: usize) -> u32 {
        self.around[id]
    }

    /// Returns the id if it belongs to the object itself, not only to a part of it.
    pub(super) fn own_id(&self, id: usize) -> Option<Text> {
        (self.readable & !self.absorbed & (2 << id) != 0).then(|| self.ids[id + 1])
    }

    /// Returns the id that nested objects inherit.
    pub(super) fn inherited_id(&self, id: usize) -> Option<Text> {
        if let Some(text) = self.own_id(id) {
            Some(text)
        } else if self.is_institution
            && id == inherited_index(Key::InstitutionId)
            && self.readable & !self.absorbed & Key::Id.bit() != 0
        {
            Some(self.ids[0])
        } else {
            None
        }
    }

    /// Notes the key, and returns whether it is new.
    #[inline(always)]
    pub(super) const fn mark_seen(&mut self, key: Key) -> bool {
        let is_new = self.seen & key.bit() == 0;
        self.seen |= key.bit();
        is_new
    }

    /// Returns whether this is not the first value for the key, so that it does not count.
    #[inline(always)]
    pub(super) const fn is_repeated(&self, key: Key) -> bool {
        self.repeated & key.bit() != 0
    }

    #[inline(always)]
    pub(super) const fn has(&self, key: Key) -> bool {
        self.present & key.bit() != 0
    }

    pub(super) const fn has_seen(&self, key: Key) -> bool {
        self.seen & key.bit() != 0
    }

    /// Returns whether the object or a part of it has an `aggregationStatusCode`, even if it is
    /// null.
    pub(super) const fn has_code(&self) -> bool {
        self.has_seen(Key::AggregationStatusCode) || self.has_coded_part
    }

    #[cold]
    pub(super) fn repeat(&mut self, key: Key, at: Position) {
        self.repeated |= key.bit();
        let error = RecordError::RepeatedKey(key.name());
        self.envelope_problem.get_or_insert_with(|| Box::new((at, error.clone())));
        self.reject(at, error);
    }

    #[cold]
    pub(super) fn reject(&mut self, at: Position, error: RecordError) {
        self.problem.get_or_insert_with(|| Box::new((at, error)));
    }

    #[cold]
    pub(super) fn reject_id(
        &mut self,
        at: Position,
        key: Key,
        error: fn(&'static str) -> RecordError,
    ) {
        self.readable &= !key.bit();
        self.reject(at, error(key.name()));
    }

    /// Rejects an object that would require more memory than allowed.
    #[cold]
    pub(super) fn reject_size(&mut self, at: Position, limit: u64) {
        let error = RecordError::RecordTooLarge(limit);
        self.envelope_problem.get_or_insert_with(|| Box::new((at, error.clone())));
        self.reject(at, error);
    }

    /// Returns whether the object is an account if it ends now; `has_accounts` says whether it
    /// contains accounts.
    pub(super) fn is_account(&self, level: Level, has_accounts: bool) -> bool {
        if level.is(flag::IN_ERRORS) && self.has_seen(Key::Code) {
            return false;
        }
        let has_id = [Key::Id, Key::AccountId, Key::Number].iter().any(|&key| self.has(key));
        let has_login = self.has(Key::InstitutionLoginId) && has_id;
        // Without a code, an object that contains accounts is their envelope unless it has an id.
        let is_envelope =
            has_accounts && (self.has_seen(Key::Accounts) || !(has_id || self.has(Key::Code)));
        self.has_code() || (has_login || level.is(flag::IN_ACCOUNTS)) && !is_envelope
    }

    /// Merges a part of the account (`accountDetails`, `balanceDetails`). Returns whether it
    /// supplied an id.
    pub(super) fn absorb(&mut self, part: Self, severity: impl Fn(Code) -> usize) -> bool {
        let readable = self.readable;
        for (index, text) in part.ids.into_iter().enumerate() {
            let bit = 1 << index;
            if part.readable & bit != 0 && self.readable & bit == 0 && self.present & bit == 0 {
                self.held += text.len();
                self.ids[index] = text;
                self.readable |= bit;
                self.absorbed |= bit;
                self.present |= bit;
            }
        }
        self.present |= part.present & Key::Number.bit();
        self.has_coded_part |= part.has_code();
        self.inner_code.worsen(part.aggregation_status_code, &severity);
        self.inner_code.worsen(part.inner_code, &severity);
        self.success = self.success.or(part.success);
        self.attempt = self.attempt.or(part.attempt);
        if let Some(problem) = part.problem {
            self.problem.get_or_insert(problem);
        }
        self.readable != readable
    }

    /// Adds the code of an element of `errors`.
    pub(super) fn add_error(&mut self, code: CodeField, severity: impl Fn(Code) -> usize) {
        self.inner_code.worsen(code, severity);
    }

    /// Returns the `code` of this object.
    pub(super) const fn code(&self) -> &CodeField {
        &self.code
    }

    /// Copies every id out of bytes that are about to be dropped.
    pub(super) fn keep(&mut self, bytes: Source<'_>, store: &mut Store) {
        for index in 0..Key::IDS {
            if self.readable & (1 << index) != 0 {
                self.ids[index].keep(bytes, store);
            }
        }
    }

    /// Builds the account, without inherited ids. `error_code` is the code of the error bodies
    /// inside it.
    #[inline(always)]
    pub(super) fn account<'a>(
        &mut self,
        bytes: Source<'a>,
        store: &'a Store,
        error_code: CodeField,
        severity: impl Fn(Code) -> usize,
    ) -> Result<Account<'a>, (Position, RecordError)> {
        if let Some(problem) = &self.problem {
            return Err((**problem).clone());
        }
        self.aggregation_status_code.worsen(std::mem::take(&mut self.inner_code), &severity);
        if !self.aggregation_status_code.is_value() {
            self.aggregation_status_code.worsen(std::mem::take(&mut self.code), &severity);
        }
        if !self.aggregation_status_code.is_value() {
            self.aggregation_status_code.worsen(error_code, &severity);
        }
        Ok(Account {
            aggregation_status_code: self.aggregation_status_code.checked()?,
            success: self.success,
            attempt: self.attempt,
            id: self.id(Key::Id, bytes, store).or_else(|| self.id(Key::AccountId, bytes, store)),
            customer_id: self.id(Key::CustomerId, bytes, store),
            institution_id: self.id(Key::InstitutionId, bytes, store),
            institution_login_id: self.id(Key::InstitutionLoginId, bytes, store),
            api_error: false,
        })
    }

    #[inline(always)]
    fn id<'a>(&self, key: Key, bytes: Source<'a>, store: &'a Store) -> Option<&'a str> {
        let index = key.id_index()?;
        (self.readable & key.bit() != 0).then(|| self.ids[index].resolve(bytes, store)).flatten()
    }

    /// Returns what makes the object an invalid record if it is an envelope, not an account;
    /// `has_accounts` says whether it contains accounts.
    pub(super) fn envelope_problem(&self, has_accounts: bool) -> Option<(Position, RecordError)> {
        let problem = self.envelope_problem.as_deref()?;
        let counts = has_accounts
            || self.has_seen(Key::Accounts)
            || matches!(problem.1, RecordError::RecordTooLarge(_));
        counts.then(|| problem.clone())
    }

    /// Returns what makes the object an invalid record if it is an error body.
    pub(super) fn problem(&self) -> Option<(Position, RecordError)> {
        self.problem.as_deref().cloned()
    }
}
