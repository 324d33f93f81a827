//! A parser at work on a piece of input: token by token, until the bytes end.

use memchr::memchr;

use super::parser::{Parser, State, Step};
use super::{Handler, Source};

/// A parser, the bytes that it parses, and the handler of what it finds.
pub(super) struct Run<'a, 'b, H: Handler> {
    pub parser: &'a mut Parser<H::Key>,
    pub bytes: Source<'b>,
    /// Whether the input ends with these bytes.
    pub last: bool,
    pub handler: &'a mut H,
}

impl<H: Handler> Run<'_, '_, H> {
    /// Parses as many whole tokens as there are; returns how many bytes those are.
    pub(super) fn parse(&mut self) -> usize {
        let mut at = 0;
        loop {
            match self.parser.state {
                State::LongString => match self.long_string(at) {
                    Some(next) => at = next,
                    None => return if self.last { self.bytes.len() } else { at },
                },
                State::SkipLine => match memchr(b'\n', &self.bytes[at..]) {
                    None => return self.bytes.len(),
                    Some(newline) => {
                        at += newline + 1;
                        self.parser.lines.begin_line(at);
                        self.parser.resume(at);
                    }
                },
                State::LineStart => match self.parser.find_document(&self.bytes, at, self.last) {
                    (next, true) => at = next,
                    (next, false) => return next,
                },
                state => {
                    at = self.parser.skip_blanks(&self.bytes, at);
                    let Some(&byte) = self.bytes.get(at) else {
                        return at;
                    };
                    match self.token(state, byte, at) {
                        Step::To(next) => at = next,
                        Step::Short => return at,
                        Step::Broken => at = self.break_document(at),
                    }
                }
            }
        }
    }
}
