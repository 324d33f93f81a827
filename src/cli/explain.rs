//! `explain`.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{candidates, help, output};

const EXAMPLES: &str = "\
Examples:
  statuscode explain 185
  statuscode explain 920-929 9xx bad-credentials
  statuscode explain \"Error code 185\"
  pbpaste | statuscode explain -
  statuscode explain --all --json";

/// Which codes to explain.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("explain"))]
#[command(after_long_help = help::EXIT_CHECKED)]
pub struct ExplainArgs {
    /// Codes, ranges, names, or text; - for standard input
    ///
    /// A code is a number (185), a range a pair (920-929) or a pattern (9xx), and a name that of an
    /// entry (bad-credentials). In text, a code is found after a key word, as in "error code 185".
    #[arg(value_name = "CODE", required_unless_present = "all")]
    #[arg(add = ArgValueCandidates::new(candidates::codes))]
    pub query: Vec<String>,
    /// Explain every code of the catalog
    #[arg(long, conflicts_with = "query")]
    pub all: bool,
    /// Show what each source says
    #[arg(long)]
    pub sources: bool,
    /// Codes to show, 0 for all [default: 25]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}
