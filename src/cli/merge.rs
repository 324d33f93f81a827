//! The arguments of `merge`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{help, output, values};

const EXAMPLES: &str = "\
Examples:
  statuscode triage 1.jsonl -f jsonl --summary-file 1.summary.json > 1.out
  statuscode merge *.summary.json
  statuscode merge *.summary.json --json | jq .summary.byCategory";

/// Which summaries to add up.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("merge"))]
#[command(after_long_help = help::EXIT)]
pub struct MergeArgs {
    /// Files written by triage --summary-file, directories of them, or - for standard input
    #[arg(value_name = "SUMMARY", required = true, value_hint = ValueHint::FilePath)]
    pub summaries: Vec<PathBuf>,
    /// Add a summary even if it looks like a repeat
    ///
    /// A summary looks like a repeat if another summary has an input of the same name, or if both
    /// are of standard input and have the same counts.
    #[arg(long)]
    pub allow_repeated: bool,
    /// Number of rows to list; 0 for all [default: 25]
    ///
    /// A web page lists up to 1000 per table by default, as many as fit in 300 kB.
    #[arg(long, value_name = "N", value_parser = values::rows, allow_negative_numbers = true)]
    pub limit: Option<usize>,
}
