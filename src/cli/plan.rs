//! `plan`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{EXIT, InputArgs, output, values};
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
#[command(after_long_help = EXIT)]
pub struct PlanArgs {
    /// Files of account JSON in any shape; - or nothing for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Partner ID for the requests
    #[arg(
        long,
        value_name = "ID",
        env = values::env("STATUSCODE_PARTNER_ID"),
        hide_env_values = true
    )]
    pub partner_id: Option<String>,
    /// Plan without Data Connect Fix, for applications that have not integrated it
    #[arg(long)]
    pub no_connect_fix: bool,
    /// Include only steps with these actions
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub only: Vec<Action>,
    /// Open a ticket after this many days of waiting where the sources name no limit
    #[arg(long, value_name = "DAYS")]
    pub escalate_after: Option<u32>,
    /// Maximum number of steps to list; 0 for all
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How to read accounts.
    #[command(flatten)]
    pub input: InputArgs,
}
