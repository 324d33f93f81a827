//! Where an input may be split so that several parsers can share it.
//!
//! A splitter only guesses: it counts brackets and checks nothing. Whether a guess was right is
//! decided where the parts are joined: a part whose parser did not begin in the right state is
//! parsed again. So a mistake here costs time, and never changes an answer.

use fearless_simd::Level;
use memchr::{memchr, memrchr};

use super::brackets::Scanner;
use super::instructions::Instructions;

/// What one part of a block is taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) enum Part {
    /// Whole documents.
    Documents,
    /// Whole elements of an array that is the innermost of `depth` open levels, after an element of
    /// it.
    Elements { depth: usize },
    /// Anything: only the one parser that knows what came before can read it.
    Unknown,
}

/// One part of a block and the index after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) struct Split {
    pub part: Part,
    pub end: usize,
}

/// Levels of nesting whose arrays are looked at; what lies deeper is not split.
const LEVELS: usize = 32;

/// An open array: where elements of it have ended in the current block.
#[derive(Debug, Clone, Copy)]
struct Array {
    open: bool,
    first_end: usize,
    last_end: usize,
}

impl Default for Array {
    fn default() -> Self {
        Self { open: false, first_end: usize::MAX, last_end: 0 }
    }
}

impl Array {
    /// Whether at least one whole element lies between two ends of elements.
    const fn has_elements(&self) -> bool {
        self.open && self.last_end > self.first_end
    }
}

/// Finds the splits of one input, block by block.
#[derive(Debug)]
pub(in crate::input) struct Splitter {
    /// The instructions that this machine has.
    level: Level,
    scanner: Scanner,
    depth: usize,
    arrays: [Array; LEVELS],
    /// Whether the block begins inside a document, and the level of the array after an element of
    /// which it does.
    begun: bool,
    resumed: Option<usize>,
    /// Bytes of the block that were scanned in vain, and what they showed.
    scanned: usize,
    /// Where the first and the last document of the block end.
    documents: Option<(usize, usize)>,
    /// The end of the last element of the array that the block begins in, once that array has
    /// ended.
    elements: Option<(usize, usize)>,
}

impl Splitter {
    pub(in crate::input) fn new(instructions: Instructions) -> Self {
        Self {
            level: instructions.0,
            scanner: Scanner::default(),
            depth: 0,
            arrays: [Array::default(); LEVELS],
            begun: false,
            resumed: None,
            scanned: 0,
            documents: None,
            elements: None,
        }
    }

    /// Splits a block that begins where the last split ended; what follows the last one belongs to
    /// the next block. None at all means that more bytes are needed: the same block comes again,
    /// and longer.
    pub(in crate::input) fn split(&mut self, block: &[u8]) -> Vec<Split> {
        let mut splits = Vec::new();
        if let Some(end) = lines_end(block, self.scanned) {
            if self.begun || !block.starts_with(b"{") {
                let first = memchr(b'\n', block).map_or(0, |newline| newline + 1);
                push(&mut splits, Part::Unknown, first);
            }
            push(&mut splits, Part::Documents, end);
            self.begin_document();
            return splits;
        }
        self.scan(block);
        if let Some((depth, end)) = self.elements {
            push(&mut splits, Part::Elements { depth }, end);
        }
        if let Some((first, last)) = self.documents {
            if self.begun {
                push(&mut splits, Part::Unknown, first);
            }
            push(&mut splits, Part::Documents, last);
            self.begin_document();
        } else if let Some(level) = self.arrays.iter().position(Array::has_elements) {
            let array = self.arrays[level];
            push(&mut splits, Part::Unknown, array.first_end);
            let depth = level + 1;
            push(&mut splits, Part::Elements { depth }, array.last_end);
            self.scanner = Scanner::default();
            self.depth = depth;
            self.arrays[level + 1..].fill(Array::default());
            self.begin_block(Some(level));
        } else {
            splits.clear();
        }
        splits
    }

    /// Takes a block that could not be split as a whole; it must have been tried.
    pub(in crate::input) fn take_whole(&mut self, block: &[u8]) -> Vec<Split> {
        self.begin_block(None);
        vec![Split { part: Part::Unknown, end: block.len() }]
    }

    fn begin_document(&mut self) {
        *self = Self::new(Instructions(self.level));
    }

