//! Made-up documents: accounts in every shape, and what is around them.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "id", "accountId", "number", "customerId", "institutionId", "institutionLoginId",
            "aggregationStatusCode", "aggregationSuccessDate", "aggregationAttemptDate", "code", "message",
            "accounts", "accountDetails", "balanceDetails", "error", "institutions", "transactions", "payload",
        ]).prop_map(str::to_owned),
        1 => "[a-zé\"\\\\]{0,20}",
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => (0..1000_u32).prop_map(|code| json!(code)),
        2 => prop::sample::select(vec![0, 102, 103, 185, 900, 945, 10_023]).prop_map(|code| json!(code)),
        2 => (0..2_000_000_000_i64).prop_map(|number| json!(number.to_string())),
        1 => Just(json!(" 0185 ")),
        1 => Just(json!("2025-09-10T06:06:20.042Z")),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i32>().prop_map(Value::from),
        1 => (-1.0e6..1.0e6_f64).prop_map(Value::from),
        1 => "[ -~é€😀\n\t\u{1}\"\\\\]{0,24}".prop_map(Value::from),
    ]
}

/// A document: any nesting of objects and arrays with the names that matter.
pub fn document() -> impl Strategy<Value = Value> {
    let leaf = scalar();
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            3 => prop::collection::vec((key(), inner.clone()), 0..8)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
            1 => prop::collection::vec(inner, 0..6).prop_map(|elements| json!({ "accounts": elements })),
        ]
    })
}

/// How documents are written one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pretty: bool,
    between: &'static str,
    escaped: bool,
}

pub fn style() -> impl Strategy<Value = Style> {
    (
        any::<bool>(),
        prop::sample::select(vec!["\n", "\r\n", " ", "\n\n\n"]),
        any::<bool>(),
    )
        .prop_map(|(pretty, between, escaped)| Style {
            pretty,
            between,
            escaped,
        })
}

pub fn written(documents: &[Value], style: Style) -> String {
    let mut text = String::new();
    for document in documents {
        let json = if style.pretty {
            serde_json::to_string_pretty(document)
        } else {
            serde_json::to_string(document)
        };
        let json = json.unwrap();
        // A name means the same when it is written with an escape.
        text += &if style.escaped {
            json.replace("\"aggregationS", "\"aggregation\\u0053")
        } else {
            json
        };
        text += style.between;
    }
    text
}
