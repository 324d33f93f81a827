//! The rule for accounts, written once more and as plainly as possible, over values that are wholly
//! in memory.

use statuscode::account::{OwnedAccount, parse_code, parse_date};

use super::json::{Json, Value, documents, split};

/// What valid JSON holds: accounts and API errors with their offsets, and how many records are
/// invalid.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    pub accounts: Vec<(usize, OwnedAccount)>,
    pub invalid: usize,
}

/// What these documents hold.
pub fn outcome(text: &str) -> Outcome {
    let mut outcome = Outcome::default();
    find(text, &Ids::default(), false, 0, None, &mut outcome);
    sort(&mut outcome.accounts);
    outcome
}

/// Accounts in an order that does not depend on when each one was complete.
pub fn sort(accounts: &mut [(usize, OwnedAccount)]) {
    accounts.sort_by_cached_key(|(at, account)| (*at, format!("{account:?}")));
}

/// The ids that others take over; `IDS` in this order.
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

/// Adds what the documents of a text hold, which are inside objects with these ids, or in an event
/// of deleted accounts.
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

/// A member's name as the rule sees it.
fn key(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let is_letter = |index: usize| letters.get(index).is_some_and(char::is_ascii_alphabetic);
    let mut key = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let separates = index > 0 && is_letter(index - 1) && is_letter(index + 1);
        if !(matches!(letter, '_' | '-') && separates) {
            key.push(letter.to_ascii_lowercase());
        }
    }
    key
}

fn begins_as_json(text: &str) -> bool {
    text.trim_start_matches([' ', '\n', '\r', '\t']).starts_with(['{', '['])
}

/// Where a value is: of which member, and whether in an event of deleted accounts.
#[derive(Debug, Clone, Default)]
struct Place {
    member: String,
    deleted: bool,
    /// In the `records` of an event that did not say its type before.
    awaits: bool,
}

/// A code: not there, null, one, or none.
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

    fn worse(self, other: Self) -> Self {
        let rank = |code| match code {
            Self::Absent => 0,
            Self::Null => 1,
            Self::Is(0) => 2,
            Self::Is(_) => 3,
            Self::Bad => 4,
        };
        match (self, other) {
            (Self::Is(own @ 1..), Self::Is(other @ 1..)) => Self::Is(own.min(other)),
            _ if rank(other) > rank(self) => other,
            _ => self,
        }
    }

    fn or(self, other: Self) -> Self {
        match self {
            Self::Absent | Self::Null => self.worse(other),
            _ => self,
        }
    }
}

/// What an object says of itself.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "plainer than sets of flags")]
struct Object {
    at: usize,
    parent: Option<usize>,
    is_institution: bool,
    met: Vec<String>,
    /// Names whose value is not null.
    present: Vec<String>,
    /// Ids, and the offset from which on each is known.
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
    refused: bool,
    refused_envelope: bool,
    holds: bool,
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

    /// This id of the account that the object is, with its parts.
    fn own_id(&self, id: usize) -> Option<&String> {
        let absorbed = || self.absorbed.iter().find(|(known, _)| *known == id);
        self.id(id, usize::MAX).or_else(|| absorbed().map(|(_, text)| text))
    }

    fn take(&mut self, key: &str, member: &Json) {
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
                self.refused = true;
                self.ids.retain(|(known, ..)| *known != id);
            }
        }
    }

    fn absorb(&mut self, part: &Self) {
        for (id, name) in IDS.iter().enumerate() {
            if let Some(text) = part.own_id(id)
                && self.own_id(id).is_none()
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
        self.inner_code = self.inner_code.worse(part.aggregation_code).worse(part.inner_code);
        self.success = self.success.or(part.success);
        self.attempt = self.attempt.or(part.attempt);
        self.refused |= part.refused;
    }

    fn has_code(&self) -> bool {
        self.met.iter().any(|met| met == "aggregationstatuscode") || self.has_coded_part
    }
}

/// What waits until it is clear whether an account is around it.
enum Waiting {
    Error,
    Text(String),
}

/// One document.
#[derive(Default)]
struct Oracle {
    depth: usize,
    deleted: bool,
    objects: Vec<Object>,
    /// With the offset, and the innermost object around it; for an error body that object itself.
    waiting: Vec<(usize, Option<usize>, Waiting)>,
    invalid: usize,
}

