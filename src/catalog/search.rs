//! Searches for entries by the names that people use, and by the messages that Connect shows.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use memchr::memmem;

use super::{Catalog, Entry};

/// How well an entry matches; more is better.
type Score = u8;

impl Catalog {
    /// Returns the entries that match every word of `text`, the best match first.
    ///
    /// A word matches the code, the beginning of any word of the entry, or a synonym such as "mfa"
    /// or "outage". Names, titles and synonyms count more than meanings and notes. A text without
    /// any word matches nothing.
    ///
    /// ```
    /// use statuscode::catalog::Catalog;
    ///
    /// let found = Catalog::built_in().search("mfa");
    /// assert_eq!(found.first().map(|entry| entry.code), Some(185));
    /// ```
    #[must_use]
    pub fn search(&self, text: &str) -> Vec<&Entry> {
        let query = normalize(text);
        let mut found: Vec<(Score, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((self.score(&query, entry)?, entry)))
            .collect();
        found.sort_by_key(|(score, entry)| (Reverse(*score), entry.standing, entry.code));
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Returns the entries of which `text` is a synonym, the name, or the title.
    ///
    /// ```
    /// use statuscode::catalog::Catalog;
    ///
    /// let found = Catalog::built_in().find_by_term("Duplicate");
    /// assert_eq!(found.first().map(|entry| entry.code), Some(169));
    /// assert!(Catalog::built_in().find_by_term("the customer has a duplicate").is_empty());
    /// ```
    #[must_use]
    pub fn find_by_term(&self, text: &str) -> Vec<&Entry> {
        let text = normalize(text);
        let matches = |entry: &&Entry| {
            text != NO_WORDS
                && (normalize(&entry.name) == text
                    || normalize(&entry.title) == text
                    || self.terms(entry).any(|term| term == text))
        };
        let mut found: Vec<&Entry> = self.entries.iter().filter(matches).collect();
        found.sort_by_key(|entry| (entry.standing, entry.code));
        found
    }

    /// Returns the synonyms of an entry, such as "mfa" or "outage".
    pub fn synonyms_of(&self, entry: &Entry) -> impl Iterator<Item = &str> {
        let synonyms = self.synonyms.iter().filter(|synonym| synonym.finds(entry));
        synonyms.flat_map(|synonym| &synonym.terms).map(String::as_str)
    }

    /// Returns the synonyms of an entry, normalized.
    fn terms(&self, entry: &Entry) -> impl Iterator<Item = String> {
        self.synonyms_of(entry).map(normalize)
    }

    /// Returns the entries with a documented Connect message that occurs in `text`, ascending by
    /// code.
    ///
    /// Case, punctuation and line breaks make no difference. The time is linear in the length of
    /// the text.
    ///
    /// ```
    /// use statuscode::catalog::Catalog;
    ///
    /// let ticket = "It says: The answer to your security question was incorrect!";
    /// let found = Catalog::built_in().find_by_message(ticket);
    /// assert_eq!(found.first().map(|entry| entry.code), Some(187));
    /// ```
    #[must_use]
    pub fn find_by_message(&self, text: &str) -> Vec<&Entry> {
        let text = normalize(text);
        // Many codes share a message, so each distinct message is searched for only once.
        let mut results = BTreeMap::new();
        let mut occurs = |message: &String| {
            let message = normalize(message);
            if message == NO_WORDS {
                return false;
            }
            *results.entry(message).or_insert_with_key(|message| {
                memmem::find(text.as_bytes(), message.as_bytes()).is_some()
            })
        };
        self.entries.iter().filter(|entry| entry.connect_messages.iter().any(&mut occurs)).collect()
    }

    /// Returns the score of the word that matches worst; `None` if a word does not match at all.
    fn score(&self, query: &str, entry: &Entry) -> Option<Score> {
        let synonyms: Vec<String> = self.terms(entry).collect();
        if synonyms.iter().any(|term| term == query) {
            return Some(SYNONYM);
        }
        let fields = Fields {
            names: normalize(&format!("{} {}", entry.name, entry.title)),
            synonyms: synonyms.concat(),
            body: normalize(
                &[entry.meaning.as_str(), &entry.required_action, &entry.customer_message]
                    .join(" "),
            ),
            notes: normalize(&entry.notes.join(" ")),
        };
        let code = entry.code.to_string();
        query.split_whitespace().map(|word| fields.score(word, &code)).min().flatten()
    }
}

/// A normalized text without words.
const NO_WORDS: &str = " ";

const CODE: Score = 6;
const SYNONYM: Score = 5;
const WHOLE_WORD_OF_NAME: Score = 4;
const PREFIX_IN_NAME: Score = 3;
const BODY: Score = 2;
const NOTE: Score = 1;

/// The fields of an entry, normalized.
struct Fields {
    names: String,
    synonyms: String,
    body: String,
    notes: String,
}

impl Fields {
    fn score(&self, word: &str, code: &str) -> Option<Score> {
        let whole = format!(" {word} ");
        let prefix = format!(" {word}");
        let checks = [
            (word == code, CODE),
            (self.synonyms.contains(&whole), SYNONYM),
            (self.names.contains(&whole), WHOLE_WORD_OF_NAME),
            (self.names.contains(&prefix), PREFIX_IN_NAME),
            (self.body.contains(&prefix), BODY),
            (self.notes.contains(&prefix), NOTE),
        ];
        checks.iter().find(|(matches, _)| *matches).map(|(_, score)| *score)
    }
}

/// Returns the words of a text in lower case, with one space before, between and after them, so
/// that a search for `" word "` finds whole words. Drops apostrophes, so that "bank's" and "banks"
/// are the same whichever apostrophe was typed.
fn normalize(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            words.push(character.to_ascii_lowercase());
        } else if character.is_alphanumeric() {
            words.extend(character.to_lowercase());
        } else if !matches!(character, '\'' | '’') && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_case_and_line_breaks_make_no_difference() {
        assert_eq!(normalize("Your bank’s\r\n site..."), " your banks site ");
        assert_eq!(normalize("..."), " ");
        assert_eq!(normalize(""), " ");
    }

    #[test]
    fn a_text_without_words_finds_nothing() {
        let catalog = Catalog::built_in();
        assert!(catalog.search("").is_empty());
        assert!(catalog.search(" - ").is_empty());
        assert!(catalog.find_by_message("").is_empty());
    }

    #[test]
    fn every_word_of_the_query_must_match() {
        let catalog = Catalog::built_in();
        let codes = |text: &str| -> Vec<u32> {
            let found = catalog.search(text);
            found.iter().map(|entry| entry.code).collect()
        };
        assert_eq!(codes("duplicate account").first(), Some(&169));
        assert!(codes("duplicate zebra").is_empty());
        assert_eq!(codes("185").first(), Some(&185));
    }
}
