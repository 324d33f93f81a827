//! Parses the arguments of `explain`: codes, ranges, patterns, names, and text that contains codes.
//!
//! | module | what it does |
//! |---|---|
//! | `escapes` | replaces ANSI escapes with blanks |
//! | `list` | parses a text that consists of numbers only |
//! | `text` | finds keywords in any other text, in linear time |
//! | `keyword`, `context` | recognize a keyword, and how strong it is as evidence for a code |
//! | `gap` | skips punctuation and small words between a keyword and its number |
//! | `number` | tells a code from an amount or a date, and continues lists |
//! | `count` | tells a code from a count by what follows |
//! | `after`, `before` | read the numbers after and before a keyword |
//! | `words`, `fold` | list the words of six languages, and compare them |

mod after;
mod before;
mod context;
mod count;
mod escapes;
mod fold;
mod gap;
mod keyword;
mod list;
mod number;
mod text;
mod words;

use std::collections::HashSet;

use escapes::EscapeFilter;
use list::ListReader;
use text::TextReader;

use crate::account::{Code, parse_code, parse_range};

/// The meaning of an argument.
#[derive(Debug, PartialEq, Eq)]
pub enum Query {
    /// The text on standard input.
    Stdin,
    /// A code.
    Code(Code),
    /// All codes from the first to the last.
    Range(Code, Code),
    /// The entry with this name, or the codes in this text.
    Text,
}

/// Parses an argument.
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
        .or_else(|| pattern(trimmed))
        .map_or(Query::Text, |(first, last)| Query::Range(first, last))
}

/// Parses a pattern such as `9xx`, and returns the first and last code that match it.
fn pattern(text: &str) -> Option<(Code, Code)> {
    let digits = text.trim_end_matches(['x', 'X']);
    if digits.len() == text.len() || !digits.ends_with(|last: char| last.is_ascii_digit()) {
        return None;
    }
    let first = parse_code(digits.as_bytes()).ok()?;
    let span = Code::checked_pow(10, u32::try_from(text.len() - digits.len()).ok()?)?;
    let first = first.checked_mul(span)?;
    Some((first, first.checked_add(span - 1)?))
}

/// A code or a range of codes that a text mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mention {
    /// A code.
    Code(Code),
    /// All codes from the first to the last.
    Range(Code, Code),
}

/// The codes and ranges that a text mentions, each once, in the order of the text.
#[derive(Debug, Default)]
pub struct Mentions {
    order: Vec<Mention>,
    known: HashSet<Mention>,
}

impl Mentions {
    /// Adds a mention, unless it is already there.
    pub fn add(&mut self, mention: Mention) {
        if self.known.insert(mention) {
            self.order.push(mention);
        }
    }

    /// Returns whether nothing is mentioned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Returns the mentions in order.
    pub fn iter(&self) -> impl Iterator<Item = Mention> {
        self.order.iter().copied()
    }
}

/// Finds codes in a text that arrives in chunks. Where it is cut makes no difference.
///
/// If the text consists of numbers only, all of them are codes. In any other text, a code is a
/// number with a keyword, such as "error code", before or after it. ANSI escapes are blanks.
#[derive(Debug)]
pub struct Finder {
    escapes: EscapeFilter,
    list: Option<ListReader>,
    text: TextReader,
    found: Mentions,
}

impl Default for Finder {
    fn default() -> Self {
        Self {
            escapes: EscapeFilter::default(),
            list: Some(ListReader::default()),
            text: TextReader::default(),
            found: Mentions::default(),
        }
    }
}

impl Finder {
    /// Adds the next chunk.
    pub fn push(&mut self, chunk: &str) {
        let chunk = self.escapes.push(chunk);
        self.push_clean(&chunk);
    }

    fn push_clean(&mut self, chunk: &str) {
        if self.list.as_mut().is_some_and(|list| list.push(chunk).is_none()) {
            self.list = None;
        }
        self.text.push(chunk, &mut |mention| self.found.add(mention));
    }

    /// Ends the text, and returns the codes that it mentions.
    #[must_use]
    pub fn finish(mut self) -> Mentions {
        let rest = std::mem::take(&mut self.escapes).finish();
        self.push_clean(&rest);
        if let Some(list) = self.list.and_then(ListReader::finish) {
            return list;
        }
        self.text.finish(&mut |mention| self.found.add(mention));
        self.found
    }
}

/// Returns the codes that a text mentions.
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
    fn codes_ranges_patterns_and_text_are_distinguished() {
        assert_eq!(read("185"), Query::Code(185));
        assert_eq!(read(" 0185 "), Query::Code(185));
        assert_eq!(read("920-929"), Query::Range(920, 929));
        assert_eq!(read("9xx"), Query::Range(900, 999));
        assert_eq!(read("10xX"), Query::Range(1000, 1099));
        assert_eq!(read("-"), Query::Stdin);
        for text in [
            "bad-credentials",
            "929-920",
            "xx",
            "x185",
            "18.5",
            "",
            "185-",
            "9xxxxxxxxxxxx",
            "9 xx",
        ] {
            assert_eq!(read(text), Query::Text, "{text}");
        }
    }
}
