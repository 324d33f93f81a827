//! The arguments of `list`.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{candidates, help, output, values};
use crate::catalog::{Action, Category, Standing};

const EXAMPLES: &str = "\
Examples:
  statuscode list --connect-fix
  statuscode list --category user_action --action connect_fix
  statuscode list --search oauth --json
  statuscode list -f sql > codes.sql";

/// Which entries to list.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, arg = output::format_arg("list"))]
#[command(after_long_help = help::EXIT_PRINTED, mut_args = help::fold_values)]
pub struct ListArgs {
    /// Only codes in these categories
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub category: Vec<Category>,
    /// Only codes that require one of these actions
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub action: Vec<Action>,
    /// Only codes from these sources
    #[arg(long, value_name = "SOURCE", value_delimiter = ',')]
    #[arg(add = ArgValueCandidates::new(candidates::sources))]
    pub source: Vec<String>,
    /// Only codes that are this well documented
    #[arg(long, value_name = "STANDING", value_delimiter = ',')]
    pub standing: Vec<Standing>,
    /// Only codes that Data Connect Fix can repair
    #[arg(long)]
    pub connect_fix: bool,
    /// Only codes that match this text
    ///
    /// Searches names, titles, meanings, actions, notes, and synonyms such as mfa or outage.
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Number of codes to list; 0 for all [default: 25]
    ///
    /// A web page lists 1000 by default, which is more than there are.
    #[arg(long, value_name = "N", value_parser = values::rows, allow_negative_numbers = true)]
    pub limit: Option<usize>,
}
