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

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::account::Account;
    use crate::input::RecordError;

    struct Ignore;

    impl Sink for Ignore {
        fn account(&mut self, _: &Account<'_>, _: Position) {}
        fn invalid(&mut self, _: Position, _: RecordError) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
        fn document(&mut self) {}
    }

    const LIMIT: u64 = 2000;

    /// Returns a parser after the beginning of an array.
    fn parser(beginning: &str) -> Parser {
        let mut parser = Parser::new(LIMIT, Instructions::best());
        parser.feed(beginning.as_bytes(), &mut Ignore);
        parser
    }

    /// Returns whether the parser after `beginning` accepts what another one found in elements, with
    /// the context of the array after `guess`.
    fn fits(beginning: &str, guess: &str, elements: &[&str]) -> bool {
        let context = Arc::new(parser(guess).context().unwrap());
        let mut other = Parser::new(LIMIT, Instructions::best());
        other.restart_after_element(Position::START, context);
        other.feed(format!(",{}", elements.join(",")).as_bytes(), &mut Ignore);
        assert!(other.is_back());
        parser(beginning).fits(&other.findings())
    }

    #[test]
    fn what_another_parser_found_is_accepted_only_if_it_would_have_been_found_here() {
        const ACCOUNT: &str = r#"{"id":"1","aggregationStatusCode":0}"#;
        const WHOLE: &str =
            r#"{"id":"1","customerId":"5","institutionId":"7","aggregationStatusCode":0}"#;
        const ERROR: &str = r#"{"code":5,"message":"x"}"#;
        const TEXT: &str = r#""{\"id\":\"1\",\"aggregationStatusCode\":0}""#;
        let (five, six) = (r#"{"customerId":"5","a":[{}"#, r#"{"customerId":"6","a":[{}"#);
        // Accounts depend on the ids around them, unless they have their own.
        assert!(fits(five, five, &[ACCOUNT]));
        assert!(!fits(five, six, &[ACCOUNT]));
        assert!(fits(five, six, &[WHOLE]));
        // Error bodies wait for the ids around them.
        assert!(fits(five, six, &[ERROR]));
        assert!(!fits(five, five, &[ERROR; 20]), "some no longer wait");
        // What was reported comes after what waits here.
        let waiting = r#"{"x":{"code":5,"message":"x"},"a":[{}"#;
        assert!(fits(waiting, waiting, &[ERROR]));
        for element in [ACCOUNT, ERROR, TEXT] {
            assert!(!fits(waiting, waiting, &[element; 20]), "{element}");
        }
        // All that waits has one limit.
        let waiting = format!("{{\"x\":[{}],\"a\":[{{}}", [ERROR; 4].join(","));
        assert!(fits(&waiting, &waiting, &[ERROR; 3]));
        assert!(!fits(&waiting, &waiting, &[ERROR; 4]));
        // The errors of an account affect the object around them.
        let errors = r#"{"id":"1","errors":[{}"#;
        assert!(!fits(errors, errors, &[r#"{"code":185}"#]));
        assert!(!fits(five, r#"{"customerId":"5","accounts":[{}"#, &[ACCOUNT]));
        assert!(!fits(five, r#"[{"customerId":"5","a":[{}"#, &[ACCOUNT]));
    }
}
