//! Values: passes scalars to the handler, and opens arrays and objects.

use std::borrow::Cow;

use super::lexer::{self, Scan};
use super::parser::{LongString, State, Step, is_held};
use super::run::Run;
use super::text::{begins_as_json, unescape};
use super::{ChunkPosition, Container, Handler, MAX_DEPTH, MAX_TOKEN, Scalar, SyntaxError};

impl<H: Handler> Run<'_, '_, H> {
    /// Parses the value that begins with `byte` at `at`.
    #[inline(always)]
    pub(super) fn value(&mut self, key: H::Key, byte: u8, at: usize) -> Step {
        match byte {
            b'"' => self.string(key, at),
            b'-' | b'0'..=b'9' => self.number(key, at),
            b'{' => self.open(key, Container::Object, at),
            b'[' => self.open(key, Container::Array, at),
            b't' => self.literal(key, (b"true", &Scalar::Boolean), at),
            b'f' => self.literal(key, (b"false", &Scalar::Boolean), at),
            b'n' => self.literal(key, (b"null", &Scalar::Null), at),
            found => {
                let expected = if self.parser.state == State::ElementOrEnd {
                    "a value or ']'"
                } else {
                    "a value"
                };
                self.parser.fail(at, SyntaxError::Unexpected { found, expected })
            }
        }
    }

    #[inline(always)]
    fn string(&mut self, key: H::Key, at: usize) -> Step {
        let mut escaped = false;
        match lexer::string(self.parser.level, &self.bytes, at + 1, &mut escaped) {
            Scan::End(end) => {
                let body = &self.bytes[at + 1..end];
                if key != H::Key::default() {
                    let text = if body.len() > MAX_TOKEN {
                        None
                    } else if escaped {
                        unescape(body).map(Cow::Owned)
                    } else {
                        Some(Cow::Borrowed(body))
                    };
                    self.handler.scalar(
                        key,
                        &Scalar::Text(text),
                        (at + 1, end),
                        self.parser.spot(at),
                    );
                }
                if begins_as_json(body) {
                    self.handler.json_text(
                        body,
                        ChunkPosition::WHOLE,
                        self.bytes,
                        self.parser.spot(at),
                    );
                }
                self.parser.state = self.after_value();
                Step::To(end + 1)
            }
            Scan::Short(_) if self.last || is_held(self.bytes.len() - at) => Step::Short,
            Scan::Short(valid) => {
                let body = &self.bytes[at + 1..valid];
                let json = begins_as_json(body);
                if json {
                    let first = ChunkPosition { first: true, last: false };
                    self.handler.json_text(body, first, self.bytes, self.parser.spot(at));
                }
                let from = self.parser.lines.position(at).offset;
                self.parser.state = State::LongString;
                self.parser.long = LongString::Value { key, json, from };
                Step::To(valid)
            }
            Scan::Bad(place, error) => self.parser.fail(place, error),
        }
    }

    #[inline(always)]
    fn number(&mut self, key: H::Key, at: usize) -> Step {
        match lexer::number(&self.bytes, at, self.last) {
            Scan::End(end) if end - at > MAX_TOKEN => self.parser.fail(at, SyntaxError::LongNumber),
            Scan::End(end) => {
                if key != H::Key::default() {
                    let number = Scalar::Number(&self.bytes[at..end]);
                    self.handler.scalar(key, &number, (at, end), self.parser.spot(at));
                }
                self.parser.state = self.after_bare(end);
                Step::To(end)
            }
            Scan::Short(_) if self.bytes.len() - at > MAX_TOKEN => {
                self.parser.fail(at, SyntaxError::LongNumber)
            }
            Scan::Short(_) => Step::Short,
            Scan::Bad(place, _) if place - at > MAX_TOKEN => {
                self.parser.fail(at, SyntaxError::LongNumber)
            }
            Scan::Bad(place, _) if place == self.bytes.len() => {
                self.parser.fail(place, SyntaxError::Unfinished)
            }
            Scan::Bad(place, error) => self.parser.fail(place, error),
        }
    }

    fn literal(&mut self, key: H::Key, (literal, value): (&[u8], &Scalar<'_>), at: usize) -> Step {
        let rest = &self.bytes[at..];
        if rest.starts_with(literal) {
            let end = at + literal.len();
            if key != H::Key::default() {
                self.handler.scalar(key, value, (at, end), self.parser.spot(at));
            }
            self.parser.state = self.after_bare(end);
            return Step::To(end);
        }
        if literal.starts_with(rest) && !self.last {
            return Step::Short;
        }
        let same = rest.iter().zip(literal).take_while(|(a, b)| a == b).count();
        match rest.get(same) {
            Some(&found) => self.parser.fail(
                at + same,
                SyntaxError::Unexpected { found, expected: "true, false, or null" },
            ),
            None => self.parser.fail(at + same, SyntaxError::Unfinished),
        }
    }

    fn open(&mut self, key: H::Key, container: Container, at: usize) -> Step {
        if self.parser.depth() == MAX_DEPTH {
            return self.parser.fail(at, SyntaxError::TooDeep);
        }
        self.handler.open(key, container, self.bytes, self.parser.lines.position(at));
        self.parser.levels.push(container);
        self.parser.state = match container {
            Container::Object => State::NameOrEnd,
            Container::Array => State::ElementOrEnd,
        };
        Step::To(at + 1)
    }

    #[inline(always)]
    pub(super) fn after_value(&mut self) -> State<H::Key> {
        if self.parser.levels.is_empty() {
            self.handler.end_document(self.bytes);
            State::Between
        } else {
            State::AfterValue
        }
    }

    /// Returns the state after a number or a literal, which has no closing character.
    #[inline(always)]
    fn after_bare(&mut self, end: usize) -> State<H::Key> {
        if self.parser.levels.is_empty() {
            self.parser.scalar_end = self.parser.lines.position(end).offset;
        }
        self.after_value()
    }

    /// Continues inside a long string. Returns `None` if the bytes end first.
    pub(super) fn long_string(&mut self, at: usize) -> Option<usize> {
        let string = self.parser.long;
        let (valid, ended) = match lexer::string(self.parser.level, &self.bytes, at, &mut false) {
            Scan::End(end) => (end, true),
            Scan::Short(valid) => (valid, false),
            Scan::Bad(place, error) => {
                self.parser.fail(place, error);
                return Some(self.break_document(at));
            }
        };
        if let LongString::Value { key, json, from } = string {
            if json {
                let position = ChunkPosition { first: false, last: ended };
                self.handler.json_text(
                    &self.bytes[at..valid],
                    position,
                    self.bytes,
                    self.parser.spot_of(from),
                );
            }
            if ended && key != H::Key::default() {
                self.handler.scalar(
                    key,
                    &Scalar::Text(None),
                    (at, valid),
                    self.parser.spot_of(from),
                );
            }
        }
        if ended {
            self.parser.state = match string {
                LongString::Name => State::Colon(H::Key::default()),
                LongString::Value { .. } => self.after_value(),
            };
            return Some(valid + 1);
        }
        (valid > at && !self.last).then_some(valid)
    }
}
