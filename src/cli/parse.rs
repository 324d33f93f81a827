//! From words to a command line, or to an error that is safe to print.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{CommandFactory, Parser};

use super::{Cli, output};
use crate::catalog::Catalog;
use crate::query::{self, Query};
use crate::render::Format;
use crate::terminal::{is_unsafe, sanitize};

impl Cli {
    /// Parses the words of a command line, the program's name first.
    ///
    /// # Errors
    ///
    /// Requests for help and for the version are errors too, as they are for `clap`. No error holds
    /// a character that a terminal would obey.
    pub fn parse_words(words: &[OsString]) -> Result<Self, Error> {
        Self::try_parse_from(words)
            .and_then(|cli| match cli.format_error() {
                Some(error) => Err(error),
                None => Ok(cli),
            })
            .map_err(|mut error| {
                drop_useless_tips(&mut error, words);
                suggest_explain(&mut error);
                sanitize_context(&mut error);
                error
            })
    }

    /// What is wrong with a format that was given before the command, where `clap` does not yet
    /// know which formats the command writes.
    fn format_error(&self) -> Option<Error> {
        let (format, json) = (self.global.format, self.global.json);
        let requested = format.or(json.then_some(Format::Json))?;
        let option = if format.is_some() {
            "--format <FORMAT>"
        } else {
            "--json"
        };
        let command = self.command.name();
        let formats = output::formats(command);
        if formats.is_empty() {
            let mut error = self.error(ErrorKind::UnknownArgument);
            insert(&mut error, ContextKind::InvalidArg, option);
            return Some(error);
        }
        if format.is_some() && json {
            let mut error = self.error(ErrorKind::ArgumentConflict);
            insert(&mut error, ContextKind::InvalidArg, option);
            insert(&mut error, ContextKind::PriorArg, "--json");
            return Some(error);
        }
        if formats.contains(&requested) {
            return None;
        }
        let mut error = self.error(ErrorKind::InvalidValue);
        insert(&mut error, ContextKind::InvalidArg, option);
        insert(&mut error, ContextKind::InvalidValue, requested.as_str());
        let names = formats.iter().map(|format| format.as_str().to_owned());
        error.insert(
            ContextKind::ValidValue,
            ContextValue::Strings(names.collect()),
        );
        Some(error)
    }

    /// An error about the command that was given.
    fn error(&self, kind: ErrorKind) -> Error {
        let mut program = Self::command();
        program.build();
        let command = program.find_subcommand(self.command.name());
        Error::new(kind).with_cmd(command.unwrap_or(&program))
    }
}

fn insert(error: &mut Error, kind: ContextKind, value: &str) {
    error.insert(kind, ContextValue::String(value.to_owned()));
}

/// Drops the tips that lead nowhere: an option that the command hides because it does not apply,
/// and an unknown option as the name of a file.
fn drop_useless_tips(error: &mut Error, words: &[OsString]) {
    if let Some(ContextValue::String(option)) = error.get(ContextKind::SuggestedArg) {
        let program = Cli::command();
        let mut words = words.iter().skip(1).filter_map(|word| word.to_str());
        let command = words.find_map(|word| program.find_subcommand(word));
        let is_hidden = command.is_some_and(|command| {
            let long = option.trim_start_matches('-');
            let mut args = command.get_arguments();
            args.any(|arg| arg.is_hide_set() && arg.get_long() == Some(long))
        });
        if is_hidden {
            error.remove(ContextKind::SuggestedArg);
        }
    }
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(ContextValue::StyledStrs(mut tips)) = error.remove(ContextKind::Suggested)
    {
        tips.retain(|tip| !tip.to_string().starts_with("to pass "));
        if !tips.is_empty() {
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        }
    }
}

/// Adds a suggestion to the error about a command that is in fact a code.
fn suggest_explain(error: &mut Error) {
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
        && is_query(word)
    {
        let quoted = if word
            .chars()
            .any(|c| !(c.is_ascii_alphanumeric() || c == '-'))
        {
            format!("'{word}'")
        } else {
            word.clone()
        };
        let tip = StyledStr::from(format!("to explain a code: statuscode explain {quoted}"));
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
}

/// Whether `explain` could answer this, and it can be typed without thinking about quotes.
fn is_query(word: &str) -> bool {
    if word.contains('\'') || word.chars().any(is_unsafe) {
        return false;
    }
    match query::read(word) {
        Query::Code(_) | Query::Range(..) => true,
        Query::Stdin => false,
        Query::Text => {
            let entries = Catalog::built_in().entries().iter();
            !query::codes_in(word).is_empty() || entries.into_iter().any(|e| e.name == word)
        }
    }
}

/// Sanitizes everything that came from the command line.
fn sanitize_context(error: &mut Error) {
    let clean = |text: &String| sanitize(text).into_owned();
    // Tips repeat what was typed; without their styles, nothing in them is trusted.
    let plain = |tip: &StyledStr| StyledStr::from(clean(&tip.to_string()));
    let context: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| {
            let value = match value {
                ContextValue::String(text) => ContextValue::String(clean(text)),
                ContextValue::Strings(texts) => {
                    ContextValue::Strings(texts.iter().map(clean).collect())
                }
                ContextValue::StyledStrs(tips) => {
                    ContextValue::StyledStrs(tips.iter().map(plain).collect())
                }
                _ => return None,
            };
            Some((kind, value))
        })
        .collect();
    for (kind, value) in context {
        error.insert(kind, value);
    }
}
