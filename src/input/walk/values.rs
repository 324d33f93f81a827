//! Values: scalars are taken by the object that they are a member of, containers are opened.

use std::borrow::Cow;

use super::{
    DEEPEST, Key, LONGEST_HELD, Level, Problem, Records, Scalar, Scan, State, Step, Walker, flag,
    lex,
};

impl Walker {
    /// Takes the value that begins with `byte` at `at`; the index behind what was taken.
    #[inline(always)]
    pub(super) fn value(
        &mut self,
        key: Key,
        byte: u8,
        bytes: &[u8],
        at: usize,
        last: bool,
        records: &mut impl Records,
    ) -> Step {
        match byte {
            b'"' => self.text(key, bytes, at, last, records),
            b'-' | b'0'..=b'9' => self.number(key, bytes, at, last, records),
            b'{' => self.open(key, flag::OBJECT, at, records),
            b'[' => self.open(key, 0, at, records),
            b't' => self.word(key, (b"true", &Scalar::Boolean), bytes, at, last, records),
            b'f' => self.word(key, (b"false", &Scalar::Boolean), bytes, at, last, records),
            b'n' => self.word(key, (b"null", &Scalar::Null), bytes, at, last, records),
            found => {
                let expected = if self.state == State::ElementOrEnd {
                    "a value or ']'"
                } else {
                    "a value"
                };
                self.fault(at, Problem::Unexpected { found, expected })
            }
        }
    }

    #[inline(always)]
    fn text(
        &mut self,
        key: Key,
        bytes: &[u8],
        at: usize,
        last: bool,
        records: &mut impl Records,
    ) -> Step {
        let mut escaped = false;
        match lex::string(bytes, at + 1, &mut escaped) {
            Scan::End(end) => {
                if key != Key::Other {
                    let body = &bytes[at + 1..end];
                    let text = if escaped {
                        unescaped(body).map(Cow::Owned)
                    } else {
                        Some(Cow::Borrowed(body))
                    };
                    self.take(key, &Scalar::Text(text), (at + 1, end), at);
                }
                self.state = self.after_value(records);
                Step::To(end + 1)
            }
            Scan::Short(valid) => self.short_text(bytes, at, valid, Some(key), last),
            Scan::Bad(place, problem) => self.fault(place, problem),
        }
    }

    #[inline(always)]
    fn number(
        &mut self,
        key: Key,
        bytes: &[u8],
        at: usize,
        last: bool,
        records: &mut impl Records,
    ) -> Step {
        match lex::number(bytes, at, last) {
            Scan::End(end) if end - at > LONGEST_HELD => self.fault(at, Problem::LongNumber),
            Scan::End(end) => {
                if key != Key::Other {
                    self.take(key, &Scalar::Number(&bytes[at..end]), (at, end), at);
                }
                self.state = self.after_bare(end, records);
                Step::To(end)
            }
            Scan::Short(_) if bytes.len() - at > LONGEST_HELD => {
                self.fault(at, Problem::LongNumber)
            }
            Scan::Short(_) => Step::Short,
            Scan::Bad(place, problem) => self.fault(place, problem),
        }
    }

