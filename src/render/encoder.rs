//! Encodes accounts by copying prepared bytes, for the workers that read the input.
//!
//! Whatever follows from the state of an account is serialized once, from the record type that
//! every format uses: markers take the place of the account's own values, and the serialized record
//! is split at the markers. A new field needs a change here only if its value can differ between
//! accounts in the same state.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::RecordFormat;
use super::csv;
use super::flat::{self, Column};
use crate::account::Account;
use crate::answer::triage::{AccountRecord, AccountRow, Location};
use crate::classify::{Classifier, Finding, Verdict};

/// A value that differs from account to account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Id,
    CustomerId,
    InstitutionId,
    InstitutionLoginId,
    Code,
    LastSuccess,
    LastAttempt,
    DaysFailing,
    Input,
    Line,
}

impl Slot {
    const ALL: [Self; 10] = [
        Self::Id,
        Self::CustomerId,
        Self::InstitutionId,
        Self::InstitutionLoginId,
        Self::Code,
        Self::LastSuccess,
        Self::LastAttempt,
        Self::DaysFailing,
        Self::Input,
        Self::Line,
    ];

    /// A text that no catalog has: it begins with a character of the private use area.
    const fn text(self) -> &'static str {
        match self {
            Self::Id => "\u{f8ff}id",
            Self::CustomerId => "\u{f8ff}customer",
            Self::InstitutionId => "\u{f8ff}institution",
            Self::InstitutionLoginId => "\u{f8ff}login",
            Self::Code => "\u{f8ff}code",
            Self::LastSuccess => "\u{f8ff}success",
            Self::LastAttempt => "\u{f8ff}attempt",
            Self::DaysFailing => "\u{f8ff}days",
            Self::Input => "\u{f8ff}input",
            Self::Line => "\u{f8ff}line",
        }
    }

    /// A number that no state of an account has: states have no numbers.
    const fn number(self) -> u32 {
        u32::MAX - self as u32
    }

    /// The slot that a value marks.
    fn marked_by(value: &Value) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| match value {
            Value::String(text) => *text == slot.text(),
            Value::Number(number) => number.as_u64() == Some(u64::from(slot.number())),
            _ => false,
        })
    }
}

/// The record of a state, with a marker for each of the account's own values.
fn marked<'a>(verdict: &Verdict<'a>) -> AccountRow<'a> {
    let location = Location { input: "", line: 0, column: 0 };
    let row = AccountRow::new(&Account::default(), verdict, location);
    AccountRow {
        account: AccountRecord {
            id: Some(Slot::Id.text().into()),
            customer_id: Some(Slot::CustomerId.text().into()),
            institution_id: Some(Slot::InstitutionId.text().into()),
            institution_login_id: Some(Slot::InstitutionLoginId.text().into()),
            aggregation_status_code: Some(Slot::Code.number()),
            last_success: Some(Slot::LastSuccess.text().into()),
            last_attempt: Some(Slot::LastAttempt.text().into()),
            days_failing: Some(u64::from(Slot::DaysFailing.number())),
            input: Slot::Input.text().into(),
            line: u64::from(Slot::Line.number()),
            ..row.account
        },
        ..row
    }
}

/// Fixed bytes, and the value that follows them.
type Part = (Box<[u8]>, Option<Slot>);

/// Encodes accounts in one format.
#[derive(Debug)]
pub struct AccountEncoder {
    format: RecordFormat,
    /// The parts of the record, by verdict.
    verdicts: Vec<Vec<Part>>,
}

impl AccountEncoder {
    /// An encoder for the verdicts of this classifier.
    #[must_use]
    pub fn new(format: RecordFormat, classifier: &Classifier<'_>) -> Self {
        let columns = flat::columns::<AccountRow<'_>>();
        let parts = |verdict| match format {
            RecordFormat::Json | RecordFormat::Jsonl => json_parts(format, verdict),
            RecordFormat::Csv => csv_parts(&columns, verdict),
        };
        Self { format, verdicts: classifier.verdicts().iter().map(parts).collect() }
    }

    /// Appends the record of a finding.
    pub fn encode(&self, into: &mut Vec<u8>, finding: &Finding<'_, '_>, location: Location<'_>) {
        let account = finding.account;
        for (fixed, slot) in &self.verdicts[finding.verdict.index] {
            into.extend_from_slice(fixed);
            match slot {
                None => {}
                Some(Slot::Id) => self.text(into, account.id),
                Some(Slot::CustomerId) => self.text(into, account.customer_id),
                Some(Slot::InstitutionId) => self.text(into, account.institution_id),
                Some(Slot::InstitutionLoginId) => self.text(into, account.institution_login_id),
                Some(Slot::Code) => {
                    self.number(into, account.aggregation_status_code.map(u64::from));
                }
                Some(Slot::LastSuccess) => self.date(into, account.success),
                Some(Slot::LastAttempt) => self.date(into, account.attempt),
                Some(Slot::DaysFailing) => self.number(into, account.days_failing()),
                Some(Slot::Input) => self.text(into, Some(location.input)),
                Some(Slot::Line) => self.number(into, Some(location.line)),
            }
        }
    }

    fn null(&self, into: &mut Vec<u8>) {
        if self.format != RecordFormat::Csv {
            into.extend_from_slice(b"null");
        }
    }

