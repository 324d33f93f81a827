//! One JSON document: the records one by one, each on its own line, then the other members.

use std::io::{self, Write};

use serde::Serialize;

use super::flat;
use crate::answer::{Answer, SCHEMA_VERSION};

/// What every record begins with; the first one omits the comma.
pub const SEPARATOR: &[u8] = b",\n";

/// Writes what comes before the records.
///
/// # Errors
///
/// When writing fails.
pub fn begin<A: Answer>(out: &mut dyn Write) -> io::Result<()> {
    let name = A::RECORDS;
    write!(out, "{{\"schemaVersion\":{SCHEMA_VERSION},\n\"{name}\":[")
}

/// Appends one record.
pub fn record(into: &mut Vec<u8>, record: &impl Serialize) {
    // Every key of a record is a string, and writing to memory cannot fail.
    let _ = serde_json::to_writer(into, record);
}

/// Writes what comes after the records.
///
/// # Errors
///
/// When writing fails.
pub fn end<A: Answer>(out: &mut dyn Write, answer: &A) -> io::Result<()> {
    out.write_all(b"\n]")?;
    for (name, value) in flat::record(&answer.rest()) {
        write!(out, ",\n\"{name}\":{value}")?;
    }
    out.write_all(b"}\n")
}
