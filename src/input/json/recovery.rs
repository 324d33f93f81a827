//! Counts lines, and recovers from broken syntax: where to report an error, and where to continue.
//!
//! A truncated record in JSON Lines costs at most the line after it; later lines are read. A
//! document of several lines ends where the next one begins: at a line that begins with a bracket
//! and is indented no further than the document, or less than its contents.

use super::parser::{Parser, State, Step};
use super::run::Run;
use super::{Handler, SyntaxError};

/// Where parsing continues after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resume {
    /// At the next line.
    NextLine,
    /// At the next line that begins with a bracket and is indented no further than this.
    Document { limit: u64 },
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The line breaks in a truncated record: one after it, and one after the line that it swallowed.
const CUT_RECORD: u64 = 2;

impl<H: Handler> Run<'_, '_, H> {
    /// Reports the error in the token that begins at `at`, and finds where to continue.
    #[cold]
    pub(super) fn break_document(&mut self, at: usize) -> usize {
        let Self { parser, bytes, handler, .. } = self;
        let Some((place, error)) = parser.fault.take() else {
            return at;
        };
        let token = parser.lines.position(at);
        let breaks_off = parser.gap.1 == token.offset && parser.document.offset < token.offset;
        let (reported, error) = match error {
            SyntaxError::Unexpected { .. } if breaks_off => (parser.gap.0, SyntaxError::BreaksOff),
            error => (parser.lines.position(place), error),
        };
        let is_opened_only =
            parser.depth() == 1 && matches!(parser.state, State::NameOrEnd | State::ElementOrEnd);
        parser.levels.clear();
        parser.base_depth = 0;
        parser.broken = true;
        parser.unfinished = error == SyntaxError::Unfinished;
        handler.fault(reported, error, *bytes);
        handler.end_document(*bytes);

        let one_line = parser.document.line == reported.line;
        let limit = parser.indent.max(parser.inner_indent.saturating_sub(1));
        let begins_record = matches!(bytes.get(at), Some(b'{' | b'['));
        let is_cut_record = begins_record && parser.breaks <= CUT_RECORD;
        if breaks_off {
            let indent = token.offset - token.line_start.max(parser.mark_end);
            let is_document = begins_record && indent <= limit;
            if is_cut_record || is_document || one_line && !is_opened_only {
                parser.state = State::Between;
            } else {
                parser.skip_line(Resume::Document { limit });
            }
            return at;
        }
        parser.skip_line(if one_line { Resume::NextLine } else { Resume::Document { limit } });
        place
    }
}

impl<K: Copy + Eq + Default> Parser<K> {
    #[cold]
    pub(super) fn fail(&mut self, place: usize, error: SyntaxError) -> Step {
        self.fault = Some((place, error));
        Step::Broken
    }

    const fn skip_line(&mut self, resume: Resume) {
        self.state = State::SkipLine;
        self.resume = resume;
    }

    /// Continues at the beginning of the line at `at`.
    pub(super) fn resume(&mut self, at: usize) {
        self.indent_from = self.lines.position(at).offset;
        self.state = match self.resume {
            Resume::NextLine => State::Between,
            Resume::Document { .. } => State::LineStart,
        };
    }

    /// Looks for the beginning of a document in a line of which `at` is in the indent; the index
    /// that was reached, and whether that is enough to go on.
    pub(super) fn find_document(
        &mut self,
        bytes: &[u8],
        mut at: usize,
        last: bool,
    ) -> (usize, bool) {
        let Resume::Document { limit } = self.resume else {
            self.state = State::Between;
            return (at, true);
        };
        loop {
            let indent = self.lines.position(at).offset - self.indent_from;
            match bytes.get(at) {
                None => return (at, false),
                Some(b' ' | b'\t' | b'\r') => at += 1,
                Some(b'{' | b'[') if indent <= limit => {
                    self.state = State::Between;
                    return (at, true);
                }
                Some(0xef) => match self.byte_order_mark(bytes, at, last) {
                    Step::To(next) => {
                        at = next;
                        self.indent_from = self.mark_end;
                    }
                    Step::Short => return (at, false),
                    Step::Broken => {
                        self.state = State::SkipLine;
                        return (at, true);
                    }
                },
                Some(_) => {
                    self.state = State::SkipLine;
                    return (at, true);
                }
            }
        }
    }

    /// Takes a byte order mark, if that is what begins at `at`; `Broken` if it is something else.
    pub(super) fn byte_order_mark(&mut self, bytes: &[u8], at: usize, last: bool) -> Step {
        let rest = &bytes[at..];
        if rest.starts_with(BYTE_ORDER_MARK) {
            let next = at + BYTE_ORDER_MARK.len();
            self.mark_end = self.lines.position(next).offset;
            return Step::To(next);
        }
        if BYTE_ORDER_MARK.starts_with(rest) && !last {
            return Step::Short;
        }
        Step::Broken
    }

    /// Index of the first byte from `at` that is not blank; counts the lines that end on the way.
    #[inline(always)]
    pub(super) fn skip_blanks(&mut self, bytes: &[u8], at: usize) -> usize {
        if bytes.get(at).is_some_and(|&byte| byte > b' ') && !self.gap_open {
            return at;
        }
        self.skip_gap(bytes, at)
    }

    fn skip_gap(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let mut in_gap = self.gap_open;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\n' => {
                    if !in_gap {
                        in_gap = true;
                        self.gap.0 = self.lines.position(at);
                    }
                    self.lines.begin_line(at + 1);
                }
                b' ' | b'\t' | b'\r' => {}
                _ => break,
            }
            at += 1;
        }
        self.gap_open = in_gap && at == bytes.len();
        if in_gap {
            let here = self.lines.position(at);
            self.gap.1 = here.offset;
            if !self.gap_open {
                if self.breaks == 0 {
                    self.inner_indent = here.offset - here.line_start;
                }
                self.breaks += 1;
            }
        }
        at
    }
}
