//! Finds codes in a text of any size: numbers after or before a keyword. A bare number is never a
//! code: precision comes before recall.
//!
//! The text arrives in chunks. Nothing is read farther from a keyword than [`BEFORE`] and [`AFTER`]
//! bytes. Therefore the chunks make no difference to the result, the time is linear in the length
//! of the text, and the memory is that of one chunk.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::packed::{Config, MatchKind, Searcher};

use super::Mention;
use super::after;
use super::after::List;
use super::before;
use super::keyword;
use super::words::STEMS;
use crate::text::floor_boundary;

/// The number of bytes before a keyword that can affect its meaning.
const BEFORE: usize = 96;
/// The number of bytes after a keyword, or after a number of a list, in which the next number can
/// be.
const AFTER: usize = 448;
/// Finds the stems of keywords. It is never `None`, because there are stems.
static STEM_SEARCHER: LazyLock<Option<Searcher>> = LazyLock::new(|| {
    let mut config = Config::new();
    config.match_kind(MatchKind::LeftmostFirst);
    let mut builder = config.builder();
    for stem in STEMS {
        builder.extend(spellings(stem));
    }
    builder.build()
});

/// Returns a stem in every mixture of lowercase and uppercase letters.
fn spellings(stem: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for letter in stem.chars() {
        let other = letter.to_ascii_uppercase();
        let capitals = all
            .clone()
            .into_iter()
            .filter(|_| other != letter)
            .map(|s| s + other.encode_utf8(&mut [0; 4]));
        let capitals: Vec<String> = capitals.collect();
        for spelling in &mut all {
            spelling.push(letter);
        }
        all.extend(capitals);
    }
    all
}

/// Reads a text in chunks.
#[derive(Debug, Default)]
pub struct TextReader {
    /// The text that is still to be read, and up to [`BEFORE`] bytes before that.
    text: String,
    /// The position in `text` at which to continue.
    at: usize,
    /// The list that continues there.
    list: Option<List>,
}

impl TextReader {
    /// Reads the next chunk.
    pub fn push(&mut self, chunk: &str, found: &mut impl FnMut(Mention)) {
        self.text.push_str(chunk);
        self.read(false, found);
        let read = floor_boundary(&self.text, self.at.saturating_sub(BEFORE));
        self.text.drain(..read);
        self.at -= read;
    }

    /// Reads the rest of the text.
    pub fn finish(mut self, found: &mut impl FnMut(Mention)) {
        self.read(true, found);
    }

    fn read(&mut self, is_end: bool, found: &mut impl FnMut(Mention)) {
        let Some(stems) = &*STEM_SEARCHER else {
            return;
        };
        loop {
            if let Some(list) = self.list {
                let Some(view) = self.view(self.at, is_end) else {
                    return;
                };
                let (read, next) = list.advance(&self.text[self.at..view.end], found);
                self.at += read;
                self.list = next;
                continue;
            }
            let stem = stems.find_in(self.text.as_bytes(), (self.at..self.text.len()).into());
            let Some(stem) = stem else {
                // A stem may begin in the last bytes.
                let rest = floor_boundary(&self.text, self.text.len().saturating_sub(4));
                self.at = self.at.max(rest);
                return;
            };
            self.at = stem.start();
            let Some(view) = self.view(self.at, is_end) else {
                return;
            };
            let start = self.at - view.start;
            let text = &self.text[view];
            let keyword = keyword::at(text, start);
            if let Some((list, rest)) = keyword.and_then(|keyword| after::list(&keyword)) {
                self.at += text.len() - rest - start;
                self.list = Some(list);
            } else {
                keyword.iter().flat_map(before::codes).map(Mention::Code).for_each(&mut *found);
                self.at = stem.start() + 1;
            }
        }
    }

    /// Returns the part of the text around a position that decides its meaning; `None` if more of
    /// the text is needed.
    fn view(&self, at: usize, is_end: bool) -> Option<Range<usize>> {
        let end = at + AFTER;
        if end > self.text.len() && !is_end {
            return None;
        }
        let start = floor_boundary(&self.text, at.saturating_sub(BEFORE));
        Some(start..floor_boundary(&self.text, end))
    }
}
