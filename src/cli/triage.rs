//! The arguments of `triage`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::gate::GateParser;
use super::{FindingGate, Gate, InputArgs, NamesArgs, SelectionArgs, help, output, values};
use crate::catalog::Category;

const EXAMPLES: &str = "\
Examples:
  statuscode triage accounts.json
  statuscode triage night-1.jsonl night-2.jsonl --only user_action --limit 0
  curl ... | statuscode triage --json | jq .summary.byCategory
  statuscode triage accounts.json --customer 5001 --code 185,9xx --min-days 3
  statuscode triage accounts.json --fail-on user_action,support || notify
  statuscode triage accounts.json --fail-on \"user_action>5%,empty\" || page
  statuscode triage accounts.json --by institution --institutions names.json
  statuscode triage accounts.json -f html > report.html
  tail -f events.jsonl | statuscode triage -f jsonl";

/// What to triage, and what to show of it.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("triage"))]
#[command(after_long_help = help::EXIT_CHECKED, mut_args = help::fold_values)]
pub struct TriageArgs {
    /// Files or directories of account JSON in any shape; - or none for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Group by institution, customer, login, or code
    #[arg(long, value_name = "GROUP")]
    pub by: Option<GroupBy>,
    /// Count each account once, in its last state
    ///
    /// For input in which an account can occur more than once. Two records are of the same account
    /// if their customer and account ids match. Earlier records are counted as unselected. Memory
    /// grows with the number of accounts.
    #[arg(long)]
    pub latest: bool,
    /// List only accounts in these categories
    ///
    /// With --by, list only groups that have accounts in these categories.
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub only: Vec<Category>,
    /// Exit with 1 on accounts in these categories
    ///
    /// NAME>N and NAME>=N set a threshold: a number of accounts, or a percentage of all accounts and
    /// API errors.
    #[arg(long, value_name = "GATE", value_delimiter = ',', value_parser = GateParser::<FindingGate>::new())]
    pub fail_on: Vec<Gate<FindingGate>>,
    /// Number of rows to list; 0 for all [default: 25]
    ///
    /// A web page lists up to 1000 per table by default, as many as fit in 300 kB.
    #[arg(long, value_name = "N", value_parser = values::rows, allow_negative_numbers = true)]
    pub limit: Option<usize>,
    /// Assume that Data Connect Fix is not integrated
    #[arg(long)]
    pub no_connect_fix: bool,
    /// Also write the summary to this file, for merge
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub summary_file: Option<PathBuf>,
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

/// What accounts are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    /// Which institutions fail, and which are probably down
    Institution,
    /// Whom to contact
    Customer,
    /// Which logins need a new sign-in
    Login,
    /// Which codes are most frequent
    Code,
}
