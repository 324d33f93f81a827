//! `schema`: the JSON Schema of an output, made from the types that are written.

use anyhow::Result;
use schemars::schema_for;

use super::status::Status;
use super::{Out, answer};
use crate::cli::{SchemaArgs, SchemaName};
use crate::wire;

pub fn run(what: &SchemaArgs, out: &mut Out<'_>) -> Result<Status> {
    let schema = match what.name {
        SchemaName::Explain => schema_for!(wire::Explanation<'static>),
        SchemaName::List => schema_for!(wire::Listing<'static>),
        SchemaName::Triage => schema_for!(wire::Triage<'static>),
        SchemaName::Plan => schema_for!(wire::Plan<'static>),
        SchemaName::Diff => schema_for!(wire::Changes<'static>),
        SchemaName::Merge => schema_for!(wire::Merged<'static>),
        SchemaName::Summary => schema_for!(wire::RunSummary<'static>),
    };
    answer(out, &(serde_json::to_string_pretty(&schema)? + "\n"))?;
    Ok(Status::Done)
}