    /// Ends of the last block say nothing in the next one, but it may begin at an end.
    fn begin_block(&mut self, resumed: Option<usize>) {
        for (level, array) in self.arrays.iter_mut().enumerate() {
            array.first_end = if resumed == Some(level) { 0 } else { usize::MAX };
            array.last_end = 0;
        }
        self.begun = true;
        self.resumed = resumed;
        self.scanned = 0;
        self.documents = None;
        self.elements = None;
    }

    /// Counts the brackets of what was not scanned yet.
    fn scan(&mut self, block: &[u8]) {
        let Self { level, scanner, depth, arrays, resumed, documents, elements, scanned, .. } =
            self;
        let from = *scanned;
        *scanned = block.len();
        scanner.scan(*level, &block[from..], |at, opens| {
            let at = from + at;
            if opens {
                if let Some(array) = arrays.get_mut(*depth) {
                    *array = Array { open: block[at] == b'[', ..Array::default() };
                }
                *depth += 1;
                return;
            }
            *depth = depth.saturating_sub(1);
            if Some(*depth) == *resumed && elements.is_none() && documents.is_none() {
                *elements = Some((*depth + 1, arrays[*depth].last_end));
            }
            if let Some(array) = arrays.get_mut(*depth) {
                array.open = false;
            }
            if *depth == 0 {
                let (first, _) = documents.unwrap_or((at + 1, 0));
                *documents = Some((first, at + 1));
            } else if let Some(array) = arrays.get_mut(*depth - 1)
                && array.open
            {
                array.first_end = array.first_end.min(at + 1);
                array.last_end = at + 1;
            }
        });
    }
}

fn push(splits: &mut Vec<Split>, part: Part, end: usize) {
    if end > splits.last().map_or(0, |split| split.end) {
        splits.push(Split { part, end });
    }
}

/// The index after the last line, if it ends after `from` and the block looks like JSON Lines: that
/// line, and what follows it, begin and end as objects do.
fn lines_end(block: &[u8], from: usize) -> Option<usize> {
    let end = from + memrchr(b'\n', &block[from..])?;
    let begin = memrchr(b'\n', &block[..end]).map_or(0, |newline| newline + 1);
    let line = block[begin..end].trim_ascii_end();
    let next = block.get(end + 1);
    let is_line = line.starts_with(b"{")
        && line.ends_with(b"}")
        && line.len() > 2
        && matches!(next, None | Some(b'{'));
    is_line.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(block: &str) -> Vec<(Part, &str)> {
        let mut begin = 0;
        let splits = Splitter::new(Instructions::best()).split(block.as_bytes());
        let parts = splits.into_iter().map(|split| {
            let text = &block[begin..split.end];
            begin = split.end;
            (split.part, text)
        });
        parts.collect()
    }

    #[test]
    fn lines_are_split_after_the_last_whole_one() {
        let block = "{\"a\":1}\n{\"b\":2}\n{\"c\"";
        assert_eq!(parts(block), [(Part::Documents, "{\"a\":1}\n{\"b\":2}\n")]);
    }

    #[test]
    fn the_elements_of_the_outermost_array_are_split_from_what_is_around_them() {
        assert_eq!(
            parts("{\"x\":[{\"y\":[[],[]]},{},{\"]\":1},{"),
            [
                (Part::Unknown, "{\"x\":[{\"y\":[[],[]]}"),
                (Part::Elements { depth: 2 }, ",{},{\"]\":1}"),
            ]
        );
    }

    #[test]
    fn documents_without_lines_are_split_after_the_last_one_and_a_lone_beginning_is_not() {
        assert_eq!(parts("{\"a\":[]}[1]{"), [(Part::Documents, "{\"a\":[]}[1]")]);
        assert_eq!(parts("{\"a\":[1,2,"), []);
    }

    #[test]
    fn a_block_that_begins_in_an_array_goes_on_with_its_elements() {
        let mut splitter = Splitter::new(Instructions::best());
        splitter.split(b"[[1],[2],[3]");
        let splits = splitter.split(b",[4],[5]] [6]");
        let ends: Vec<_> = splits.iter().map(|split| (split.part, split.end)).collect();
        assert_eq!(
            ends,
            [(Part::Elements { depth: 1 }, 8), (Part::Unknown, 9), (Part::Documents, 13)]
        );
    }
}
