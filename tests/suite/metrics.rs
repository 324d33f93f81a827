//! Reads the metrics with a Prometheus parser.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{self, Folder, piped};

/// Prints every sample as a line of JSON. The parser rejects invalid names, invalid escapes, and
/// metadata that does not match.
const PARSER: &str = "
import json, sys
from prometheus_client.parser import text_string_to_metric_families
for family in text_string_to_metric_families(sys.stdin.read()):
    for sample in family.samples:
        print(json.dumps([family.type, family.documentation, sample.name, sample.labels, int(sample.value)]))
";

/// Returns a Python that has the parser.
fn python() -> Option<PathBuf> {
    let candidates =
        ["/usr/bin/python3", "python3"].into_iter().filter_map(|name| support::tool(&[name]));
    let has_parser = |python: &PathBuf| {
        let import = Command::new(python).args(["-c", "import prometheus_client"]).output();
        import.is_ok_and(|output| output.status.success())
    };
    let python = candidates.into_iter().find(has_parser);
    let required = std::env::var_os("STATUSCODE_TOOLS").is_some_and(|value| value == "required");
    assert!(python.is_some() || !required, "no Python has prometheus_client");
    python
}

/// The labels and value of every sample, by metric.
type Samples = BTreeMap<String, Vec<(BTreeMap<String, String>, u64)>>;

fn parsed(python: &PathBuf, text: &[u8]) -> Samples {
    let output = support::with_input(Command::new(python).args(["-c", PARSER]), text);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut samples = Samples::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let (kind, help, name, labels, value): (String, String, String, BTreeMap<_, _>, u64) =
            serde_json::from_str(line).unwrap();
        assert_eq!(kind, "gauge", "{line}");
        assert!(help.ends_with('.') && name.starts_with("statuscode_"), "{line}");
        assert!(!name.ends_with("_total"), "a gauge is not a counter: {line}");
        samples.entry(name).or_default().push((labels, value));
    }
    samples
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn sum(samples: &Samples, metric: &str) -> u64 {
    samples[metric].iter().map(|(_, value)| value).sum()
}

#[test]
fn metrics_match_the_counts_of_the_summary_and_add_up() {
    let Some(python) = python() else {
        return;
    };
    let folder = Folder::new("metrics");
    let input = folder.file(
        "mixed.jsonl",
        "{\"id\":\"1\",\"aggregationStatusCode\":185}\n{\"id\":\"2\",\"aggregationStatusCode\":88888}\n\
         {\"id\":\"3\"}\n{\"id\":\"4\",\"aggregationStatusCode\":-1}\n\
         {\"code\":10023,\"message\":\"x\"}\n{\"id\":\"5\",\"institutionLoginId\":\"7\"}\n",
    );
    for file in [&input, "examples/accounts.json"] {
        let shard = folder.0.join("shard.json").display().to_string();
        let triage = piped(&["triage", "-f", "prometheus", file, "--summary-file", &shard], b"");
        let summary = piped(&["triage", "--json", file], b"").stdout;
        let summary: Value = serde_json::from_slice(&summary).unwrap();
        let summary = &summary["summary"];
        let samples = parsed(&python, &triage.stdout);
        for (category, count) in summary["byCategory"].as_object().unwrap() {
            let found = samples["statuscode_accounts"]
                .iter()
                .find(|(labels, _)| labels["category"] == *category)
                .unwrap();
            assert_eq!(found.1, number(count), "{category}");
        }
        let findings = number(&summary["accounts"]) + number(&summary["apiErrors"]);
        assert_eq!(sum(&samples, "statuscode_accounts"), findings);
        assert_eq!(sum(&samples, "statuscode_code_accounts"), findings);
        for (metric, key) in [
            ("statuscode_api_errors", "apiErrors"),
            ("statuscode_invalid_records", "invalid"),
            ("statuscode_unselected_accounts", "unselected"),
            ("statuscode_records", "records"),
            ("statuscode_documents", "documents"),
        ] {
            assert_eq!(sum(&samples, metric), number(&summary[key]), "{metric}");
        }
        let merged = piped(&["merge", "-f", "prometheus", &shard], b"").stdout;
        assert_eq!(merged, triage.stdout, "a merge of one run is that run");
    }
}

#[test]
fn no_series_occurs_twice_and_documented_codes_are_always_present() {
    let Some(python) = python() else {
        return;
    };
    let stale = b"{\"id\":\"1\",\"aggregationStatusCode\":0,\"aggregationSuccessDate\":1,\
                  \"aggregationAttemptDate\":9}{\"id\":\"2\",\"aggregationStatusCode\":0}";
    let samples = parsed(&python, &piped(&["triage", "-f", "prometheus"], stale).stdout);
    for (metric, samples) in &samples {
        let mut labels: Vec<_> = samples.iter().map(|(labels, _)| labels).collect();
        labels.sort();
        let all = labels.len();
        labels.dedup();
        assert_eq!(labels.len(), all, "{metric}");
    }
    let codes = &samples["statuscode_code_accounts"];
    for code in ["103", "185", "950"] {
        assert!(
            codes.iter().any(|(labels, value)| labels["code"] == code && *value == 0),
            "{code}"
        );
    }
}

#[test]
fn groups_are_separate_gauges_and_hostile_ids_and_names_stay_distinct() {
    let Some(python) = python() else {
        return;
    };
    let folder = Folder::new("metrics-groups");
    let ids = ["a\"} 7", "\n", "\\n", "\\u{a}", "\u{202e}", "none", "", "\u{1b}[2J"];
    let record = |(index, id): (usize, &&str)| {
        let code = if index % 2 == 0 { 185 } else { 0 };
        json!({"id": index.to_string(), "customerId": id, "institutionId": id,
            "institutionLoginId": id, "aggregationStatusCode": code})
        .to_string()
    };
    let input: Vec<String> = ids.iter().enumerate().map(record).collect();
    let names = json!([{"id": "none", "name": "A \"bank\"\nwith \\ and \u{202e}"}]).to_string();
    let names = folder.file("names.json", names);
    for (by, label) in [
        ("institution", "institution_id"),
        ("customer", "customer_id"),
        ("login", "institution_login_id"),
    ] {
        let arguments = ["triage", "-f", "prometheus", "--by", by, "--institutions", &names];
        let output = piped(&arguments, input.join("\n").as_bytes());
        assert!(!output.stdout.iter().any(|&byte| byte < b' ' && byte != b'\n'));
        let samples = parsed(&python, &output.stdout);
        let accounts = &samples[&format!("statuscode_{by}_accounts")];
        let mut values: Vec<Option<&String>> =
            accounts.iter().map(|(labels, _)| labels.get(label)).collect();
        values.sort();
        values.dedup();
        assert_eq!(values.len(), ids.len(), "{values:?}");
        assert_eq!(values[0], None, "the accounts without an id have no label");
        assert_eq!(sum(&samples, &format!("statuscode_{by}_accounts")), 8);
        assert_eq!(sum(&samples, &format!("statuscode_{by}_failing_accounts")), 4);
        let limited =
            piped(&[&arguments[..], &["--limit", "2"]].concat(), input.join("\n").as_bytes());
        let limited = parsed(&python, &limited.stdout);
        assert_eq!(limited[&format!("statuscode_{by}_accounts")].len(), 2);
    }
}
