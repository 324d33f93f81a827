//! `explain`.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{EXIT_CHECKED as EXIT, candidates, output};

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
#[command(after_long_help = EXIT)]
pub struct ExplainArgs {
    /// Codes (185), ranges (920-929, 9xx), names (bad-credentials), text that holds codes, or - for
    /// text on standard input
    #[arg(value_name = "CODE", required_unless_present = "all")]
    #[arg(add = ArgValueCandidates::new(candidates::codes))]
    pub query: Vec<String>,
    /// Explain every code of the catalog
    #[arg(long, conflicts_with = "query")]
    pub all: bool,
    /// Show what each source says
    #[arg(long)]
    pub sources: bool,
    /// Maximum number of codes to show; 0 for all
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}
