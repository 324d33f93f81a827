//! `plan`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{InputArgs, help, output, values};
use crate::catalog::Action;

const EXAMPLES: &str = "\
Examples:
  statuscode plan accounts.json
  statuscode plan accounts.json -f markdown > ticket.md
  statuscode plan accounts.json --only connect_fix -f jsonl --partner-id 2445583946651
  statuscode plan accounts.json --escalate-after 7";

/// Which repairs to plan.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("plan"))]
#[command(after_long_help = help::EXIT, mut_args = help::fold_values)]
pub struct PlanArgs {
    /// Account JSON of any shape; - or nothing for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Partner ID
    #[arg(
        long,
        value_name = "ID",
        env = values::env("STATUSCODE_PARTNER_ID"),
        hide_env_values = true
    )]
    pub partner_id: Option<String>,
    /// Assume that Data Connect Fix is not integrated
    #[arg(long)]
    pub no_connect_fix: bool,
    /// Only steps with these actions
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub only: Vec<Action>,
    /// Open a ticket after this many days of waiting
    ///
    /// Applies where no source says how long to wait.
    #[arg(long, value_name = "DAYS")]
    pub escalate_after: Option<u32>,
    /// Steps to list, 0 for all
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How to read accounts.
    #[command(flatten)]
    pub input: InputArgs,
}
