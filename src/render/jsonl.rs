//! JSON Lines: one object for each account and each invalid record, in the order of the input.

use serde::Serialize;
use serde_json::to_string;

use super::{Place, Report};
use crate::classify::{Classifier, Finding, Verdict};
use crate::input::RecordError;
use crate::wire;

/// The format `jsonl`.
#[derive(Debug)]
pub struct JsonLines {
    encoder: AccountEncoder,
}

impl JsonLines {
    /// For the verdicts of this classifier.
    #[must_use]
    pub fn new(classifier: &Classifier<'_>) -> Self {
        Self {
            encoder: AccountEncoder::new(classifier),
        }
    }
}

impl Report for JsonLines {
    fn is_live(&self) -> bool {
        true
    }

    fn finding(&self, into: &mut Vec<u8>, finding: &Finding<'_, '_>, place: Place<'_>) {
        self.encoder.encode(into, finding, place);
        into.push(b'\n');
    }

    fn invalid(&self, into: &mut Vec<u8>, place: Place<'_>, problem: &RecordError) {
        let line = wire::InvalidLine {
            error: problem.to_string().into(),
            input: place.input.into(),
            line: place.line,
        };
        into.extend_from_slice(json(&line).as_bytes());
        into.push(b'\n');
    }
}

/// Writes [`wire::Account`] as fast as it can be copied together: what depends on the verdict only is made once.
///
/// The result is the same, byte for byte, as the derived serialisation; a test holds it to that.
#[derive(Debug)]
pub struct AccountEncoder {
    /// From `title` to `daysFailing`, by the place of the verdict.
    verdicts: Vec<Box<[u8]>>,
}

impl AccountEncoder {
    /// For the verdicts of this classifier.
    #[must_use]
    pub fn new(classifier: &Classifier<'_>) -> Self {
        Self {
            verdicts: classifier
                .verdicts()
                .iter()
                .map(|verdict| of_verdict(verdict).into())
                .collect(),
        }
    }

    /// Appends the account of a finding.
    pub fn encode(&self, into: &mut Vec<u8>, finding: &Finding<'_, '_>, place: Place<'_>) {
        let account = finding.account;
        for (key, id) in [
            ("{\"id\":", account.id),
            (",\"customerId\":", account.customer_id),
            (",\"institutionId\":", account.institution_id),
            (",\"institutionLoginId\":", account.institution_login_id),
        ] {
            into.extend_from_slice(key.as_bytes());
            text(into, id);
        }
        into.extend_from_slice(b",\"aggregationStatusCode\":");
        number(into, account.aggregation_status_code.map(u64::from));
        into.extend_from_slice(&self.verdicts[finding.verdict.place]);
        number(into, account.days_failing());
        into.extend_from_slice(b",\"input\":");
        text(into, Some(place.input));
        into.extend_from_slice(b",\"line\":");
        number(into, Some(place.line));
        into.push(b'}');
    }
}

fn of_verdict(verdict: &Verdict<'_>) -> Vec<u8> {
    format!(
        ",\"title\":{},\"category\":\"{}\",\"action\":\"{}\",\"connectFix\":{},\"requiredAction\":{},\"daysFailing\":",
        json(verdict.title),
        verdict.category,
        verdict.action,
        verdict.connect_fix,
        json(verdict.required_action),
    )
    .into_bytes()
}

fn number(into: &mut Vec<u8>, number: Option<u64>) {
    match number {
        Some(number) => into.extend_from_slice(itoa::Buffer::new().format(number).as_bytes()),
        None => into.extend_from_slice(b"null"),
    }
}

fn text(into: &mut Vec<u8>, text: Option<&str>) {
    let Some(text) = text else {
        return into.extend_from_slice(b"null");
    };
    if text
        .bytes()
        .all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\')
    {
        into.push(b'"');
        into.extend_from_slice(text.as_bytes());
        into.push(b'"');
    } else {
        into.extend_from_slice(json(text).as_bytes());
    }
}

/// The JSON of one of this program's own values: they have no maps with odd keys, so serialising cannot fail.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> String {
    to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::catalog::Catalog;

    #[test]
    fn the_encoder_writes_what_the_wire_type_says() {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let encoder = AccountEncoder::new(&classifier);
        let ids = [None, Some("5011648377"), Some("a\"b\\c\n\u{1b}é😀\u{202e}")];
        let codes = [None, Some(0), Some(185), Some(945), Some(99_999)];
        for (place, (id, code)) in ids
            .iter()
            .flat_map(|id| codes.map(|code| (*id, code)))
            .enumerate()
        {
            let account = Account {
                id,
                customer_id: id,
                institution_login_id: id,
                aggregation_status_code: code,
                success: Some(1_760_000_000),
                attempt: (place % 2 == 0).then_some(1_760_300_000),
                ..Account::default()
            };
            let finding = classifier.classify(&account);
            let mut bytes = Vec::new();
            encoder.encode(
                &mut bytes,
                &finding,
                Place {
                    input: "a \"file\".json",
                    line: 7,
                    column: 1,
                },
            );
            let derived = json(&wire::Account::new(&finding, "a \"file\".json", 7));
            assert_eq!(String::from_utf8(bytes).unwrap(), derived);
        }
    }
}
