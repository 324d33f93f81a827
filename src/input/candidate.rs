//! What is known of an open object that may turn out to be an account.

use std::borrow::Cow;

use super::key::Key;
use super::position::Position;
use super::problem::Problem;
use crate::account::{Account, Code, CodeError, parse_code, parse_date};

/// A piece of text in the current bytes, or, once those are gone, in the reader's own store.
#[derive(Debug, Clone, Copy, Default)]
struct Text {
    start: u32,
    end: u32,
    stored: bool,
}

impl Text {
    fn new(start: usize, end: usize, stored: bool) -> Option<Self> {
        Some(Self {
            start: u32::try_from(start).ok()?,
            end: u32::try_from(end).ok()?,
            stored,
        })
    }

    fn resolve<'a>(self, bytes: &'a [u8], store: &'a [u8]) -> Option<&'a str> {
        let text = if self.stored { store } else { bytes };
        // The lexer has checked it already; this never fails, and would not panic if it did.
        std::str::from_utf8(text.get(self.start as usize..self.end as usize)?).ok()
    }

    fn keep(&mut self, bytes: &[u8], store: &mut Vec<u8>) {
        if !self.stored {
            let start = store.len();
            store.extend_from_slice(&bytes[self.start as usize..self.end as usize]);
            *self = Self::new(start, store.len(), true).unwrap_or_default();
        }
    }
}

/// The value of a member that holds a status code.
#[derive(Debug, Clone, Default)]
enum CodeField {
    #[default]
    Absent,
    Null,
    Value(Code),
    Bad(Box<(Position, Problem)>),
}

impl CodeField {
    fn bad(at: Position, problem: Problem) -> Self {
        Self::Bad(Box::new((at, problem)))
    }

    /// Of two codes for one account the worse one counts: a guess must never make an account healthy.
    fn worse(self, other: Self) -> Self {
        if other.rank() > self.rank() {
            other
        } else {
            self
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Absent => 0,
            Self::Null => 1,
            Self::Value(0) => 2,
            Self::Value(_) => 3,
            Self::Bad(_) => 4,
        }
    }
}

/// A scalar value, as it stands between its delimiters.
pub(super) enum Scalar<'a> {
    /// The body of a text, its escapes resolved; `None` when they cannot be.
    Text(Option<Cow<'a, [u8]>>),
    Number(&'a [u8]),
    Boolean,
    Null,
}

/// What is known of an open object.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    /// Keys that were met, and those of them whose value is not null.
    seen: u16,
    present: u16,
    /// `id`, `accountId`, `customerId`, `institutionId`, `institutionLoginId`: each counts if its key is present.
    ids: [Text; Key::IDS.len()],
    aggregation_status_code: CodeField,
    /// The worst `aggregationStatusCode` of the object's parts.
    part_code: CodeField,
    /// `code`, which refresh status and error bodies have.
    code: CodeField,
    success: Option<i64>,
    attempt: Option<i64>,
    /// The first thing that makes this no account.
    problem: Option<Box<(Position, Problem)>>,
}

impl Candidate {
    /// Notes that `key` was met; whether it is met for the first time, as a known key must be.
    #[inline(always)]
    pub(super) const fn meet(&mut self, key: Key) -> bool {
        let first = self.seen & key.bit() == 0;
        self.seen |= key.bit();
        first
    }

    pub(super) const fn has(&self, key: Key) -> bool {
        self.present & key.bit() != 0
    }

    pub(super) const fn met(&self, key: Key) -> bool {
        self.seen & key.bit() != 0
    }

    /// Whether the object, or a part of it, has an `aggregationStatusCode`, be it null.
    pub(super) const fn has_code(&self) -> bool {
        self.met(Key::AggregationStatusCode) || !matches!(self.part_code, CodeField::Absent)
    }

    #[cold]
    pub(super) fn refuse(&mut self, at: Position, problem: Problem) {
        self.problem.get_or_insert_with(|| Box::new((at, problem)));
    }

