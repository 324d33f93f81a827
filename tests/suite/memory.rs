//! The memory of the program does not grow with the input: it runs with less than its input has.

#![cfg(target_os = "linux")]

use std::fmt::Write;
use std::fs::File;
use std::process::{Command, Output};

use crate::support::{Folder, program};

/// The size of an input in bytes.
const SIZE: usize = 64 << 20;

/// Runs the program in an address space of 80 MB. It needs half of that for any input, and would
/// need more for one of which it keeps everything.
fn limited(arguments: &[&str], input: &str) -> Output {
    Command::new("sh")
        .args(["-c", "ulimit -v 80000; exec \"$0\" \"$@\""])
        .arg(program().get_program())
        .args(arguments)
        .stdin(File::open(input).unwrap())
        .output()
        .unwrap()
}

/// Checks the status of a run, and returns what it prints.
fn check(arguments: &[&str], input: &str, status: i32) -> String {
    let output = limited(arguments, input);
    let messages = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {messages}");
    String::from_utf8(output.stdout).unwrap() + &messages
}

#[test]
fn the_memory_of_triage_does_not_grow_with_the_input() {
    let folder = Folder::new("memory");
    let mut accounts = String::new();
    let mut count = 0_u64;
    while accounts.len() < SIZE {
        count += 1;
        let separator = if count > 1 { ",\n" } else { "" };
        write!(
            accounts,
            "{separator}{{\"id\":\"{}\",\"customerId\":{count},\"institutionLoginId\":{count},\
             \"name\":\"Checking\",\"aggregationStatusCode\":185}}",
            7_000_000_000 + count
        )
        .unwrap();
    }
    let document = folder.file("document.json", format!("{{\"accounts\":[{accounts}]}}"));
    let lines = folder.file("lines.jsonl", accounts.replace("},\n", "}\n"));
    drop(accounts);
    for input in [&document, &lines] {
        let text = check(&["triage", "-j", "1", "-f", "csv", "--only", "support"], input, 0);
        assert_eq!(text.lines().count(), 1, "{text}");
        let text = check(&["triage", "-j", "1", "-f", "prometheus"], input, 0);
        assert!(text.contains(&format!(" {count}\n")), "{text}");
    }
    // An error needs more memory than what is wrong.
    let garbage = folder.file("garbage.jsonl", "!\n".repeat(SIZE / 32));
    check(&["triage", "-j", "1"], &garbage, 2);
}

#[test]
fn a_string_of_any_length_needs_no_memory() {
    let folder = Folder::new("long-string");
    let long = format!("{}é\\u00e9", "x".repeat(1000)).repeat(SIZE / 1000);
    for (name, record) in [
        ("value", format!("{{\"id\":\"1\",\"name\":\"{long}\",\"aggregationStatusCode\":185}}")),
        ("key", format!("{{\"id\":\"1\",\"{long}\":1,\"aggregationStatusCode\":185}}")),
    ] {
        let input = folder.file(name, record);
        let text = check(&["triage", "-j", "1", "--max-record-size", "1GiB"], &input, 0);
        assert!(text.starts_with("1 account: "), "{name}: {text}");
    }
}

#[test]
fn the_memory_of_explain_does_not_grow_with_the_text() {
    let folder = Folder::new("long-text");
    let line = "Nothing of it helps here. ".repeat(40);
    let text = format!("{line} error code 185\n").repeat(SIZE / (line.len() + 16));
    let input = folder.file("text", text);
    let text = check(&["explain", "-"], &input, 0);
    assert!(text.contains("Security challenge"), "{text}");
}
