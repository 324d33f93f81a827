//! Converts records into rows of flat columns, for spreadsheets and databases.
//!
//! The columns come from the schema of the record, so every field is defined in one place. An
//! object becomes one column per member (`request.path`), an array of plain values becomes one
//! column with spaces between the values, and an object inside an object becomes JSON. Arrays of
//! objects have no column: only JSON has them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Map, Value};

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Whole numbers.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// Anything else.
    Text,
}

/// A column of a flat row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The member of the record and, if its value is an object, the member of that object.
    path: (String, Option<String>),
    /// The type.
    pub kind: Type,
    /// Whether its cells may be empty.
    pub nullable: bool,
}

impl Column {
    /// Returns the name, such as `accounts` or `request.path`.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.path {
            (member, None) => member.clone(),
            (member, Some(inner)) => format!("{member}.{inner}"),
        }
    }

    /// Returns the cell of a record; `null` if the record has none.
    #[must_use]
    pub fn cell<'r>(&self, record: &'r Map<String, Value>) -> &'r Value {
        let value = record.get(&self.path.0);
        let value = match &self.path.1 {
            None => value,
            Some(inner) => value.and_then(|value| value.get(inner)),
        };
        value.unwrap_or(&Value::Null)
    }
}

/// Returns the columns of a type of record, in the order of its members.
#[must_use]
pub fn columns<R: JsonSchema>() -> Vec<Column> {
    let settings = SchemaSettings::default().with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<R>();
    let mut columns = Vec::new();
    for (name, member) in members(schema.as_value()) {
        let (shape, nullable) = shape(member);
        match shape {
            Shape::Plain(kind) => {
                columns.push(Column { path: (name.clone(), None), kind, nullable });
            }
            Shape::Object(inner) => columns.extend(members(inner).map(|(inner_name, inner)| {
                let (inner_shape, inner_nullable) = self::shape(inner);
                Column {
                    path: (name.clone(), Some(inner_name.clone())),
                    kind: inner_shape.kind(),
                    nullable: nullable || inner_nullable,
                }
            })),
            Shape::Objects => {}
        }
    }
    columns
}

/// Returns the members of a record.
#[must_use]
pub fn record(record: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(members)) => members,
        // Every record is an object, and serializing one cannot fail.
        _ => Map::new(),
    }
}

/// Returns the text of a cell; empty for `null`.
#[must_use]
pub fn text(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().map(text).collect();
            texts.join(" ")
        }
        other => other.to_string(),
    }
}

enum Shape<'s> {
    Plain(Type),
    Object(&'s Value),
    Objects,
}

impl Shape<'_> {
    const fn kind(&self) -> Type {
        match self {
            Self::Plain(kind) => *kind,
            Self::Object(_) | Self::Objects => Type::Text,
        }
    }
}

fn members(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// Returns the shape of a member, and whether it may be `null`.
fn shape(schema: &Value) -> (Shape<'_>, bool) {
    if let Some(alternatives) = schema.get("anyOf").and_then(Value::as_array) {
        let is_null = |schema: &&Value| schema.get("type").is_some_and(|kind| kind == "null");
        let nullable = alternatives.iter().any(|schema| is_null(&schema));
        let value = alternatives.iter().find(|schema| !is_null(schema));
        return value.map_or((Shape::Plain(Type::Text), true), |value| (shape(value).0, nullable));
    }
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let has = |kind: &str| types.contains(&kind);
    let shape = if has("integer") {
        Shape::Plain(Type::Integer)
    } else if has("boolean") {
        Shape::Plain(Type::Boolean)
    } else if has("object") {
        Shape::Object(schema)
    } else if has("array") && schema["items"].get("properties").is_some() {
        Shape::Objects
    } else {
        Shape::Plain(Type::Text)
    };
    (shape, has("null"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, JsonSchema)]
    struct Inner {
        path: &'static str,
        depth: Option<u64>,
    }

    #[derive(Serialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    struct Sample {
        z_first: u32,
        codes: Vec<u32>,
        request: Option<Inner>,
        readings: Vec<Inner>,
        is_good: bool,
        note: Option<&'static str>,
    }

    fn sample(request: Option<Inner>) -> Sample {
        Sample {
            z_first: 1,
            codes: vec![103, 185],
            request,
            readings: Vec::new(),
            is_good: true,
            note: None,
        }
    }

    #[test]
    fn columns_follow_the_members_of_a_record() {
        let columns = columns::<Sample>();
        let found: Vec<_> = columns.iter().map(|c| (c.name(), c.kind, c.nullable)).collect();
        let expected = [
            ("zFirst", Type::Integer, false),
            ("codes", Type::Text, false),
            ("request.path", Type::Text, true),
            ("request.depth", Type::Integer, true),
            ("isGood", Type::Boolean, false),
            ("note", Type::Text, true),
        ];
        assert_eq!(found, expected.map(|(name, kind, null)| (name.to_owned(), kind, null)));
    }

    #[test]
    fn cells_are_the_values_of_their_columns() {
        let cells = |sample: &Sample| -> Vec<String> {
            let members = record(sample);
            columns::<Sample>().iter().map(|column| text(column.cell(&members))).collect()
        };
        let inner = Inner { path: "/a", depth: Some(2) };
        assert_eq!(cells(&sample(Some(inner))), ["1", "103 185", "/a", "2", "true", ""]);
        assert_eq!(cells(&sample(None)), ["1", "103 185", "", "", "true", ""]);
    }
}
