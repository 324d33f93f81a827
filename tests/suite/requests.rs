//! Every request of a plan exists in the API and addresses the right object.

use crate::support::{Folder, answer};
use serde_json::{Map, Value, json};
use statuscode::catalog::Catalog;

/// A call of the API description: method, path, and the members that its body must and may have.
struct Operation {
    method: &'static str,
    path: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

/// The calls in Mastercard's API description that repair, delete, and read accounts.
const OPERATIONS: [Operation; 4] = [
    Operation {
        method: "POST",
        path: "/connect/v2/generate/fix",
        required: &["partnerId", "customerId", "institutionLoginId"],
        optional: &["language", "redirectUri", "webhook"],
    },
    Operation {
        method: "DELETE",
        path: "/aggregation/v1/customers/{customerId}/accounts/{accountId}",
        required: &[],
        optional: &[],
    },
    Operation {
        method: "DELETE",
        path: "/aggregation/v1/customers/{customerId}/institutionLogins/{institutionLoginId}",
        required: &[],
        optional: &[],
    },
    Operation {
        method: "GET",
        path: "/aggregation/v1/customers/{customerId}/institutionLogins/{institutionLoginId}/accounts",
        required: &[],
        optional: &[],
    },
];

/// Returns the values of a path's parameters if the path has this shape.
fn parameters(shape: &str, path: &str) -> Option<Map<String, Value>> {
    let (shape, path): (Vec<_>, Vec<_>) = (shape.split('/').collect(), path.split('/').collect());
    let mut values = Map::new();
    for (expected, segment) in shape.iter().zip(&path) {
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) if !segment.is_empty() => {
                values.insert(name.to_owned(), json!(segment));
            }
            None if expected == segment => {}
            _ => return None,
        }
    }
    (shape.len() == path.len()).then_some(values)
}

/// Checks a request against the API, and its ids against those of its step.
fn check(step: &Value, request: &Value) {
    let request = request.as_object().unwrap();
    let (method, path) = (request["method"].as_str().unwrap(), request["path"].as_str().unwrap());
    let found = OPERATIONS.iter().find_map(|operation| {
        let parameters = parameters(operation.path, path)?;
        (operation.method == method).then_some((operation, parameters))
    });
    let Some((operation, mut ids)) = found else {
        panic!("the API has no {method} {path}");
    };
    match request.get("body") {
        None => assert!(operation.required.is_empty(), "{path} lacks its body"),
        Some(body) => {
            let body = body.as_object().unwrap();
            for required in operation.required {
                assert!(body[*required].as_str().is_some_and(|text| !text.is_empty()));
            }
            for (member, value) in body {
                let is_known = [operation.required, operation.optional].concat();
                assert!(is_known.contains(&member.as_str()) && value.is_string(), "{member}");
            }
            ids.extend(body.clone());
        }
    }
    for name in ["customerId", "institutionLoginId"] {
        assert!(ids.get(name).is_none_or(|id| *id == step[name]), "{name} of another");
    }
    if let Some(account) = ids.get("accountId") {
        assert_eq!(step["accountIds"], json!([account]));
    }
}

fn steps(file: &str, options: &str) -> Vec<Value> {
    let mut out = Vec::new();
    let line = format!("plan --json -q {options} FILE");
    let arguments: Vec<_> = line.split_whitespace().collect();
    answer(&arguments.join(" "), ["", file], &mut out);
    let plan: Value = serde_json::from_slice(&out).unwrap();
    plan["steps"].as_array().unwrap().clone()
}

const PARTNER: &str = "--partner-id 2445583946651";

