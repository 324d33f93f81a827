//! The arguments of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::gate::GateParser;
use super::{ChangeGate, Gate, InputArgs, NamesArgs, SelectionArgs, help, output, values};
use crate::diff::ChangeKind;

const EXAMPLES: &str = "\
Examples:
  statuscode diff yesterday.json today.json
  statuscode diff mon.jsonl tue.jsonl wed.jsonl --only broken,code_changed
  statuscode diff yesterday.json today.json --institution 102105 --code 185
  statuscode diff yesterday.json today.json --fail-on \"broken>1%\" || notify";

/// Which snapshots to compare, and what to show.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("diff"))]
#[command(after_long_help = help::EXIT_CHECKED, mut_args = help::fold_values)]
pub struct DiffArgs {
    /// Two or more snapshots of account JSON, oldest first; a directory is one snapshot
    ///
    /// The last two are compared. Earlier ones show how long an account has had its code. With
    /// --code, a change is shown if the code before it or the code after it is selected; --min-days
    /// applies to the newest record. With --files-from, each name in the list is a snapshot.
    #[arg(value_name = "SNAPSHOT", required_unless_present = "files_from")]
    #[arg(value_hint = ValueHint::FilePath)]
    pub snapshots: Vec<PathBuf>,
    /// List only changes of these kinds
    #[arg(long, value_name = "CHANGE", value_delimiter = ',')]
    pub only: Vec<ChangeKind>,
    /// Exit with 1 on changes of these kinds
    ///
    /// NAME>N and NAME>=N set a threshold: a number of accounts, or a percentage of the accounts of
    /// the last two snapshots.
    #[arg(long, value_name = "GATE", value_delimiter = ',', value_parser = GateParser::<ChangeGate>::new())]
    pub fail_on: Vec<Gate<ChangeGate>>,
    /// Number of changes to list; 0 for all [default: 25]
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
