//! From words to a command line, or to an error.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{CommandFactory, Parser, ValueEnum};

use super::{Cli, output, usage_error};
use crate::render::Format;
use crate::terminal::ColorChoice;

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
            .map_err(|error| usage_error::improve(error, words))
    }

    /// The `--color` among these words, which need not make sense otherwise: help and errors have
    /// no parsed command line to ask.
    #[must_use]
    pub fn color_choice(words: &[OsString]) -> ColorChoice {
        let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
        let separate = words.windows(2).rev().find(|pair| pair[0] == "--color");
        let joined = words.iter().rev().find_map(|w| w.strip_prefix("--color="));
        separate
            .map(|pair| pair[1])
            .or(joined)
            .and_then(|choice| ColorChoice::from_str(choice, false).ok())
            .unwrap_or_default()
    }

    /// What is wrong with a format that was given before the command, where `clap` does not yet
    /// know which formats the command writes.
    fn format_error(&self) -> Option<Error> {
        let (format, json) = (self.global.format, self.global.json);
        let requested = format.or(json.then_some(Format::Json))?;
        let option = if format.is_some() { "--format <FORMAT>" } else { "--json" };
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
        error.insert(ContextKind::ValidValue, ContextValue::Strings(names.collect()));
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