    fn word(
        &mut self,
        key: Key,
        (word, value): (&[u8], &Scalar<'_>),
        bytes: &[u8],
        at: usize,
        last: bool,
        records: &mut impl Records,
    ) -> Step {
        let rest = &bytes[at..];
        if rest.starts_with(word) {
            let end = at + word.len();
            if key != Key::Other {
                self.take(key, value, (at, end), at);
            }
            self.state = self.after_bare(end, records);
            return Step::To(end);
        }
        if word.starts_with(rest) && !last {
            return Step::Short;
        }
        let same = rest.iter().zip(word).take_while(|(a, b)| a == b).count();
        match rest.get(same) {
            Some(&found) => self.fault(
                at + same,
                Problem::Unexpected {
                    found,
                    expected: "true, false or null",
                },
            ),
            None => self.fault(at + same, Problem::Unfinished),
        }
    }

    fn open(&mut self, key: Key, kind: u8, at: usize, records: &mut impl Records) -> Step {
        if self.levels.len() == DEEPEST {
            return self.fault(at, Problem::TooDeep);
        }
        let position = self.position(at);
        let object = kind == flag::OBJECT;
        if key != Key::Other {
            self.take_container(key, if object { "an object" } else { "an array" }, position);
        }
        let mut flags = kind;
        let parent = self.levels.last().map_or(0, Level::flags);
        match key {
            _ if parent & flag::INERT != 0 => flags |= flag::INERT,
            Key::Accounts => flags |= flag::IN_ACCOUNTS,
            Key::AccountDetails | Key::BalanceDetails if object => flags |= flag::PART,
            Key::Error => flags |= flag::IN_ERROR,
            // An element: what its array is called counts for it too.
            _ if parent & (flag::OBJECT | flag::IN_ACCOUNTS) == flag::IN_ACCOUNTS => {
                if object {
                    flags |= flag::IN_ACCOUNTS;
                } else {
                    flags |= flag::INERT;
                    self.mark_holds();
                    records.invalid(position, Problem::ArrayForAccount);
                }
            }
            _ => {}
        }
        if flags & (flag::OBJECT | flag::IN_ACCOUNTS) == flag::OBJECT | flag::IN_ACCOUNTS {
            flags |= flag::LIKELY;
            self.likely += 1;
        }
        self.levels.push(Level::new(position, flags));
        self.state = if object {
            State::KeyOrEnd
        } else {
            State::ElementOrEnd
        };
        Step::To(at + 1)
    }

    #[inline(always)]
    pub(super) fn after_value(&self, records: &mut impl Records) -> State {
        if self.levels.is_empty() {
            records.document();
            State::Between
        } else {
            State::After
        }
    }

    /// Behind a number or a word, which have no closing character of their own.
    #[inline(always)]
    fn after_bare(&mut self, end: usize, records: &mut impl Records) -> State {
        if self.levels.is_empty() {
            self.scalar_end = self.base + end as u64;
        }
        self.after_value(records)
    }

    /// A text that the bytes do not end: held if it is short, else walked without being held.
    pub(super) fn short_text(
        &mut self,
        bytes: &[u8],
        at: usize,
        valid: usize,
        value_of: Option<Key>,
        last: bool,
    ) -> Step {
        if last || bytes.len() - at <= LONGEST_HELD {
            return Step::Short;
        }
        self.state = State::LongText(value_of);
        Step::To(valid)
    }

    /// Goes on inside a long text; `None` when the bytes end before it does.
    pub(super) fn long_text(
        &mut self,
        bytes: &[u8],
        at: usize,
        value_of: Option<Key>,
        last: bool,
        records: &mut impl Records,
    ) -> Option<usize> {
        match lex::string(bytes, at, &mut false) {
            Scan::End(end) => {
                self.state = match value_of {
                    None => State::Colon(Key::Other),
                    Some(key) => {
                        if key != Key::Other {
                            self.take(key, &Scalar::Text(None), (at, end), at);
                        }
                        self.after_value(records)
                    }
                };
                Some(end + 1)
            }
            Scan::Short(valid) if valid > at && !last => Some(valid),
            Scan::Short(_) => None,
            Scan::Bad(place, problem) => {
                self.fault(place, problem);
                Some(self.break_document(at, records))
            }
        }
    }
}

/// The text of a string body with its escapes resolved; `None` if half a surrogate pair stands in it.
pub(super) fn unescaped(body: &[u8]) -> Option<Vec<u8>> {
    let quoted = [b"\"", body, b"\""].concat();
    serde_json::from_slice::<String>(&quoted)
        .ok()
        .map(String::into_bytes)
}
