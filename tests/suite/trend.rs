//! Compares trends with a second implementation of the rules, which keeps the history of every
//! account.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use statuscode::catalog::Category;
use statuscode::command::Status;

use crate::support::{Folder, answer, piped};

/// The state of an account in a snapshot: absent, pending, or a code.
type State = Option<Option<u32>>;

#[derive(Debug, Clone)]
struct Night {
    state: State,
    /// Whether the snapshot names the customer.
    names_customer: bool,
    /// Whether an outdated record of the account comes first.
    repeated: bool,
}

fn night() -> impl Strategy<Value = Night> {
    let code = prop_oneof![Just(103), Just(185), Just(910), Just(900), Just(88_888)];
    let state = prop_oneof![
        2 => Just(None),
        1 => Just(Some(None)),
        8 => Just(Some(Some(0))),
        6 => code.prop_map(|code| Some(Some(code))),
    ];
    (state, prop::bool::weighted(0.8), prop::bool::weighted(0.1))
        .prop_map(|(state, names_customer, repeated)| Night { state, names_customer, repeated })
}

/// Histories: accounts by nights.
fn histories() -> impl Strategy<Value = Vec<Vec<Night>>> {
    (1..12_usize).prop_flat_map(|nights| {
        prop::collection::vec(prop::collection::vec(night(), nights), 1..30)
    })
}

fn institution(account: usize) -> String {
    (102_100 + account % 3).to_string()
}

fn snapshot(histories: &[Vec<Night>], night: usize) -> String {
    let mut lines = Vec::new();
    for (account, nights) in histories.iter().enumerate() {
        let Night { state, names_customer, repeated } = nights[night];
        let Some(code) = state else { continue };
        let record = |code: Option<u32>| {
            let mut record = json!({"id": format!("{account}"), "aggregationStatusCode": code,
                "institutionId": institution(account)});
            if names_customer {
                record["customerId"] = json!("5001");
            }
            record.to_string()
        };
        if repeated {
            lines.push(record(Some(185)));
            lines.push(record(Some(0)));
        }
        lines.push(record(code));
    }
    lines.join("\n")
}

/// Returns whether a failure continues in the last of these snapshots: the account fails in it, or
/// has been pending since a snapshot in which it fails.
fn has_failure(nights: &[Night]) -> bool {
    let known = nights.iter().rev().map_while(|night| night.state);
    known.flatten().next().is_some_and(|code| code > 0)
}

/// Returns the change of an account in the last of these snapshots, as documented.
fn change(nights: &[Night]) -> Option<&'static str> {
    let [earlier @ .., now] = nights else { return None };
    let before = earlier.last()?.state;
    Some(match (before, now.state) {
        (None, None) => return None,
        (None, Some(_)) => "appeared",
        (Some(_), None) => "disappeared",
        (Some(before), Some(after)) => match (has_failure(earlier), after) {
            (false, Some(1..)) => "broken",
            (true, Some(0)) => "recovered",
            (true, Some(_)) if before == after => "still_failing",
            (true, Some(_)) => "code_changed",
            (true, None) if before.is_some() => "code_changed",
            _ => "unchanged",
        },
    })
}

/// Returns the snapshots to recovery of each failure that ended, and whether the last failure
/// continues.
fn failures(nights: &[Night]) -> (Vec<usize>, bool) {
    let known = nights.iter().enumerate().filter_map(|(at, night)| Some((at, night.state?)));
    let known: Vec<(usize, Option<u32>)> = known.collect();
    let mut ended = Vec::new();
    let mut since: Option<Option<usize>> = None;
    for (place, &(at, code)) in known.iter().enumerate() {
        match (code, since) {
            (Some(0), Some(began)) => {
                ended.extend(began.map(|began| at - began));
                since = None;
            }
            (Some(1..), None) => since = Some((place > 0).then_some(at)),
            _ => {}
        }
    }
    (ended, since.is_some())
}

fn run(arguments: &str) -> (Status, String, String) {
    let mut out = Vec::new();
    let (status, messages) = answer(arguments, ["", ""], &mut out);
    (status, String::from_utf8(out).unwrap(), messages)
}

