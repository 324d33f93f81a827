//! The rule for accounts, written once more and as plainly as possible, over values that are wholly in memory.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use statuscode::account::{Code, parse_code, parse_date};

use super::gathered::Found;

/// What was found: an account, or why it is none.
type Outcome = Result<Found, ()>;

/// The accounts of documents, in the order in which they end; lines are left out.
pub fn accounts(documents: &[Value]) -> Vec<Found> {
    let found = outcomes(documents);
    found.into_iter().flatten().collect()
}

/// How many records are invalid.
pub fn invalid(documents: &[Value]) -> usize {
    outcomes(documents)
        .iter()
        .filter(|outcome| outcome.is_err())
        .count()
}

fn outcomes(documents: &[Value]) -> Vec<Outcome> {
    let mut found = Vec::new();
    for document in documents {
        value(document, Where::default(), &mut found);
    }
    found
}

#[derive(Default, Clone, Copy)]
struct Where {
    in_accounts: bool,
    in_error: bool,
    /// Whether an object around this one looks like an account so far.
    in_likely: bool,
}

/// Walks a value; whether an account was in it.
fn value(value: &Value, place: Where, found: &mut Vec<Outcome>) -> bool {
    match value {
        Value::Object(members) => {
            let (fields, holds) = walk(members, place, found);
            holds | fields.decide(place, holds, found)
        }
        Value::Array(elements) => {
            let mut holds = false;
            for element in elements {
                if place.in_accounts && element.is_array() {
                    found.push(Err(()));
                    holds = true;
                } else {
                    holds |= self::value(
                        element,
                        Where {
                            in_error: false,
                            ..place
                        },
                        found,
                    );
                }
            }
            holds
        }
        _ => false,
    }
}

/// Walks the members of an object; what it says of itself, and whether an account was in it.
fn walk(members: &Map<String, Value>, place: Where, found: &mut Vec<Outcome>) -> (Fields, bool) {
    let mut fields = Fields::default();
    let mut holds = false;
    let mut likely = place.in_accounts;
    for (key, member) in members {
        likely |= matches!(key.as_str(), "aggregationStatusCode" | "institutionLoginId");
        let inside = Where {
            in_accounts: key == "accounts",
            in_error: key == "error",
            in_likely: place.in_likely | likely,
        };
        match member {
            Value::Object(part) if key == "accountDetails" || key == "balanceDetails" => {
                let (part, holds_part) = walk(
                    part,
                    Where {
                        in_accounts: false,
                        in_error: false,
                        ..inside
                    },
                    found,
                );
                holds |= holds_part;
                likely |= part.code.is_some();
                fields.absorb(part);
            }
            _ => holds |= value(member, inside, found),
        }
        fields.take(key, member);
    }
    (fields, holds)
}

/// What an object says of itself.
#[derive(Default)]
struct Fields {
    /// Ids: `None` for one that is neither text nor number.
    texts: BTreeMap<&'static str, Option<String>>,
    /// `aggregationStatusCode`: whether it was met, and if so what it is; `Err` if it is no code.
    code: Option<Result<Option<Code>, ()>>,
    /// `code`, likewise.
    plain: Option<Result<Option<Code>, ()>>,
    message: bool,
    number: bool,
    success: Option<i64>,
    attempt: Option<i64>,
    refused: bool,
}

impl Fields {
    fn take(&mut self, key: &str, value: &Value) {
        const IDS: [&str; 5] = [
            "id",
            "accountId",
            "customerId",
            "institutionId",
            "institutionLoginId",
        ];
        let text = match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let code = || match (value, &text) {
            (Value::Null, _) => Ok(None),
            (_, Some(text)) => parse_code(text.as_bytes()).map(Some).map_err(|_| ()),
            _ => Err(()),
        };
        let date = || text.as_ref().and_then(|text| parse_date(text.as_bytes()));
        match key {
            "aggregationStatusCode" => self.code = Some(worse(Some(code()), self.code).unwrap()),
            "code" => self.plain = Some(code()),
            "message" => self.message = !value.is_null(),
            "number" => self.number |= !value.is_null(),
            "aggregationSuccessDate" => self.success = date().or(self.success),
            "aggregationAttemptDate" => self.attempt = date().or(self.attempt),
            _ => {
                let Some(key) = IDS.into_iter().find(|known| *known == key) else {
                    return;
                };
                if !value.is_null() {
                    self.refused |= text.is_none();
                    self.texts.insert(key, text);
                }
            }
        }
    }

    fn absorb(&mut self, part: Self) {
        for (key, text) in part.texts {
            self.texts.entry(key).or_insert(text);
        }
        self.code = worse(self.code, part.code);
        self.number |= part.number;
        self.success = self.success.or(part.success);
        self.attempt = self.attempt.or(part.attempt);
        self.refused |= part.refused;
    }

    /// Adds what the object was, if it was something; whether it was an account.
    fn decide(self, place: Where, holds: bool, found: &mut Vec<Outcome>) -> bool {
        let has = |key| self.texts.contains_key(key);
        let has_login = has("institutionLoginId") && (has("id") || has("accountId") || self.number);
        let is_account = self.code.is_some() || !holds && (has_login || place.in_accounts);
        if is_account {
            let code = self.code.or(self.plain).unwrap_or(Ok(None));
            found.push(if self.refused {
                Err(())
            } else {
                code.map(|code| self.account(code))
            });
            return true;
        }
        let has_code = self.plain.is_some_and(|plain| plain != Ok(None));
        if has_code && !holds && !place.in_likely && (self.message || place.in_error) {
            let code = self.plain.unwrap();
            found.push(if self.refused {
                Err(())
            } else {
                code.map(|code| Found {
                    code,
                    ..Found::default()
                })
            });
        }
        false
    }

    fn account(&self, code: Option<Code>) -> Found {
        let text = |key| self.texts.get(key).cloned().flatten();
        Found {
            id: text("id").or_else(|| text("accountId")),
            customer: text("customerId"),
            login: text("institutionLoginId"),
            code,
            success: self.success,
            attempt: self.attempt,
            line: 0,
        }
    }
}

type CodeField = Option<Result<Option<Code>, ()>>;

/// Of two codes for one account the one that is worse.
fn worse(own: CodeField, other: CodeField) -> CodeField {
    let rank = |field: CodeField| match field {
        Some(Err(())) => 4,
        Some(Ok(Some(1..))) => 3,
        Some(Ok(Some(0))) => 2,
        Some(Ok(None)) => 1,
        None => 0,
    };
    if rank(other) > rank(own) { other } else { own }
}
