//! The arguments of `schema`.

use clap::{Args, ValueEnum};

use super::{help, output};

const EXAMPLES: &str = "\
Examples:
  statuscode schema triage > triage.schema.json";

/// Which schema to print.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, args = output::hidden_globals())]
#[command(after_long_help = help::EXIT_PRINTED)]
pub struct SchemaArgs {
    /// The output to describe
    pub name: SchemaName,
}

/// An output that has a JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// explain --json
    Explain,
    /// list --json
    List,
    /// triage --json
    Triage,
    /// triage --by institution --json
    TriageByInstitution,
    /// triage --by customer --json
    TriageByCustomer,
    /// triage --by login --json
    TriageByLogin,
    /// triage --by code --json
    TriageByCode,
    /// plan --json
    Plan,
    /// diff --json
    Diff,
    /// trend --json
    Trend,
    /// trend --by institution --json
    TrendByInstitution,
    /// trend --by customer --json
    TrendByCustomer,
    /// trend --by login --json
    TrendByLogin,
    /// trend --by code --json
    TrendByCode,
    /// merge --json
    Merge,
    /// The file that triage --summary-file writes
    Summary,
}
