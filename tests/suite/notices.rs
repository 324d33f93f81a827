//! Notes and errors about the input, and about rows that a report leaves out.

use std::fs;
use std::process::Output;

use crate::support::{Folder, program};

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
        format!("note: {file} is read more than once, and counts each time\n")
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