fn trend(arguments: &str) -> Value {
    let (status, out, messages) = run(&format!("trend {arguments} --json"));
    assert_eq!(status, Status::Done, "{messages}");
    serde_json::from_str(&out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_trend_matches_the_history_of_every_account(histories in histories()) {
        let nights = histories[0].len();
        let folder = Folder::new("trend-oracle");
        let files: Vec<String> =
            (0..nights).map(|night| folder.file(&format!("{night:02}.json"), snapshot(&histories, night))).collect();
        let files = files.join(" ");
        let found = trend(&format!("{files} -j 1"));
        for jobs in [2, 7] {
            prop_assert_eq!(&trend(&format!("{files} -j {jobs}")), &found);
        }

        let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
        for night in 0..nights {
            let row = &found["snapshots"][night];
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            for account in &histories {
                if let Some(change) = change(&account[..=night]) {
                    *counts.entry(change).or_default() += 1;
                    *totals.entry(change).or_default() += 1;
                }
            }
            for change in ["broken", "recovered", "appeared", "disappeared"] {
                let expected = if night == 0 { json!(null) } else { json!(counts.get(change).unwrap_or(&0)) };
                prop_assert_eq!(&row[change], &expected, "{} at {}: {}", change, night, row);
            }
            // Every record counts, as in triage.
            let records = histories.iter().filter(|account| account[night].state.is_some());
            let records: usize = records.map(|account| if account[night].repeated { 3 } else { 1 }).sum();
            prop_assert_eq!(&row["accounts"], &json!(records));
        }
        let summary = &found["summary"];
        for (change, count) in summary["byChange"].as_object().unwrap() {
            prop_assert_eq!(count, &json!(totals.get(change.as_str()).unwrap_or(&0)), "{}", change);
        }
        let seen = histories.iter().filter(|account| account.iter().any(|night| night.state.is_some()));
        prop_assert_eq!(&summary["distinctAccounts"], &json!(seen.count()));
        let all: Vec<(Vec<usize>, bool)> = histories.iter().map(|account| failures(account)).collect();
        let mut ended: Vec<usize> = all.iter().flat_map(|(ended, _)| ended.clone()).collect();
        ended.sort_unstable();
        prop_assert_eq!(&summary["recoveries"], &json!(ended.len()));
        let median = (!ended.is_empty()).then(|| {
            let (low, high) = (ended[(ended.len() - 1) / 2], ended[ended.len() / 2]);
            let halves = f64::from(u32::try_from(low + high).unwrap());
            halves / 2.0
        });
        prop_assert_eq!(summary["medianSnapshotsToRecovery"].as_f64(), median);
        prop_assert_eq!(&summary["neverRecovered"], &json!(all.iter().filter(|(_, open)| *open).count()));
    }

    #[test]
    fn every_step_matches_diff_of_the_snapshots_so_far(histories in histories()) {
        let nights = histories[0].len();
        let folder = Folder::new("trend-diff");
        let files: Vec<String> =
            (0..nights).map(|night| folder.file(&format!("{night:02}.json"), snapshot(&histories, night))).collect();
        let found = trend(&files.join(" "));
        for night in 1..nights {
            let (_, out, _) = run(&format!("diff {} --json", files[..=night].join(" ")));
            let diff: Value = serde_json::from_str(&out).unwrap();
            for change in ["broken", "recovered", "appeared", "disappeared"] {
                prop_assert_eq!(&found["snapshots"][night][change], &diff["summary"]["byChange"][change]);
            }
        }
    }
}

#[test]
fn the_worst_institutions_have_their_current_share_and_its_change() {
    let folder = Folder::new("trend-worst");
    let lines = |institutions: &[(&str, usize, usize)]| {
        let mut lines = String::new();
        for &(id, accounts, failing) in institutions {
            for index in 0..accounts {
                let code = if index < failing { 185 } else { 0 };
                lines += &json!({"id": format!("{id}-{index}"), "institutionId": id, "aggregationStatusCode": code}).to_string();
            }
        }
        lines
    };
    let old = folder.file("old.json", lines(&[("a", 4, 1), ("b", 10, 5)]));
    let new =
        folder.file("new.json", lines(&[("a", 4, 3), ("b", 10, 2), ("new", 2, 1), ("well", 9, 0)]));
    let found = trend(&format!("{old} {new}"));
    assert_eq!(
        found["summary"]["worstInstitutions"],
        json!([
            {"institutionId": "a", "institutionName": null, "accounts": 4, "failing": 3, "failingShare": 0.75, "change": 0.5},
            {"institutionId": "b", "institutionName": null, "accounts": 10, "failing": 2, "failingShare": 0.2, "change": -0.3},
            {"institutionId": "new", "institutionName": null, "accounts": 2, "failing": 1, "failingShare": 0.5, "change": null},
        ])
    );
}

/// Writes two snapshots and their summaries. Returns the paths.
fn with_summaries(folder: &Folder) -> [String; 4] {
    let old = folder.file("old.json", "{\"id\":\"1\",\"aggregationStatusCode\":0}");
    let new = folder.file("new.json", "{\"id\":\"1\",\"aggregationStatusCode\":185}");
    let summaries = [&old, &new].map(|file| {
        let summary = format!("{file}.summary");
        assert_eq!(run(&format!("triage {file} -f csv --summary-file {summary}")).0, Status::Done);
        summary
    });
    let [old_summary, new_summary] = summaries;
    [old, new, old_summary, new_summary]
}

#[test]
fn summaries_have_the_counts_of_their_snapshots_and_no_changes() {
    let folder = Folder::new("trend-summaries");
    let [old, new, old_summary, new_summary] = with_summaries(&folder);
    let (accounts, summaries) =
        (trend(&format!("{old} {new}")), trend(&format!("{old_summary} {new_summary}")));
    for night in 0..2 {
        for count in
            ["documents", "records", "accounts", "apiErrors", "unselected", "invalid", "byCategory"]
        {
            assert_eq!(summaries["snapshots"][night][count], accounts["snapshots"][night][count]);
        }
    }
    assert_eq!(accounts["snapshots"][1]["broken"], 1);
    assert_eq!(summaries["snapshots"][1]["broken"], Value::Null);
    for (member, value) in summaries["summary"].as_object().unwrap() {
        assert_eq!(value.is_null(), member != "snapshots", "{member}");
    }

    let merged = run(&format!("merge {old_summary} {new_summary} --json")).1;
    let merged = folder.file("merged.json", merged);
    let found = trend(&format!("{merged} {old} {new} {new_summary} {old}"));
    let broken: Vec<&Value> =
        found["snapshots"].as_array().unwrap().iter().map(|row| &row["broken"]).collect();
    assert_eq!(broken, [&Value::Null, &Value::Null, &json!(1), &Value::Null, &Value::Null]);
    assert_eq!(found["snapshots"][0]["accounts"], 2);
    assert_eq!(found["summary"]["medianSnapshotsToRecovery"], 2, "a summary in between is skipped");
}

#[test]
fn a_summary_is_recognized_from_a_pipe_and_by_its_content() {
    let folder = Folder::new("trend-pipe");
    let [old, _, summary, _] = with_summaries(&folder);
    let bytes = std::fs::read(&summary).unwrap();
    let output = piped(&["trend", &old, "-", "--json"], &bytes);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["snapshots"][1]["accounts"], 1);
    assert_eq!(found["snapshots"][1]["broken"], Value::Null);
    let triage = piped(&["triage", &old, "--json"], b"").stdout;
    let output = piped(&["trend", &old, "-", "--json"], &triage);
    assert_eq!(output.status.code(), Some(2));
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(messages.contains("-:1:1: this is statuscode output, not account data"), "{messages}");
}

