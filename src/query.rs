//! The arguments of `explain`: codes, ranges, groups, names, and text that contains codes.
//!
//! | module | what it does |
//! |---|---|
//! | `list` | reads a text that is only numbers |
//! | `text` | finds key words in any other text, in linear time |
//! | `keyword`, `context` | a key word, and what it proves, from the words before it |
//! | `gap` | skips what stands between a key word and its number |
//! | `number` | tells a code from an amount, a date, or a count, and goes on in lists |
//! | `after`, `before` | read the numbers on either side of a key word |
//! | `words`, `fold` | the words of six languages, and how they are compared |

mod after;
mod before;
mod context;
mod fold;
mod gap;
mod keyword;
mod list;
mod number;
mod text;
mod words;

use std::collections::HashSet;

use list::ListReader;
use text::TextReader;

use crate::account::{Code, parse_code, parse_range};

/// What an argument means.
#[derive(Debug, PartialEq, Eq)]
pub enum Query {
    /// The text on standard input.
    Stdin,
    /// This code.
    Code(Code),
    /// All entries from the first to the last.
    Range(Code, Code),
    /// The entry with this name, or the codes in this text.
    Text,
}

/// Reads an argument.
#[must_use]
pub fn read(argument: &str) -> Query {
    let trimmed = argument.trim();
    if trimmed == "-" {
        return Query::Stdin;
    }
    if let Ok(code) = parse_code(trimmed.as_bytes()) {
        return Query::Code(code);
    }
    parse_range(trimmed)
        .or_else(|| group(trimmed))
        .map_or(Query::Text, |(first, last)| Query::Range(first, last))
}

/// `9xx`: every code with as many digits that begins with these.
fn group(text: &str) -> Option<(Code, Code)> {
    let digits = text.trim_end_matches(['x', 'X']);
    if digits.is_empty() || digits.len() == text.len() {
        return None;
    }
    let first = parse_code(digits.as_bytes()).ok()?;
    let span = Code::checked_pow(10, u32::try_from(text.len() - digits.len()).ok()?)?;
    let first = first.checked_mul(span)?;
    Some((first, first.checked_add(span - 1)?))
}

/// What a text mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mention {
    /// A code.
    Code(Code),
    /// All codes from the first to the last.
    Range(Code, Code),
}

/// What a text mentions, each once, in the order of the text.
#[derive(Debug, Default)]
pub struct Mentions {
    order: Vec<Mention>,
    known: HashSet<Mention>,
}

impl Mentions {
    /// Adds what is not there yet.
    pub fn add(&mut self, mention: Mention) {
        if self.known.insert(mention) {
            self.order.push(mention);
        }
    }

    /// Whether nothing is mentioned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The mentions.
    pub fn iter(&self) -> impl Iterator<Item = Mention> {
        self.order.iter().copied()
    }
}

/// Finds codes in a text that comes in pieces. However it is cut, the codes are the same.
///
/// In a text that is only numbers, all of them are codes. In any other, a code is a number with a
/// key word, such as "error code", before or after it.
#[derive(Debug)]
pub struct Finder {
    list: Option<ListReader>,
    text: TextReader,
    found: Mentions,
}

impl Default for Finder {
    fn default() -> Self {
        Self {
            list: Some(ListReader::default()),
            text: TextReader::default(),
            found: Mentions::default(),
        }
    }
}

impl Finder {
    /// Reads the next piece.
    pub fn push(&mut self, piece: &str) {
        if self.list.as_mut().is_some_and(|list| list.push(piece).is_none()) {
            self.list = None;
        }
        self.text.push(piece, &mut |mention| self.found.add(mention));
    }

    /// What the text mentions.
    #[must_use]
    pub fn finish(mut self) -> Mentions {
        if let Some(list) = self.list.and_then(ListReader::finish) {
            return list;
        }
        self.text.finish(&mut |mention| self.found.add(mention));
        self.found
    }
}

/// The codes in a text.
#[must_use]
pub fn codes_in(text: &str) -> Mentions {
    let mut finder = Finder::default();
    finder.push(text);
    finder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ranges_groups_and_texts_are_distinguished() {
        assert_eq!(read("185"), Query::Code(185));
        assert_eq!(read(" 0185 "), Query::Code(185));
        assert_eq!(read("920-929"), Query::Range(920, 929));
        assert_eq!(read("9xx"), Query::Range(900, 999));
        assert_eq!(read("10xX"), Query::Range(1000, 1099));
        assert_eq!(read("-"), Query::Stdin);
        for text in
            ["bad-credentials", "929-920", "xx", "x185", "18.5", "", "185-", "9xxxxxxxxxxxx"]
        {
            assert_eq!(read(text), Query::Text, "{text}");
        }
    }
}
