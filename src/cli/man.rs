//! The arguments of `man`.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{candidates, help, output};

const EXAMPLES: &str = "\
Examples:
  statuscode man | man -l -
  statuscode man triage > /usr/local/share/man/man1/statuscode-triage.1";

/// Which manual page to print.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, args = output::hidden_globals())]
#[command(after_long_help = help::EXIT_PRINTED)]
pub struct ManArgs {
    /// The command to describe [default: the program itself]
    #[arg(value_name = "COMMAND", add = ArgValueCandidates::new(candidates::commands))]
    pub command: Option<String>,
}
