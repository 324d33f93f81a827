//! Keywords in a text: "error", "code", `aggregationStatusCode`.

use super::fold::{first_part, is_letter};
use super::words::{ABBREVIATIONS, KeywordKind, keyword_kind};

/// A keyword in its text.
#[derive(Debug, Clone, Copy)]
pub struct Keyword<'t> {
    /// The text before it.
    pub before: &'t str,
    /// Its kind.
    pub kind: KeywordKind,
    /// Whether a period after it can be part of it.
    pub is_abbreviation: bool,
    /// The text after it.
    pub after: &'t str,
}

/// Returns the keyword whose stem is at byte `at`; `None` if the word there is not a keyword.
pub fn at(text: &str, at: usize) -> Option<Keyword<'_>> {
    let parse = |start: usize| {
        let (word, length) = first_part(&text[start..]);
        keyword_kind(word.as_str()).map(|kind| (start, word, length, kind))
    };
    // "estado" has its stem in the middle.
    let is_inside = text[at..].starts_with(['s', 'S']) && text[..at].ends_with(['e', 'E']);
    let (start, word, length, kind) =
        parse(at).or_else(|| is_inside.then(|| parse(at - 1)).flatten())?;
    let after = &text[start + length..];
    let mut next = after.chars();
    let continues = match next.next() {
        Some('_' | '-') => next.next().is_some_and(is_letter),
        Some(character) => is_letter(character),
        None => false,
    };
    // "code(s)".
    let plural = after.strip_prefix("(s)");
    (!continues).then(|| Keyword {
        before: &text[..start],
        kind: KeywordKind { is_plural: kind.is_plural || plural.is_some(), ..kind },
        is_abbreviation: word.is_in(ABBREVIATIONS),
        after: plural.unwrap_or(after),
    })
}
