//! JSON Lines: one record per line.

use serde::Serialize;

/// Appends one record.
pub fn record(into: &mut Vec<u8>, record: &impl Serialize) {
    super::json::record(into, record);
    into.push(b'\n');
}
