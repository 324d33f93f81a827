//! Lines, and what happens when the syntax breaks: where the fault is reported, and where reading goes on.

use super::{Problem, Records, State, Step, Walker};

impl Walker {
    /// Reacts to a fault in the token that begins at `at`: names it, and finds where to read on.
    ///
    /// A document on one line ends with its line. One on several lines ends where a line begins with `{` or `[`.
    /// A line that begins with the broken token is read again, for it may well be the next record.
    #[cold]
    pub(super) fn break_document(&mut self, at: usize, records: &mut impl Records) -> usize {
        let Some((place, problem)) = self.fault.take() else {
            return at;
        };
        let token = self.position(at);
        let breaks_off = self.gap.1 == token.offset && self.document.offset < token.offset;
        let (reported, problem) = match problem {
            Problem::Unexpected { .. } if breaks_off => (self.gap.0, Problem::BreaksOff),
            problem => (self.position(place), problem),
        };
        let only_documents = self.document.line != reported.line;
        self.end_document(records);
        records.invalid(reported, problem);
        if breaks_off && token.offset == token.line_start {
            self.state = if only_documents {
                State::LineStart
            } else {
                State::Between
            };
            return at;
        }
        self.state = State::SkipLine { only_documents };
        place
    }

    #[cold]
    pub(super) fn fault(&mut self, place: usize, problem: Problem) -> Step {
        self.fault = Some((place, problem));
        Step::Broken
    }

    pub(super) fn end_document(&mut self, records: &mut impl Records) {
        self.levels.clear();
        self.open_candidates = 0;
        self.store.clear();
        self.likely = 0;
        self.broken = true;
        records.document();
    }

    /// Index of the first byte from `at` that is no blank; counts the lines that end on the way.
    #[inline(always)]
    pub(super) fn skip_blanks(&mut self, bytes: &[u8], mut at: usize) -> usize {
        if bytes.get(at).is_some_and(|&byte| byte > b' ') {
            return at;
        }
        // A run of blanks may have been begun by the last piece.
        let mut in_gap = self.gap.1 == self.base + at as u64;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\n' => {
                    if !in_gap {
                        in_gap = true;
                        self.gap.0 = self.position(at);
                    }
                    self.begin_line(at + 1);
                }
                b' ' | b'\t' | b'\r' => {}
                _ => break,
            }
            at += 1;
        }
        if in_gap {
            self.gap.1 = self.base + at as u64;
        }
        at
    }

    pub(super) fn begin_line(&mut self, at: usize) {
        self.line += 1;
        self.line_start = self.base + at as u64;
    }
}
