//! The `completions` command: prints completion scripts, and the candidates that they request.
//!
//! A script runs the program with the arguments before the cursor, so it always offers what the
//! installed program accepts. Nushell cannot do that, so a test compares its definitions with the
//! command line.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::engine::{CompletionCandidate, complete};

use super::context::{Out, write};
use super::status::Status;
use crate::cli::{Cli, CompletionsArgs, FILES, Shell, complete_files};

/// The environment variable that a script sets to request candidates.
const VARIABLE: &str = "STATUSCODE_COMPLETE";

/// Prints the script of a shell.
pub(super) fn run(args: &CompletionsArgs, out: &mut Out<'_>) -> Result<Status> {
    let script = match args.shell {
        Shell::Bash => include_str!("../../completions/statuscode.bash"),
        Shell::Zsh => include_str!("../../completions/statuscode.zsh"),
        Shell::Fish => include_str!("../../completions/statuscode.fish"),
        Shell::Elvish => include_str!("../../completions/statuscode.elv"),
        Shell::PowerShell => include_str!("../../completions/statuscode.ps1"),
        Shell::Nushell => include_str!("../../completions/statuscode.nu"),
    };
    write(out, |out| out.write_all(script.as_bytes()))?;
    Ok(Status::Done)
}

/// Returns whether a completion script runs the program to request candidates.
#[must_use]
pub fn is_requested() -> bool {
    env::var_os(VARIABLE).is_some_and(|value| !value.is_empty())
}

/// Returns the candidates for the last argument of a command line, one per line: a value, and after
/// a tab its description, if it has one. The line `:files` means file names.
#[must_use]
pub fn candidates(args: &[OsString]) -> String {
    let mut program = Cli::command()
        .mut_args(complete_files)
        .mut_subcommands(|command| command.mut_args(complete_files));
    let Some(last) = args.len().checked_sub(1) else {
        return String::new();
    };
    // A command line that cannot be parsed has no candidates.
    let mut candidates = complete(&mut program, args.to_vec(), last, None).unwrap_or_default();
    candidates.retain(|candidate| !candidate.is_hide_set());
    let is_dash = |text: &OsStr| text.as_encoded_bytes().starts_with(b"-");
    let is_option = |candidate: &CompletionCandidate| is_dash(candidate.get_value());
    // After a dash, offer only options. A file for --codes=FILE counts too: it has that prefix.
    if is_dash(&args[last]) {
        candidates.retain(is_option);
    }
    // Without a dash, offer options only if there is nothing else.
    if args[last].is_empty() && !candidates.iter().all(is_option) {
        candidates.retain(|candidate| !is_option(candidate));
    }
    candidates.iter().map(line).collect()
}

fn line(candidate: &CompletionCandidate) -> String {
    if candidate.get_id().is_some_and(|id| id == FILES) {
        return format!("{FILES}\n");
    }
    let value = candidate.get_value().to_string_lossy();
    let help = candidate.get_help().map(ToString::to_string);
    match help.as_deref().and_then(|help| help.lines().next()) {
        Some(help) => format!("{value}\t{help}\n"),
        None => format!("{value}\n"),
    }
}