#[test]
fn unusable_summaries_are_rejected_and_incomplete_ones_are_noted() {
    let folder = Folder::new("trend-bad");
    let [old, _, summary, _] = with_summaries(&folder);
    let text = std::fs::read_to_string(&summary).unwrap();
    for (from, to, error) in [
        ("\"schemaVersion\":2", "\"schemaVersion\":1", "its schemaVersion is 1, not 2"),
        ("\"records\":1", "\"records\":7", "its counts do not add up"),
        ("\"documents\":1", "\"documents\":\"x\"", "not a summary of a run"),
        ("\"byCode\":[", "\"byCode\":[{", "not a summary"),
    ] {
        assert!(text.contains(from), "{text}");
        let bad = folder.file("bad.json", text.replace(from, to));
        let (status, out, messages) = run(&format!("trend {old} {bad} --json"));
        assert_eq!((status, out.as_str()), (Status::Failed, ""), "{messages}");
        assert!(messages.contains(error) && messages.contains("bad.json"), "{messages}");
    }
    let cut = folder.file("cut.json", text.replace("\"complete\":true", "\"complete\":false"));
    let (status, out, messages) = run(&format!("trend {old} {cut} --json"));
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(status, Status::Done);
    assert!(messages.contains("is incomplete"), "{messages}");
    assert_eq!(found["snapshots"][1]["complete"], false);
    let other = text.replace("\"catalog\":\"", "\"catalog\":\"0");
    let other = folder.file("other.json", other);
    assert!(run(&format!("trend {other}")).2.contains("different catalog"));
}

