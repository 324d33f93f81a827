//! Runs on many machines: the line mapper, the summaries of its runs, and their sum.

use std::fs;
use std::process::Output;

use crate::accounts::Shape;
use crate::support::{self, Folder, answer, piped};
use proptest::prelude::*;
use serde_json::Value;
use statuscode::command::Status;

/// Runs a command line. Returns its status, answer, and messages.
fn run(line: &str) -> (Status, String, String) {
    let mut out = Vec::new();
    let (status, messages) = answer(line, ["", ""], &mut out);
    (status, String::from_utf8(out).unwrap(), messages)
}

fn json(line: &str) -> Value {
    serde_json::from_str(&run(line).1).unwrap()
}

fn mapper(input: &[u8]) -> Output {
    piped(&["triage", "-f", "jsonl", "--invalid", "allow", "-q"], input)
}

/// Made-up accounts, one per line, with an invalid line after every ninth.
fn lines(count: u64) -> Vec<String> {
    let mut bytes = Vec::new();
    crate::accounts::write(&mut bytes, Shape::Lines, count).unwrap();
    let mut lines = Vec::new();
    for (place, line) in String::from_utf8(bytes).unwrap().lines().enumerate() {
        lines.push(line.to_owned());
        if place % 9 == 8 {
            lines.push(format!("{{\"id\":\"{place}\",\"aggregationStatusCode\":true}}"));
            lines.push(format!(
                "{{\"id\":\"{place}\",\"aggregationStatusCode\":{}}}",
                700_000 + place
            ));
            lines.push("{ broken".to_owned());
        }
    }
    lines
}

#[test]
fn the_mapper_writes_one_line_per_record_in_order_and_nothing_else() {
    let lines = lines(200);
    let output = mapper(lines.join("\n").as_bytes());
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), lines.len());
    for (place, (line, answer)) in lines.iter().zip(&answers).enumerate() {
        assert_eq!(answer["line"], place as u64 + 1);
        assert_eq!(answer["input"], "-");
        match serde_json::from_str::<Value>(line) {
            Ok(account) if account["aggregationStatusCode"] != true => {
                assert_eq!(answer["id"], account["id"], "{line}");
                assert_eq!(
                    answer["aggregationStatusCode"], account["aggregationStatusCode"],
                    "{line}"
                );
            }
            _ => {
                let keys: Vec<_> = answer.as_object().unwrap().keys().collect();
                assert_eq!(keys, ["error", "input", "line"], "{line}");
            }
        }
    }
}

#[test]
fn the_mapper_writes_nothing_for_empty_input() {
    let output = mapper(b"");
    let all = (output.status.code(), output.stdout, output.stderr);
    assert_eq!(all, (Some(0), Vec::new(), Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if support::is_long_run() { 1000 } else { 24 }))]
    #[test]
    fn the_sum_over_shards_equals_a_single_run(cuts in prop::collection::vec(0_usize..400, 0..8), jobs in 1_u8..3) {
        let folder = Folder::new("sum");
        let lines = lines(300);
        let whole = folder.file("whole.jsonl", lines.join("\n"));
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(lines.len())).chain([0, lines.len()]).collect();
        cuts.sort_unstable();
        let mut merge = "merge --json".to_owned();
        for (number, cut) in cuts.windows(2).enumerate() {
            let shard = folder.file(&format!("{number}.jsonl"), lines[cut[0]..cut[1]].join("\n"));
            let summary = format!("{shard}.summary");
            run(&format!("triage -f jsonl -j {jobs} --invalid allow -q {shard} --summary-file {summary}"));
            merge += &format!(" {summary}");
        }
        let (merged, single) = (json(&merge), json(&format!("triage -q --json {whole}")));
        prop_assert_eq!(&merged["summary"], &single["summary"]);
        prop_assert_eq!(merged["shards"].as_array().unwrap().len(), cuts.len() - 1);
        let records: u64 = merged["shards"].as_array().unwrap().iter().map(|shard| shard["records"].as_u64().unwrap()).sum();
        prop_assert_eq!(&single["summary"]["records"], records);
        let all = lines.len() as u64;
        prop_assert_eq!((&single["summary"]["records"], &single["summary"]["documents"]), (&all.into(), &all.into()));
    }
}

