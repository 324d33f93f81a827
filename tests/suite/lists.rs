//! Lists of files: data in place of a list, lists that are too long, and names that do not exist.

use std::fs;
use std::process::Output;

use serde_json::Value;

use crate::encodings::encoders::gzip;
use crate::support::{Folder, piped, program};

fn messages(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn account_data_in_place_of_a_list_of_files_is_never_quoted() {
    let folder = Folder::new("data-list");
    let record = r#"{"id":"7001","name":"CANARY"}"#;
    let pretty = "[\n  {\n    \"id\": \"7001\",\n    \"name\": \"CANARY\"\n  }\n]\n";
    for (text, format) in [
        (record.to_owned(), "JSON"),
        (pretty.to_owned(), "JSON"),
        (pretty.replace('\n', "\r\n"), "JSON"),
        (format!("\u{feff}{record}\n"), "JSON"),
        (format!("\u{feff}\n [[{record}]]\n"), "JSON"),
        (format!("{record:?}\n"), "JSON"),
        (format!("2026-11-27 INFO CANARY {record}\n"), "JSON"),
        (format!("\u{1e}{record}\n\u{1e}{record}\n"), "a JSON text sequence"),
        ("id,name\n7001,CANARY\n".to_owned(), "CSV"),
        ("id\tname\n7001\tCANARY\n".to_owned(), "TSV"),
        ("<?xml version=\"1.0\"?>\n<account>CANARY</account>\n".to_owned(), "XML"),
        ("accounts:\n- id: 7001\n  name: CANARY\n".to_owned(), "YAML"),
        ("7001,CANARY\n7002,CANARY\n".to_owned(), "a table"),
    ] {
        for bytes in [text.clone().into_bytes(), gzip(text.as_bytes())] {
            let list = folder.file("list", bytes);
            let output = piped(&["triage", "--files-from", &list], b"");
            let expected = format!(
                "error: {list} is {format}, not a list of files\n\
                 hint: to read it as account data, pass it without --files-from\n"
            );
            assert_eq!((messages(&output), output.status.code()), (expected, Some(2)), "{text}");
        }
    }
}

#[test]
fn names_of_files_may_look_like_data_if_one_of_them_exists() {
    let folder = Folder::new("odd-names");
    for name in ["[1].json", "{2}.json", "id,name", "a:"] {
        fs::write(folder.0.join(name), "{\"id\":\"1\",\"aggregationStatusCode\":185}").unwrap();
        let list = folder.file("list", format!("gone,one\n{name}\n"));
        let mut command = program();
        let output = command.args(["triage", "--json", "--files-from", &list]);
        let output = output.current_dir(&folder.0).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["summary"]["accounts"], 1, "{name}: {}", messages(&output));
    }
}

#[test]
fn the_first_three_inputs_that_cannot_be_read_are_named_and_all_are_counted() {
    let folder = Folder::new("many-missing");
    let good = folder.file("good.json", "{\"id\":\"1\",\"aggregationStatusCode\":185}");
    let summary = folder.0.join("summary.json").display().to_string();
    for (count, expected) in [(3, None), (4, Some("4")), (1_500, Some("1,500"))] {
        let names: Vec<String> = (0..count).map(|name| format!("missing/{name}.json\n")).collect();
        let list = folder.file("list", names.concat() + &good);
        let output = piped(&["triage", "--files-from", &list, "--summary-file", &summary], b"");
        let counted = expected.map(|count| {
            format!("error: cannot read {count} inputs, of which the first 3 are above\n")
        });
        let messages = messages(&output);
        assert_eq!(messages.matches("error: cannot open missing/").count(), 3, "{messages}");
        assert_eq!(messages.lines().count(), 3 + usize::from(counted.is_some()), "{messages}");
        assert!(messages.ends_with(counted.as_deref().unwrap_or("\n")), "{messages}");
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.starts_with("1 account"), "{page}");
        assert_eq!(output.status.code(), Some(2));
        let summary: Value = serde_json::from_slice(&fs::read(&summary).unwrap()).unwrap();
        assert_eq!(
            (&summary["complete"], &summary["summary"]["accounts"]),
            (&false.into(), &1.into())
        );
    }
    let missing: Vec<String> = (0..5).map(|name| format!("missing/{name}.json")).collect();
    for command in ["triage", "plan", "diff", "trend"] {
        let output = program().arg(command).args(&missing).output().unwrap();
        let (messages, status) = (messages(&output), output.status.code());
        // `diff` stops at the first snapshot that it cannot read.
        let count = if command == "diff" { 1 } else { 3 };
        assert_eq!(messages.matches("cannot open").count(), count, "{messages}");
        assert_eq!(messages.contains("cannot read 5 inputs"), command != "diff", "{messages}");
        assert_eq!(status, Some(2));
    }
}

#[test]
fn standard_error_stays_short_however_many_inputs_have_invalid_records() {
    let folder = Folder::new("many-invalid");
    let broken = folder.file("broken.json", "[1,]\n".repeat(9));
    for count in [100_usize, 102] {
        let list = folder.file("list", format!("{broken}\n").repeat(count));
        let output = piped(&["triage", "-q", "--files-from", &list], b"");
        let messages = messages(&output);
        let records = count * 9;
        assert_eq!(messages.matches(": 6 more invalid records\n").count(), 100, "{messages}");
        assert!(messages.contains(&format!("error: {records} invalid records\n")), "{messages}");
        let is_cut = messages.contains("\n2 more inputs with invalid records\n");
        assert_eq!(is_cut, count > 100, "{messages}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn a_list_that_is_too_long_is_an_error_that_says_what_to_do() {
    let folder = Folder::new("long-list");
    for (bytes, expected) in [
        ("a\n".repeat(1_000_001).into_bytes(), "lists more than 1,000,000 files"),
        (gzip(&vec![b'\n'; (64 << 20) + 1]), "is larger than 64 MiB, the maximum for a list"),
    ] {
        let list = folder.file("list", bytes);
        let output = piped(&["triage", "--files-from", &list], b"");
        let expected = format!(
            "error: {list} {expected}\n\
             hint: pass the directory that has the files, or split the list\n"
        );
        assert_eq!((messages(&output), output.status.code()), (expected, Some(2)));
    }
}
