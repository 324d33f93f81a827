//! The command line: one file per command, and the groups of options that several commands have.

mod candidates;
mod completions;
mod diff;
mod explain;
mod gate;
mod global;
mod help;
mod input;
mod list;
mod man;
mod merge;
mod output;
mod parse;
mod plan;
mod schema;
mod selection;
mod trend;
mod triage;
mod usage_error;
mod values;

use clap::{Parser, Subcommand};

pub use candidates::{FILES, complete_files};
pub use completions::{CompletionsArgs, Shell};
pub use diff::DiffArgs;
pub use explain::ExplainArgs;
pub use gate::{Gate, Subject};
pub use global::GlobalArgs;
pub use input::{InputArgs, InvalidPolicy, NamesArgs};
pub use list::ListArgs;
pub use man::ManArgs;
pub use merge::MergeArgs;
pub use plan::PlanArgs;
pub use schema::{SchemaArgs, SchemaName};
pub use selection::{CodeQuery, SelectionArgs};
pub use trend::TrendArgs;
pub use triage::{GroupBy, TriageArgs};
pub use values::{ChangeGate, FindingGate};

const ABOUT: &str = "Explain and triage the aggregation status codes of Mastercard Open Finance US \
                     (formerly Finicity)";

const EXAMPLES: &str = "\
Examples:
  statuscode explain 185               Show what a code means and what to do
  statuscode triage accounts.json      Classify every account in a file
  curl ... | statuscode triage --json  Do the same in a script

Every command has its own --help, with more examples.";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "statuscode", bin_name = "statuscode", version, about = ABOUT)]
#[command(before_long_help = EXAMPLES, after_long_help = help::EXIT_ALL)]
#[command(propagate_version = true, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// Options that every command has.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what a code means, who must act, and what to do
    Explain(ExplainArgs),
    /// List the catalog of codes
    List(ListArgs),
    /// Classify every account
    Triage(TriageArgs),
    /// Plan the repair work: one step per login, account, or ticket
    Plan(PlanArgs),
    /// Show what changed between snapshots
    Diff(DiffArgs),
    /// Show how counts changed over many snapshots
    Trend(TrendArgs),
    /// Add up the summaries of many runs
    Merge(MergeArgs),
    /// Print the JSON Schema of an output
    Schema(SchemaArgs),
    /// Print the completion script for a shell
    Completions(CompletionsArgs),
    /// Print a manual page
    Man(ManArgs),
}

impl Command {
    /// Returns the name of the command as typed.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Explain(_) => "explain",
            Self::List(_) => "list",
            Self::Triage(_) => "triage",
            Self::Plan(_) => "plan",
            Self::Diff(_) => "diff",
            Self::Trend(_) => "trend",
            Self::Merge(_) => "merge",
            Self::Schema(_) => "schema",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
        }
    }
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
