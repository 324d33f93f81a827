//! The values of `--fail-on`, which decide when a check fails.

use std::ffi::OsStr;

use clap::builder::{
    EnumValueParser, PossibleValue, StringValueParser, StyledStr, TypedValueParser,
};
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command, Error, ValueEnum};

use crate::threshold::{Threshold, ThresholdError};

/// A condition under which a check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate<S> {
    /// What to count.
    pub subject: S,
    /// How many are too many; without a threshold, one.
    pub threshold: Option<Threshold>,
}

/// The subject of a gate.
pub trait Subject: ValueEnum + Copy + Send + Sync + 'static {
    /// Returns whether the subject is a count, which can have a threshold. Otherwise, it is true or
    /// false.
    fn is_count(self) -> bool;
}

const GRAMMAR: &str = "write NAME, NAME>N, or NAME>=N, where N is a number of accounts or a \
                       percentage: 'support,user_action>5%,any>=100'";

/// Parses one gate: the name of its subject, and an optional threshold.
#[derive(Debug, Clone)]
pub struct GateParser<S: Subject>(EnumValueParser<S>);

impl<S: Subject> GateParser<S> {
    /// Returns a parser.
    pub fn new() -> Self {
        Self(EnumValueParser::new())
    }
}

impl<S: Subject> TypedValueParser for GateParser<S> {
    type Value = Gate<S>;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, text: &OsStr) -> Result<Gate<S>, Error> {
        let name = text.to_str().map_or(text, |text| OsStr::new(split(text).0));
        let is_number = !name.is_empty() && name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
        if is_number {
            // A comma in a number ends a gate: user_action>5,000.
            let refuse = |_: String| {
                Err::<Gate<S>, _>("not the name of a gate; write numbers without commas")
            };
            return StringValueParser::new().try_map(refuse).parse_ref(cmd, arg, text);
        }
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

/// Splits a gate into the name of its subject and the threshold.
fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end =
        text.find(|character: char| !(character.is_alphanumeric() || "_-".contains(character)));
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
