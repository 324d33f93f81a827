//! The fast path: members of an object, one after the other, without leaving a loop.
//!
//! Most bytes of an export are such members. Whatever is out of the ordinary here (escapes, other than ASCII, a token
//! that the bytes do not end, a container, a fault) is left untouched to the walker's states, which know all of JSON.

use std::borrow::Cow;

use super::{Key, Scalar, State, Walker, lex};

impl Walker {
    /// Takes as many whole members as it can; `at` is where a key is due. The index behind the last thing taken.
    pub(super) fn members(&mut self, bytes: &[u8], mut at: usize) -> usize {
        while let Some((key, colon)) = self
            .names
            .expected(bytes, at)
            .or_else(|| self.name(bytes, at))
        {
            let begin = colon + usize::from(bytes.get(colon) == Some(&b' '));
            let (value, end) = match bytes.get(begin) {
                Some(b'"') => {
                    let Some(end) = lex::plain_text(bytes, begin + 1) else {
                        break;
                    };
                    (
                        Scalar::Text(Some(Cow::Borrowed(&bytes[begin + 1..end]))),
                        end + 1,
                    )
                }
                Some(b'0'..=b'9' | b'-') => {
                    let Some(end) = lex::plain_number(bytes, begin) else {
                        break;
                    };
                    (Scalar::Number(&bytes[begin..end]), end)
                }
                Some(b't') if bytes[begin..].starts_with(b"true") => (Scalar::Boolean, begin + 4),
                Some(b'f') if bytes[begin..].starts_with(b"false") => (Scalar::Boolean, begin + 5),
                Some(b'n') if bytes[begin..].starts_with(b"null") => (Scalar::Null, begin + 4),
                Some(b'{' | b'[') => {
                    if key != Key::Other {
                        self.meet(key, at);
                    }
                    self.state = State::Value(key);
                    return begin;
                }
                _ => break,
            };
            if key != Key::Other {
                self.meet(key, at);
                let text = usize::from(bytes[begin] == b'"');
                self.take(key, &value, (begin + text, end - text), begin);
            }
            if let Some(b',') = bytes.get(end) {
                at = end + 1;
            } else {
                self.state = State::After;
                return end;
            }
            if bytes.get(at).is_some_and(|&byte| byte <= b' ') {
                at = self.skip_blanks(bytes, at);
            }
        }
        self.state = State::Key;
        at
    }

    /// The key at `at`, and the index behind its colon.
    fn name(&mut self, bytes: &[u8], at: usize) -> Option<(Key, usize)> {
        let end = lex::plain_text(bytes, at + 1).filter(|_| bytes[at] == b'"')?;
        if bytes.get(end + 1) != Some(&b':') {
            return None;
        }
        let key = Key::named(&bytes[at + 1..end]);
        self.names.learn(&bytes[at..end + 2], key);
        Some((key, end + 2))
    }
}