    /// Takes a scalar value as it mostly is; `here` is where it stands in the current bytes. Whether that was possible.
    #[inline(always)]
    pub(super) fn take(&mut self, key: Key, value: &Scalar<'_>, here: (usize, usize)) -> bool {
        let text = match value {
            Scalar::Number(text) | Scalar::Text(Some(Cow::Borrowed(text))) => *text,
            _ => return false,
        };
        match key {
            Key::AggregationStatusCode | Key::Code => {
                let Ok(code) = parse_code(text) else {
                    return false;
                };
                *self.code_field(key) = CodeField::Value(code);
            }
            Key::AggregationSuccessDate => self.success = parse_date(text).or(self.success),
            Key::AggregationAttemptDate => self.attempt = parse_date(text).or(self.attempt),
            _ => {
                if let Some(place) = key.id_place() {
                    match Text::new(here.0, here.1, false) {
                        Some(text) if here.1 - here.0 <= super::LONGEST_HELD => {
                            self.ids[place] = text;
                        }
                        _ => return false,
                    }
                }
            }
        }
        self.present |= key.bit();
        true
    }

    /// Takes a scalar value that is not as it mostly is: null, a truth value, a text with escapes, a bad code.
    #[cold]
    pub(super) fn take_odd(
        &mut self,
        key: Key,
        value: &Scalar<'_>,
        at: Position,
        store: &mut Vec<u8>,
    ) {
        if matches!(value, Scalar::Null) {
            if matches!(key, Key::AggregationStatusCode | Key::Code) {
                *self.code_field(key) = CodeField::Null;
            }
            return;
        }
        self.present |= key.bit();
        match key {
            Key::AggregationStatusCode | Key::Code => *self.code_field(key) = code(value, at),
            Key::AggregationSuccessDate => self.success = date(value).or(self.success),
            Key::AggregationAttemptDate => self.attempt = date(value).or(self.attempt),
            _ => {
                if let Some(place) = key.id_place() {
                    match odd_id(value, store) {
                        Ok(text) => self.ids[place] = text,
                        Err(problem) => self.refuse(at, problem(key.name())),
                    }
                }
            }
        }
    }

    const fn code_field(&mut self, key: Key) -> &mut CodeField {
        if matches!(key, Key::Code) {
            &mut self.code
        } else {
            &mut self.aggregation_status_code
        }
    }

    /// Takes note of an object or array as value.
    pub(super) fn take_container(&mut self, key: Key, kind: &'static str, at: Position) {
        self.present |= key.bit();
        match key {
            Key::AggregationStatusCode => {
                self.aggregation_status_code = CodeField::bad(at, Problem::CodeKind(kind));
            }
            Key::Code => self.code = CodeField::bad(at, Problem::CodeKind(kind)),
            _ if key.id_place().is_some() => self.refuse(at, Problem::IdKind(key.name())),
            _ => {}
        }
    }

    /// Takes over what a part of the account (`accountDetails`, `balanceDetails`) says.
    pub(super) fn absorb(&mut self, part: &Self) {
        for key in Key::IDS {
            if let Some(place) = key.id_place()
                && part.has(key)
                && !self.has(key)
            {
                self.ids[place] = part.ids[place];
                self.present |= key.bit();
            }
        }
        self.present |= part.present & Key::Number.bit();
        for code in [&part.aggregation_status_code, &part.part_code] {
            self.part_code = std::mem::take(&mut self.part_code).worse(code.clone());
        }
        self.success = self.success.or(part.success);
        self.attempt = self.attempt.or(part.attempt);
        if let Some(problem) = &part.problem {
            self.refuse(problem.0, problem.1.clone());
        }
    }

    /// Moves every text out of bytes that are about to go.
    pub(super) fn keep(&mut self, bytes: &[u8], store: &mut Vec<u8>) {
        for key in Key::IDS {
            if let Some(place) = key.id_place()
                && self.has(key)
            {
                self.ids[place].keep(bytes, store);
            }
        }
    }