    fn number(&self, into: &mut Vec<u8>, number: Option<u64>) {
        match number {
            Some(number) => into.extend_from_slice(itoa::Buffer::new().format(number).as_bytes()),
            None => self.null(into),
        }
    }

    fn text(&self, into: &mut Vec<u8>, text: Option<&str>) {
        let Some(text) = text else {
            return self.null(into);
        };
        if self.format == RecordFormat::Csv {
            return csv::field(into, text);
        }
        let is_plain = |byte| super::json::is_printable(byte) && byte != b'"' && byte != b'\\';
        if text.bytes().all(is_plain) {
            into.push(b'"');
            into.extend_from_slice(text.as_bytes());
            into.push(b'"');
        } else {
            super::json::record(into, &text);
        }
    }

    fn date(&self, into: &mut Vec<u8>, seconds: Option<i64>) {
        let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let Some(moment) = moment else {
            return self.null(into);
        };
        let date = TimeZone::UTC.to_datetime(moment);
        let Ok(year @ 0..=9999) = u16::try_from(date.year()) else {
            return self.text(into, Some(&moment.to_string()));
        };
        let mut text = *b"0000-00-00T00:00:00Z";
        let mut put = |index: usize, number: u8| {
            text[index] += number / 10;
            text[index + 1] += number % 10;
        };
        put(0, u8::try_from(year / 100).unwrap_or_default());
        put(2, u8::try_from(year % 100).unwrap_or_default());
        let parts = [date.month(), date.day(), date.hour(), date.minute(), date.second()];
        for (index, part) in [5, 8, 11, 14, 17].into_iter().zip(parts) {
            put(index, part.unsigned_abs());
        }
        let quote: &[u8] = if self.format == RecordFormat::Csv { b"" } else { b"\"" };
        into.extend_from_slice(quote);
        into.extend_from_slice(&text);
        into.extend_from_slice(quote);
    }
}

fn json_parts(format: RecordFormat, verdict: &Verdict<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut fixed = Vec::new();
    if format == RecordFormat::Json {
        fixed.extend_from_slice(super::json::SEPARATOR);
    }
    fixed.push(b'{');
    for (index, (name, value)) in flat::record(&marked(verdict).account).iter().enumerate() {
        if index > 0 {
            fixed.push(b',');
        }
        super::json::record(&mut fixed, name);
        fixed.push(b':');
        match Slot::marked_by(value) {
            Some(slot) => parts.push((std::mem::take(&mut fixed).into(), Some(slot))),
            None => super::json::record(&mut fixed, value),
        }
    }
    fixed.extend_from_slice(if format == RecordFormat::Json { b"}" } else { b"}\n" });
    parts.push((fixed.into(), None));
    parts
}

fn csv_parts(columns: &[Column], verdict: &Verdict<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut fixed = Vec::new();
    let members = flat::record(&marked(verdict));
    for (index, column) in columns.iter().enumerate() {
        if index > 0 {
            fixed.push(b',');
        }
        let value = column.cell(&members);
        match Slot::marked_by(value) {
            Some(slot) => parts.push((std::mem::take(&mut fixed).into(), Some(slot))),
            None => csv::field(&mut fixed, &flat::text(value)),
        }
    }
    fixed.extend_from_slice(csv::ROW_END);
    parts.push((fixed.into(), None));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn an_encoded_account_is_the_serialized_record_byte_for_byte() {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let lines = AccountEncoder::new(RecordFormat::Jsonl, &classifier);
        let rows = AccountEncoder::new(RecordFormat::Csv, &classifier);
        let columns = flat::columns::<AccountRow<'_>>();
        let ids =
            [None, Some(""), Some("5011648377"), Some("a\"b\\c\n\u{1b}é😀,\u{202e}"), Some("=1")];
        let codes = [None, Some(0), Some(185), Some(945), Some(99_999), Some(u32::MAX)];
        let dates = [
            None,
            Some(0),
            Some(1_760_000_000),
            Some(-1),
            Some(-99_999_999_999),
            Some(253_402_300_799),
            Some(i64::MAX),
        ];
        let location = Location { input: "a \"file\".json", line: 7, column: 1 };
        for (index, id) in ids.iter().flat_map(|id| codes.map(|code| (*id, code))).enumerate() {
            for (date, other) in dates.iter().zip(dates.iter().cycle().skip(index % 7)) {
                let account = Account {
                    id: id.0,
                    customer_id: id.0,
                    institution_login_id: id.0,
                    aggregation_status_code: id.1,
                    success: *date,
                    attempt: *other,
                    ..Account::default()
                };
                let finding = classifier.classify(&account);
                let encoded = |encoder: &AccountEncoder| {
                    let mut bytes = Vec::new();
                    encoder.encode(&mut bytes, &finding, location);
                    bytes
                };
                let mut line = Vec::new();
                super::super::jsonl::record(
                    &mut line,
                    &AccountRecord::new(&account, finding.verdict, location),
                );
                assert_eq!(encoded(&lines), line);
                let mut row = Vec::new();
                csv::record(
                    &mut row,
                    &columns,
                    &AccountRow::new(&account, finding.verdict, location),
                );
                assert_eq!(encoded(&rows), row);
            }
        }
    }
}
