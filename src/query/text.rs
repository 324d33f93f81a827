//! Codes in a text of any size: numbers after a key word, or before one. A bare number is never a
//! code: precision comes before recall.
//!
//! The text comes in pieces. Whatever the pieces, the codes are the same, because nothing is read
//! farther from a key word than [`BEFORE`] and [`AFTER`] reach; so the time is linear in the length
//! of the text, and the memory is that of one piece.

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

/// Bytes before a key word that decide what it means.
const BEFORE: usize = 96;
/// Bytes after a key word, or after a number in a list, in which the next number is found.
const AFTER: usize = 448;
/// Finds the places where key words can be. `None` never happens: there are stems.
static STEM: LazyLock<Option<Searcher>> = LazyLock::new(|| {
    let mut config = Config::new();
    config.match_kind(MatchKind::LeftmostFirst);
    let mut builder = config.builder();
    for stem in STEMS {
        builder.extend(spellings(stem));
    }
    builder.build()
});

/// A stem in every mixture of small and capital letters.
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

/// Reads a text piece by piece.
#[derive(Debug, Default)]
pub struct TextReader {
    /// The end of the text so far: what is still to be read, and what comes before that.
    text: String,
    /// Where to go on.
    at: usize,
    /// The list that goes on there.
    list: Option<List>,
}

impl TextReader {
    /// Reads the next piece.
    pub fn push(&mut self, piece: &str, found: &mut impl FnMut(Mention)) {
        self.text.push_str(piece);
        self.read(false, found);
        let read = floor_boundary(&self.text, self.at.saturating_sub(BEFORE));
        self.text.drain(..read);
        self.at -= read;
    }

    /// Reads what the end of the text decides.
    pub fn finish(mut self, found: &mut impl FnMut(Mention)) {
        self.read(true, found);
    }

    fn read(&mut self, is_end: bool, found: &mut impl FnMut(Mention)) {
        let Some(stems) = &*STEM else {
            return;
        };
        loop {
            if let Some(list) = self.list {
                let Some(view) = self.view(self.at, is_end) else {
                    return;
                };
                let (read, next) = list.go_on(&self.text[self.at..view.end], found);
                self.at += read;
                self.list = next;
                continue;
            }
            let stem = stems.find_in(self.text.as_bytes(), (self.at..self.text.len()).into());
            let Some(stem) = stem else {
                // A stem can begin in the last bytes.
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

    /// The part of the text around a place that decides what stands there; `None` if more of it is
    /// needed.
    fn view(&self, at: usize, is_end: bool) -> Option<Range<usize>> {
        let end = at + AFTER;
        if end > self.text.len() && !is_end {
            return None;
        }
        let start = floor_boundary(&self.text, at.saturating_sub(BEFORE));
        Some(start..floor_boundary(&self.text, end))
    }
}
