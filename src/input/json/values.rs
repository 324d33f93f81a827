//! Values: scalars are handed over, arrays and objects are opened.

use std::borrow::Cow;

use super::lexer::{self, Scan};
use super::parser::{LongString, Parser, State, Step, is_held};
use super::text::{begins_as_json, unescape};
use super::{Container, Handler, MAX_DEPTH, MAX_TOKEN, Piece, Scalar, Source, SyntaxError};

impl<K: Copy + Eq + Default> Parser<K> {
    /// Takes the value that begins with `byte` at `at`.
    #[inline(always)]
    pub(super) fn value<H: Handler<Key = K>>(
        &mut self,
        key: K,
        byte: u8,
        bytes: Source<'_>,
        at: usize,
        last: bool,
        handler: &mut H,
    ) -> Step {
        match byte {
            b'"' => self.string(key, bytes, at, last, handler),
            b'-' | b'0'..=b'9' => self.number(key, bytes, at, last, handler),
            b'{' => self.open(key, Container::Object, bytes, at, handler),
            b'[' => self.open(key, Container::Array, bytes, at, handler),
            b't' => self.word(key, (b"true", &Scalar::Boolean), bytes, at, last, handler),
            b'f' => self.word(key, (b"false", &Scalar::Boolean), bytes, at, last, handler),
            b'n' => self.word(key, (b"null", &Scalar::Null), bytes, at, last, handler),
            found => {
                let expected =
                    if self.state == State::ElementOrEnd { "a value or ']'" } else { "a value" };
                self.fail(at, SyntaxError::Unexpected { found, expected })
            }
        }
    }

    #[inline(always)]
    fn string<H: Handler<Key = K>>(
        &mut self,
        key: K,
        bytes: Source<'_>,
        at: usize,
        last: bool,
        handler: &mut H,
    ) -> Step {
        let mut escaped = false;
        match lexer::string(self.level, &bytes, at + 1, &mut escaped) {
            Scan::End(end) => {
                let body = &bytes[at + 1..end];
                if key != K::default() {
                    let text = if body.len() > MAX_TOKEN {
                        None
                    } else if escaped {
                        unescape(body).map(Cow::Owned)
                    } else {
                        Some(Cow::Borrowed(body))
                    };
                    handler.scalar(key, &Scalar::Text(text), (at + 1, end), self.spot(at));
                }
                if begins_as_json(body) {
                    handler.json_text(body, Piece::WHOLE, bytes, self.spot(at));
                }
                self.state = self.after_value(bytes, handler);
                Step::To(end + 1)
            }
            Scan::Short(_) if last || is_held(bytes.len() - at) => Step::Short,
            Scan::Short(valid) => {
                let body = &bytes[at + 1..valid];
                let json = begins_as_json(body);
                if json {
                    let first = Piece { first: true, last: false };
                    handler.json_text(body, first, bytes, self.spot(at));
                }
                let from = self.lines.position(at).offset;
                self.state = State::LongString;
                self.long = LongString::Value { key, json, from };
                Step::To(valid)
            }
            Scan::Bad(place, error) => self.fail(place, error),
        }
    }

    #[inline(always)]
    fn number<H: Handler<Key = K>>(
        &mut self,
        key: K,
        bytes: Source<'_>,
        at: usize,
        last: bool,
        handler: &mut H,
    ) -> Step {
        match lexer::number(&bytes, at, last) {
            Scan::End(end) if end - at > MAX_TOKEN => self.fail(at, SyntaxError::LongNumber),
            Scan::End(end) => {
                if key != K::default() {
                    let number = Scalar::Number(&bytes[at..end]);
                    handler.scalar(key, &number, (at, end), self.spot(at));
                }
                self.state = self.after_bare(bytes, end, handler);
                Step::To(end)
            }
            Scan::Short(_) if bytes.len() - at > MAX_TOKEN => {
                self.fail(at, SyntaxError::LongNumber)
            }
            Scan::Short(_) => Step::Short,
            Scan::Bad(place, _) if place - at > MAX_TOKEN => self.fail(at, SyntaxError::LongNumber),
            Scan::Bad(place, _) if place == bytes.len() => {
                self.fail(place, SyntaxError::Unfinished)
            }
            Scan::Bad(place, error) => self.fail(place, error),
        }
    }

    fn word<H: Handler<Key = K>>(
        &mut self,
        key: K,
        (word, value): (&[u8], &Scalar<'_>),
        bytes: Source<'_>,
        at: usize,
        last: bool,
        handler: &mut H,
    ) -> Step {
        let rest = &bytes[at..];
        if rest.starts_with(word) {
            let end = at + word.len();
            if key != K::default() {
                handler.scalar(key, value, (at, end), self.spot(at));
            }
            self.state = self.after_bare(bytes, end, handler);
            return Step::To(end);
        }
        if word.starts_with(rest) && !last {
            return Step::Short;
        }
        let same = rest.iter().zip(word).take_while(|(a, b)| a == b).count();
        match rest.get(same) {
            Some(&found) => self.fail(
                at + same,
                SyntaxError::Unexpected { found, expected: "true, false or null" },
            ),
            None => self.fail(at + same, SyntaxError::Unfinished),
        }
    }

    fn open<H: Handler<Key = K>>(
        &mut self,
        key: K,
        container: Container,
        bytes: Source<'_>,
        at: usize,
        handler: &mut H,
    ) -> Step {
        if self.depth() == MAX_DEPTH {
            return self.fail(at, SyntaxError::TooDeep);
        }
        handler.open(key, container, bytes, self.lines.position(at));
        self.levels.push(container);
        self.state = match container {
            Container::Object => State::NameOrEnd,
            Container::Array => State::ElementOrEnd,
        };
        Step::To(at + 1)
    }

    #[inline(always)]
    pub(super) fn after_value<H: Handler<Key = K>>(
        &self,
        bytes: Source<'_>,
        handler: &mut H,
    ) -> State<K> {
        if self.levels.is_empty() {
            handler.end_document(bytes);
            State::Between
        } else {
            State::AfterValue
        }
    }

    /// After a number or a word, which have no closing character of their own.
    #[inline(always)]
    fn after_bare<H: Handler<Key = K>>(
        &mut self,
        bytes: Source<'_>,
        end: usize,
        handler: &mut H,
    ) -> State<K> {
        if self.levels.is_empty() {
            self.scalar_end = self.lines.position(end).offset;
        }
        self.after_value(bytes, handler)
    }

    /// Goes on inside a long string; `None` when the bytes end before it does.
    pub(super) fn long_string<H: Handler<Key = K>>(
        &mut self,
        bytes: Source<'_>,
        at: usize,
        last: bool,
        handler: &mut H,
    ) -> Option<usize> {
        let string = self.long;
        let (valid, ended) = match lexer::string(self.level, &bytes, at, &mut false) {
            Scan::End(end) => (end, true),
            Scan::Short(valid) => (valid, false),
            Scan::Bad(place, error) => {
                self.fail(place, error);
                return Some(self.break_document(bytes, at, handler));
            }
        };
        if let LongString::Value { key, json, from } = string {
            if json {
                let piece = Piece { first: false, last: ended };
                handler.json_text(&bytes[at..valid], piece, bytes, self.spot_of(from));
            }
            if ended && key != K::default() {
                handler.scalar(key, &Scalar::Text(None), (at, valid), self.spot_of(from));
            }
        }
        if ended {
            self.state = match string {
                LongString::Name => State::Colon(K::default()),
                LongString::Value { .. } => self.after_value(bytes, handler),
            };
            return Some(valid + 1);
        }
        (valid > at && !last).then_some(valid)
    }
}
