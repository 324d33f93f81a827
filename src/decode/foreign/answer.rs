//! JSON that this program has written.
//!
//! The parser would take its counts for accounts. But a document of another program must never be
//! refused, because its accounts would be lost. So a document is recognized only if no other
//! program could have written it: it begins with the version of this program's output, has only the
//! members of that output, and one of them contains a combination of keys that no other program
//! uses. A line of JSON Lines begins with the keys of this program's lines in their order.

use super::{Foreign, Recognized};

/// The tokens at the beginning of every document.
const BEGINNING: [&[u8]; 5] = [b"{", b"\"schemaVersion\"", b":", b"2", b","];

/// The members of a summary file before its list of inputs, which can be long.
const SUMMARY_FILE: &[&[u8]] = &[b"catalog", b"connectFix", b"complete", b"inputs"];

/// The members of all documents, with keys in their values that identify a document together. A
/// member without such keys proves nothing.
const MEMBERS: &[(&[u8], &[&[u8]])] = &[
    (b"accounts", &[b"title", b"category", b"action", b"connectFix", b"requiredAction"]),
    (b"changes", &[b"change", b"before", b"after", b"streak", b"oneTimePasscodeLikely"]),
    (b"codes", &[b"standing", b"category", b"action", b"connectFix"]),
    (b"groups", &[b"accounts", b"failing", b"failingShare"]),
    (b"shards", &[b"file", b"inputs"]),
    (b"snapshots", &[b"input", b"documents", b"records", b"apiErrors"]),
    (b"steps", &[b"action", b"institutionLoginId", b"codes", b"accountIds"]),
    (b"summary", &[b"documents", b"records", b"apiErrors", b"unselected"]),
    (b"summary", &[b"snapshots", b"byChange"]),
    (b"catalog", &[]),
    (b"complete", &[]),
    (b"connectFix", &[]),
    (b"selection", &[]),
    (b"inputs", &[]),
    (b"invalid", &[]),
    (b"outages", &[]),
    (b"unknown", &[]),
];

/// The first members, in order, of the JSON Lines that could be taken for accounts or API errors:
/// those of `triage`, `diff`, and `list`.
const LINES: &[&[&[u8]]] = &[
    &[
        b"id",
        b"customerId",
        b"institutionId",
        b"institutionLoginId",
        b"aggregationStatusCode",
        b"title",
        b"category",
        b"action",
        b"connectFix",
    ],
    &[
        b"id",
        b"customerId",
        b"institutionId",
        b"institutionLoginId",
        b"change",
        b"before",
        b"after",
        b"streak",
    ],
    &[b"code", b"name", b"title", b"standing", b"category", b"action", b"connectFix"],
];

/// Recognizes a document by its first bytes, of which the first is `{`.
pub(super) fn recognize(document: &[u8]) -> Recognized {
    match recognize_line(document) {
        Recognized::Readable => recognize_document(document),
        other => other,
    }
}

/// Recognizes a line of JSON Lines by the order of its members.
fn recognize_line(line: &[u8]) -> Recognized {
    let mut scanner = Scanner { rest: &line[1..], depth: 1 };
    let mut candidates: Vec<_> = LINES.iter().map(|line| line.iter()).collect();
    loop {
        match scanner.next_key() {
            Next::Key(_) if scanner.depth > 1 => return Recognized::Readable,
            Next::Key(key) => candidates.retain_mut(|members| members.next() == Some(&key)),
            Next::End => return Recognized::Readable,
            Next::CutOff => return Recognized::Undecided,
        }
        if candidates.is_empty() {
            return Recognized::Readable;
        }
        if candidates.iter().any(|members| members.len() == 0) {
            return Recognized::Foreign(Foreign::Answer);
        }
    }
}

/// Recognizes a whole document.
fn recognize_document(document: &[u8]) -> Recognized {
    let mut rest = document;
    for token in BEGINNING {
        rest = rest.trim_ascii_start();
        match rest.strip_prefix(token) {
            Some(after) => rest = after,
            None if token.starts_with(rest) => return Recognized::Undecided,
            None => return Recognized::Readable,
        }
    }
    let mut members = Vec::new();
    // The keys in the value of the last member.
    let mut keys = Vec::new();
    let mut scanner = Scanner { rest, depth: 1 };
    loop {
        match scanner.next_key() {
            Next::Key(key) if scanner.depth > 1 => keys.push(key),
            Next::Key(key) if MEMBERS.iter().any(|(member, _)| *member == key) => {
                members.push(key);
                keys.clear();
            }
            Next::Key(_) | Next::End => return Recognized::Readable,
            Next::CutOff => return Recognized::Undecided,
        }
        let has_all = |wanted: &[&[u8]], found: &[&[u8]]| {
            !wanted.is_empty() && wanted.iter().all(|key| found.contains(key))
        };
        let is_identified = |(member, wanted): &(&[u8], &[&[u8]])| {
            members.last() == Some(member) && has_all(wanted, &keys)
        };
        if has_all(SUMMARY_FILE, &members) || MEMBERS.iter().any(is_identified) {
            return Recognized::Foreign(Foreign::Answer);
        }
    }
}

/// Finds the keys in a document. Whether the document is valid does not matter.
struct Scanner<'a> {
    rest: &'a [u8],
    /// The number of objects and arrays around the current position.
    depth: usize,
}

enum Next<'a> {
    Key(&'a [u8]),
    /// The end of the document.
    End,
    /// The bytes end before the document does.
    CutOff,
}

impl<'a> Scanner<'a> {
    fn next_key(&mut self) -> Next<'a> {
        while let [byte, rest @ ..] = self.rest {
            self.rest = rest;
            match byte {
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 1 => return Next::End,
                b'}' | b']' => self.depth -= 1,
                b'"' => {
                    let Some(string) = self.string() else { break };
                    match self.rest.trim_ascii_start() {
                        [b':', ..] => return Next::Key(string),
                        [] => break,
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Next::CutOff
    }

    /// Returns the rest of a string; `None` if it is cut off.
    fn string(&mut self) -> Option<&'a [u8]> {
        let mut end = 0;
        loop {
            match self.rest.get(end)? {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        let string = &self.rest[..end];
        self.rest = &self.rest[end + 1..];
        Some(string)
    }
}
