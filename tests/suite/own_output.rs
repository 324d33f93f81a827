//! Output of this program as its input.

use std::fs;

use serde_json::Value;

use crate::support::{Folder, answer, answers, piped, program};

/// Returns what `triage --json` counts in this input, and its messages.
fn counted(input: &[u8]) -> (Value, String) {
    let output = piped(&["triage", "--json"], input);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    (answer["summary"].clone(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn json_lines_of_this_program_are_not_counted_as_accounts() {
    let folder = Folder::new("own-lines");
    let accounts = folder.file("accounts.json", fs::read("examples/accounts.json").unwrap());
    for line in answers().into_iter().filter(|line| line.ends_with("-f jsonl")) {
        let mut written = Vec::new();
        answer(&line, [&accounts, &accounts], &mut written);
        let (summary, messages) = counted(&written);
        assert_eq!([&summary["accounts"], &summary["apiErrors"]], [0, 0], "{line}: {messages}");
    }
    let lines = piped(&["triage", "-f", "jsonl", &accounts], b"").stdout;
    assert!(counted(&lines).1.contains("this is statuscode output"));
}

#[test]
fn an_answer_of_this_program_is_not_counted_as_accounts() {
    let folder = Folder::new("own-answers");
    let accounts = folder.file("accounts.json", fs::read("examples/accounts.json").unwrap());
    let summary = folder.0.join("night.summary.json").display().to_string();
    let lines = answers().into_iter().filter(|line| line.ends_with("-f json"));
    let empty = folder.file("empty.json", "");
    for line in lines.chain(["triage", "plan"].map(|command| format!("{command} {empty} -f json")))
    {
        let mut written = Vec::new();
        answer(&line, [&accounts, &accounts], &mut written);
        let indented: Value = serde_json::from_slice(&written).unwrap();
        for written in [written, serde_json::to_vec_pretty(&indented).unwrap()] {
            let output = piped(&["triage", "--json"], &written);
            assert_eq!(output.status.code(), Some(2), "{line}");
            let messages = String::from_utf8(output.stderr).unwrap();
            assert!(messages.contains("this is statuscode output"), "{line}: {messages}");
        }
    }
    let run =
        program().args(["triage", "-q", &accounts, "--summary-file", &summary]).output().unwrap();
    assert!(run.status.success());
    let both = program().args(["triage", "--json", &accounts, &summary]).output().unwrap();
    let counted: Value = serde_json::from_slice(&both.stdout).unwrap();
    assert_eq!(
        (counted["summary"]["accounts"].as_u64(), counted["summary"]["invalid"].as_u64()),
        (Some(14), Some(1))
    );
}