#[test]
fn many_unknown_codes_have_the_same_sum_in_any_order() {
    let folder = Folder::new("unknown");
    let codes: Vec<String> = (0..3600_u32)
        .map(|n| format!("{{\"aggregationStatusCode\":{}}}", 200_000 + n * 7919 % 3600))
        .collect();
    let whole = folder.file("whole.jsonl", codes.join("\n"));
    let mut summaries: Vec<String> = Vec::new();
    // Each shard has more codes than the summary counts separately.
    for (number, part) in codes.chunks(1200).enumerate() {
        let shard = folder.file(&format!("{number}.jsonl"), part.join("\n"));
        run(&format!("triage -q {shard} --summary-file {shard}.summary"));
        summaries.push(format!("{shard}.summary"));
    }
    let single = json(&format!("triage -q --json {whole}"));
    let rows = single["summary"]["byCode"].as_array().unwrap();
    // The lowest codes are counted separately, the others together.
    assert_eq!((rows.len(), &rows[0]["aggregationStatusCode"]), (1001, &200_000.into()));
    assert_eq!(
        (&rows[1000]["aggregationStatusCode"], &rows[1000]["accounts"]),
        (&Value::Null, &2600.into())
    );
    assert_eq!(
        json(&format!("merge --json {}", summaries.join(" ")))["summary"],
        single["summary"]
    );
    summaries.reverse();
    assert_eq!(
        json(&format!("merge --json {}", summaries.join(" ")))["summary"],
        single["summary"]
    );
}

type Change<'a> = &'a dyn Fn(&str) -> String;

/// Merges a summary of the sample after a change to its text.
fn changed(folder: &Folder, change: impl Fn(&str) -> String) -> (Status, String) {
    let good = folder.0.join("good.json").display().to_string();
    run(&format!("triage -q examples/accounts.json --summary-file {good}"));
    let bad = folder.file("bad.json", change(&fs::read_to_string(&good).unwrap()));
    let (status, out, messages) = run(&format!("merge --allow-repeated {good} {bad}"));
    assert!(status == Status::Done || out.is_empty(), "a sum was written: {out}");
    (status, messages)
}

#[test]
fn summaries_that_cannot_be_added_are_rejected_by_name_with_a_hint() {
    let folder = Folder::new("refused");
    assert_eq!(changed(&folder, str::to_owned).0, Status::Done);
    let other = "e".repeat(16);
    let changes: [(&str, Change); 8] = [
        ("its schemaVersion is 3, not 2", &|text| {
            text.replace("\"schemaVersion\":2", "\"schemaVersion\":3,\"new\":[]")
        }),
        ("its run used a different catalog", &|text| {
            let digest = text.find("\"catalog\":\"").unwrap() + 11;
            format!("{}{other}{}", &text[..digest], &text[digest + 16..])
        }),
        ("in --no-connect-fix", &|text| {
            text.replace("\"connectFix\":true,\"complete", "\"connectFix\":false,\"complete")
        }),
        ("did not read all of its input", &|text| {
            text.replace("\"complete\":true", "\"complete\":false")
        }),
        ("counts do not add up", &|text| text.replace("\"accounts\":14,", "\"accounts\":15,")),
        ("counts do not add up", &|text| text.replace("\"ok\":5", "\"ok\":6")),
        ("not a summary", &|_| "{\"accounts\":[]}".to_owned()),
        ("not a summary", &|_| "[185]".to_owned()),
    ];
    for (reason, change) in changes {
        let (status, messages) = changed(&folder, change);
        assert_eq!(status, Status::Failed, "{reason}");
        assert!(
            messages.contains(reason)
                && messages.contains("bad.json")
                && messages.contains("hint:"),
            "{messages}"
        );
    }
}

#[test]
fn a_summary_that_is_larger_than_any_run_is_rejected_with_a_hint() {
    let folder = Folder::new("huge-summary");
    let large = crate::encodings::encoders::gzip(&vec![b' '; (128 << 20) + 1]);
    let large = folder.file("large.json.gz", large);
    let inputs = "\"a\",".repeat(1_000_000) + "\"a\"";
    let (status, messages) = changed(&folder, |summary| {
        summary.replace("\"inputs\":[", &format!("\"inputs\":[{inputs},"))
    });
    let hint = "hint: split the inputs of the run, and merge the summaries of the parts\n";
    assert!(messages.contains(": a summary has at most 1,000,000 inputs\n"), "{messages}");
    assert!(messages.ends_with(hint), "{messages}");
    assert_eq!(status, Status::Failed);
    let (status, _, messages) = run(&format!("merge {large}"));
    let expected = format!("error: {large}: a summary has at most 128 MiB\n{hint}");
    assert_eq!((status, messages), (Status::Failed, expected));
}

