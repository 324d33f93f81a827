//! Notes and errors about the input, and about rows that a report leaves out.

use std::fs;
use std::process::Output;

use crate::support::{Folder, piped, program};

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

fn messages(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns JSON Lines of failing accounts, each with a separate login.
fn failing(count: usize) -> String {
    let account = |id| {
        format!(
            "{{\"id\":\"{id}\",\"customerId\":\"5\",\"institutionLoginId\":\"9{id}\",\
             \"aggregationStatusCode\":185}}\n"
        )
    };
    (1..=count).map(account).collect()
}

#[test]
fn rows_left_out_of_a_document_are_noted_on_standard_error() {
    let folder = Folder::new("omitted");
    let file = folder.file("accounts.jsonl", failing(40));
    let output = run(&["plan", &file, "-f", "markdown", "--partner-id", "1"]);
    assert_eq!(
        messages(&output),
        "note: 15 rows are left out of the Markdown (--limit 0 lists all)\n"
    );
    for limit in ["0", "30"] {
        let output = run(&["plan", &file, "-f", "markdown", "--partner-id", "1", "--limit", limit]);
        assert_eq!(messages(&output), "");
    }
}

#[test]
fn a_list_of_files_is_decoded_like_an_input() {
    let folder = Folder::new("utf16-list");
    let file = folder.file("accounts.jsonl", failing(1));
    let utf16: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let list = folder.file("list", [&b"\xff\xfe"[..], &utf16].concat());
    let output = run(&["triage", "--files-from", &list, "-q"]);
    assert!(text(&output).starts_with("1 account: "), "{}", messages(&output));
    let list = folder.file("list", utf16);
    let output = run(&["triage", "--files-from", &list]);
    assert_eq!(output.status.code(), Some(2));
    assert!(messages(&output).contains("is UTF-16 without a byte order mark"));
}

#[test]
fn a_file_named_twice_counts_twice_with_a_note() {
    let folder = Folder::new("twice");
    let file = folder.file("accounts.jsonl", failing(1));
    let output = run(&["triage", &file, &file]);
    assert!(text(&output).starts_with("2 accounts: "));
    assert_eq!(
        messages(&output),
        format!("note: {file} is read more than once; each time counts\n")
    );
    let other = folder.file("other.jsonl", failing(1));
    let output = run(&["triage", &file, &other, &other, &file]);
    assert_eq!(
        messages(&output),
        format!("note: {other} and 1 other file are read more than once; each time counts\n")
    );
}

#[test]
fn each_summary_in_a_directory_is_a_snapshot_and_nothing_can_be_selected_from_it() {
    let folder = Folder::new("summaries");
    let file = folder.file("accounts.jsonl", failing(2));
    let summaries = folder.0.join("summaries");
    fs::create_dir(&summaries).unwrap();
    for name in ["monday.json", "tuesday.json"] {
        let path = summaries.join(name).display().to_string();
        assert!(run(&["triage", &file, "--summary-file", &path]).status.success());
    }
    let path = summaries.display().to_string();
    let output = run(&["trend", &path, "--width", "200"]);
    assert!(text(&output).starts_with("2 snapshots: 2 of 2 accounts"), "{}", messages(&output));
    let output = run(&["trend", &path, "--code", "185"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(messages(&output).contains("from which no accounts can be selected"));
    fs::write(summaries.join("wednesday.json"), failing(1)).unwrap();
    let output = run(&["trend", &path]);
    assert_eq!(output.status.code(), Some(2));
    assert!(messages(&output).contains("its directory has both summaries and accounts"));
}

#[test]
fn a_term_for_several_codes_is_not_the_name_of_one() {
    let output = run(&["triage", "examples/accounts.json", "--code", "mfa"]);
    assert_eq!(output.status.code(), Some(2));
    let hint = "hint: mfa is a term for several codes: --code 185,187,";
    assert!(messages(&output).contains(hint), "{}", messages(&output));
}

#[test]
fn a_quiet_run_names_invalid_records() {
    let folder = Folder::new("quiet");
    let file = folder.file("accounts.jsonl", "{\"id\":\"1\",\"aggregationStatusCode\":1.5}\n");
    let output = run(&["triage", "-q", &file]);
    assert!(messages(&output).starts_with(&format!("{file}:1:35: ")), "{}", messages(&output));
}

#[test]
fn no_line_of_a_narrow_report_exceeds_the_width() {
    let folder = Folder::new("narrow");
    let file = folder.file("accounts.jsonl", failing(3));
    for command in ["triage", "plan"] {
        for width in [40_usize, 50] {
            let report = text(&run(&[command, &file, "--width", &width.to_string()]));
            for line in report.lines() {
                assert!(line.chars().count() <= width, "{command} at {width}: {line}");
            }
        }
    }
}

#[test]
fn a_snapshot_without_ids_is_not_called_empty() {
    let folder = Folder::new("no-ids");
    let account = r#"{"institutionLoginId":"7","aggregationStatusCode":185}"#;
    let old = folder.file("old.jsonl", account);
    let new = folder.file("new.jsonl", failing(2));
    let output = run(&["diff", &old, &new]);
    let note = format!("note: {old} has no accounts with an id\n");
    assert!(messages(&output).contains(&note), "{}", messages(&output));
    let empty = folder.file("empty.jsonl", "[]");
    let output = run(&["diff", &empty, &new]);
    assert!(messages(&output).contains("has no accounts\n"), "{}", messages(&output));
}

#[test]
fn trend_names_the_first_three_snapshots_of_a_kind_and_counts_all() {
    let folder = Folder::new("snapshots");
    let accounts = folder.file("accounts.jsonl", failing(2));
    let overlay = folder.file("codes.toml", "[[code]]\ncode = 185\ntitle = \"Other\"\n");
    let (empty, summary) = (folder.0.join("empty"), folder.0.join("summary"));
    for directory in [&empty, &summary] {
        fs::create_dir(directory).unwrap();
    }
    let summary_of = |name: usize| summary.join(format!("{name}.json")).display().to_string();
    for name in 1..=40 {
        fs::write(empty.join(format!("{name}.json")), "[]").unwrap();
        // A missing file makes its run incomplete.
        let summary = summary_of(name);
        let missing = folder.0.join("missing").display().to_string();
        run(&["triage", &accounts, &missing, "--codes", &overlay, "--summary-file", &summary]);
    }
    let list = |directory: &std::path::Path| -> Vec<String> {
        let files = (1..=40).map(|name| directory.join(format!("{name}.json")));
        files.map(|file| file.display().to_string()).collect()
    };
    let notes = |files: Vec<String>, options: &[&str]| {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        messages(&run(&[&["trend"], options, &files].concat()))
    };
    let count = |messages: &str, text: &str| messages.matches(text).count();
    let empty = notes(list(&empty), &[]);
    assert_eq!(count(&empty, " has no accounts\n"), 3, "{empty}");
    assert!(empty.contains("note: 40 snapshots have no accounts; the first 3 are above\n"));
    let unselected = notes(vec![accounts; 40], &["--customer", "6"]);
    assert_eq!(count(&unselected, " has no selected accounts\n"), 3, "{unselected}");
    assert!(unselected.contains("40 snapshots have no selected accounts"), "{unselected}");
    let summaries = notes(list(&summary), &[]);
    assert_eq!(count(&summaries, "its run "), 6, "{summaries}");
    assert!(summaries.contains("40 snapshots are from runs with a different catalog"));
    assert!(summaries.contains("40 snapshots are incomplete; "), "{summaries}");
}

#[test]
fn no_table_of_a_report_is_empty() {
    let folder = Folder::new("rows");
    let accounts = [103, 169, 901, 910, 925].map(|code| {
        format!(r#"{{"id":"{code}","customerId":"1","aggregationStatusCode":{code}}}"#)
    });
    let old = folder.file("old.jsonl", accounts[..3].join("\n"));
    let new = folder.file("new.jsonl", accounts[1..].join("\n"));
    for arguments in [&["plan", &new][..], &["diff", &old, &new]] {
        for format in ["table", "markdown"] {
            let report = text(&run(&[arguments, &["--limit", "1", "-f", format]].concat()));
            let lines: Vec<&str> = report.lines().collect();
            let is_rule = |line: &str| {
                line.starts_with("| ---") || line.starts_with("| --:") || line.starts_with("───")
            };
            for pair in lines.windows(2).filter(|pair| is_rule(pair[0])) {
                assert!(!pair[1].is_empty(), "{report}");
            }
            assert!(report.contains("more ("), "{report}");
        }
    }
}

#[test]
fn a_comparison_that_cannot_be_made_has_no_hint_to_allow_invalid_records() {
    let snapshot = "tests/snapshots/monday.jsonl";
    for command in ["diff", "trend"] {
        for policy in ["continue", "allow"] {
            let arguments = [command, "tests/inputs/accounts.csv", snapshot, "--invalid", policy];
            let output = run(&arguments);
            assert_eq!(output.status.code(), Some(2), "{command}");
            assert!(!messages(&output).contains("--invalid"), "{}", messages(&output));
        }
    }
}

#[test]
fn a_wrong_value_of_an_option_is_named_with_what_is_expected() {
    for (option, value, expected) in [
        (
            "--width",
            "abc",
            "invalid value 'abc' for '--width <N>': must be a whole number of columns",
        ),
        ("--width", "0", "must be a whole number of columns, from 1 to 65535"),
        ("--fail-on", "user-action", "a similar value exists: 'user_action'"),
        ("--fail-on", "user-action>5", "invalid value 'user-action'"),
        ("--code", "929-920", "the range is reversed"),
        ("--max-record-size", "1", "the record exceeds 1 byte\n"),
    ] {
        let output = run(&["triage", "examples/accounts.json", option, value]);
        assert_eq!(output.status.code(), Some(2), "{option}");
        assert!(messages(&output).contains(expected), "{}", messages(&output));
    }
}

#[test]
fn account_json_in_place_of_a_list_on_standard_input_is_called_standard_input() {
    let output = piped(&["triage", "--files-from", "-"], failing(1).as_bytes());
    assert!(
        messages(&output).starts_with("error: standard input is JSON, not a list of files\n"),
        "{}",
        messages(&output)
    );
}

#[test]
fn a_trend_compares_nothing_with_a_snapshot_without_accounts() {
    let folder = Folder::new("no-first");
    let empty = folder.file("empty.jsonl", "");
    let snapshot = "tests/snapshots/monday.jsonl";
    for snapshots in [[&empty, snapshot], [snapshot, &empty]] {
        let trend = text(&run(&[&["trend"], &snapshots[..]].concat()));
        let headline = trend.lines().next().unwrap();
        assert!(headline.starts_with("2 snapshots: ") && !headline.contains("from"), "{headline}");
        assert!(!headline.contains("unchanged"), "{headline}");
    }
}

#[test]
fn a_trend_says_in_how_many_snapshots_accounts_can_be_counted() {
    let folder = Folder::new("distinct");
    let file = folder.file("accounts.jsonl", failing(2));
    let summary = folder.0.join("summary.json").display().to_string();
    assert!(run(&["triage", &file, "--summary-file", &summary]).status.success());
    let trend = text(&run(&["trend", &summary, &file, "--width", "200"]));
    assert!(trend.contains("2 distinct accounts in 1 of 2 snapshots; 2 had not"), "{trend}");
    let trend = text(&run(&["trend", &file, &file, "--width", "200"]));
    assert!(trend.contains("2 distinct accounts in all; 2 had not"), "{trend}");
}

#[test]
fn a_trend_lists_all_failing_institutions_or_says_how_many_it_leaves_out() {
    let folder = Folder::new("institutions");
    let account = |id| {
        format!("{{\"id\":\"{id}\",\"institutionId\":\"90{id}\",\"aggregationStatusCode\":185}}\n")
    };
    let file = folder.file("accounts.jsonl", (10..40).map(account).collect::<String>());
    let listed = |trend: &str| trend.lines().filter(|line| line.starts_with("90")).count();
    let trend = text(&run(&["trend", &file, &file]));
    assert_eq!(listed(&trend), 25);
    assert!(trend.contains("… and 5 more (--limit 0 lists all)"), "{trend}");
    assert_eq!(listed(&text(&run(&["trend", &file, &file, "--limit", "0"]))), 30);
}

#[test]
fn a_report_in_ascii_has_no_other_character_at_any_width() {
    let nights = ["tests/snapshots/monday.jsonl", "tests/snapshots/tuesday.jsonl"];
    for width in ["30", "60", "80", "120"] {
        for by in ["login", "institution", "code"] {
            let options = ["trend", nights[0], nights[1], "--ascii", "--by", by, "--width", width];
            let trend = text(&run(&options));
            assert!(trend.is_ascii(), "{by} at {width}: {trend}");
        }
    }
}

#[test]
fn a_page_about_codes_alone_says_that_it_has_no_customer_data() {
    for (arguments, is_about_codes) in [
        (&["explain", "185"][..], true),
        (&["explain", "9xx"], true),
        (&["list"], true),
        (&["triage", "examples/accounts.json"], false),
    ] {
        let page = text(&run(&[arguments, &["-f", "html"]].concat()));
        let footer = "This page contains no customer data.";
        assert_eq!(page.contains(footer), is_about_codes, "{arguments:?}");
    }
}
