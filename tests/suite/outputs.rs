//! Every output matches its schema and its documentation.

use std::fs;

use serde_json::Value;
use statuscode::answer::invalid::InvalidLine;
use statuscode::catalog::Catalog;

use crate::support::program;

fn run(arguments: &[&str]) -> String {
    let output = program().args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Validates an output against its schema, in which unknown keys are errors.
fn assert_matches_schema(name: &str, text: &str) {
    let schema: Value = serde_json::from_str(&run(&["schema", name])).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
}

#[test]
fn every_json_output_matches_its_schema() {
    assert_matches_schema("explain", &run(&["explain", "--all", "--json"]));
    assert_matches_schema("explain", &run(&["explain", "185", "99999", "--json"]));
    let overlay = ["--codes", "tests/overlays/good.toml"];
    assert_matches_schema("explain", &run(&["explain", "777", "--json", overlay[0], overlay[1]]));
    assert_matches_schema("list", &run(&["list", "--json"]));
    let mut shapes: Vec<String> = fs::read_dir("tests/shapes")
        .unwrap()
        .map(|shape| shape.unwrap().path().display().to_string())
        .collect();
    shapes.push("examples/accounts.json".to_owned());
    for shape in &shapes {
        assert_matches_schema("triage", &run(&["triage", "--json", "-q", shape]));
        for by in ["institution", "customer", "login", "code"] {
            let groups = run(&["triage", "--json", "-q", "--by", by, shape]);
            assert_matches_schema(&format!("triage-by-{by}"), &groups);
            let trend = ["trend", "--json", "-q", "--by", by, shape, "examples/accounts.json"];
            assert_matches_schema(&format!("trend-by-{by}"), &run(&trend));
        }
        assert_matches_schema("plan", &run(&["plan", "--json", "-q", shape]));
        assert_matches_schema(
            "diff",
            &run(&["diff", "--json", "-q", shape, "examples/accounts.json"]),
        );
        assert_matches_schema(
            "trend",
            &run(&["trend", "--json", "-q", shape, "examples/accounts.json"]),
        );
    }
}

#[test]
fn a_schema_rejects_output_that_is_never_written() {
    let schema: Value = serde_json::from_str(&run(&["schema", "triage"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good: Value =
        serde_json::from_str(&run(&["triage", "--json", "examples/accounts.json"])).unwrap();
    assert!(validator.is_valid(&good));
    let spoil = |pointer: &str, value: Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&bad), "{pointer}");
    };
    spoil("/schemaVersion", 1.into());
    spoil("/accounts/0/id", 7.into());
    spoil("/accounts/0/category", "fine".into());
    spoil("/summary/byCategory/ok", "five".into());
    let mut bad = good.clone();
    bad["accounts"][0]["name"] = "Checking".into();
    assert!(!validator.is_valid(&bad), "an unknown member");
    let schema: Value = serde_json::from_str(&run(&["schema", "triage-by-login"])).unwrap();
    let groups = jsonschema::validator_for(&schema).unwrap();
    let by_login = run(&["triage", "--json", "--by", "login", "examples/accounts.json"]);
    let mut bad: Value = serde_json::from_str(&by_login).unwrap();
    assert!(groups.is_valid(&bad));
    bad["groups"][0]["name"] = "Checking".into();
    assert!(!groups.is_valid(&bad), "an unknown member of a group");
    let mut bad = good.clone();
    bad.as_object_mut().unwrap().remove("summary");
    assert!(!validator.is_valid(&bad), "a missing member");
}

#[test]
fn every_line_of_json_lines_is_a_record_of_the_json_document() {
    let file = "examples/accounts.json";
    for (command, records) in [
        (&["triage", file][..], "accounts"),
        (&["triage", "--by", "institution", file], "groups"),
        (&["triage", "--by", "code", file], "groups"),
        (&["triage", "--latest", file], "accounts"),
        (&["plan", file], "steps"),
        (&["diff", "tests/snapshots/monday.jsonl", "tests/snapshots/tuesday.jsonl"], "changes"),
        (&["list"], "codes"),
        (&["explain", "9xx"], "codes"),
    ] {
        let document: Value =
            serde_json::from_str(&run(&[command, &["--json", "-q"]].concat())).unwrap();
        let lines: Vec<Value> = run(&[command, &["-f", "jsonl", "-q"]].concat())
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert!(!lines.is_empty());
        assert_eq!(document[records], Value::Array(lines), "{command:?}");
    }
    let bad = run(&["triage", "-f", "jsonl", "-q", "tests/shapes/bad-lines.jsonl"]);
    let errors = bad.lines().filter(|line| serde_json::from_str::<InvalidLine<'_>>(line).is_ok());
    assert_eq!(errors.count(), 3);
}

/// The cells of a CSV text, header included.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn csv_has_a_row_for_each_record_and_every_row_has_every_column() {
    let codes = cells(&run(&["list", "-f", "csv"]));
    assert_eq!(codes.len(), Catalog::built_in().entries().len() + 1);
    assert!(codes[0].starts_with(&["code".to_owned(), "name".to_owned(), "title".to_owned()]));
    let accounts = cells(&run(&["triage", "-f", "csv", "-q", "examples/accounts.json"]));
    assert_eq!(accounts.len(), 15);
    let record: Value = serde_json::from_str(
        run(&["triage", "-f", "jsonl", "-q", "examples/accounts.json"]).lines().next().unwrap(),
    )
    .unwrap();
    let mut names: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    names.push("customerMessage");
    assert_eq!(accounts[0], names);
    assert!(
        accounts
            .iter()
            .chain(&codes)
            .all(|row| [accounts[0].len(), codes[0].len()].contains(&row.len()))
    );
}
