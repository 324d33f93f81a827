//! Key words in a text: "error", "code", `aggregationStatusCode`.

use super::fold::{first_part, is_letter};
use super::words::{ABBREVIATIONS, Head, head};

/// A key word where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Keyword<'t> {
    /// What comes before it.
    pub before: &'t str,
    /// What it says.
    pub head: Head,
    /// Whether a full stop can belong to it.
    pub is_abbreviation: bool,
    /// What follows it.
    pub after: &'t str,
}

/// The key word that has a stem at `at`; `None` if the word is another one.
pub fn at(text: &str, at: usize) -> Option<Keyword<'_>> {
    let parse = |start: usize| {
        let (word, length) = first_part(&text[start..]);
        head(word.as_str()).map(|head| (start, word, length, head))
    };
    // "estado" has its stem in the middle.
    let is_inside = text[at..].starts_with(['s', 'S']) && text[..at].ends_with(['e', 'E']);
    let (start, word, length, head) =
        parse(at).or_else(|| is_inside.then(|| parse(at - 1)).flatten())?;
    let after = &text[start + length..];
    let mut next = after.chars();
    let goes_on = match next.next() {
        Some('_' | '-') => next.next().is_some_and(is_letter),
        Some(character) => is_letter(character),
        None => false,
    };
    // "code(s)".
    let plural = after.strip_prefix("(s)");
    (!goes_on).then(|| Keyword {
        before: &text[..start],
        head: Head { is_plural: head.is_plural || plural.is_some(), ..head },
        is_abbreviation: word.is_in(ABBREVIATIONS),
        after: plural.unwrap_or(after),
    })
}
