//! The progress bar on a terminal: it is shown during a run, and then erased completely.

#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};

use crate::support::{self, Folder, program};

/// Returns the bytes that a shell command line sends to a terminal. `PROGRAM` is this program.
fn terminal(script: &str) -> Option<String> {
    let tool = support::tool(&["script"])?;
    let program = program();
    let path = program.get_program().to_str().unwrap();
    let output = Command::new(tool)
        .args(["-qec", &script.replace("PROGRAM", path), "/dev/null"])
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Live input for some seconds.
const LIVE: &str = "for i in 1 2 3 4 5 6 7 8; do echo '{\"id\":\"1\",\"aggregationStatusCode\":0}'; sleep 0.3; done";

/// Returns the text that a terminal shows in its last line.
fn last_line(sent: &str) -> &str {
    let line = sent.trim_end_matches(['\r', '\n']).rsplit('\n').next().unwrap();
    line.rsplit("\u{1b}[2K").next().unwrap()
}

#[test]
fn the_bar_is_erased_at_the_end() {
    let folder = Folder::new("progress");
    let file = folder.file("a.json", "{\"id\":\"1\",\"aggregationStatusCode\":0}");
    let Some(sent) = terminal(&format!("({LIVE}) | PROGRAM triage -f csv {file} - > /dev/null"))
    else {
        return;
    };
    assert!(sent.contains("so far, 1 of 2 files, ") && sent.contains(" accounts, "), "{sent:?}");
    assert_eq!(last_line(&sent), "", "{sent:?}");
}

#[test]
fn the_bar_is_erased_when_the_run_is_interrupted() {
    let run = "timeout --foreground -s INT 2 PROGRAM triage; echo \"status $?\"";
    let Some(sent) = terminal(&format!("({LIVE}) | ({run})")) else { return };
    assert!(sent.contains("so far, "), "{sent:?}");
    assert_eq!(last_line(&sent), "status 124", "{sent:?}");
}
