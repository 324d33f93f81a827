//! The entries of the requested codes.

use std::collections::HashSet;
use std::path::Path;

use super::problems::{Problem, Problems};
use super::quote::quote;
use crate::account::Code;
use crate::catalog::{Catalog, Entry};
use crate::decode::Foreign;
use crate::query::{Finder, Mention};
use crate::suggest;
use crate::text::{and_list, floor_boundary, grouped};

/// The number of neighbors to name for an unknown code.
const NEIGHBORS: usize = 4;
/// If there are more unknown codes than this, they are named without neighbors.
const MAX_DETAILED: usize = 2;
/// The number of unknown codes to name.
const MAX_NAMED: usize = 8;
/// The number of bytes of a text in which quoted messages are searched for. Only people quote
/// messages, and their texts are short.
const MAX_MESSAGE_TEXT: usize = 1 << 20;
/// The maximum length of a term or of the name of a code, in bytes.
const MAX_TERM: usize = 60;

/// A text that may contain codes.
#[derive(Debug, Default)]
pub struct Text {
    codes: Finder,
    /// The beginning of the text.
    head: String,
    /// The binary format that it is in.
    pub foreign: Option<Foreign>,
}

impl Text {
    /// Adds the next chunk.
    pub fn push(&mut self, chunk: &str) {
        self.codes.push(chunk);
        let room = MAX_MESSAGE_TEXT.saturating_sub(self.head.len()).min(chunk.len());
        self.head.push_str(&chunk[..floor_boundary(chunk, room)]);
    }
}

/// The results of all queries, each once, in the order of the queries.
#[derive(Debug)]
pub struct Found<'a> {
    catalog: &'a Catalog,
    entries: Vec<&'a Entry>,
    unknown: Vec<Code>,
    known: HashSet<Code>,
    problems: Problems,
}

impl<'a> Found<'a> {
    /// Returns an empty collection.
    pub fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            entries: Vec::new(),
            unknown: Vec::new(),
            known: HashSet::new(),
            problems: Problems::default(),
        }
    }

    /// Returns whether everything was found.
    pub const fn is_complete(&self) -> bool {
        self.unknown.is_empty() && self.problems.is_empty()
    }

    /// Returns the entries, the unknown codes, and the problems to report.
    pub fn finish(mut self) -> (Vec<&'a Entry>, Vec<Code>, Problems) {
        let (catalog, problems) = (self.catalog, &mut self.problems);
        if self.unknown.len() <= MAX_DETAILED {
            for &code in &self.unknown {
                problems.add(|| unknown(catalog, code));
            }
        } else {
            let named = self.unknown.iter().take(MAX_NAMED).map(Code::to_string);
            let mut codes: Vec<String> = named.collect();
            let others = self.unknown.len() - codes.len();
            if others > 0 {
                codes.push(format!("{} more", grouped(others as u64)));
            }
            let warning = format!("unknown codes {}", and_list(&codes));
            problems.add(|| Problem { warning, hints: Vec::new() });
        }
        (self.entries, self.unknown, self.problems)
    }

    /// Adds every entry.
    pub fn add_all(&mut self) {
        self.catalog.entries().iter().for_each(|entry| self.add_entry(entry));
    }

    /// Adds a code.
    pub fn add(&mut self, code: Code) {
        match self.catalog.get(code) {
            Some(entry) => self.add_entry(entry),
            None if self.known.insert(code) => self.unknown.push(code),
            None => {}
        }
    }

    fn add_entry(&mut self, entry: &'a Entry) {
        if self.known.insert(entry.code) {
            self.entries.push(entry);
        }
    }

    /// Adds the entries from the first code to the last.
    pub fn add_range(&mut self, first: Code, last: Code) {
        let is_within = |entry: &&Entry| (first..=last).contains(&entry.code);
        let mut entries = self.catalog.entries().iter().filter(is_within).peekable();
        if entries.peek().is_none() {
            let warning = format!("no known codes from {first} to {last}");
            self.problems.add(|| Problem { warning, hints: Vec::new() });
        }
        entries.for_each(|entry| self.add_entry(entry));
    }

    /// Adds the entry that the text names, the codes that it mentions, or the entries whose message
    /// it quotes.
    pub fn add_text(&mut self, text: Text, name: &str) {
        let head = text.head;
        if let Some(entry) = self.catalog.find_by_name(&head.trim().to_ascii_lowercase()) {
            return self.add_entry(entry);
        }
        let mentions = text.codes.finish();
        if mentions.is_empty() {
            let mut entries = self.catalog.find_by_message(&head);
            // A short text may be a synonym: "mfa", "one-time passcode".
            if entries.is_empty() && head.len() <= MAX_TERM {
                entries = self.catalog.find_by_term(&head);
            }
            if entries.is_empty() {
                let catalog = self.catalog;
                self.problems.add(|| match text.foreign {
                    Some(foreign) => not_text(foreign, name),
                    None => no_code(catalog, name),
                });
            }
            for entry in entries {
                self.add_entry(entry);
            }
        }
        for mention in mentions.iter() {
            match mention {
                Mention::Code(code) => self.add(code),
                Mention::Range(first, last) => self.add_range(first, last),
            }
        }
    }
}

fn not_text(foreign: Foreign, name: &str) -> Problem {
    // Formats without a command that converts them are only for accounts.
    let hint = foreign.hint().split_once(" > FILE.json").map_or_else(
        || "paste the text instead".to_owned(),
        |(command, _)| format!("{command} | statuscode explain -"),
    );
    Problem {
        warning: format!("no code found in {name}, which is not text but {}", foreign.label()),
        hints: vec![hint],
    }
}

fn no_code(catalog: &Catalog, name: &str) -> Problem {
    let quoted = quote(name);
    let names = catalog.entries().iter().map(|entry| entry.name.as_str());
    let is_name = name.len() <= MAX_TERM && !name.contains(' ');
    let nearest = is_name.then(|| suggest::nearest(name, names)).flatten();
    let hint = match nearest {
        _ if Path::new(name).is_file() => {
            // A shell could run a part of any other name.
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
            let file = if name.bytes().all(is_plain) { name } else { "FILE" };
            format!("to find the codes in a file: statuscode explain - < {file}")
        }
        Some(name) => format!("did you mean {name}?"),
        None => {
            "a code is a number next to a keyword, as in \"error 185\", \"status code: 185\", or \
             \"aggregationStatusCode\":185; text that contains only numbers is a list of codes"
                .to_owned()
        }
    };
    Problem { warning: format!("no code found in {quoted}"), hints: vec![hint] }
}

fn unknown(catalog: &Catalog, code: Code) -> Problem {
    let status = catalog.http_status(code);
    let status =
        status.map(|status| format!("HTTP status {code} ({}): {}", status.title, status.meaning));
    let neighbors = catalog.neighbors(code, NEIGHBORS).into_iter();
    let names: Vec<String> =
        neighbors.map(|entry| format!("{} ({})", entry.code, entry.title)).collect();
    let nearest = format!("nearest codes by number, not necessarily related: {}", and_list(&names));
    Problem {
        warning: format!("unknown code {code}"),
        hints: status.into_iter().chain([nearest]).collect(),
    }
}