#[test]
fn the_api_accepts_every_request_that_a_code_can_produce() {
    let folder = Folder::new("requests");
    let accounts = Catalog::built_in().entries().iter().map(|entry| {
        let code = entry.code;
        format!(
            "{{\"id\":\"{code}1\",\"customerId\":\"5{code}\",\"institutionId\":\"7\",\
             \"institutionLoginId\":9{code},\"aggregationStatusCode\":{code}}}\n"
        )
    });
    let file = folder.file("codes.jsonl", accounts.collect::<String>());
    let (mut fixes, mut deletions, mut readings) = (0, 0, 0);
    for fix in ["", "--no-connect-fix"] {
        for partner in ["", PARTNER] {
            for deletion in ["", "--with-deletions"] {
                for more in [
                    "",
                    "--redirect-uri https://app.example/done --webhook https://app.example/hook --language fr",
                ] {
                    for step in steps(&file, &format!("{fix} {partner} {deletion} {more}")) {
                        for request in [&step["request"], &step["verify"]] {
                            if !request.is_null() {
                                check(&step, request);
                            }
                        }
                        let method = step["request"]["method"].as_str();
                        assert!(method != Some("POST") || (fix.is_empty() && !partner.is_empty()));
                        assert!(method != Some("DELETE") || !deletion.is_empty());
                        fixes += u32::from(method == Some("POST"));
                        deletions += u32::from(method == Some("DELETE"));
                        readings += u32::from(step["verify"]["method"] == "GET");
                    }
                }
            }
        }
    }
    assert!(fixes > 0 && deletions > 0 && readings > 0);
}

#[test]
fn without_data_connect_fix_nothing_mentions_it() {
    let folder = Folder::new("no-fix");
    let fixable = Catalog::built_in().entries().iter().filter(|entry| entry.connect_fix);
    let accounts = fixable.map(|entry| {
        let code = entry.code;
        format!(
            "{{\"id\":\"{code}\",\"customerId\":\"5\",\"institutionLoginId\":{code},\
             \"aggregationStatusCode\":{code}}}\n"
        )
    });
    let file = folder.file("fixable.jsonl", accounts.collect::<String>());
    let steps = steps(&file, &format!("--no-connect-fix {PARTNER}"));
    assert_eq!(steps.iter().len(), 9);
    for step in steps {
        assert_eq!(step["request"], Value::Null);
        let text = step.to_string();
        assert!(!text.contains("Fix") && !text.contains("connect_fix"), "{text}");
    }
}

#[test]
fn no_request_can_reach_another_account() {
    let folder = Folder::new("paths");
    for bad in ["", ".", ".."] {
        let account = format!(
            "{{\"id\":\"{bad}\",\"customerId\":\"5001\",\"institutionLoginId\":\"1\",\"aggregationStatusCode\":949}}
             {{\"id\":\"2\",\"customerId\":\"{bad}\",\"institutionLoginId\":\"2\",\"aggregationStatusCode\":949}}
             {{\"id\":\"3\",\"customerId\":\"5002\",\"institutionLoginId\":\"{bad}\",\"aggregationStatusCode\":103}}
             {{\"id\":\"4\",\"customerId\":\"{bad}\",\"institutionLoginId\":\"4\",\"aggregationStatusCode\":103}}"
        );
        let file = folder.file("bad.jsonl", account);
        let steps = steps(&file, &format!("--with-deletions {PARTNER}"));
        assert_eq!(steps.iter().len(), 4);
        for step in steps {
            assert_eq!(step["request"], Value::Null, "{bad:?}: {step}");
        }
    }
}

#[test]
fn duplicates_are_never_deleted_and_closed_accounts_only_by_choice() {
    let folder = Folder::new("choices");
    let file = folder.file(
        "accounts.jsonl",
        r#"{"id":"1","customerId":"5","institutionLoginId":"9","aggregationStatusCode":169}
           {"id":"2","customerId":"5","institutionLoginId":"9","aggregationStatusCode":169}
           {"id":"3","customerId":"5","institutionLoginId":"9","aggregationStatusCode":913}"#,
    );
    for step in steps(&file, "--with-deletions") {
        let is_duplicate = step["action"] == "delete_duplicate";
        assert_eq!(step["request"].is_null(), is_duplicate, "{step}");
        let instruction = step["instruction"].as_str().unwrap();
        assert!(is_duplicate || instruction.contains("two choices"), "{instruction}");
    }
}
