//! Completion candidates where the values are not a fixed list.

use std::ffi::OsStr;

use clap::{Arg, CommandFactory, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::Cli;
use super::selection::PENDING;
use crate::catalog::Catalog;

/// The candidate that means file names. Shells complete those better themselves: they know what to
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

/// The commands, with what they do.
pub fn commands() -> Vec<CompletionCandidate> {
    let program = Cli::command();
    let commands = program.get_subcommands();
    commands
        .map(|command| {
            CompletionCandidate::new(command.get_name()).help(command.get_about().cloned())
        })
        .collect()
}

/// The codes, with their titles.
pub fn codes() -> Vec<CompletionCandidate> {
    let entries = Catalog::built_in().entries().iter();
    entries
        .map(|entry| {
            CompletionCandidate::new(entry.code.to_string()).help(Some(entry.title.clone().into()))
        })
        .collect()
}

/// The codes, and the word for accounts that have none.
pub fn selectable_codes() -> Vec<CompletionCandidate> {
    let pending = CompletionCandidate::new(PENDING).help(Some("accounts without a code".into()));
    codes().into_iter().chain([pending]).collect()
}

/// The sources, with their titles.
pub fn sources() -> Vec<CompletionCandidate> {
    let sources = Catalog::built_in().sources().iter();
    sources
        .map(|source| CompletionCandidate::new(&source.id).help(Some(source.title.clone().into())))
        .collect()
}
