//! `--fail-on`: what makes a check fail.

use std::ffi::OsStr;

use clap::builder::{
    EnumValueParser, PossibleValue, StringValueParser, StyledStr, TypedValueParser,
};
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command, Error, ValueEnum};

use crate::threshold::{Threshold, ThresholdError};

/// What to count, and how many are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate<S> {
    /// What to count.
    pub subject: S,
    /// How many are too many; by default, one.
    pub threshold: Option<Threshold>,
}

/// What a gate can count.
pub trait Subject: ValueEnum + Copy + Send + Sync + 'static {
    /// Whether it is a count; otherwise it is true or false.
    fn is_count(self) -> bool;
}

const GRAMMAR: &str = "write NAME, NAME>N, or NAME>=N, where N is a number of accounts or a \
                       percentage: 'support,user_action>5%,any>=100'";

/// Reads one gate: the name of its subject, and a threshold.
#[derive(Debug, Clone)]
pub struct GateParser<S: Subject>(EnumValueParser<S>);

impl<S: Subject> GateParser<S> {
    /// A parser.
    pub fn new() -> Self {
        Self(EnumValueParser::new())
    }
}

impl<S: Subject> TypedValueParser for GateParser<S> {
    type Value = Gate<S>;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, text: &OsStr) -> Result<Gate<S>, Error> {
        let name = text.to_str().map_or(text, |text| OsStr::new(split(text).0));
        let subject = self.0.parse_ref(cmd, arg, name)?;
        let gate = StringValueParser::new().try_map(move |text| gate(subject, split(&text).1));
        gate.parse_ref(cmd, arg, text).map_err(|mut error| {
            let tip = StyledStr::from(GRAMMAR);
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

/// The name of the subject, and what follows it.
fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    let (name, threshold) = text.split_at(end.unwrap_or(text.len()));
    if name.is_empty() { (text, "") } else { (name, threshold.trim()) }
}

fn gate<S: Subject>(subject: S, threshold: &str) -> Result<Gate<S>, String> {
    if threshold.is_empty() {
        return Ok(Gate { subject, threshold: None });
    }
    if !subject.is_count() {
        return Err("this gate takes no threshold".to_owned());
    }
    let threshold = threshold.parse().map_err(|error: ThresholdError| error.to_string())?;
    Ok(Gate { subject, threshold: Some(threshold) })
}
