//! `plan`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{EXIT, InputArgs, output, values};
use crate::catalog::Action;
use crate::plan::Language;

const EXAMPLES: &str = "\
Examples:
  statuscode plan accounts.json
  statuscode plan accounts.json -f markdown > ticket.md
  statuscode plan accounts.json --only connect_fix -f jsonl --partner-id 2445583946651
  statuscode plan accounts.json --partner-id 2445583946651 --redirect-uri https://app.example/done
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
    /// URL to which Connect redirects the customer at the end of a Fix; the API requires it unless
    /// Connect is embedded
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = values::url)]
    pub redirect_uri: Option<String>,
    /// URL to which Connect sends the events of a Fix
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = values::url)]
    pub webhook: Option<String>,
    /// Language of Connect for the customer
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<Language>,
    /// Include requests that delete accounts that are closed or cannot be recovered
    #[arg(long)]
    pub with_deletions: bool,
    /// Plan without Data Connect Fix, for applications that have not integrated it
    #[arg(long)]
    pub no_connect_fix: bool,
    /// Include only steps with these actions
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub only: Vec<Action>,
    /// Open a ticket for an institution's accounts after this many days of waiting, if the sources
    /// name no shorter time; covers stale accounts
    #[arg(long, value_name = "DAYS")]
    pub escalate_after: Option<u32>,
    /// Maximum number of steps to list; 0 for all
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How to read accounts.
    #[command(flatten)]
    pub input: InputArgs,
}
