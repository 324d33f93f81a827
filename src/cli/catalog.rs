//! What can be asked of the catalog.

use clap::Args;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use crate::catalog::{Action, Catalog, Category, Standing};

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  statuscode explain 185
  statuscode explain 920-929 9xx bad-credentials
  statuscode explain \"Error code 185\"
  pbpaste | statuscode explain -
  statuscode explain --all --json";

/// The codes with their titles, for completion.
fn code_candidates() -> Vec<CompletionCandidate> {
    let entries = Catalog::built_in().entries().iter();
    entries
        .map(|entry| {
            CompletionCandidate::new(entry.code.to_string()).help(Some(entry.title.clone().into()))
        })
        .collect()
}

/// The sources with their titles, for completion.
fn source_candidates() -> Vec<CompletionCandidate> {
    let sources = Catalog::built_in().sources().iter();
    sources
        .map(|source| CompletionCandidate::new(&source.id).help(Some(source.title.clone().into())))
        .collect()
}

/// What to explain.
#[derive(Debug, Args)]
#[command(before_long_help = EXPLAIN_EXAMPLES)]
pub struct Explain {
    /// A code (185), a range (920-929), a group (9xx), a name (bad-credentials), a text with codes in it, or - for a text on
    /// standard input
    #[arg(value_name = "CODE", required_unless_present = "all", add = ArgValueCandidates::new(code_candidates))]
    pub asked: Vec<String>,
    /// Every code of the catalog
    #[arg(long, conflicts_with = "asked")]
    pub all: bool,
}

const LIST_EXAMPLES: &str = "\
Examples:
  statuscode list --connect-fix
  statuscode list --category user_action --action connect_fix
  statuscode list --search oauth --json";

/// Which entries to list.
#[derive(Debug, Args)]
#[command(before_long_help = LIST_EXAMPLES)]
pub struct List {
    /// Only these categories
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub category: Vec<Category>,
    /// Only these actions
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub action: Vec<Action>,
    /// Only codes that this source speaks of
    #[arg(long, value_name = "SOURCE", value_delimiter = ',', add = ArgValueCandidates::new(source_candidates))]
    pub source: Vec<String>,
    /// Only codes that are documented this well
    #[arg(long, value_name = "STANDING", value_delimiter = ',')]
    pub standing: Vec<Standing>,
    /// Only codes that Data Connect Fix can normally repair
    #[arg(long)]
    pub connect_fix: bool,
    /// Only codes with this text in their name, title, meaning, action or notes
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}
