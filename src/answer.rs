//! The answers of the commands, independent of the format.
//!
//! An [`Answer`] has two sides. Programs get records and the other members of the JSON document:
//! all machine formats serialize the same types, which `schema` describes. People get a [`Report`]:
//! a headline and sections. A format depends on the answer, never on the command.
//!
//! Keys are the API's own names in camelCase, ids are strings, and dates are ISO 8601 in UTC. A
//! missing value is `null` unless its field says otherwise. A change that could break a script
//! raises [`SCHEMA_VERSION`].

mod charts;
pub mod diff;
pub mod entry;
pub mod explain;
pub mod group;
pub mod invalid;
pub mod list;
mod meaning;
pub mod merge;
pub mod metrics;
pub mod plan;
pub mod report;
pub mod run_summary;
pub mod scope;
pub mod summary;
pub mod trend;
pub mod triage;

use std::borrow::Cow;

use jiff::Timestamp;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::{Value, json};

use crate::institutions::Institutions;

pub use metrics::Metric;
pub use report::{
    Audience, Bar, Body, Cell, Chart, Column, Fact, Kind, Line, Overview, Point, Report, Section,
    Series, Share, Table, Tile,
};
pub use scope::Scope;

/// The version of every JSON output.
pub const SCHEMA_VERSION: u32 = 2;

/// A string of a record: borrowed when it is written, owned when `merge` or a test reads it back.
pub type Text<'a> = Cow<'a, str>;

/// The answer of a command.
pub trait Answer {
    /// The name of the member of the JSON document that has the records, such as `accounts`.
    const RECORDS: &'static str;
    /// One record: an element of that member, a line of JSON Lines, a row of CSV.
    type Record<'a>: Serialize + JsonSchema
    where
        Self: 'a;
    /// The members of the JSON document after the records.
    type Rest<'a>: Serialize + JsonSchema
    where
        Self: 'a;

    /// Returns the members after the records.
    fn rest(&self) -> Self::Rest<'_>;

    /// Returns the answer for people.
    fn report(&self) -> Report<'_>;

    /// Returns the metrics for a monitoring system. Most answers have none.
    fn metrics(&self) -> Vec<Metric<'_>> {
        Vec::new()
    }

    /// Returns the figures and charts of an HTML page.
    fn overview(&self) -> Overview<'_> {
        Overview::default()
    }
}

/// An answer that is complete before its first record is written.
pub trait Complete: Answer {
    /// The name of the SQL table with the records.
    const SQL_TABLE: &'static str = Self::RECORDS;

    /// Returns the records, each built on demand, because there may be millions.
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>>;
}

/// Returns the JSON Schema of an answer's document.
#[must_use]
pub fn schema<A: Answer + 'static>() -> Schema {
    let mut generator = SchemaSettings::default().into_generator();
    let record = generator.subschema_for::<A::Record<'static>>();
    let mut schema = generator.into_root_schema_for::<A::Rest<'static>>();
    schema.insert("title".to_owned(), A::RECORDS.into());
    schema.remove("description");
    let version = json!({"description": "The version of this format.", "const": SCHEMA_VERSION});
    let members =
        [("schemaVersion", version), (A::RECORDS, json!({"type": "array", "items": record}))];
    for (name, member) in members {
        if let Some(properties) = object(&mut schema, "properties", json!({})).as_object_mut() {
            properties.insert(name.to_owned(), member);
        }
        if let Some(required) = object(&mut schema, "required", json!([])).as_array_mut() {
            required.push(name.into());
        }
    }
    schema
}

fn object<'a>(schema: &'a mut Schema, key: &str, empty: Value) -> &'a mut Value {
    schema.ensure_object().entry(key).or_insert(empty)
}

/// Formats epoch seconds as ISO 8601 in UTC; `None` outside the years -9999 to 9999.
#[must_use]
pub fn iso_8601(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().map(|moment| moment.to_string())
}

/// Returns the kind of a column of institutions: names can be wrapped, ids cannot.
#[must_use]
pub fn institution_kind(names: &Institutions) -> Kind {
    if names.is_empty() { Kind::Id } else { Kind::Text }
}

/// Returns the cell of an institution: its name with its id, only the id, or a dash.
#[must_use]
pub fn institution_cell<'a>(names: &Institutions, id: Option<Text<'a>>) -> Cell<'a> {
    match id {
        Some(id) if names.name(&id).is_some() => {
            Cell::new(names.label(&id).into_owned()).with_brief(names.short_label(&id).into_owned())
        }
        Some(id) => Cell::new(id),
        None => Cell::id(None),
    }
}

/// Formats a value, or a dash if there is none.
#[must_use]
pub fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}