impl Oracle {
    /// Walks a value; whether a record was in it.
    fn value(&mut self, json: &Json, place: &Place, parent: Option<usize>) -> bool {
        match &json.value {
            Value::Object(members) => self.object(json, members, place, parent),
            Value::Array(elements) if place.member.ends_with("details") => {
                self.parts(elements, place, parent)
            }
            Value::Array(elements) => {
                let holds = elements.iter().map(|element| self.element(element, place, parent));
                holds.fold(false, |holds, inside| holds | inside)
            }
            Value::Text(Some(text)) if begins_as_json(text) && self.depth < 4 => {
                self.waiting.push((json.at, parent, Waiting::Text(text.clone())));
                false
            }
            _ => false,
        }
    }

    fn element(&mut self, element: &Json, place: &Place, parent: Option<usize>) -> bool {
        let is_array = matches!(element.value, Value::Array(_));
        if is_array && place.member == "accounts" {
            self.invalid += usize::from(!place.deleted);
            return true;
        }
        let of_elements = ["accounts", "error", "errors", "institutions"];
        let keeps = !is_array && of_elements.contains(&place.member.as_str());
        let member = if keeps { place.member.clone() } else { String::new() };
        let inside = Place { member, ..place.clone() };
        self.value(element, &inside, parent)
    }

    /// An array of parts: its only object is one, of several none is.
    fn parts(&mut self, elements: &[Json], place: &Place, parent: Option<usize>) -> bool {
        let is_object = |json: &&Json| matches!(json.value, Value::Object(_));
        let objects: Vec<&Json> = elements.iter().filter(is_object).collect();
        let mut holds = false;
        for element in elements {
            let mut inside = Place { member: String::new(), ..place.clone() };
            if is_object(&element) && objects.len() == 1 {
                inside.member.clone_from(&place.member);
            }
            holds |= self.value(element, &inside, parent);
        }
        holds
    }

    fn object(
        &mut self,
        json: &Json,
        members: &[(String, Json)],
        place: &Place,
        parent: Option<usize>,
    ) -> bool {
        let own = self.objects.len();
        self.objects.push(Object {
            at: json.at,
            parent,
            is_institution: place.member == "institutions",
            ..Object::default()
        });
        let deletes = |(name, member): &(String, Json)| {
            let is_deleted = matches!(&member.value, Value::Text(Some(text)) if text == "deleted");
            (key(name) == "type").then_some(is_deleted)
        };
        let deletes_somewhere = members.iter().find_map(deletes) == Some(true);
        let mut holds = false;
        for (name, member) in members {
            let key = key(name);
            let is_known = IDS.contains(&key.as_str()) || OTHERS.contains(&key.as_str());
            let object = &mut self.objects[own];
            if object.met.contains(&key) {
                object.refused = true;
                object.refused_envelope = true;
            } else if is_known {
                object.met.push(key.clone());
                object.take(&key, member);
            }
            let is_typed = object.met.iter().any(|met| met == "type");
            let awaits = place.awaits || key == "records" && !is_typed;
            let inside = Place {
                member: if is_known { key } else { String::new() },
                deleted: place.deleted || object.deletes || awaits && deletes_somewhere,
                awaits,
            };
            holds |= self.value(member, &inside, Some(own));
        }
        self.objects[own].holds = holds;
        self.decide(own, json, place) || holds
    }

    /// Decides what an object is; whether it is a record.
    fn decide(&mut self, own: usize, json: &Json, place: &Place) -> bool {
        let object = &mut self.objects[own];
        if place.member.ends_with("details") {
            let (before, rest) = self.objects.split_at_mut(own);
            if let Some(parent) = rest[0].parent {
                before[parent].absorb(&rest[0]);
            }
            return false;
        }
        let met = |key: &str| object.met.iter().any(|met| met == key);
        let has_id = ["id", "accountid", "number"].iter().any(|key| object.has(key));
        let has_login = object.has("institutionloginid") && has_id;
        let is_around = object.holds && (met("accounts") || !has_id && !object.has("code"));
        let is_error = place.member == "errors" && met("code");
        object.is_account = !is_error
            && (object.has_code() || !is_around && (has_login || place.member == "accounts"));
        object.is_deleted = place.deleted;
        if object.is_account {
            return true;
        }
        let is_envelope = object.holds || object.met.iter().any(|met| met == "accounts");
        if object.refused_envelope && is_envelope {
            self.invalid += 1;
            return true;
        }
        let (code, holds) = (object.code, object.holds);
        let is_code = object.has("code");
        let speaks =
            ["message", "title", "usermessage", "status"].iter().any(|key| object.has(key));
        if place.member == "errors"
            && let Some(owner) = object.parent
        {
            self.objects[owner].inner_code = self.objects[owner].inner_code.worse(code);
        }
        if is_code && !holds && (speaks || place.member == "error") {
            self.waiting.push((json.at, Some(own), Waiting::Error));
        }
        false
    }

