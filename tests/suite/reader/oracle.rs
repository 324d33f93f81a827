//! A second, simple implementation of the account rule, over values that are completely in memory.

#[path = "oracle/conclusion.rs"]
mod conclusion;
#[path = "oracle/walk.rs"]
mod walk;

use statuscode::account::{OwnedAccount, parse_code, parse_date};

use super::json::{Json, Value, documents};

/// The content of valid JSON: accounts and API errors with their offsets, and the number of invalid
/// records.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    pub accounts: Vec<(usize, OwnedAccount)>,
    pub invalid: usize,
}

/// Finds the records of these documents.
pub fn outcome(text: &str) -> Outcome {
    let mut outcome = Outcome::default();
    find(text, &Ids::default(), false, 0, None, &mut outcome);
    sort(&mut outcome.accounts);
    outcome
}

/// Sorts accounts independently of when each was complete.
pub fn sort(accounts: &mut [(usize, OwnedAccount)]) {
    accounts.sort_by_cached_key(|(at, account)| (*at, format!("{account:?}")));
}

/// The ids that accounts inherit, in the order of `IDS`.
type Ids = [Option<String>; 4];

const IDS: [&str; 5] = ["accountid", "customerid", "institutionid", "institutionloginid", "id"];
const CUSTOMER: usize = 1;
const INSTITUTION: usize = 2;

const OTHERS: [&str; 17] = [
    "number",
    "aggregationstatuscode",
    "aggregationsuccessdate",
    "aggregationattemptdate",
    "code",
    "message",
    "title",
    "usermessage",
    "status",
    "type",
    "accounts",
    "accountdetails",
    "balancedetails",
    "error",
    "errors",
    "institutions",
    "records",
];

/// Adds the records of the documents in a text. The text is inside objects with these ids, or in an
/// event of deleted accounts.
fn find(
    text: &str,
    around: &Ids,
    deleted: bool,
    depth: usize,
    at: Option<usize>,
    outcome: &mut Outcome,
) {
    for document in documents(text) {
        let mut oracle = Oracle { depth, deleted, ..Oracle::default() };
        oracle.value(&document, &Place { deleted, ..Place::default() }, None);
        oracle.conclude(around, at, outcome);
    }
}

/// Folds a key as the rule does.
fn key(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let is_letter = |index: usize| characters.get(index).is_some_and(char::is_ascii_alphabetic);
    let mut key = String::new();
    for (index, character) in characters.iter().enumerate() {
        let separates = index > 0 && is_letter(index - 1) && is_letter(index + 1);
        if !(matches!(character, '_' | '-') && separates) {
            key.push(character.to_ascii_lowercase());
        }
    }
    key
}

fn begins_as_json(text: &str) -> bool {
    text.trim_start_matches([' ', '\n', '\r', '\t']).starts_with(['{', '['])
}

/// The position of a value: its member, and whether it is in an event of deleted accounts.
#[derive(Debug, Clone, Default)]
struct Place {
    member: String,
    deleted: bool,
    /// In the `records` of an event whose type is not known yet.
    awaits_type: bool,
}

/// A code: absent, null, valid, or invalid.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Code {
    #[default]
    Absent,
    Null,
    Is(u32),
    Bad,
}

impl Code {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Number(text) | Value::Text(Some(text)) => {
                parse_code(text.as_bytes()).map_or(Self::Bad, Self::Is)
            }
            _ => Self::Bad,
        }
    }

    fn worst(self, other: Self) -> Self {
        let rank = |code| match code {
            Self::Absent => 0,
            Self::Null => 1,
            Self::Is(0) => 2,
            Self::Is(_) => 3,
            Self::Bad => 4,
        };
        match (self, other) {
            (Self::Is(code @ 1..), Self::Is(other @ 1..)) => Self::Is(code.min(other)),
            _ if rank(other) > rank(self) => other,
            _ => self,
        }
    }

    fn or(self, other: Self) -> Self {
        match self {
            Self::Absent | Self::Null => self.worst(other),
            _ => self,
        }
    }
}

