//! Applies the JSON parser and the account rule to one input.

use std::sync::Arc;

use super::account::{Context, Findings, Key, Rule, Session};
use super::json::{self, Progress};
use super::{Instructions, Position, Sink};

/// Finds the accounts of an input that arrives in chunks of any size.
#[derive(Debug)]
pub struct Parser {
    json: json::Parser<Key>,
    rule: Rule,
}

impl Parser {
    /// Creates a parser at the beginning of an input. `max_record_size` is in bytes: a larger
    /// account is an invalid record.
    #[must_use]
    pub fn new(max_record_size: u64, instructions: Instructions) -> Self {
        let json = json::Parser::new(Position::START).with(instructions);
        Self { json, rule: Rule::new(max_record_size) }
    }

    /// Parses the next chunk of the input.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl Sink) {
        let rule = &mut self.rule;
        self.json.feed(bytes, &mut Session { rule, sink });
    }

    /// Parses the remaining bytes at the end of the input.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        let rule = &mut self.rule;
        self.json.finish(&mut Session { rule, sink });
    }

    /// Returns whether the sink stopped this input.
    #[must_use]
    pub const fn is_stopped(&self) -> bool {
        self.rule.is_stopped()
    }

    /// Returns whether the input ended inside a document.
    #[must_use]
    pub const fn is_unfinished(&self) -> bool {
        self.json.is_unfinished()
    }

    /// Restarts the parser between two documents.
    pub(super) fn restart(&mut self, at: Position) {
        self.json.restart(at);
        self.rule.restart();
    }

    /// Restarts the parser after an element of an array in this context.
    pub(super) fn restart_after_element(&mut self, at: Position, context: Arc<Context>) {
        self.json.restart_after_element(at, context.depth);
        self.rule.restart_after_element(at, context);
    }

    /// Returns whether a new parser could continue from here.
    pub(super) fn is_between_documents(&self) -> bool {
        self.json.is_between_documents()
    }

    /// Returns whether the parser is again after an element of the array where it started.
    pub(super) fn is_back(&self) -> bool {
        self.json.is_back()
    }

    /// Returns the context of the next elements, if the parser is after an element of an array.
    pub(super) fn context(&self) -> Option<Context> {
        self.rule.context(self.json.depth_after_element()?)
    }

    /// Returns whether another parser, started after an element, found what this one would have
    /// found.
    pub(super) fn fits(&self, findings: &Findings) -> bool {
        self.json.depth_after_element().is_some_and(|depth| self.rule.fits(findings, depth))
    }

    pub(super) fn progress(&self) -> Progress {
        self.json.progress()
    }

    pub(super) fn findings(&mut self) -> Findings {
        self.rule.findings()
    }

    /// Continues after the bytes that another parser parsed.
    pub(super) fn continue_after(&mut self, progress: Progress, findings: Findings) {
        self.json.continue_after(progress);
        self.rule.continue_after(findings);
    }
}
