//! `triage`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{EXIT_CHECKED as EXIT, Gate, InputArgs, output};
use crate::catalog::Category;

const EXAMPLES: &str = "\
Examples:
  statuscode triage accounts.json
  statuscode triage night-1.jsonl night-2.jsonl --only user_action --limit 0
  curl ... | statuscode triage --json | jq .summary.byCategory
  statuscode triage accounts.json --fail-on user_action,support || notify
  statuscode triage accounts.json -f html > report.html
  tail -f events.jsonl | statuscode triage -f jsonl";

/// What to triage, and what to show of it.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("triage"))]
#[command(after_long_help = EXIT)]
pub struct TriageArgs {
    /// Files of account JSON in any shape; - or nothing for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// List only accounts of these categories
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub only: Vec<Category>,
    /// Exit with 1 if there are accounts of these categories
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub fail_on: Vec<Gate>,
    /// Maximum number of accounts to list; 0 for all [default: 25; html: 1000]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Plan without Data Connect Fix, for applications that have not integrated it
    #[arg(long)]
    pub no_connect_fix: bool,
    /// Also write the summary as JSON to this file, for merge
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub summary_file: Option<PathBuf>,
    /// How to read accounts.
    #[command(flatten)]
    pub input: InputArgs,
}
