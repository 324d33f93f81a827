//! The arguments of `explain`.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{candidates, help, output, values};

const EXAMPLES: &str = "\
Examples:
  statuscode explain 185
  statuscode explain 920-929 9xx bad-credentials
  statuscode explain \"Error 185, Fehler 109\"
  statuscode explain mfa
  pbpaste | statuscode explain -
  statuscode explain - < app.log
  statuscode explain --all --json";

/// Which codes to explain.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("explain"))]
#[command(after_long_help = help::EXIT_EXPLAINED)]
pub struct ExplainArgs {
    /// Codes, ranges, names, or text; - for standard input
    ///
    /// Accepts a code (185), a range (920-929), a pattern (9xx), the name of an entry
    /// (bad-credentials), or a common term (mfa, outage).
    ///
    /// In text, a code is a number next to a keyword, as in "error 185", "status code: 185",
    /// "aggregationStatusCode":185, or "Fehler 109". Lists and ranges are found too. Amounts, dates,
    /// HTTP statuses, and other numbers such as ZIP codes are ignored. Text that contains only
    /// numbers is read as a list of codes.
    #[arg(value_name = "CODE", required_unless_present = "all")]
    #[arg(add = ArgValueCandidates::new(candidates::codes))]
    pub query: Vec<String>,
    /// Explain every code in the catalog
    #[arg(long, conflicts_with = "query")]
    pub all: bool,
    /// Show what each source says
    #[arg(long)]
    pub sources: bool,
    /// Number of codes to show; 0 for all [default: 25]
    ///
    /// A web page lists 1000 by default, which is more than there are.
    #[arg(long, value_name = "N", value_parser = values::rows, allow_negative_numbers = true)]
    pub limit: Option<usize>,
}