#[test]
fn a_summary_truncated_anywhere_is_rejected() {
    let folder = Folder::new("short");
    let good = folder.0.join("good.json").display().to_string();
    run(&format!("triage -q examples/accounts.json --summary-file {good}"));
    let text = fs::read_to_string(&good).unwrap();
    let stride = if support::is_long_run() { 1 } else { 11 };
    for end in (0..text.trim_end().len()).step_by(stride) {
        let short = folder.file("short.json", &text[..end]);
        let (status, out, messages) = run(&format!("merge {short}"));
        assert_eq!((status, out.as_str()), (Status::Failed, ""), "{end}");
        assert!(messages.contains("cut short"), "{end}: {messages}");
    }
}

#[test]
fn counts_that_are_too_large_to_add_are_rejected() {
    let folder = Folder::new("large");
    let good = folder.0.join("good.json").display().to_string();
    let input = folder.file("one.jsonl", "{\"aggregationStatusCode\":0}");
    run(&format!("triage -q {input} --summary-file {good}"));
    let text = fs::read_to_string(&good).unwrap();
    let max = u64::MAX.to_string();
    let text = text.replace(":1,\"accounts\":1,", &format!(":{max},\"accounts\":{max},"));
    let text = text
        .replace("\"ok\":1", &format!("\"ok\":{max}"))
        .replace("\"accounts\":1,\"title", &format!("\"accounts\":{max},\"title"));
    let large = folder.file("large.json", text);
    assert_eq!(run(&format!("merge {large}")).0, Status::Done);
    let (status, _, messages) = run(&format!("merge --allow-repeated {large} {good}"));
    assert_eq!(status, Status::Failed);
    assert!(messages.contains("too large to add"), "{messages}");
}

#[test]
fn the_same_shard_is_added_twice_only_if_that_is_requested() {
    let folder = Folder::new("twice");
    let good = folder.0.join("good.json").display().to_string();
    run(&format!("triage -q examples/accounts.json --summary-file {good}"));
    let (status, out, messages) = run(&format!("merge {good} {good}"));
    assert_eq!((status, out.as_str()), (Status::Failed, ""));
    assert!(
        messages.contains("its input examples/accounts.json is also an input of")
            && messages.contains("--allow-repeated"),
        "{messages}"
    );
    let (status, out, _) = run(&format!("merge --allow-repeated {good} {good}"));
    assert_eq!(status, Status::Done);
    assert!(out.starts_with("28 accounts: 10 ok"), "{out}");
}

/// Writes the summary of a run over standard input. Returns its path.
fn summary_of_stdin(folder: &Folder, name: &str, input: &str) -> String {
    let path = folder.0.join(name).display().to_string();
    let arguments = ["triage", "-f", "jsonl", "-q", "--summary-file", &path];
    let output = piped(&arguments, input.as_bytes());
    assert!(output.status.success());
    path
}

#[test]
fn standard_input_is_recognized_by_its_counts_and_an_empty_shard_is_never_a_repeat() {
    let folder = Folder::new("stdin");
    let shard = |name, input| summary_of_stdin(&folder, name, input);
    let one = shard("one.json", "{\"id\":\"1\",\"aggregationStatusCode\":185}");
    let same = shard("same.json", "{\"id\":\"1\",\"aggregationStatusCode\":185}");
    let other = shard("other.json", "{\"id\":\"1\",\"aggregationStatusCode\":103}");
    let (status, _, messages) = run(&format!("merge {one} {other} {same}"));
    assert_eq!(status, Status::Failed);
    assert!(messages.contains("same.json: its counts are the same as those of"), "{messages}");
    let empty = [shard("empty-1.json", ""), shard("empty-2.json", "")].join(" ");
    assert_eq!(json(&format!("merge --json {one} {other} {empty}"))["summary"]["accounts"], 2);
}
