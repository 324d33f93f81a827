//! Tests that need a whole process: pipes, terminals, full disks, and its outputs.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::encodings::encoders::gzip;
use crate::support::{Folder, piped, program, tool};

fn spawn(arguments: &[&str]) -> Child {
    program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn many_lines(count: usize) -> Vec<u8> {
    (0..count)
        .flat_map(|id| format!("{{\"id\":\"{id}\",\"aggregationStatusCode\":185}}\n").into_bytes())
        .collect()
}

#[test]
fn a_record_is_printed_as_soon_as_it_arrives() {
    for jobs in ["1", "2"] {
        let mut child = spawn(&["triage", "-f", "jsonl", "-j", jobs]);
        let mut stdin = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // More than the reader reads before it starts other threads, which then read the live part.
        let early = 20_000;
        let writer = std::thread::spawn(move || {
            stdin.write_all(&many_lines(early)).unwrap();
            stdin
        });
        for _ in 0..early {
            lines.next().unwrap().unwrap();
        }
        let mut stdin = writer.join().unwrap();
        for id in ["a", "b", "c"] {
            write!(stdin, "{{\"id\":\"{id}\",").unwrap();
            std::thread::sleep(Duration::from_millis(20));
            writeln!(stdin, "\"aggregationStatusCode\":0}}").unwrap();
            let written = Instant::now();
            let line = lines.next().unwrap().unwrap();
            assert!(line.contains(&format!("\"id\":\"{id}\"")), "{line}");
            assert!(
                written.elapsed() < Duration::from_secs(2),
                "it came when more input did, not at once"
            );
        }
        drop(stdin);
        assert!(lines.next().is_none());
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for arguments in [
        &["triage", "-f", "jsonl"][..],
        &["triage", "--json"],
        &["explain", "--all"],
        &["list"],
        &["--help"],
    ] {
        let mut child = spawn(arguments);
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            let _ = stdin.write_all(&many_lines(100_000));
        });
        let mut messages = String::new();
        child.stderr.take().unwrap().read_to_string(&mut messages).unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), messages.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        writer.join().unwrap();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    let formats = [
        &["triage", "examples/accounts.json"][..],
        &["triage", "examples/accounts.json", "--json"],
        &["triage", "examples/accounts.json", "-f", "jsonl"],
        &["explain", "185"],
        &["explain", "185", "--json"],
        &["list"],
    ];
    for arguments in formats {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = program().args(arguments).stdout(full).output().unwrap();
        let messages = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            messages.contains("cannot write the output") && messages.contains("No space left"),
            "{messages}"
        );
    }
}

/// Returns the counts by code according to jq: the code as a string, or `null`.
fn counts_by_jq(path: &str) -> Option<serde_json::Value> {
    let filter = "[inputs | .. | objects | select(has(\"aggregationStatusCode\")) | .aggregationStatusCode | tostring]
                  | group_by(.) | map({key: .[0], value: length}) | from_entries";
    let output = Command::new(tool(&["jq"])?).args(["-n", filter, path]).output().ok()?;
    serde_json::from_slice(&output.stdout).ok()
}

