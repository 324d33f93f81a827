//! Where an input may be cut so that several walkers can share it.
//!
//! A cutter only guesses: it counts brackets and checks nothing. Whether a guess held is decided by whoever joins the
//! parts, who walks a part again if its walker did not begin in the right state. So a mistake here costs time, and
//! never changes an answer.

use memchr::{memchr, memrchr};

use super::structure::Scanner;

/// What one part of a block is taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Whole documents.
    Documents,
    /// Whole elements of one array, behind an element of it.
    Elements { in_accounts: bool },
    /// Anything: only the one walker that knows what came before can read it.
    Unknown,
}

/// One part of a block and the index behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    pub part: Part,
    pub end: usize,
}

/// Levels of nesting whose arrays are looked at; what lies deeper is not cut.
const LEVELS: usize = 32;

/// An open array: where elements of it have ended in the current block.
#[derive(Debug, Clone, Copy)]
struct Array {
    open: bool,
    in_accounts: bool,
    first_end: usize,
    last_end: usize,
}

impl Default for Array {
    fn default() -> Self {
        Self {
            open: false,
            in_accounts: false,
            first_end: usize::MAX,
            last_end: 0,
        }
    }
}

impl Array {
    /// Whether at least one whole element lies between two ends of elements.
    const fn has_elements(&self) -> bool {
        self.open && self.last_end > self.first_end
    }
}

/// Finds the cuts of one input, block by block.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    scanner: Scanner,
    depth: usize,
    arrays: [Array; LEVELS],
    /// Whether the block begins inside a document, and the level of the array behind an element of which it does.
    begun: bool,
    behind: Option<usize>,
    /// Bytes of the block that were scanned in vain, and what they told.
    scanned: usize,
    /// Where the first and the last document of the block end.
    documents: Option<(usize, usize)>,
    /// The end of the last element of the array that the block begins in, once that array has ended.
    elements: Option<(bool, usize)>,
}

impl Cutter {
    /// Cuts a block that begins where the last cut ended. What lies behind the last cut belongs to the next block. No cut at
    /// all means that more bytes are needed: the same block comes again, and longer.
    pub(super) fn cut(&mut self, block: &[u8]) -> Vec<Cut> {
        let mut cuts = Vec::new();
        if let Some(end) = lines_end(block, self.scanned) {
            if self.begun || !block.starts_with(b"{") {
                let first = memchr(b'\n', block).map_or(0, |newline| newline + 1);
                push(&mut cuts, Part::Unknown, first);
            }
            push(&mut cuts, Part::Documents, end);
            *self = Self::default();
            return cuts;
        }
        self.scan(block);
        if let Some((in_accounts, end)) = self.elements {
            push(&mut cuts, Part::Elements { in_accounts }, end);
        }
        if let Some((first, last)) = self.documents {
            if self.begun {
                push(&mut cuts, Part::Unknown, first);
            }
            push(&mut cuts, Part::Documents, last);
            *self = Self::default();
        } else if let Some(level) = self.arrays.iter().position(Array::has_elements) {
            let array = self.arrays[level];
            push(&mut cuts, Part::Unknown, array.first_end);
            push(
                &mut cuts,
                Part::Elements {
                    in_accounts: array.in_accounts,
                },
                array.last_end,
            );
            self.scanner = Scanner::default();
            self.depth = level + 1;
            self.arrays[level + 1..].fill(Array::default());
            self.begin_block(Some(level));
        } else {
            cuts.clear();
        }
        cuts
    }

    /// Takes a block that could not be cut as a whole; it must have been tried.
    pub(super) fn take_whole(&mut self, block: &[u8]) -> Vec<Cut> {
        self.begin_block(None);
        vec![Cut {
            part: Part::Unknown,
            end: block.len(),
        }]
    }

    /// Ends of the last block say nothing in the next one, but it may begin at an end.
    fn begin_block(&mut self, behind: Option<usize>) {
        for (level, array) in self.arrays.iter_mut().enumerate() {
            array.first_end = if behind == Some(level) { 0 } else { usize::MAX };
            array.last_end = 0;
        }
        self.begun = true;
        self.behind = behind;
        self.scanned = 0;
        self.documents = None;
        self.elements = None;
    }

    /// Counts the brackets of what was not scanned yet.
    fn scan(&mut self, block: &[u8]) {
        let Self {
            scanner,
            depth,
            arrays,
            behind,
            documents,
            elements,
            scanned,
            ..
        } = self;
        let from = *scanned;
        *scanned = block.len();
        scanner.scan(&block[from..], |at, opens| {
            let at = from + at;
            if opens {
                if let Some(array) = arrays.get_mut(*depth) {
                    let open = block[at] == b'[';
                    let in_accounts = open && is_called_accounts(&block[..at]);
                    *array = Array {
                        open,
                        in_accounts,
                        first_end: usize::MAX,
                        last_end: 0,
                    };
                }
                *depth += 1;
                return;
            }
            *depth = depth.saturating_sub(1);
            if Some(*depth) == *behind && elements.is_none() && documents.is_none() {
                *elements = Some((arrays[*depth].in_accounts, arrays[*depth].last_end));
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

fn push(cuts: &mut Vec<Cut>, part: Part, end: usize) {
    if end > cuts.last().map_or(0, |cut| cut.end) {
        cuts.push(Cut { part, end });
    }
}

/// The index behind the last line, if it ends behind `from` and the block looks like JSON Lines: that line, and what comes
/// behind it, begin and end as objects do.
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

/// Whether what comes next is the value of a member called `accounts`.
fn is_called_accounts(before: &[u8]) -> bool {
    let name = before
        .trim_ascii_end()
        .strip_suffix(b":")
        .map(<[u8]>::trim_ascii_end);
    name.is_some_and(|name| name.ends_with(b"\"accounts\""))
}