    /// This id of the nearest of these objects that has one before an offset.
    fn nearest(
        &self,
        id: usize,
        from: Option<usize>,
        before: usize,
        around: &Ids,
    ) -> Option<String> {
        let mut next = from;
        while let Some(index) = next {
            let object = &self.objects[index];
            let of_institution = || {
                let is_one = id == INSTITUTION && object.is_institution;
                is_one.then(|| object.id(4, before)).flatten()
            };
            if let Some(text) = object.id(id, before).or_else(of_institution) {
                return Some(text.clone());
            }
            next = object.parent;
        }
        around[id].clone()
    }

    /// Whether an event around is one of deleted accounts.
    fn is_deleted(&self, from: Option<usize>) -> bool {
        let mut next = from;
        while let Some(index) = next {
            let object = &self.objects[index];
            if object.deletes {
                return true;
            }
            next = object.parent;
        }
        self.deleted
    }

    /// The innermost account around, if it holds no other: what waits is part of it.
    fn owner(&self, from: Option<usize>) -> Option<usize> {
        let mut next = from;
        while let Some(index) = next {
            let object = &self.objects[index];
            if object.is_account {
                return (!object.holds).then_some(index);
            }
            next = object.parent;
        }
        None
    }

    fn conclude(&self, around: &Ids, located: Option<usize>, outcome: &mut Outcome) {
        outcome.invalid += self.invalid;
        let mut inner = vec![Code::Absent; self.objects.len()];
        for (at, from, waiting) in &self.waiting {
            if let (Some(owner), Waiting::Error, Some(own)) = (self.owner(*from), waiting, from) {
                inner[owner] = inner[owner].worse(self.objects[*own].code);
            }
            if self.owner(*from).is_some() {
                continue;
            }
            let nearest = |from, id| self.nearest(id, from, usize::MAX, around);
            let ids = |from| std::array::from_fn(|id| nearest(from, id));
            match (waiting, from) {
                (Waiting::Text(text), from) => {
                    if split(text.as_bytes()).is_some() {
                        let (deleted, at) = (self.is_deleted(*from), located.or(Some(*at)));
                        find(text, &ids(*from), deleted, self.depth + 1, at, outcome);
                    }
                }
                (Waiting::Error, Some(own)) => {
                    let object = &self.objects[*own];
                    let mut found: Ids = ids(object.parent);
                    for (id, found) in found.iter_mut().enumerate() {
                        *found = object.id(id, usize::MAX).cloned().or(found.take());
                    }
                    let [id, customer_id, institution_id, institution_login_id] = found;
                    let error = OwnedAccount {
                        id,
                        customer_id,
                        institution_id,
                        institution_login_id,
                        api_error: true,
                        ..OwnedAccount::default()
                    };
                    report(outcome, located.unwrap_or(*at), object, object.code, error);
                }
                (Waiting::Error, None) => unreachable!("an error body is an object"),
            }
        }
        for (object, inner) in self.objects.iter().zip(inner) {
            if !object.is_account || object.is_deleted {
                continue;
            }
            let own = |id| object.own_id(id).cloned();
            let or_around =
                |id| own(id).or_else(|| self.nearest(id, object.parent, object.at, around));
            let account = OwnedAccount {
                id: own(4).or_else(|| own(0)),
                customer_id: or_around(CUSTOMER),
                institution_id: or_around(INSTITUTION),
                institution_login_id: own(3),
                success: object.success,
                attempt: object.attempt,
                ..OwnedAccount::default()
            };
            let code = object.aggregation_code.worse(object.inner_code);
            let code = code.or(object.code).or(inner);
            report(outcome, located.unwrap_or(object.at), object, code, account);
        }
    }
}

fn report(outcome: &mut Outcome, at: usize, object: &Object, code: Code, account: OwnedAccount) {
    match code {
        Code::Bad => outcome.invalid += 1,
        _ if object.refused => outcome.invalid += 1,
        Code::Is(code) => outcome
            .accounts
            .push((at, OwnedAccount { aggregation_status_code: Some(code), ..account })),
        Code::Absent | Code::Null => outcome.accounts.push((at, account)),
    }
}
