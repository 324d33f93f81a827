//! Quotes a query in a message, unless it could be private.

use crate::text::grouped;

/// The maximum length of a quoted query, in characters.
const MAX_LENGTH: usize = 40;
/// The maximum number of digits in a quoted query. A code has fewer, an account number more.
const MAX_DIGITS: usize = 6;

/// Returns a query to name it in a message, so that a typo stands out. A query that could be JSON,
/// a line of a log, or a number of an account or a phone is not quoted.
pub fn quote(query: &str) -> String {
    let length = query.chars().count();
    let is_plain = |character: char| {
        character.is_alphanumeric() || character.is_whitespace() || "-_./,!?".contains(character)
    };
    let digits = query.chars().filter(|character| character.is_numeric()).count();
    if query.trim().is_empty() {
        "an empty string".to_owned()
    } else if length <= MAX_LENGTH && digits <= MAX_DIGITS && query.chars().all(is_plain) {
        query.replace(char::is_whitespace, " ")
    } else {
        format!("a text of {} characters", grouped(length as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_are_quoted() {
        for query in
            ["bad-credential", "it failed 3 times on 185 Main Street", "logs/app.txt", "9xx?"]
        {
            assert_eq!(quote(query), query);
        }
        assert_eq!(quote("185\tError\n"), "185 Error ");
        assert_eq!(quote(" "), "an empty string");
    }

    #[test]
    fn a_text_that_could_have_private_data_is_not_quoted() {
        for query in [
            "{\"name\":\"Jane Roe\"}",
            "\"Jane Roe\"",
            "name=Jane",
            "name: Jane",
            "jane@example.com",
            "4111111",
            "4111 1111",
            "(555) 010-9999",
            "the account of Jane Roe could not be read",
            "Jane|Roe",
        ] {
            let length = query.chars().count();
            assert_eq!(quote(query), format!("a text of {length} characters"));
        }
    }
}
