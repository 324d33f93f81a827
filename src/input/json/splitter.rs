//! Where an input may be split, so that several parsers can share it.
//!
//! A splitter only guesses: it looks for patterns, counts brackets, and checks nothing. Where the
//! parts are joined, a part whose guess was wrong is parsed again. So a mistake here costs time, and
//! never changes an answer.

use memchr::memmem::rfind;
use memchr::memrchr;

use super::brackets;
use super::instructions::Instructions;

/// What a part of a block is taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) enum Part {
    /// Whole documents.
    Documents,
    /// Whole elements of an array, after an element of it.
    Elements,
}

/// A part of a block that can be parsed without what is before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) struct Split {
    pub part: Part,
    pub begin: usize,
    pub end: usize,
}

/// Where a block ends whose bytes end anywhere: after a line of JSON Lines, before an object, or
/// with the bytes.
pub(in crate::input) fn block_end(bytes: &[u8]) -> usize {
    lines_end(bytes)
        .or_else(|| rfind(bytes, b"{\"").filter(|&object| object > bytes.len() / 2))
        .unwrap_or(bytes.len())
}

/// The largest part of a block that is whole documents, or whole elements of one array.
pub(in crate::input) fn split(instructions: Instructions, block: &[u8]) -> Option<Split> {
    if block.starts_with(b"{") && lines_end(block) == Some(block.len()) {
        return Some(Split { part: Part::Documents, begin: 0, end: block.len() });
    }
    // Depth is counted from the beginning of the block. Where the least of all is reached again,
    // whole documents or elements are in between.
    let (mut depth, mut least, mut begin, mut end) = (0_isize, isize::MAX, 0, 0);
    brackets::visit(instructions.0, block, |at, opens| {
        if opens {
            depth += 1;
            return;
        }
        depth -= 1;
        if depth < least {
            (least, begin) = (depth, at + 1);
        }
        if depth == least {
            end = at + 1;
        }
    });
    let next = block[begin..].trim_ascii_start().first();
    let part = if next == Some(&b',') { Part::Elements } else { Part::Documents };
    (end > begin).then_some(Split { part, begin, end })
}

/// The index after the last line, if the bytes look like JSON Lines: that line, and what follows it,
/// begin and end as objects do.
fn lines_end(bytes: &[u8]) -> Option<usize> {
    let end = memrchr(b'\n', bytes)?;
    let begin = memrchr(b'\n', &bytes[..end]).map_or(0, |newline| newline + 1);
    let line = bytes[begin..end].trim_ascii_end();
    let next = bytes.get(end + 1);
    let is_line = line.starts_with(b"{")
        && line.ends_with(b"}")
        && line.len() > 2
        && matches!(next, None | Some(b'{'));
    is_line.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(block: &str) -> Option<(Part, &str)> {
        let Split { part, begin, end } = split(Instructions::best(), block.as_bytes())?;
        Some((part, &block[begin..end]))
    }

    #[test]
    fn a_block_of_json_lines_ends_after_the_last_whole_line() {
        let bytes = "{\"a\":1}\n{\"b\":2}\n{\"c\"";
        let block = &bytes[..block_end(bytes.as_bytes())];
        assert_eq!(block, "{\"a\":1}\n{\"b\":2}\n");
        assert_eq!(part(block), Some((Part::Documents, block)));
    }

    #[test]
    fn any_other_block_ends_before_its_last_object() {
        let bytes = "[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3";
        assert_eq!(&bytes[..block_end(bytes.as_bytes())], "[{\"id\":\"1\"},{\"id\":\"2\"},");
        assert_eq!(block_end(b"[1,2,3"), 6);
    }

    #[test]
    fn the_elements_of_the_outermost_array_are_one_part() {
        let block = "\"x\":[{\"y\":[[],[]]},{},{\"]\":1},{";
        assert_eq!(part(block), Some((Part::Elements, ",{},{\"]\":1}")));
        let inside = "{\"x\":[1]},2]},{\"y\":[{},{}]},{\"z\":[{},{}]},{";
        assert_eq!(part(inside), Some((Part::Elements, ",{\"y\":[{},{}]},{\"z\":[{},{}]}")));
    }

    #[test]
    fn documents_one_after_the_other_are_one_part_and_one_alone_is_none() {
        assert_eq!(part("{\"a\":[]}[1] {}{"), Some((Part::Documents, "[1] {}")));
        assert_eq!(part("{\"a\":[1,2,"), None);
        assert_eq!(part("]}"), None);
    }
}
