//! Completion candidates for values that are not a fixed list.

use std::ffi::OsStr;

use clap::{Arg, CommandFactory, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::Cli;
use crate::catalog::Catalog;

/// The candidate that means file names. The shell completes those itself, because it knows what to
/// quote.
pub const FILES: &str = ":files";

/// Leaves the completion of an argument that takes a file to the shell.
#[must_use]
pub fn complete_files(arg: Arg) -> Arg {
    if arg.get_value_hint() == ValueHint::FilePath {
        arg.add(ArgValueCompleter::new(|_: &OsStr| {
            vec![CompletionCandidate::new(FILES).id(Some(FILES.to_owned()))]
        }))
    } else {
        arg
    }
}

/// Returns the names of the commands, with their descriptions.
pub fn commands() -> Vec<CompletionCandidate> {
    let program = Cli::command();
    let commands = program.get_subcommands();
    commands
        .map(|command| {
            CompletionCandidate::new(command.get_name()).help(command.get_about().cloned())
        })
        .collect()
}

/// Returns the codes, with their titles.
pub fn codes() -> Vec<CompletionCandidate> {
    let entries = Catalog::built_in().entries().iter();
    entries
        .map(|entry| {
            CompletionCandidate::new(entry.code.to_string()).help(Some(entry.title.clone().into()))
        })
        .collect()
}

/// Returns the ids of the sources, with their titles.
pub fn sources() -> Vec<CompletionCandidate> {
    let sources = Catalog::built_in().sources().iter();
    sources
        .map(|source| CompletionCandidate::new(&source.id).help(Some(source.title.clone().into())))
        .collect()
}
