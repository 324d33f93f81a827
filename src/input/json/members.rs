//! The fast path: parses consecutive members of an object in one loop.
//!
//! Most bytes of an export are such members. The unusual cases (escapes, non-ASCII characters, long
//! keys, incomplete tokens, arrays, objects, and errors) are left to the parser's states, which
//! handle all of JSON.
//!
//! The loop guesses the next link and the end of each value, and then checks the guess. The
//! processor predicts that the check succeeds and continues, so it processes several members at
//! once. If the end of each value were computed from its bytes, every member would wait for the
//! previous one. That is why the length of a value comes from its link where the two agree.

use std::borrow::Cow;

use fearless_simd::{Simd, dispatch};

use super::lanes::{LANES, Lanes};
use super::links::Link;
use super::parser::State;
use super::run::Run;
use super::text::begins_as_json;
use super::{ChunkPosition, Handler, MAX_TOKEN, Scalar, lexer};

/// The number of bytes that contain a link, the beginning of a value, and the lookahead after it.
const WINDOW: usize = 4 * LANES;

impl<H: Handler> Run<'_, '_, H> {
    /// Parses as many complete members as possible; a key must begin at `at`. Returns the index
    /// after the last token parsed.
    pub(super) fn members(&mut self, at: usize) -> usize {
        dispatch!(self.parser.level, simd => self.members_with(simd, at))
    }

    #[inline(always)]
    fn members_with<S: Simd>(&mut self, simd: S, mut at: usize) -> usize {
        let Self { parser, bytes, handler, .. } = self;
        let bytes = *bytes;
        parser.state = State::Name;
        let mut last = parser.links.last;
        while let Some(mut window) = window(&bytes, at) {
            let mut next = last.wrapping_add(1);
            if !parser.links.is_at(simd, next, head(window)) {
                if is_gap(window) {
                    at = parser.gap(simd, &bytes, at + 1);
                    parser.state = State::Name;
                    let moved = self::window(&bytes, at).filter(|moved| moved[0] == b'"');
                    let Some(moved) = moved else {
                        break;
                    };
                    window = moved;
                }
                if !parser.links.is_at(simd, next, head(window)) {
                    let Some(found) = parser.links.find(simd, last, head(window), H::key) else {
                        break;
                    };
                    next = found;
                }
            }
            last = next;
            let link = parser.links.at(last);
            let key = link.key;
            let key_at = at + usize::from(link.key_at);
            let begin = usize::from(link.length) % LANES;
            let from = at + begin;
            if link.is_string {
                let Some(end) = string_end(simd, link, window, &bytes, at) else {
                    break;
                };
                at = end + 1;
                if key != H::Key::default() {
                    let value = Scalar::Text(Some(Cow::Borrowed(&bytes[from..end])));
                    let value_at = parser.spot(from - 1);
                    handler.scalar_member(key, parser.spot(key_at), &value, (from, end), value_at);
                }
                if let b'{' | b'[' | b' ' = window[begin]
                    && begins_as_json(&bytes[from..end])
                {
                    let text = &bytes[from..end];
                    handler.json_text(text, ChunkPosition::WHOLE, bytes, parser.spot(from - 1));
                }
            } else if let Some(end) = scalar_end(simd, link, window, at) {
                at = end;
                if key != H::Key::default() {
                    let value = match window[begin] {
                        b't' | b'f' => Scalar::Boolean,
                        b'n' => Scalar::Null,
                        _ => Scalar::Number(&bytes[from..end]),
                    };
                    let value_at = parser.spot(from);
                    handler.scalar_member(key, parser.spot(key_at), &value, (from, end), value_at);
                }
            } else {
                match window[begin] {
                    // It was not a string last time.
                    b'"' => {
                        let found = parser.links.look_up(simd, head(window), H::key);
                        if let Some(found) = found {
                            last = found.wrapping_sub(1);
                            continue;
                        }
                    }
                    b'{' | b'[' => {
                        if key != H::Key::default() {
                            handler.member(key, parser.spot(key_at));
                        }
                        parser.state = State::Value(key);
                        at = from;
                    }
                    _ => {}
                }
                break;
            }
            parser.state = State::AfterValue;
            if bytes.get(at) != Some(&b',') {
                break;
            }
        }
        parser.links.last = last;
        at
    }
}

/// Returns whether a comma and more than one blank precede the key.
#[inline(always)]
fn is_gap(window: &[u8; WINDOW]) -> bool {
    matches!(window, [b',', 0..=b' ', after, ..] if *after != b'"')
}

#[inline(always)]
fn window(bytes: &[u8], at: usize) -> Option<&[u8; WINDOW]> {
    bytes.get(at..)?.first_chunk()
}

#[inline(always)]
fn head(window: &[u8; WINDOW]) -> &[u8; LANES] {
    window.first_chunk().unwrap_or(&[0; LANES])
}

/// Returns the index of the closing quote of the string after a link, if the string is plain ASCII.
/// The window begins at `at`.
#[inline(always)]
fn string_end<S: Simd, K>(
    simd: S,
    link: &mut Link<K>,
    window: &[u8; WINDOW],
    bytes: &[u8],
    at: usize,
) -> Option<usize> {
    let begin = usize::from(link.length) % LANES;
    let special = Lanes::at(simd, window, begin)?.special();
    let end = if link.expects(special) {
        at + begin + usize::from(link.value)
    } else if special != 0 {
        let length = special.trailing_zeros() as usize;
        link.note(length);
        at + begin + length
    } else {
        let end = lexer::plain_text(simd, bytes, at + begin + LANES)?;
        return (end - at - begin <= MAX_TOKEN).then_some(end);
    };
    (bytes.get(end) == Some(&b'"')).then_some(end)
}

/// Returns the index after the number or literal that follows a link.
#[inline(always)]
fn scalar_end<S: Simd, K>(
    simd: S,
    link: &mut Link<K>,
    window: &[u8; WINDOW],
    at: usize,
) -> Option<usize> {
    let begin = usize::from(link.length) % LANES;
    let end = match window[begin] {
        b'1'..=b'9'
            if link.expects(Lanes::at(simd, window, begin)?.other_than_digits())
                && ends_number(window[begin + usize::from(link.value) % LANES]) =>
        {
            begin + usize::from(link.value)
        }
        first @ (b'0'..=b'9' | b'-') => {
            let end = number_end(simd, window, begin + usize::from(first == b'-'))?;
            link.note(end - begin);
            end
        }
        b't' if window[begin..].starts_with(b"true") => begin + 4,
        b'f' if window[begin..].starts_with(b"false") => begin + 5,
        b'n' if window[begin..].starts_with(b"null") => begin + 4,
        _ => return None,
    };
    Some(at + end)
}

#[inline(always)]
fn ends_number(byte: u8) -> bool {
    !matches!(byte, b'.' | b'e' | b'E')
}

/// Returns the index after a number without an exponent whose first digit is at `begin`; `None` for
/// any other number, or if its end is not in the window.
#[inline(always)]
fn number_end<S: Simd>(simd: S, window: &[u8; WINDOW], begin: usize) -> Option<usize> {
    let digits = |begin: usize| {
        let run = Lanes::at(simd, window, begin)?.other_than_digits();
        (run != 0).then(|| begin + run.trailing_zeros() as usize)
    };
    let mut end = digits(begin)?;
    if end == begin || window[begin] == b'0' && end > begin + 1 {
        return None;
    }
    if *window.get(end)? == b'.' {
        let fraction = end + 1;
        end = digits(fraction)?;
        if end == fraction {
            return None;
        }
    }
    ends_number(*window.get(end)?).then_some(end)
}
