//! The `schema` command: prints the JSON Schema of an output, generated from the serialized types.

use anyhow::Result;
use schemars::schema_for;

use super::context::{Out, write};
use super::status::Status;
use crate::answer::diff::Diff;
use crate::answer::explain::Explain;
use crate::answer::group::{ByCode, ByCustomer, ByInstitution, ByLogin, Groups};
use crate::answer::list::List;
use crate::answer::merge::Merge;
use crate::answer::plan::Plan;
use crate::answer::run_summary::RunSummary;
use crate::answer::schema;
use crate::answer::trend::{self, Trend, TrendBy};
use crate::answer::triage::Triage;
use crate::cli::{SchemaArgs, SchemaName};

pub fn run(args: &SchemaArgs, out: &mut Out<'_>) -> Result<Status> {
    let schema = match args.name {
        SchemaName::Explain => schema::<Explain<'static>>(),
        SchemaName::List => schema::<List<'static>>(),
        SchemaName::Triage => schema::<Triage<'static>>(),
        SchemaName::TriageByInstitution => schema::<Groups<'static, ByInstitution<'static>>>(),
        SchemaName::TriageByCustomer => schema::<Groups<'static, ByCustomer<'static>>>(),
        SchemaName::TriageByLogin => schema::<Groups<'static, ByLogin<'static>>>(),
        SchemaName::TriageByCode => schema::<Groups<'static, ByCode<'static>>>(),
        SchemaName::Plan => schema::<Plan<'static>>(),
        SchemaName::Diff => schema::<Diff>(),
        SchemaName::Trend => schema::<Trend<'static>>(),
        SchemaName::TrendByInstitution => schema::<TrendBy<'static, trend::ByInstitution>>(),
        SchemaName::TrendByCustomer => schema::<TrendBy<'static, trend::ByCustomer>>(),
        SchemaName::TrendByLogin => schema::<TrendBy<'static, trend::ByLogin>>(),
        SchemaName::TrendByCode => schema::<TrendBy<'static, trend::ByCode>>(),
        SchemaName::Merge => schema::<Merge<'static>>(),
        SchemaName::Summary => schema_for!(RunSummary<'static>),
    };
    let text = serde_json::to_string_pretty(&schema)? + "\n";
    write(out, |out| std::io::Write::write_all(out, text.as_bytes()))?;
    Ok(Status::Done)
}
