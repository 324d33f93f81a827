//! What may come next, and what comes: the grammar of JSON, one token at a time.

use super::{Key, Problem, Records, Scan, State, Step, Walker, flag, lex, values};

impl Walker {
    /// Takes the token that begins at `at`; the index behind it, or `None` when the bytes end before it does.
    #[inline(always)]
    pub(super) fn token(
        &mut self,
        state: State,
        byte: u8,
        bytes: &[u8],
        at: usize,
        last: bool,
        records: &mut impl Records,
    ) -> Step {
        let expected = match state {
            State::Key | State::KeyOrEnd => {
                if byte == b'"' {
                    let next = self.members(bytes, at);
                    return if next > at {
                        Step::To(next)
                    } else {
                        self.key(bytes, at, last)
                    };
                }
                if byte == b'}' && state == State::KeyOrEnd {
                    return Step::To(self.close(bytes, at, records));
                }
                if state == State::Key {
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
            State::After => {
                let object = self
                    .levels
                    .last()
                    .is_some_and(|level| level.flags() & flag::OBJECT != 0);
                match byte {
                    b',' => {
                        self.state = if object {
                            State::Key
                        } else {
                            State::Value(Key::Other)
                        };
                        return Step::To(at + 1);
                    }
                    b'}' if object => return Step::To(self.close(bytes, at, records)),
                    b']' if !object => return Step::To(self.close(bytes, at, records)),
                    _ if object => "',' or '}'",
                    _ => "',' or ']'",
                }
            }
            State::ElementOrEnd if byte == b']' => return Step::To(self.close(bytes, at, records)),
            State::Value(key) => return self.value(key, byte, bytes, at, last, records),
            State::Between => return self.begin_document(byte, bytes, at, last, records),
            _ => return self.value(Key::Other, byte, bytes, at, last, records),
        };
        self.fault(
            at,
            Problem::Unexpected {
                found: byte,
                expected,
            },
        )
    }

    fn begin_document(
        &mut self,
        byte: u8,
        bytes: &[u8],
        at: usize,
        last: bool,
        records: &mut impl Records,
    ) -> Step {
        const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
        self.document = self.position(at);
        let touches_scalar = self.document.offset == self.scalar_end;
        if touches_scalar && !matches!(byte, b'{' | b'[' | b'"') {
            let expected = "white space between documents";
            return self.fault(
                at,
                Problem::Unexpected {
                    found: byte,
                    expected,
                },
            );
        }
        let rest = &bytes[at..];
        if byte == BYTE_ORDER_MARK[0] {
            if rest.starts_with(BYTE_ORDER_MARK) {
                return Step::To(at + BYTE_ORDER_MARK.len());
            }
            if BYTE_ORDER_MARK.starts_with(rest) && !last {
                return Step::Short;
            }
        }
        if matches!(byte, 0xff | 0xfe) {
            return self.fault(at, Problem::Utf16);
        }
        self.value(Key::Other, byte, bytes, at, last, records)
    }

    #[inline(always)]
    fn key(&mut self, bytes: &[u8], at: usize, last: bool) -> Step {
        let mut escaped = false;
        match lex::string(bytes, at + 1, &mut escaped) {
            Scan::End(end) => {
                let name = &bytes[at + 1..end];
                let key = if escaped {
                    values::unescaped(name).map_or(Key::Other, |name| Key::named(&name))
                } else {
                    Key::named(name)
                };
                if key != Key::Other {
                    self.meet(key, at);
                }
                self.state = State::Colon(key);
                Step::To(end + 1)
            }
            Scan::Short(valid) => self.short_text(bytes, at, valid, None, last),
            Scan::Bad(place, problem) => self.fault(place, problem),
        }
    }
}
