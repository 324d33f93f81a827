//! Encodes accounts by copying prepared bytes, for the workers that read the input.
//!
//! The record of each verdict is serialized once, from the record type that every format uses, and
//! split at the members whose values differ between accounts. A new field needs a change here only
//! if its value can differ between accounts with the same verdict.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::RecordFormat;
use super::csv;
use super::flat::{self, Column};
use crate::account::Account;
use crate::answer::triage::{AccountRow, Location};
use crate::classify::{Classifier, Finding, Verdict};

/// A member whose value differs between accounts with the same verdict.
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

    /// Returns the name of the member, which is also the name of the column.
    const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::CustomerId => "customerId",
            Self::InstitutionId => "institutionId",
            Self::InstitutionLoginId => "institutionLoginId",
            Self::Code => "aggregationStatusCode",
            Self::LastSuccess => "lastSuccess",
            Self::LastAttempt => "lastAttempt",
            Self::DaysFailing => "daysFailing",
            Self::Input => "input",
            Self::Line => "line",
        }
    }

    /// Returns the slot with this name; `None` if the value is the same for all accounts with a
    /// verdict.
    fn with_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.name() == name)
    }
}

/// Returns the record of a verdict, without the values that differ between accounts.
fn template<'a>(verdict: &Verdict<'a>) -> AccountRow<'a> {
    AccountRow::new(&Account::default(), verdict, Location { input: "", line: 0, column: 0 })
}

/// Fixed bytes, and the value after them.
type Segment = (Box<[u8]>, Option<Slot>);

/// Encodes accounts in one format.
#[derive(Debug)]
pub struct AccountEncoder {
    format: RecordFormat,
    /// The segments of the record, by the index of the verdict.
    verdicts: Vec<Vec<Segment>>,
}

impl AccountEncoder {
    /// Returns an encoder for the verdicts of this classifier.
    #[must_use]
    pub fn new(format: RecordFormat, classifier: &Classifier<'_>) -> Self {
        let columns = flat::columns::<AccountRow<'_>>();
        let segments = |verdict| match format {
            RecordFormat::Json | RecordFormat::Jsonl => json_segments(format, verdict),
            RecordFormat::Csv => csv_segments(&columns, verdict),
        };
        Self { format, verdicts: classifier.verdicts().iter().map(segments).collect() }
    }

    /// Appends the record of a finding.
    pub fn encode(&self, into: &mut Vec<u8>, finding: &Finding<'_, '_>, location: Location<'_>) {
        let account = finding.account;
        for (fixed, slot) in &self.verdicts[finding.verdict.index] {
            into.extend_from_slice(fixed);
            match slot {
                None => {}
                Some(Slot::Id) => self.string(into, account.id),
                Some(Slot::CustomerId) => self.string(into, account.customer_id),
                Some(Slot::InstitutionId) => self.string(into, account.institution_id),
                Some(Slot::InstitutionLoginId) => self.string(into, account.institution_login_id),
                Some(Slot::Code) => {
                    self.number(into, account.aggregation_status_code.map(u64::from));
                }
                Some(Slot::LastSuccess) => self.date(into, account.success),
                Some(Slot::LastAttempt) => self.date(into, account.attempt),
                Some(Slot::DaysFailing) => self.number(into, account.days_failing()),
                Some(Slot::Input) => self.string(into, Some(location.input)),
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

    fn string(&self, into: &mut Vec<u8>, text: Option<&str>) {
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
        let timestamp = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let Some(timestamp) = timestamp else {
            return self.null(into);
        };
        let date = TimeZone::UTC.to_datetime(timestamp);
        let Ok(year @ 0..=9999) = u16::try_from(date.year()) else {
            return self.string(into, Some(&timestamp.to_string()));
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

fn json_segments(format: RecordFormat, verdict: &Verdict<'_>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut fixed = Vec::new();
    if format == RecordFormat::Json {
        fixed.extend_from_slice(super::json::SEPARATOR);
    }
    fixed.push(b'{');
    for (index, (name, value)) in flat::record(&template(verdict).account).iter().enumerate() {
        if index > 0 {
            fixed.push(b',');
        }
        super::json::record(&mut fixed, name);
        fixed.push(b':');
        match Slot::with_name(name) {
            Some(slot) => segments.push((std::mem::take(&mut fixed).into(), Some(slot))),
            None => super::json::record(&mut fixed, value),
        }
    }
    fixed.extend_from_slice(if format == RecordFormat::Json { b"}" } else { b"}\n" });
    segments.push((fixed.into(), None));
    segments
}

fn csv_segments(columns: &[Column], verdict: &Verdict<'_>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut fixed = Vec::new();
    let members = flat::record(&template(verdict));
    for (index, column) in columns.iter().enumerate() {
        if index > 0 {
            fixed.push(b',');
        }
        match Slot::with_name(&column.name()) {
            Some(slot) => segments.push((std::mem::take(&mut fixed).into(), Some(slot))),
            None => csv::field(&mut fixed, &flat::text(column.cell(&members))),
        }
    }
    fixed.extend_from_slice(csv::ROW_END);
    segments.push((fixed.into(), None));
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::triage::AccountRecord;
    use crate::catalog::Catalog;

    #[test]
    fn an_encoded_account_equals_the_serialized_record_byte_for_byte() {
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
