//! The arguments of `trend`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{GroupBy, InputArgs, NamesArgs, SelectionArgs, help, output, values};

const EXAMPLES: &str = "\
Examples:
  statuscode trend exports/*.json
  statuscode trend exports/*.json -f html > trend.html
  statuscode trend exports/*.json --by institution --institutions names.json
  statuscode trend summaries/*.json -f csv > trend.csv
  statuscode trend *.json --json | jq .summary.medianSnapshotsToRecovery";

/// Which snapshots to show.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("trend"))]
#[command(after_long_help = help::EXIT, mut_args = help::fold_values)]
pub struct TrendArgs {
    /// Snapshots of account JSON, or their summaries, oldest first; a directory is one snapshot
    ///
    /// A summary is a file written by triage --summary-file or merge --json. It contains counts but
    /// no accounts: what broke or recovered since or after it is unknown, and the selection options
    /// do not apply to it. With --code, a change counts if the code before it or the code after it
    /// is selected. With --files-from, each name in the list is a snapshot.
    #[arg(value_name = "SNAPSHOT", required_unless_present = "files_from")]
    #[arg(value_hint = ValueHint::FilePath)]
    pub snapshots: Vec<PathBuf>,
    /// Group by institution, customer, login, or code
    ///
    /// Memory grows with the number of groups, and with how often their counts change.
    #[arg(long, value_name = "GROUP")]
    pub by: Option<GroupBy>,
    /// Number of rows to list; 0 for all [default: 25]
    ///
    /// The newest snapshots are listed. A web page lists up to 1000 per table by default, as many as
    /// fit in 300 kB.
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
