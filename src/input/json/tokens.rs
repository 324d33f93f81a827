//! What may come next, and what comes: the grammar of JSON, one token at a time.

use super::lexer::{self, Scan};
use super::parser::{LongString, Parser, State, Step, is_held};
use super::text::unescape;
use super::{Container, Handler, MAX_TOKEN, Source, Spot, SyntaxError};

impl<K: Copy + Eq + Default> Parser<K> {
    /// Takes the token that begins at `at`.
    #[inline(always)]
    pub(super) fn token<H: Handler<Key = K>>(
        &mut self,
        state: State<K>,
        byte: u8,
        bytes: Source<'_>,
        at: usize,
        last: bool,
        handler: &mut H,
    ) -> Step {
        let expected = match state {
            State::Name | State::NameOrEnd => {
                if byte == b'"' {
                    let next = self.members(bytes, at, handler);
                    return if next > at {
                        Step::To(next)
                    } else {
                        self.name(bytes, at, last, handler)
                    };
                }
                if byte == b'}' && state == State::NameOrEnd {
                    return Step::To(self.close(bytes, at, handler));
                }
                if state == State::Name {
                    "a key in double quotes"
                } else {
                    "a key in double quotes or '}'"
                }
            }
            State::Colon(key) => {
                if byte == b':' {
                    self.state = State::Value(key);
                    return Step::To(at + 1);
                }
                "':'"
            }
            State::AfterValue => {
                let in_object = self.levels.last() == Some(&Container::Object);
                match byte {
                    b',' => {
                        self.state =
                            if in_object { State::Name } else { State::Value(K::default()) };
                        return Step::To(at + 1);
                    }
                    b'}' if in_object => return Step::To(self.close(bytes, at, handler)),
                    b']' if !in_object => return Step::To(self.close(bytes, at, handler)),
                    _ if in_object => "',' or '}'",
                    _ => "',' or ']'",
                }
            }
            State::ElementOrEnd if byte == b']' => {
                return Step::To(self.close(bytes, at, handler));
            }
            State::Value(key) => return self.value(key, byte, bytes, at, last, handler),
            State::Between => return self.begin_document(byte, bytes, at, last, handler),
            _ => return self.value(K::default(), byte, bytes, at, last, handler),
        };
        self.fail(at, SyntaxError::Unexpected { found: byte, expected })
    }

    fn begin_document<H: Handler<Key = K>>(
        &mut self,
        byte: u8,
        bytes: Source<'_>,
        at: usize,
        last: bool,
        handler: &mut H,
    ) -> Step {
        self.document = self.lines.position(at);
        self.indent = self.document.offset - self.document.line_start.max(self.mark_end);
        (self.inner_indent, self.breaks) = (0, 0);
        let touches_scalar = self.document.offset == self.scalar_end;
        if touches_scalar && !matches!(byte, b'{' | b'[' | b'"') {
            let expected = "white space between documents";
            return self.fail(at, SyntaxError::Unexpected { found: byte, expected });
        }
        match byte {
            0xef => match self.byte_order_mark(&bytes, at, last) {
                Step::Broken => {}
                step => return step,
            },
            0xff | 0xfe => return self.fail(at, SyntaxError::Utf16),
            _ => {}
        }
        self.value(K::default(), byte, bytes, at, last, handler)
    }

    /// Closes the innermost array or object, whose last byte is at `at`; returns the index after
    /// it.
    #[inline(always)]
    fn close<H: Handler<Key = K>>(
        &mut self,
        bytes: Source<'_>,
        at: usize,
        handler: &mut H,
    ) -> usize {
        self.levels.pop();
        handler.close(bytes, self.lines.position(at + 1).offset);
        self.state = self.after_value(bytes, handler);
        at + 1
    }

    #[inline(always)]
    fn name<H: Handler<Key = K>>(
        &mut self,
        bytes: Source<'_>,
        at: usize,
        last: bool,
        handler: &mut H,
    ) -> Step {
        let mut escaped = false;
        match lexer::string(self.level, &bytes, at + 1, &mut escaped) {
            Scan::End(end) => {
                let name = &bytes[at + 1..end];
                let key = if name.len() > MAX_TOKEN {
                    K::default()
                } else if escaped {
                    unescape(name).map_or(K::default(), |name| H::key(&name))
                } else {
                    H::key(name)
                };
                if key != K::default() {
                    handler.member(key, self.spot(at));
                }
                self.state = State::Colon(key);
                Step::To(end + 1)
            }
            Scan::Short(_) if last || is_held(bytes.len() - at) => Step::Short,
            Scan::Short(valid) => {
                self.state = State::LongString;
                self.long = LongString::Name;
                Step::To(valid)
            }
            Scan::Bad(place, error) => self.fail(place, error),
        }
    }

    #[inline(always)]
    pub(super) const fn spot(&self, at: usize) -> Spot<'_> {
        self.spot_of(self.lines.position(at).offset)
    }

    /// The byte with this offset, on the current line.
    pub(super) const fn spot_of(&self, offset: u64) -> Spot<'_> {
        Spot { lines: &self.lines, offset }
    }
}
