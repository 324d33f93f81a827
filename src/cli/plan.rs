//! The arguments of `plan`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{InputArgs, NamesArgs, SelectionArgs, help, output, values};
use crate::catalog::Action;
use crate::plan::Language;

const EXAMPLES: &str = "\
Examples:
  statuscode plan accounts.json
  statuscode plan accounts.json -f markdown > ticket.md
  statuscode plan accounts.json --partner-id 2445583946651 -f jsonl
  statuscode plan accounts.json --only connect_fix,wait
  statuscode plan accounts.json --redirect-uri https://app.example/done
  statuscode plan accounts.json --escalate-after 7
  statuscode plan accounts.json --institution 102105 --min-days 3";

/// Which repairs to plan.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("plan"))]
#[command(after_long_help = help::EXIT, mut_args = help::fold_values)]
pub struct PlanArgs {
    /// Files or directories of account JSON in any shape; - or none for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Your partner id
    #[arg(
        long,
        value_name = "ID",
        env = values::env("STATUSCODE_PARTNER_ID"),
        hide_env_values = true,
        value_parser = values::partner_id
    )]
    pub partner_id: Option<String>,
    /// Where Connect sends the customer after the repair
    ///
    /// The API requires it unless Connect is embedded.
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = values::url)]
    pub redirect_uri: Option<String>,
    /// Where Connect sends the events of the repair
    ///
    /// The done event means that the customer has finished and the refresh has started.
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = values::url)]
    pub webhook: Option<String>,
    /// Language of Connect
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<Language>,
    /// Include requests that delete accounts
    ///
    /// Only closed or unrecoverable accounts get these requests. Deleted data cannot be restored.
    #[arg(long)]
    pub with_deletions: bool,
    /// Assume that Data Connect Fix is not integrated
    #[arg(long)]
    pub no_connect_fix: bool,
    /// Only steps with these actions
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub only: Vec<Action>,
    /// Open a ticket after this many days of waiting
    ///
    /// Days are counted from the last success to the last attempt, and the median of an
    /// institution's accounts decides. If a source documents a shorter wait, that wait applies.
    /// Stale accounts are included.
    #[arg(long, value_name = "DAYS", value_parser = values::days, allow_negative_numbers = true)]
    pub escalate_after: Option<u32>,
    /// Number of steps to list; 0 for all [default: 25]
    ///
    /// A web page lists up to 1000 per table by default, as many as fit in 300 kB.
    #[arg(long, value_name = "N", value_parser = values::rows, allow_negative_numbers = true)]
    pub limit: Option<usize>,
    /// Names of institutions.
    #[command(flatten)]
    pub names: NamesArgs,
    /// Which accounts count.
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// How to read accounts.
    #[command(flatten)]
    pub input: InputArgs,
}
