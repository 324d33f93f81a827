//! What can be typed, and nothing else.

mod accounts;
mod catalog;
mod format;
mod tool;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub use accounts::{Diff, Merge, OnInvalid, Plan, Reading, Triage};
pub use catalog::{Explain, List};
pub use format::Format;
pub use tool::{Completions, Man, Schema, SchemaName, Shell};
pub use values::{ChangeGate, Gate};

const ABOUT: &str = "Explains and triages the aggregation status codes of Mastercard Open Finance US (formerly Finicity)";

const EXAMPLES: &str = "\
Examples:
  statuscode explain 185                      what a code means, who must act, what to do
  statuscode triage accounts.json             classify every account of a file
  curl ... | statuscode triage --json         the same from a pipe, for a script

Each command has a --help of its own, with more examples.

Exit status:
  0  done, whatever was found
  1  the answer is no: the gate of --fail-on tripped, or explain met an unknown code
  2  it could not be done, or not all of it";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "statuscode", version, about = ABOUT, before_long_help = EXAMPLES, max_term_width = 100)]
#[command(
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// Options that every command has.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that stand before or after the command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// How to write the answer
    #[arg(
        short,
        long,
        global = true,
        value_name = "FORMAT",
        help_heading = "Global options"
    )]
    pub format: Option<Format>,
    /// The same as --format json
    #[arg(
        long,
        global = true,
        conflicts_with = "format",
        help_heading = "Global options"
    )]
    pub json: bool,
    /// When to colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Global options"
    )]
    pub color: ColorChoice,
    /// Columns to write in, instead of the terminal's
    #[arg(long, global = true, value_name = "N", help_heading = "Global options", value_parser = clap::value_parser!(u16).range(1..))]
    pub width: Option<u16>,
    /// Draw tables with ASCII characters only
    #[arg(long, global = true, help_heading = "Global options")]
    pub ascii: bool,
    /// A catalog of one's own, which replaces or adds codes
    #[arg(long, global = true, value_name = "FILE", env = "STATUSCODE_CODES", hide_env_values = true, value_hint = ValueHint::FilePath, help_heading = "Global options")]
    pub codes: Option<PathBuf>,
    /// Say nothing on standard error unless something failed
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

impl Global {
    /// The format that was asked for.
    #[must_use]
    pub fn format(&self) -> Format {
        if self.json {
            Format::Json
        } else {
            self.format.unwrap_or(Format::Table)
        }
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// At a terminal, as the environment wishes
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What a code means, who must act, what to do
    Explain(Explain),
    /// The catalog, filtered
    List(List),
    /// Classify every account
    Triage(Triage),
    /// The repair work, one step for each login, account or ticket, most accounts first
    Plan(Plan),
    /// What changed between snapshots
    Diff(Diff),
    /// Adds the summaries of many runs into one
    Merge(Merge),
    /// The JSON Schema of an output
    Schema(Schema),
    /// What a shell needs to complete commands, options and codes
    Completions(Completions),
    /// The manual page, as roff
    Man(Man),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
