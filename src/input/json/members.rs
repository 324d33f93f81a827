//! The fast path: members of an object, one after the other, without leaving a loop.
//!
//! Most bytes of an export are such members. Whatever is out of the ordinary here (escapes, bytes
//! beyond ASCII, a token that the bytes do not end, an array or object, a fault) is left to the
//! parser's states, which know all of JSON.

use std::borrow::Cow;

use fearless_simd::{Simd, dispatch};

use super::parser::{Parser, State};
use super::{Handler, MAX_TOKEN, Piece, Scalar, lexer};

impl<K: Copy + Eq + Default> Parser<K> {
    /// Takes as many whole members as it can; a name must begin at `at`. Returns the index after
    /// the last thing taken.
    pub(super) fn members<H: Handler<Key = K>>(
        &mut self,
        bytes: &[u8],
        at: usize,
        handler: &mut H,
    ) -> usize {
        dispatch!(self.level, simd => self.members_with(simd, bytes, at, handler))
    }

    #[inline(always)]
    fn members_with<S: Simd, H: Handler<Key = K>>(
        &mut self,
        simd: S,
        bytes: &[u8],
        mut at: usize,
        handler: &mut H,
    ) -> usize {
        while let Some((key, begin)) = self
            .names
            .name(simd, bytes, at, H::key)
            .or_else(|| Self::plain_name::<S, H>(simd, bytes, at))
        {
            let (value, end) = match bytes.get(begin) {
                Some(b'"') => {
                    let Some(end) = lexer::plain_text(simd, bytes, begin + 1) else {
                        break;
                    };
                    let span = (begin + 1, end);
                    let body = &bytes[begin + 1..end];
                    if body.len() > MAX_TOKEN {
                        break;
                    }
                    if key != K::default() {
                        let value = Scalar::Text(Some(Cow::Borrowed(body)));
                        handler.scalar_member(key, self.spot(at), &value, span, self.spot(begin));
                    }
                    if let Some(b'{' | b'[') = body.first() {
                        handler.json_text(body, Piece::WHOLE, bytes, self.spot(begin));
                    }
                    (None, end + 1)
                }
                Some(b'0'..=b'9') => {
                    let Some(end) = lexer::plain_number(simd, bytes, begin) else {
                        break;
                    };
                    (Some(Scalar::Number(&bytes[begin..end])), end)
                }
                Some(b'-') => {
                    let Some(end) = lexer::plain_number(simd, bytes, begin + 1) else {
                        break;
                    };
                    (Some(Scalar::Number(&bytes[begin..end])), end)
                }
                Some(b't') if bytes[begin..].starts_with(b"true") => {
                    (Some(Scalar::Boolean), begin + 4)
                }
                Some(b'f') if bytes[begin..].starts_with(b"false") => {
                    (Some(Scalar::Boolean), begin + 5)
                }
                Some(b'n') if bytes[begin..].starts_with(b"null") => {
                    (Some(Scalar::Null), begin + 4)
                }
                Some(b'{' | b'[') => {
                    if key != K::default() {
                        handler.member(key, self.spot(at));
                    }
                    self.state = State::Value(key);
                    return begin;
                }
                _ => break,
            };
            if let Some(value) = value {
                if end - begin > MAX_TOKEN {
                    break;
                }
                if key != K::default() {
                    let span = (begin, end);
                    handler.scalar_member(key, self.spot(at), &value, span, self.spot(begin));
                }
            }
            if bytes.get(end) == Some(&b',') {
                at = end + 1;
            } else {
                self.state = State::AfterValue;
                return end;
            }
            if bytes.get(at).is_some_and(|&byte| byte <= b' ') {
                at = self.skip_blanks(bytes, at);
            }
        }
        self.state = State::Name;
        at
    }

    /// A name that is too long to be remembered, and the index after its colon and one blank.
    #[inline(always)]
    fn plain_name<S: Simd, H: Handler<Key = K>>(
        simd: S,
        bytes: &[u8],
        at: usize,
    ) -> Option<(K, usize)> {
        let end = lexer::plain_text(simd, bytes, at + 1).filter(|_| bytes[at] == b'"')?;
        if bytes.get(end + 1) != Some(&b':') {
            return None;
        }
        let name = &bytes[at + 1..end];
        if name.len() > MAX_TOKEN {
            return None;
        }
        let begin = end + 2 + usize::from(bytes.get(end + 2) == Some(&b' '));
        Some((H::key(name), begin))
    }
}
