//! Generates documents: accounts in every shape, and the objects around them.

use proptest::prelude::*;

/// JSON with control over how it is written.
#[derive(Debug, Clone)]
pub enum Tree {
    /// As written.
    Scalar(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
    /// JSON in a string.
    Text(Box<Tree>),
}

/// The style in which documents are written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pretty: bool,
    between: &'static str,
    escaped: bool,
}

fn key() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "id",
        "accountId",
        "number",
        "customerId",
        "institutionId",
        "institutionLoginId",
        "aggregationStatusCode",
        "aggregationSuccessDate",
        "aggregationAttemptDate",
        "code",
        "message",
        "title",
        "status",
        "accounts",
        "accountDetails",
        "balanceDetails",
        "error",
        "errors",
        "institutions",
        "records",
        "payload",
    ]);
    let spelled = prop::sample::select(vec![
        "aggregation_status_code",
        "AggregationStatusCode",
        "CUSTOMER_ID",
        "customer-id",
        "Institution-Login-Id",
        "_id",
        "user_message",
        "Accounts",
        "account_details",
        "TYPE",
    ]);
    prop_oneof![
        8 => known.prop_map(str::to_owned),
        1 => spelled.prop_map(str::to_owned),
        1 => "[a-zé\"\\\\]{0,20}",
    ]
}

fn scalar() -> impl Strategy<Value = String> {
    let written = |value: serde_json::Value| value.to_string();
    let known = prop::sample::select(vec![
        "0",
        "102",
        "185",
        "900",
        "10023",
        "\"185\"",
        "\" 0185 \"",
        "\"2025-09-10T06:06:20.042Z\"",
        "null",
        "true",
        "\"deleted\"",
        "-1",
        "1.5e3",
        "\"{\"",
        "\"[not json\"",
        "\"\\u007b\\\"id\\\":\\\"7\\\"}\"",
        "\"\\n {\\\"id\\\":\\\"8\\\",\\\"aggregationStatusCode\\\":0}\"",
        "\"\\ud800\"",
    ]);
    prop_oneof![
        4 => (0..1000_u32).prop_map(|code| code.to_string()),
        6 => known.prop_map(str::to_owned),
        3 => (0..2_000_000_000_i64).prop_map(|number| format!("\"{number}\"")),
        1 => any::<i32>().prop_map(|number| number.to_string()),
        1 => "[ -~é€😀\n\t\u{1}\"\\\\]{0,24}".prop_map(move |text| written(text.into())),
    ]
}

/// Generates a document: any nesting of objects and arrays, mostly with known keys.
pub fn document() -> impl Strategy<Value = Tree> {
    scalar().prop_map(Tree::Scalar).prop_recursive(5, 60, 8, |inner| {
        let member = (key(), inner.clone());
        let object = (prop::collection::vec(member, 0..8), 0..12_u8).prop_map(|(mut members, repeats)| {
            if repeats > 0 {
                // Most objects do not repeat a key, except in another spelling.
                let mut known: Vec<String> = Vec::new();
                members.retain(|(name, _)| {
                    let is_new = !known.contains(name);
                    known.push(name.clone());
                    is_new
                });
            }
            Tree::Object(members)
        });
        let event = prop::collection::vec(inner.clone(), 0..3).prop_map(|records| {
            let deleted = Tree::Scalar("\"deleted\"".to_owned());
            Tree::Object(vec![("type".into(), deleted), ("records".into(), Tree::Array(records))])
        });
        let account = (0..5_u32, inner.clone()).prop_map(|(id, more)| {
            let scalar = |text: &str| Tree::Scalar(text.to_owned());
            Tree::Object(vec![
                ("id".into(), scalar(&format!("\"{id}\""))),
                ("detail".into(), more),
                ("aggregationStatusCode".into(), scalar("185")),
            ])
        });
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 0..6).prop_map(Tree::Array),
            10 => object,
            3 => prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|elements| Tree::Object(vec![("accounts".into(), Tree::Array(elements))])),
            2 => account,
            2 => inner.prop_map(|tree| Tree::Text(Box::new(tree))),
            1 => event,
        ]
    })
}

pub fn style() -> impl Strategy<Value = Style> {
    let between = prop::sample::select(vec!["\n", "\r\n", " ", "\n\n\n", "\n\u{feff}"]);
    (any::<bool>(), between, any::<bool>()).prop_map(|(pretty, between, escaped)| Style {
        pretty,
        between,
        escaped,
    })
}

pub fn written(documents: &[Tree], style: Style) -> String {
    let mut text = String::new();
    for document in documents {
        let mut json = String::new();
        write(document, style.pretty, 0, &mut json);
        // A key with an escape means the same.
        text += &if style.escaped {
            json.replace("\"aggregationS", "\"aggregation\\u0053")
        } else {
            json
        };
        text += style.between;
    }
    text
}

fn write(tree: &Tree, pretty: bool, indent: usize, into: &mut String) {
    let line = |into: &mut String, indent: usize| {
        if pretty {
            *into += "\n";
            *into += &"  ".repeat(indent);
        }
    };
    match tree {
        Tree::Scalar(text) => *into += text,
        Tree::Text(inner) => {
            let mut text = String::new();
            write(inner, pretty, 0, &mut text);
            *into += &serde_json::Value::from(text).to_string();
        }
        Tree::Array(elements) => {
            *into += "[";
            for (index, element) in elements.iter().enumerate() {
                *into += if index > 0 { "," } else { "" };
                line(into, indent + 1);
                write(element, pretty, indent + 1, into);
            }
            line(into, indent);
            *into += "]";
        }
        Tree::Object(members) => {
            *into += "{";
            for (index, (name, member)) in members.iter().enumerate() {
                *into += if index > 0 { "," } else { "" };
                line(into, indent + 1);
                *into += &serde_json::Value::from(name.as_str()).to_string();
                *into += if pretty { ": " } else { ":" };
                write(member, pretty, indent + 1, into);
            }
            line(into, indent);
            *into += "}";
        }
    }
}
