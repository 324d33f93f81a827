//! Parses the arguments of the program.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{CommandFactory, Parser, ValueEnum};

use super::{Cli, output, usage_error};
use crate::render::Format;
use crate::terminal::ColorChoice;

impl Cli {
    /// Parses the arguments of the program, of which the first is its name.
    ///
    /// # Errors
    ///
    /// Returns an error if an argument is wrong, and for `--help` and `--version`, which are errors
    /// to `clap`. Control characters in the message are escaped.
    pub fn parse_args(args: &[OsString]) -> Result<Self, Error> {
        Self::try_parse_from(args)
            .and_then(|cli| match cli.format_error() {
                Some(error) => Err(error),
                None => Ok(cli),
            })
            .map_err(|error| usage_error::improve(error, args))
    }

    /// Returns the value of `--color`, even if the other arguments are wrong. Help and errors need
    /// it before there is a parsed command line.
    #[must_use]
    pub fn color_choice(args: &[OsString]) -> ColorChoice {
        let args: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
        let separate = args.windows(2).rev().find(|pair| pair[0] == "--color");
        let joined = args.iter().rev().find_map(|arg| arg.strip_prefix("--color="));
        separate
            .map(|pair| pair[1])
            .or(joined)
            .and_then(|choice| ColorChoice::from_str(choice, false).ok())
            .unwrap_or_default()
    }

    /// Returns an error if the command does not write the format. `clap` checks a format after the
    /// command; before it, `clap` does not yet know the command.
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

    /// Returns an error with the usage of the given command.
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
