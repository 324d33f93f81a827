//! What may come next, and what comes: the grammar of JSON, one token at a time.

use super::lexer::{self, Scan};
use super::parser::{LongString, State, Step, is_held};
use super::run::Run;
use super::text::unescape;
use super::{Container, Handler, MAX_TOKEN, SyntaxError};

impl<H: Handler> Run<'_, '_, H> {
    /// Takes the token that begins at `at`.
    #[inline(always)]
    pub(super) fn token(&mut self, state: State<H::Key>, byte: u8, at: usize) -> Step {
        let expected = match state {
            State::Name | State::NameOrEnd => {
                if byte == b'"' {
                    let next = self.members(at);
                    return if next > at { Step::To(next) } else { self.name(at) };
                }
                if byte == b'}' && state == State::NameOrEnd {
                    return Step::To(self.close(at));
                }
                if state == State::Name {
                    "a key in double quotes"
                } else {
                    "a key in double quotes or '}'"
                }
            }
            State::Colon(key) => {
                if byte == b':' {
                    self.parser.state = State::Value(key);
                    return Step::To(at + 1);
                }
                "':'"
            }
            State::AfterValue => {
                let in_object = self.parser.levels.last() == Some(&Container::Object);
                match byte {
                    b',' => {
                        self.parser.state =
                            if in_object { State::Name } else { State::Value(H::Key::default()) };
                        return Step::To(at + 1);
                    }
                    b'}' if in_object => return Step::To(self.close(at)),
                    b']' if !in_object => return Step::To(self.close(at)),
                    _ if in_object => "',' or '}'",
                    _ => "',' or ']'",
                }
            }
            State::ElementOrEnd if byte == b']' => {
                return Step::To(self.close(at));
            }
            State::Value(key) => return self.value(key, byte, at),
            State::Between => return self.begin_document(byte, at),
            _ => return self.value(H::Key::default(), byte, at),
        };
        self.parser.fail(at, SyntaxError::Unexpected { found: byte, expected })
    }

    fn begin_document(&mut self, byte: u8, at: usize) -> Step {
        self.parser.begin_document(at);
        let touches_scalar = self.parser.document.offset == self.parser.scalar_end;
        if touches_scalar && !matches!(byte, b'{' | b'[' | b'"') {
            let expected = "white space between documents";
            return self.parser.fail(at, SyntaxError::Unexpected { found: byte, expected });
        }
        match byte {
            0xef => match self.parser.byte_order_mark(&self.bytes, at, self.last) {
                Step::Broken => {}
                step => return step,
            },
            0xff | 0xfe => return self.parser.fail(at, SyntaxError::Utf16),
            _ => {}
        }
        self.value(H::Key::default(), byte, at)
    }

    /// Closes the innermost array or object, whose last byte is at `at`; returns the index after
    /// it.
    #[inline(always)]
    fn close(&mut self, at: usize) -> usize {
        self.parser.levels.pop();
        self.handler.close(self.bytes, self.parser.lines.position(at + 1).offset);
        self.parser.state = self.after_value();
        at + 1
    }

    #[inline(always)]
    fn name(&mut self, at: usize) -> Step {
        let mut escaped = false;
        match lexer::string(self.parser.level, &self.bytes, at + 1, &mut escaped) {
            Scan::End(end) => {
                let name = &self.bytes[at + 1..end];
                let key = if name.len() > MAX_TOKEN {
                    H::Key::default()
                } else if escaped {
                    unescape(name).map_or(H::Key::default(), |name| H::key(&name))
                } else {
                    H::key(name)
                };
                if key != H::Key::default() {
                    self.handler.member(key, self.parser.spot(at));
                }
                self.parser.state = State::Colon(key);
                Step::To(end + 1)
            }
            Scan::Short(_) if self.last || is_held(self.bytes.len() - at) => Step::Short,
            Scan::Short(valid) => {
                self.parser.state = State::LongString;
                self.parser.long = LongString::Name;
                Step::To(valid)
            }
            Scan::Bad(place, error) => self.parser.fail(place, error),
        }
    }
}
