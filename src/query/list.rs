//! Texts that are only numbers: lists of codes.

use super::words::{CONNECTORS, RANGE_WORDS, head};
use super::{Mention, Mentions};
use crate::account::{Code, parse_code};

/// Reads a text of numbers, ranges, and nothing else but what separates them, piece by piece:
/// "185,187", "920-929 and 185", "185 and 103, status 947".
#[derive(Debug, Default)]
pub struct ListReader {
    found: Mentions,
    /// The number or word that is being read.
    token: String,
    /// The last number, until it is known whether a range begins with it.
    last: Option<(Code, usize)>,
    /// What stands between the last number and the next one.
    between: Between,
    /// Whether the last number ended a range.
    was_range: bool,
    has_words: bool,
    has_short: bool,
}

/// What stands between two numbers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// Nothing yet.
    #[default]
    Nothing,
    /// A comma directly after the number, so that three digits would make it a thousand.
    Comma,
    /// A slash, as in dates.
    Slash,
    /// A full stop, which ends a sentence.
    Stop,
    /// A line break.
    Line,
    /// Blanks or other signs.
    Other,
    /// A dash, or a word that makes a range.
    Range,
}

/// Letters and digits of the longest token.
const LONGEST: usize = 16;

impl ListReader {
    /// Reads the next piece; `None` if the text is something else.
    pub fn push(&mut self, piece: &str) -> Option<()> {
        piece.chars().try_for_each(|character| self.read(character))
    }

    /// The codes; `None` if the text is something else.
    pub fn finish(mut self) -> Option<Mentions> {
        self.end_token()?;
        self.tell_last();
        let is_prose = self.has_words && self.has_short;
        let is_open = self.between == Between::Range;
        (!is_prose && !is_open && !self.found.is_empty()).then_some(self.found)
    }

    fn read(&mut self, character: char) -> Option<()> {
        if character.is_ascii_alphanumeric() {
            let is_new_kind = self
                .token
                .starts_with(|first: char| first.is_ascii_digit() != character.is_ascii_digit());
            self.token.push(character.to_ascii_lowercase());
            return (!is_new_kind && self.token.len() <= LONGEST).then_some(());
        }
        let after_number = self.token.starts_with(|first: char| first.is_ascii_digit());
        let after_word = !self.token.is_empty() && !after_number;
        self.end_token()?;
        self.between = match (character, self.between) {
            (_, Between::Range) if character.is_whitespace() => Between::Range,
            ('\n', _) => Between::Line,
            (',', Between::Nothing) if after_number => Between::Comma,
            ('/', Between::Nothing) if after_number => Between::Slash,
            ('.', Between::Nothing) if after_number => Between::Stop,
            ('-' | '–', Between::Nothing | Between::Other)
                if self.last.is_some() && !self.was_range =>
            {
                Between::Range
            }
            // "ERR-185".
            (':' | '=' | '-', _) if after_word => Between::Other,
            (
                ' ' | '\t' | '\r' | ',' | ';' | '|' | '&' | '+' | '/' | '#' | '"' | '\'' | '('
                | ')' | '[' | ']',
                now,
            ) if now != Between::Range => {
                if now == Between::Line {
                    Between::Line
                } else {
                    Between::Other
                }
            }
            _ => return None,
        };
        Some(())
    }

    fn end_token(&mut self) -> Option<()> {
        let token = std::mem::take(&mut self.token);
        if token.is_empty() {
            return Some(());
        }
        if !token.starts_with(|first: char| first.is_ascii_digit()) {
            return self.word(&token);
        }
        let code = parse_code(token.as_bytes()).ok()?;
        let before = self.last.map_or(0, |(_, digits)| digits);
        let between = std::mem::take(&mut self.between);
        match between {
            Between::Nothing if self.last.is_some() => return None,
            // "1,850" is a number, "11/20/2026" a date, "18.5" a decimal.
            Between::Comma if before < 3 && token.len() == 3 && self.last?.0 > 0 => return None,
            Between::Slash if before < 3 || token.len() < 3 => return None,
            Between::Stop => return None,
            Between::Range => {
                let (first, _) = self.last.take().filter(|(first, _)| *first <= code)?;
                self.found.add(Mention::Range(first, code));
                self.was_range = true;
            }
            _ => {
                self.tell_last();
                self.was_range = false;
            }
        }
        self.has_short |= token.len() < 3 && code != 0;
        self.last = Some((code, token.len()));
        Some(())
    }

    fn word(&mut self, word: &str) -> Option<()> {
        // A text that begins with a key word is read like any other.
        let last = self.last?;
        self.has_words = true;
        let key = head(word).is_some_and(|head| !head.is_plural);
        self.between = if RANGE_WORDS.contains(&word) && !self.was_range && last.1 > 2 {
            Between::Range
        } else if CONNECTORS.contains(&word) || key {
            Between::Other
        } else {
            return None;
        };
        Some(())
    }

    fn tell_last(&mut self) {
        if let Some((code, _)) = self.last
            && !self.was_range
        {
            self.found.add(Mention::Code(code));
        }
    }
}
