//! The grammar and the rule at work on one input.

use std::sync::Arc;

use super::account::{Context, Findings, Key, Rule, Session};
use super::json::{self, Passed};
use super::{Instructions, Position, Sink};

/// Finds the accounts of an input that it is fed in pieces of any size.
#[derive(Debug)]
pub struct Parser {
    json: json::Parser<Key>,
    rule: Rule,
}

impl Parser {
    /// A parser at the beginning of an input. `max_record_size` is in bytes: an account of more is
    /// an invalid record.
    #[must_use]
    pub fn new(max_record_size: u64, instructions: Instructions) -> Self {
        let json = json::Parser::new(Position::START).with(instructions);
        Self { json, rule: Rule::new(max_record_size) }
    }

    /// Parses the next piece of the input.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl Sink) {
        let rule = &mut self.rule;
        self.json.feed(bytes, &mut Session { rule, sink });
    }

    /// Parses what is left at the end of the input.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        let rule = &mut self.rule;
        self.json.finish(&mut Session { rule, sink });
    }

    /// Whether the sink wants no more of this input.
    #[must_use]
    pub const fn is_stopped(&self) -> bool {
        self.rule.is_stopped()
    }

    /// Whether the input ended inside a document.
    #[must_use]
    pub const fn is_unfinished(&self) -> bool {
        self.json.is_unfinished()
    }

    /// Begins anew between two documents.
    pub(super) fn restart(&mut self, at: Position) {
        self.json.restart(at);
        self.rule.restart();
    }

    /// Begins anew after an element of an array in these surroundings.
    pub(super) fn restart_after_element(&mut self, at: Position, context: Arc<Context>) {
        self.json.restart_after_element(at, context.depth);
        self.rule.restart_after_element(at, context);
    }

    /// Whether a fresh parser could go on from here.
    pub(super) fn is_between_documents(&self) -> bool {
        self.json.is_between_documents()
    }

    /// Whether the parser is back after an element of the array where it began.
    pub(super) fn is_back(&self) -> bool {
        self.json.is_back()
    }

    /// The surroundings of the next elements, if the parser is after an element of an array.
    pub(super) fn context(&self) -> Option<Context> {
        self.rule.context(self.json.depth_after_element()?)
    }

    /// Whether another parser that began after an element found what this one would have.
    pub(super) fn fits(&self, findings: &Findings) -> bool {
        self.json.depth_after_element().is_some_and(|depth| self.rule.fits(findings, depth))
    }

    pub(super) fn passed(&self) -> Passed {
        self.json.passed()
    }

    pub(super) fn findings(&mut self) -> Findings {
        self.rule.findings()
    }

    /// Goes on after another parser.
    pub(super) fn pass(&mut self, passed: Passed, findings: Findings) {
        self.json.pass(passed);
        self.rule.pass(findings);
    }
}
