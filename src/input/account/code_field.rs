//! The value of a member that holds a status code.

use std::cmp::Reverse;

use super::super::error::RecordError;
use super::super::json::{Position, Scalar};
use crate::account::{Code, CodeError, parse_code};

/// A parsed status code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum CodeField {
    #[default]
    Absent,
    Null,
    Value(Code),
    Bad(Box<(Position, RecordError)>),
}

impl CodeField {
    pub(super) fn read(value: &Scalar<'_>, at: Position) -> Self {
        let parsed = match value {
            Scalar::Null => return Self::Null,
            Scalar::Number(text) => parse_code(text).map_err(kind),
            Scalar::Text(Some(text)) => parse_code(text).map_err(kind),
            Scalar::Text(None) => Err("an unreadable string"),
            Scalar::Boolean => Err("a Boolean"),
        };
        parsed.map_or_else(|kind| Self::bad(at, kind), Self::Value)
    }

    pub(super) fn bad(at: Position, kind: &'static str) -> Self {
        Self::Bad(Box::new((at, RecordError::CodeKind(kind))))
    }

    /// Replaces the code with a worse one. If an account has two codes, the worse one counts: a
    /// guess must never make an account look healthy. Of two equally severe codes, the smaller
    /// number counts, whatever their order.
    #[inline(always)]
    pub(super) fn worsen(&mut self, other: Self, severity: impl Fn(Code) -> usize) {
        let is_worse = match (&*self, &other) {
            (&Self::Value(code), &Self::Value(other)) => {
                (severity(other), Reverse(other)) > (severity(code), Reverse(code))
            }
            _ => other.rank() > self.rank(),
        };
        if is_worse {
            *self = other;
        }
    }

    pub(super) const fn rank(&self) -> u8 {
        match self {
            Self::Absent => 0,
            Self::Null => 1,
            Self::Value(0) => 2,
            Self::Value(_) => 3,
            Self::Bad(_) => 4,
        }
    }

    /// Returns whether the field determines the state of the account.
    pub(super) const fn is_value(&self) -> bool {
        self.rank() > Self::Null.rank()
    }

    /// Returns the code, or `None` if it is absent or null.
    pub(super) fn checked(&self) -> Result<Option<Code>, (Position, RecordError)> {
        match self {
            Self::Bad(bad) => Err((**bad).clone()),
            Self::Value(code) => Ok(Some(*code)),
            Self::Absent | Self::Null => Ok(None),
        }
    }
}

/// Returns the kind of a value that is not a code, but never the value, which could be an account
/// number.
const fn kind(error: CodeError) -> &'static str {
    match error {
        CodeError::NotANumber => "text",
        CodeError::Negative => "a negative number",
        CodeError::Fraction => "a number with a fraction or an exponent",
        CodeError::TooLarge => "a number that is too long",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worse_of_two_codes_counts_in_either_order() {
        let severity = |code| usize::from(code != 0) + usize::from(![0, 44_000].contains(&code));
        let at = Position::START;
        let fields = [
            CodeField::Absent,
            CodeField::Null,
            CodeField::Value(0),
            CodeField::Value(44_000),
            CodeField::Value(185),
            CodeField::bad(at, "text"),
        ];
        for (worse, field) in fields.iter().enumerate() {
            for (index, other) in fields.iter().enumerate() {
                let mut both = field.clone();
                both.worsen(other.clone(), severity);
                assert_eq!(both, fields[worse.max(index)]);
            }
        }
        let mut first = CodeField::bad(at, "text");
        first.worsen(CodeField::bad(at, "a Boolean"), severity);
        assert_eq!(first, CodeField::bad(at, "text"), "of two invalid codes, the first counts");
        for (first, second) in [(102, 185), (185, 102)] {
            let mut code = CodeField::Value(first);
            code.worsen(CodeField::Value(second), severity);
            assert_eq!(code, CodeField::Value(102));
        }
    }
}