#[test]
fn counts_match_jq_if_it_is_installed() {
    let folder = std::env::temp_dir().join(format!("statuscode-jq-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for (name, shape) in crate::accounts::Shape::ALL {
        let path = folder.join(name).display().to_string();
        crate::accounts::write(&mut File::create(&path).unwrap(), shape, 2000).unwrap();
        let Some(expected) = counts_by_jq(&path) else {
            continue;
        };
        let output = program().args(["triage", "--json", &path]).output().unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let rows = answer["summary"]["byCode"].as_array().unwrap();
        let counts: serde_json::Map<String, serde_json::Value> = rows
            .iter()
            .map(|row| (row["aggregationStatusCode"].to_string(), row["accounts"].clone()))
            .collect();
        assert_eq!(serde_json::Value::from(counts), expected, "{name}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn empty_input_has_no_accounts_and_no_errors() {
    let output = piped(&["triage", "-f", "jsonl", "--invalid", "allow", "-q"], b"");
    assert_eq!(
        (output.status.code(), output.stdout.as_slice(), output.stderr.as_slice()),
        (Some(0), &b""[..], &b""[..])
    );
}

#[test]
fn the_first_three_invalid_records_of_each_input_are_listed_and_all_are_counted() {
    let folder = Folder::new("noisy");
    let others = folder.file("other.jsonl", "[\n".repeat(4));
    let output = piped(&["triage", "-", &others], &b"garbage\n".repeat(100_000));
    let messages = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(messages.lines().filter(|line| line.starts_with("-:")).count(), 4, "{messages}");
    assert!(messages.contains("-: 99,997 more invalid records\n"), "{messages}");
    assert!(messages.contains("other.jsonl:4:2: not valid JSON"), "{messages}");
}

#[test]
fn text_on_standard_input_is_explained_by_its_keywords() {
    let output = piped(
        &["explain", "-", "--json"],
        b"2025-09-10 185 rows, then: Error code 103 (status code 949)",
    );
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<u64> = answer["codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["code"].as_u64().unwrap())
        .collect();
    assert_eq!(codes, [103, 949]);
}

#[test]
fn hostile_ids_are_escaped_in_output_for_people() {
    let input = r#"{"id":"\u001b[2J\u202e7001","customerId":"a\nb","institutionLoginId":1,"aggregationStatusCode":185}"#;
    let output = piped(&["triage"], input.as_bytes());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\\u{1b}[2J\\u{202e}7001") && text.contains("a\\u{a}b"), "{text}");
    let folder = std::env::temp_dir().join(format!("statuscode-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("\u{1b}[31m.json");
    fs::write(&path, "oops").unwrap();
    let output = program().arg("triage").arg(&path).output().unwrap();
    let messages = String::from_utf8(output.stderr).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(
        !messages.contains('\u{1b}') && messages.contains("\\u{1b}[31m.json:1:1"),
        "{messages}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_failed_read_makes_the_run_fail_and_incomplete_and_other_files_are_read() {
    // Nothing is mapped at the address 0 of a process, so its memory cannot be read there.
    let unreadable = "/proc/self/mem";
    let folder = Folder::new("unreadable");
    let good = folder.file("good.json", many_lines(1));
    let summary = folder.0.join("summary").display().to_string();
    let output = program()
        .args(["triage", "--json", unreadable, &good, "--summary-file", &summary])
        .output()
        .unwrap();
    let messages = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{messages}");
    assert!(messages.contains(&format!("error: cannot read all of {unreadable}: ")), "{messages}");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["summary"]["accounts"], 1);
    let summary: serde_json::Value = serde_json::from_slice(&fs::read(summary).unwrap()).unwrap();
    assert_eq!(summary["complete"], false);
}

#[test]
fn the_ledger_adds_up_in_every_shape() {
    for shape in fs::read_dir("tests/shapes").unwrap() {
        let path = shape.unwrap().path();
        let output = program().args(["triage", "--json", "-q"]).arg(&path).output().unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let summary = &answer["summary"];
        let number = |value: &serde_json::Value| value.as_u64().unwrap();
        let findings = number(&summary["accounts"]) + number(&summary["apiErrors"]);
        let others = number(&summary["unselected"]) + number(&summary["invalid"]);
        assert_eq!(number(&summary["records"]), findings + others, "{path:?}");
        let by_category: u64 =
            summary["byCategory"].as_object().unwrap().values().map(number).sum();
        let by_code: u64 =
            summary["byCode"].as_array().unwrap().iter().map(|row| number(&row["accounts"])).sum();
        let listed = answer["accounts"].as_array().unwrap().len() as u64;
        let invalid = answer["invalid"].as_array().unwrap().len() as u64;
        assert_eq!((by_category, by_code, listed), (findings, findings, findings), "{path:?}");
        assert_eq!(number(&summary["invalid"]), invalid, "{path:?}");
    }
}

#[test]
fn a_process_limit_only_makes_the_run_slower() {
    // The limit does not apply to the superuser, so the program runs as nobody.
    let (Some(setpriv), Some(prlimit)) = (tool(&["setpriv"]), tool(&["prlimit"])) else {
        return;
    };
    let limited = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(&setpriv);
        command.args(["--reuid=65534", "--clear-groups"]).arg(&prlimit).arg("--nproc=1");
        command.arg(program).args(arguments).output().unwrap()
    };
    let limits = limited("cat", &["/proc/self/limits"]);
    if String::from_utf8_lossy(&limits.stderr).contains("setpriv") {
        // Only the superuser can become another user.
        return;
    }
    let limits = String::from_utf8(limits.stdout).unwrap();
    let is_limit = |line: &str| line.split_whitespace().take(3).eq(["Max", "processes", "1"]);
    assert!(limits.lines().any(is_limit), "{limits}");
    let folder = Folder::new("threads");
    let copy = folder.0.join("statuscode").display().to_string();
    fs::copy(program().get_program(), &copy).unwrap();
    let input = "{\"id\":\"1\",\"aggregationStatusCode\":185}\n".repeat(100_000);
    // A compressed file is decoded on a thread of its own.
    for bytes in [input.as_bytes(), &gzip(input.as_bytes())] {
        let file = folder.file("accounts.jsonl", bytes);
        let arguments = ["triage", "-j", "8", "--json", &file];
        let output = limited(&copy, &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout == piped(&arguments, b"").stdout, "the answer differs");
    }
}
