//! The keys that the rule knows, in any spelling.

/// A key of an object, as the rule sees it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::input) enum Key {
    Id,
    AccountId,
    CustomerId,
    InstitutionId,
    InstitutionLoginId,
    Number,
    AggregationStatusCode,
    AggregationSuccessDate,
    AggregationAttemptDate,
    Code,
    Message,
    Title,
    UserMessage,
    Status,
    Type,
    Accounts,
    AccountDetails,
    BalanceDetails,
    Error,
    Errors,
    Institutions,
    Records,
    /// Any other key, or none (an element of an array, a document).
    #[default]
    Other,
}

/// Every known key: its name in messages, and in lower case.
const NAMES: [(Key, &str, &str); 22] = [
    (Key::Id, "id", "id"),
    (Key::AccountId, "accountId", "accountid"),
    (Key::CustomerId, "customerId", "customerid"),
    (Key::InstitutionId, "institutionId", "institutionid"),
    (Key::InstitutionLoginId, "institutionLoginId", "institutionloginid"),
    (Key::Number, "number", "number"),
    (Key::AggregationStatusCode, "aggregationStatusCode", "aggregationstatuscode"),
    (Key::AggregationSuccessDate, "aggregationSuccessDate", "aggregationsuccessdate"),
    (Key::AggregationAttemptDate, "aggregationAttemptDate", "aggregationattemptdate"),
    (Key::Code, "code", "code"),
    (Key::Message, "message", "message"),
    (Key::Title, "title", "title"),
    (Key::UserMessage, "userMessage", "usermessage"),
    (Key::Status, "status", "status"),
    (Key::Type, "type", "type"),
    (Key::Accounts, "accounts", "accounts"),
    (Key::AccountDetails, "accountDetails", "accountdetails"),
    (Key::BalanceDetails, "balanceDetails", "balancedetails"),
    (Key::Error, "error", "error"),
    (Key::Errors, "errors", "errors"),
    (Key::Institutions, "institutions", "institutions"),
    (Key::Records, "records", "records"),
];

/// The length of the longest name, in bytes.
const LONGEST: usize = 22;

impl Key {
    /// Returns the key with this name: in camel case, snake case, kebab case, and any letter case.
    pub(super) fn named(name: &[u8]) -> Self {
        let mut folded = [0; LONGEST];
        let mut length = 0;
        for (index, &byte) in name.iter().enumerate() {
            if matches!(byte, b'_' | b'-') {
                // A separator must be between letters: `_id` is not `id`.
                let neighbors = [index.checked_sub(1), Some(index + 1)];
                let is_letter = |at: Option<usize>| {
                    at.and_then(|at| name.get(at)).is_some_and(u8::is_ascii_alphabetic)
                };
                if !neighbors.into_iter().all(is_letter) {
                    return Self::Other;
                }
            } else if length == LONGEST {
                return Self::Other;
            } else {
                folded[length] = byte.to_ascii_lowercase();
                length += 1;
            }
        }
        let folded = &folded[..length];
        NAMES
            .iter()
            .find(|(_, _, known)| known.as_bytes() == folded)
            .map_or(Self::Other, |(key, _, _)| *key)
    }

    /// Returns the name for messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Other => "",
            key => NAMES[key as usize].1,
        }
    }

    /// The number of keys whose value is an id; they come first.
    pub(super) const IDS: usize = 5;

    /// Returns the index of this key among the ids of an object, if it is the key of an id.
    #[inline(always)]
    pub(super) const fn id_index(self) -> Option<usize> {
        let index = self as usize;
        if index < Self::IDS { Some(index) } else { None }
    }

    /// Returns this key's bit in a set of keys.
    #[inline(always)]
    pub(super) const fn bit(self) -> u32 {
        1 << self as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_known_in_every_spelling() {
        for (index, (key, name, lower)) in NAMES.into_iter().enumerate() {
            assert_eq!(key as usize, index, "{name}");
            assert!(lower.len() <= LONGEST && lower == name.to_ascii_lowercase(), "{name}");
            let mut snake = String::new();
            for letter in name.chars() {
                if letter.is_ascii_uppercase() {
                    snake.push('_');
                }
                snake.push(letter.to_ascii_lowercase());
            }
            let kebab = snake.replace('_', "-");
            let mut pascal = name.to_owned();
            pascal[..1].make_ascii_uppercase();
            for spelling in [name, lower, &snake, &kebab, &pascal, &snake.to_uppercase()] {
                assert_eq!(Key::named(spelling.as_bytes()), key, "{spelling}");
            }
        }
    }

    #[test]
    fn similar_names_are_not_keys() {
        for name in [
            "",
            "_id",
            "id_",
            "__id",
            "customer__id",
            "customer id",
            "account",
            "ids",
            "_",
            "-",
            "aggregationStatusCodes",
            "aggregation.status.code",
            "i\u{0434}",
        ] {
            assert_eq!(Key::named(name.as_bytes()), Key::Other, "{name}");
        }
    }
}