    /// The account that this object is; without its ids if nobody wants them.
    #[inline(always)]
    pub(super) fn account<'a>(
        &self,
        bytes: &'a [u8],
        store: &'a [u8],
        with_ids: impl Fn(Option<Code>) -> bool,
    ) -> Result<Account<'a>, (Position, Problem)> {
        let of_parts;
        let code = if !matches!(self.part_code, CodeField::Absent) {
            of_parts = self
                .aggregation_status_code
                .clone()
                .worse(self.part_code.clone());
            &of_parts
        } else if self.met(Key::AggregationStatusCode) {
            &self.aggregation_status_code
        } else {
            &self.code
        };
        let mut account = Account {
            aggregation_status_code: self.checked(code)?,
            success: self.success,
            attempt: self.attempt,
            ..Account::default()
        };
        if with_ids(account.aggregation_status_code) {
            let text = |key: Key| {
                let place = key.id_place().filter(|_| self.has(key))?;
                self.ids[place].resolve(bytes, store)
            };
            account.id = text(Key::Id).or_else(|| text(Key::AccountId));
            account.customer_id = text(Key::CustomerId);
            account.institution_id = text(Key::InstitutionId);
            account.institution_login_id = text(Key::InstitutionLoginId);
        }
        Ok(account)
    }

    /// The finding without an account id that an error body is.
    pub(super) fn error_body(&self) -> Result<Account<'static>, (Position, Problem)> {
        let aggregation_status_code = self.checked(&self.code)?;
        Ok(Account {
            aggregation_status_code,
            api_error: true,
            ..Account::default()
        })
    }

    /// The problem of an object that is no account, but repeats the key under which accounts stand.
    pub(super) fn repeated_accounts(&self) -> Option<&(Position, Problem)> {
        let problem = self.problem.as_deref();
        problem.filter(|(_, problem)| *problem == Problem::RepeatedKey(Key::Accounts.name()))
    }

    #[inline(always)]
    fn checked(&self, code: &CodeField) -> Result<Option<Code>, (Position, Problem)> {
        match (&self.problem, code) {
            (Some(problem), _) | (None, CodeField::Bad(problem)) => {
                Err((problem.0, problem.1.clone()))
            }
            (None, CodeField::Value(code)) => Ok(Some(*code)),
            (None, CodeField::Absent | CodeField::Null) => Ok(None),
        }
    }
}

fn code(value: &Scalar<'_>, at: Position) -> CodeField {
    let parsed = match value {
        Scalar::Number(text) => parse_code(text).map_err(|error| not_a_number(text, error)),
        Scalar::Text(Some(text)) => parse_code(text).map_err(|error| not_a_number(text, error)),
        Scalar::Text(None) => Err(Problem::CodeKind("a text that cannot be read")),
        Scalar::Boolean => Err(Problem::CodeKind("true or false")),
        Scalar::Null => return CodeField::Null,
    };
    parsed.map_or_else(|problem| CodeField::bad(at, problem), CodeField::Value)
}

/// Longest piece of a bad code that a message quotes, in characters.
const LONGEST_QUOTE: usize = 40;

fn not_a_number(text: &[u8], error: CodeError) -> Problem {
    let text = String::from_utf8_lossy(text);
    let mut quote: String = text.chars().take(LONGEST_QUOTE).collect();
    if quote.len() < text.len() {
        quote.push('…');
    }
    Problem::CodeNotANumber(match error {
        CodeError::NotANumber => format!("\"{quote}\""),
        error => format!("{quote} is {error}"),
    })
}

fn date(value: &Scalar<'_>) -> Option<i64> {
    match value {
        Scalar::Number(text) => parse_date(text),
        Scalar::Text(Some(text)) => parse_date(text),
        _ => None,
    }
}

type IdProblem = fn(&'static str) -> Problem;

fn odd_id(value: &Scalar<'_>, store: &mut Vec<u8>) -> Result<Text, IdProblem> {
    match value {
        Scalar::Text(Some(text)) if text.len() <= super::LONGEST_HELD => {
            let start = store.len();
            store.extend_from_slice(text);
            Text::new(start, store.len(), true).ok_or(Problem::IdText)
        }
        Scalar::Boolean | Scalar::Null => Err(Problem::IdKind),
        Scalar::Text(_) | Scalar::Number(_) => Err(Problem::IdText),
    }
}