#[test]
fn a_snapshot_that_cannot_be_read_to_the_end_is_not_compared() {
    let folder = Folder::new("trend-cut");
    let good = folder.file("good.json", "{\"id\":\"1\",\"aggregationStatusCode\":0}");
    let cut = folder.file("cut.json", "{\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":0},");
    for bad in [&cut, "missing.json"] {
        for command in ["trend", "diff"] {
            let (status, out, messages) = run(&format!("{command} {good} {bad} --invalid allow"));
            assert_eq!((status, out.as_str()), (Status::Failed, ""), "{command}");
            assert!(messages.contains("error:"), "{messages}");
        }
    }
}

#[test]
fn the_report_of_many_snapshots_is_bounded() {
    let folder = Folder::new("trend-many");
    let mut files = BTreeSet::new();
    for night in 0..300 {
        let code = if night % 7 == 3 { 185 } else { 0 };
        let text =
            format!("{{\"id\":\"1\",\"institutionId\":\"2\",\"aggregationStatusCode\":{code}}}");
        files.insert(folder.file(&format!("{night:03}.json"), text));
    }
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let (_, table, _) = run(&format!("trend {}", files.join(" ")));
    assert!(table.lines().count() < 50 && table.contains("... and 275 more"), "{table}");
    assert!(table.contains("299") && !table.contains("\n100 "), "the newest are shown: {table}");
    let rows =
        |format: &str| run(&format!("trend -f {format} {}", files.join(" "))).1.lines().count();
    assert_eq!((rows("csv"), rows("jsonl")), (301, 300));
    let (_, page, _) = run(&format!("trend -f html {}", files.join(" ")));
    assert_eq!(page.matches("class=\"hit\"").count(), 300);
    let numbers =
        format!("<title>010: 1 of 1 (100.0%); {} 1</title>", Category::UserAction.label());
    assert!(page.contains(&numbers), "{page}");
}

#[test]
fn groups_have_counts_in_every_snapshot_and_the_worst_comes_first() {
    let folder = Folder::new("trend-by");
    let record = |id: usize, institution: &str, code: u32| {
        json!({"id": id.to_string(), "customerId": "5001", "institutionId": institution,
            "institutionLoginId": format!("9{institution}"), "aggregationStatusCode": code})
        .to_string()
    };
    let first =
        folder.file("1.json", record(1, "7", 0) + &record(2, "7", 185) + &record(3, "8", 0));
    let second =
        folder.file("2.json", record(3, "8", 103) + &record(4, "8", 910) + &record(5, "", 0));
    let summary = folder.0.join("s.json").display().to_string();
    run(&format!("triage {first} -f csv --summary-file {summary}"));
    let files = format!("{first} {summary} {second}");
    let found = trend(&format!("{files} --by institution"));
    let groups: Vec<Value> = found["groups"].as_array().unwrap().clone();
    let counts: Vec<(&Value, &Value, &Value, &Value)> = groups
        .iter()
        .map(|row| (&row["institutionId"], &row["snapshot"], &row["accounts"], &row["failing"]))
        .collect();
    let expected = json!([
        ["8", 1, 1, 0],
        ["8", 2, null, null],
        ["8", 3, 2, 2],
        [null, 1, 0, 0],
        [null, 2, null, null],
        [null, 3, 1, 0],
        ["7", 1, 2, 1],
        ["7", 2, null, null],
        ["7", 3, 0, 0],
    ]);
    assert_eq!(json!(counts), expected);
    assert_eq!(groups[2]["failingShare"], 1.0);
    assert_eq!(found["snapshots"].as_array().unwrap().len(), 3);
    assert_eq!(found["summary"]["snapshots"], 3);
    for (by, key, count) in
        [("customer", json!("5001"), 1), ("login", json!("98"), 3), ("code", json!(103), 4)]
    {
        let found = trend(&format!("{files} --by {by}"));
        let groups = found["groups"].as_array().unwrap();
        assert_eq!(groups.len(), count * 3, "{by}");
        let members = ["customerId", "institutionLoginId", "aggregationStatusCode"];
        assert!(members.iter().any(|member| groups[0][member] == key), "{by}: {}", groups[0]);
        let csv = run(&format!("trend {files} --by {by} -f csv")).1;
        assert_eq!(csv.lines().count(), 1 + count * 3, "{csv}");
        let page = run(&format!("trend {files} --by {by} -f html")).1;
        assert_eq!(page.matches("<svg class=\"line").count(), count, "{by}");
    }
}