/// The members of an object that matter, and the decision about it.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "plainer than sets of flags")]
struct Object {
    at: usize,
    parent: Option<usize>,
    is_institution: bool,
    met: Vec<String>,
    /// Names whose value is not null.
    present: Vec<String>,
    /// Ids, each with the offset from which it is known.
    ids: Vec<(usize, String, usize)>,
    /// Ids of its parts.
    absorbed: Vec<(usize, String)>,
    aggregation_code: Code,
    inner_code: Code,
    code: Code,
    has_coded_part: bool,
    success: Option<i64>,
    attempt: Option<i64>,
    deletes: bool,
    is_bad: bool,
    is_bad_envelope: bool,
    has_records: bool,
    is_account: bool,
    is_deleted: bool,
}

impl Object {
    fn has(&self, key: &str) -> bool {
        self.present.iter().any(|present| present == key)
    }

    fn id(&self, id: usize, before: usize) -> Option<&String> {
        let ids = self.ids.iter().rev();
        ids.filter(|(known, _, at)| *known == id && *at < before).map(|(_, text, _)| text).next()
    }

    /// Returns this id of the object or, without one, of its parts.
    fn id_with_parts(&self, id: usize) -> Option<&String> {
        let absorbed = || self.absorbed.iter().find(|(known, _)| *known == id);
        self.id(id, usize::MAX).or_else(|| absorbed().map(|(_, text)| text))
    }

    fn add_member(&mut self, key: &str, member: &Json) {
        let text = match &member.value {
            Value::Text(Some(text)) | Value::Number(text) => Some(text),
            _ => None,
        };
        let date = || parse_date(text?.as_bytes());
        match key {
            "aggregationstatuscode" => self.aggregation_code = Code::of(&member.value),
            "code" => self.code = Code::of(&member.value),
            "aggregationsuccessdate" => self.success = date().or(self.success),
            "aggregationattemptdate" => self.attempt = date().or(self.attempt),
            "type" => {
                self.deletes =
                    matches!(&member.value, Value::Text(Some(text)) if text == "deleted");
            }
            _ => {}
        }
        if matches!(member.value, Value::Null) {
            return;
        }
        self.present.push(key.to_owned());
        if let Some(id) = IDS.iter().position(|known| *known == key) {
            if let Some(text) = text {
                self.ids.push((id, text.clone(), member.at));
            } else {
                self.is_bad = true;
                self.ids.retain(|(known, ..)| *known != id);
            }
        }
    }

    fn absorb(&mut self, part: &Self) {
        for (id, name) in IDS.iter().enumerate() {
            if let Some(text) = part.id_with_parts(id)
                && self.id_with_parts(id).is_none()
                && !self.has(name)
            {
                self.absorbed.push((id, text.clone()));
                self.present.push((*name).to_owned());
            }
        }
        if part.has("number") {
            self.present.push("number".to_owned());
        }
        self.has_coded_part |= part.has_code();
        self.inner_code = self.inner_code.worst(part.aggregation_code).worst(part.inner_code);
        self.success = self.success.or(part.success);
        self.attempt = self.attempt.or(part.attempt);
        self.is_bad |= part.is_bad;
    }

    fn has_code(&self) -> bool {
        self.met.iter().any(|met| met == "aggregationstatuscode") || self.has_coded_part
    }
}

/// An entry that is pending until it is clear whether an account is around it.
enum Pending {
    Error,
    Text(String),
}

/// One document.
#[derive(Default)]
struct Oracle {
    depth: usize,
    deleted: bool,
    objects: Vec<Object>,
    /// Entries with their offset and the innermost object around them; for an error body, the body.
    pending: Vec<(usize, Option<usize>, Pending)>,
    invalid: usize,
}
