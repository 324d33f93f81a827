//! Lists of codes: texts that consist of numbers only.

use super::words::{CONNECTORS, RANGE_WORDS, keyword_kind};
use super::{Mention, Mentions};
use crate::account::{Code, parse_code};

/// Reads a list of numbers and ranges in chunks: "185,187", "920-929 and 185", "185 and 103, status
/// 947".
#[derive(Debug, Default)]
pub struct ListReader {
    found: Mentions,
    /// The number or word that is currently being read.
    token: String,
    /// The last number, and how many digits it has. It is reported when it is clear that it does
    /// not begin a range.
    last: Option<(Code, usize)>,
    /// The separator between the last number and the next one.
    between: Between,
    /// What follows the last number so far.
    follower: Follower,
    /// Whether the last number ended a range.
    was_range: bool,
    has_words: bool,
    /// Whether any number other than 0 has fewer than three digits.
    has_short_numbers: bool,
}

/// The separator between two numbers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// Nothing yet.
    #[default]
    Nothing,
    /// A comma directly after the number, which three more digits would make a thousands separator.
    Comma,
    /// A slash, as in dates.
    Slash,
    /// A period, which ends a sentence.
    Period,
    /// A line break.
    Line,
    /// A keyword.
    Keyword,
    /// Spaces or other punctuation.
    Other,
    /// A dash, or a word such as "to".
    Range,
}

/// What follows a number.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Follower {
    /// Whitespace only.
    Blank,
    /// Keywords, which may have a number after them.
    Keyword,
    /// Other punctuation or words.
    #[default]
    Other,
}

/// The maximum length of a token.
const MAX_TOKEN: usize = 16;

impl ListReader {
    /// Reads the next chunk. Returns `None` if the text is not a list.
    pub fn push(&mut self, chunk: &str) -> Option<()> {
        chunk.chars().try_for_each(|character| self.read(character))
    }

    /// Returns the codes; `None` if the text is not a list.
    pub fn finish(mut self) -> Option<Mentions> {
        self.end_token()?;
        self.report_last();
        let is_prose = self.has_words && self.has_short_numbers;
        let is_open_range = self.between == Between::Range;
        (!is_prose && !is_open_range && !self.found.is_empty()).then_some(self.found)
    }

    fn read(&mut self, character: char) -> Option<()> {
        if character.is_ascii_alphanumeric() {
            let is_new_kind = self
                .token
                .starts_with(|first: char| first.is_ascii_digit() != character.is_ascii_digit());
            self.token.push(character.to_ascii_lowercase());
            return (!is_new_kind && self.token.len() <= MAX_TOKEN).then_some(());
        }
        let after_number = self.token.starts_with(|first: char| first.is_ascii_digit());
        let after_word = !self.token.is_empty() && !after_number;
        self.end_token()?;
        let ends = match self.follower {
            Follower::Blank => !character.is_whitespace(),
            Follower::Keyword => matches!(character, ',' | ';' | '|' | '&' | '+' | '/'),
            Follower::Other => false,
        };
        if ends {
            self.follower = Follower::Other;
        }
        self.between = match (character, self.between) {
            (_, Between::Range) if character.is_whitespace() => Between::Range,
            ('\n', now) if now != Between::Keyword => Between::Line,
            (',', Between::Nothing) if after_number => Between::Comma,
            ('/', Between::Nothing) if after_number => Between::Slash,
            ('.', Between::Nothing) if after_number => Between::Period,
            ('-' | '–', Between::Nothing | Between::Other)
                if self.last.is_some() && !self.was_range =>
            {
                Between::Range
            }
            // "ERR-185".
            (':' | '=' | '-', _) if after_word => Between::Other,
            (
                ' ' | '\n' | '\t' | '\r' | ',' | ';' | '|' | '&' | '+' | '/' | '#' | '"' | '\''
                | '(' | ')' | '[' | ']',
                now,
            ) if now != Between::Range => match now {
                Between::Line | Between::Keyword => now,
                _ => Between::Other,
            },
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
            return self.read_word(&token);
        }
        // "5001 code 103" has one code.
        if self.follower == Follower::Keyword {
            return None;
        }
        self.follower = Follower::Blank;
        let code = parse_code(token.as_bytes()).ok()?;
        let before = self.last.map_or(0, |(_, digits)| digits);
        let between = std::mem::take(&mut self.between);
        match between {
            Between::Nothing if self.last.is_some() => return None,
            // "1,850" is a number, "11/20/2026" a date, "18.5" a decimal.
            Between::Comma if before < 3 && token.len() == 3 && self.last?.0 > 0 => return None,
            Between::Slash if before < 3 || token.len() < 3 => return None,
            Between::Period => return None,
            Between::Range => {
                let (first, _) = self.last.take().filter(|(first, _)| *first <= code)?;
                self.found.add(Mention::Range(first, code));
                self.was_range = true;
            }
            _ => {
                self.report_last();
                self.was_range = false;
            }
        }
        self.has_short_numbers |= token.len() < 3 && code != 0;
        self.last = Some((code, token.len()));
        Some(())
    }

    fn read_word(&mut self, word: &str) -> Option<()> {
        // A text that begins with a keyword is not a list.
        let last = self.last?;
        self.has_words = true;
        let is_keyword =
            keyword_kind(word).is_some_and(|kind| !kind.is_plural && !kind.is_invariable);
        self.follower = match self.follower {
            Follower::Blank | Follower::Keyword if is_keyword => Follower::Keyword,
            _ => Follower::Other,
        };
        self.between = if RANGE_WORDS.contains(&word) && !self.was_range && last.1 > 2 {
            Between::Range
        } else if is_keyword {
            Between::Keyword
        } else if CONNECTORS.contains(&word) {
            Between::Other
        } else {
            return None;
        };
        Some(())
    }

    fn report_last(&mut self) {
        if let Some((code, _)) = self.last
            && !self.was_range
        {
            self.found.add(Mention::Code(code));
        }
    }
}
