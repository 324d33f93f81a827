//! Summary files of `triage`: marked as incomplete if they are, and never written over another
//! file.

use std::fs;

use crate::support::{Folder, answer, piped};
use serde_json::Value;
use statuscode::command::Status;

/// Runs a command line. Returns its status, answer, and messages.
fn run(line: &str) -> (Status, String, String) {
    let mut out = Vec::new();
    let (status, messages) = answer(line, ["", ""], &mut out);
    (status, String::from_utf8(out).unwrap(), messages)
}

#[test]
fn a_summary_is_written_whole_or_not_at_all() {
    let folder = Folder::new("whole");
    let kept = folder.file("kept.json", "before");
    let (status, _, messages) = run(&format!("triage /nowhere --summary-file {kept}"));
    assert_eq!(status, Status::Failed, "{messages}");
    let incomplete: Value = serde_json::from_str(&fs::read_to_string(&kept).unwrap()).unwrap();
    assert_eq!(incomplete["complete"], false);
    let nowhere = folder.0.join("nowhere/summary.json").display().to_string();
    let (status, out, messages) =
        run(&format!("triage examples/accounts.json --summary-file {nowhere}"));
    assert_eq!(status, Status::Failed);
    assert!(
        out.contains("14 accounts") && messages.contains("cannot write the summary"),
        "{messages}"
    );
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "no other file remains");
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_in_the_middle_of_a_summary_leaves_the_old_file_or_none() {
    use std::process::Command;

    let folder = Folder::new("middle");
    let kept = folder.file("kept.json", "before");
    let new = folder.0.join("new.json").display().to_string();
    for path in [&kept, &new] {
        // No file may grow beyond a block, which is less than the summary.
        let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
        let output = Command::new("sh")
            .args(["-c", limited, env!("CARGO_BIN_EXE_statuscode")])
            .args(["triage", "examples/accounts.json", "--summary-file", path])
            .output()
            .unwrap();
        let messages = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{messages}");
        assert!(messages.contains("cannot write the summary"), "{messages}");
    }
    assert_eq!(fs::read_to_string(&kept).unwrap(), "before");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "no other file remains");
}

#[test]
fn a_truncated_input_is_never_complete() {
    let folder = Folder::new("broken-off");
    for (name, input) in [
        ("array", "{\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":0},\n"),
        ("lines", "{\"id\":\"1\",\"aggregationStatusCode\":0}\n{\"id\":\"2\",\"aggreg"),
    ] {
        let input = folder.file(name, input);
        let path = folder.0.join("summary.json").display().to_string();
        let (status, ..) = run(&format!("triage -q --invalid allow {input} --summary-file {path}"));
        assert_eq!(status, Status::Done);
        let summary: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(summary["complete"], false, "{name}");
        let (status, _, messages) = run(&format!("merge {path}"));
        assert_eq!(status, Status::Failed);
        assert!(messages.contains("did not read all of its input"), "{messages}");
    }
}

#[test]
fn a_summary_is_never_written_over_an_input_or_the_catalog() {
    let folder = Folder::new("harmless");
    let account = "{\"id\":\"1\",\"aggregationStatusCode\":0}";
    let input = folder.file("input.jsonl", account);
    let overlay = folder.file("codes.toml", "[[code]]\ncode = 185\ntitle = \"Ours\"\n");
    let hard_link = folder.0.join("link.jsonl");
    fs::hard_link(&input, &hard_link).unwrap();
    for path in [&input, &hard_link.display().to_string(), &overlay] {
        let (status, out, messages) =
            run(&format!("triage --codes {overlay} {input} --summary-file {path}"));
        assert_eq!((status, out.as_str()), (Status::Failed, ""));
        assert!(messages.contains("this file is also an input"), "{messages}");
    }
    assert_eq!(fs::read_to_string(&input).unwrap(), account);
    let (status, _, messages) = run(&format!("triage {input} --summary-file -"));
    assert_eq!(status, Status::Failed);
    assert!(messages.contains("not a file name"), "{messages}");
}

#[cfg(unix)]
#[test]
fn a_summary_is_never_written_over_a_file_that_is_standard_input() {
    use std::fs::File;

    use crate::support::program;

    let folder = Folder::new("piped-list");
    let names = r#"{"institutions":[{"id":5,"name":"FinBank"}]}"#;
    for (options, text) in [
        (["--files-from", "-"], "examples/accounts.json\n"),
        (["--institutions", "-"], names),
        (["--", "-"], r#"{"id":"1","aggregationStatusCode":0}"#),
    ] {
        let path = folder.file("input", text);
        let mut command = program();
        command.args(["triage", "--summary-file", &path]).stdin(File::open(&path).unwrap());
        let accounts = (options[0] == "--institutions").then_some("examples/accounts.json");
        let output = command.args(accounts).args(options).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        let messages = String::from_utf8(output.stderr).unwrap();
        assert!(messages.contains("this file is also an input"), "{messages}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{options:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_summary_never_mixes_with_the_answer() {
    use std::fs::File;
    use std::process::Command;

    let folder = Folder::new("answer");
    let path = folder.file("both.json", "");
    let triage = |summary: &str| {
        Command::new(env!("CARGO_BIN_EXE_statuscode"))
            .args(["triage", "--json", "examples/accounts.json", "--summary-file", summary])
            .stdout(File::create(&path).unwrap())
            .output()
            .unwrap()
    };
    for summary in [path.as_str(), "/dev/stdout"] {
        let output = triage(summary);
        assert_eq!(output.status.code(), Some(2));
        let messages = String::from_utf8(output.stderr).unwrap();
        assert!(messages.contains("standard output goes to this file"), "{messages}");
    }
    assert_eq!(triage("/dev/null").status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_summary_file_keeps_its_mode_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::new("mode");
    let kept = folder.file("kept.json", "before");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o600)).unwrap();
    let link = folder.0.join("link.json");
    symlink(&kept, &link).unwrap();
    let (status, ..) =
        run(&format!("triage -q examples/accounts.json --summary-file {}", link.display()));
    assert_eq!(status, Status::Done);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&kept).unwrap().starts_with('{'));
}

#[test]
fn an_unwritable_summary_is_named_as_the_user_named_it() {
    let arguments =
        ["triage", "examples/accounts.json", "-q", "--summary-file", "/nonexistent/x.json"];
    let output = piped(&arguments, b"");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.starts_with("error: cannot write the summary /nonexistent/x.json: "),
        "{message}"
    );
    assert!(!message.contains(".statuscode-"), "{message}");
}

/// Writes the summary of a run with these options, and returns its path.
fn summary(folder: &Folder, name: &str, options: &str) -> String {
    let account = format!("{{\"id\":\"{name}\",\"customerId\":\"5\",\"aggregationStatusCode\":0}}");
    let input = folder.file(&format!("{name}.jsonl"), account);
    let path = folder.0.join(format!("{name}.json")).display().to_string();
    let (status, ..) = run(format!("triage -q {input} --summary-file {path} {options}").trim());
    assert_eq!(status, Status::Done);
    path
}

#[test]
fn summaries_of_different_selections_are_never_mixed() {
    let folder = Folder::new("selections");
    let all = summary(&folder, "all", "");
    let one = summary(&folder, "one", "--customer 5,6 --code 0,185");
    let same = summary(&folder, "same", "--code 185,0 --customer 6,5,5");
    let other = summary(&folder, "other", "--customer 5");
    for command in ["merge", "trend"] {
        let (status, _, messages) = run(&format!("{command} {one} {same}"));
        assert_eq!(status, Status::Done, "{messages}");
        for [first, second] in [[&all, &one], [&one, &all], [&one, &other]] {
            let (status, out, messages) = run(&format!("{command} {first} {second}"));
            assert_eq!((status, &*out), (Status::Failed, ""), "{command}");
            let is_named = messages.contains(&format!("{second}: its run and the"));
            assert!(is_named && messages.contains("hint:"), "{messages}");
        }
    }
    let accounts = folder.file("accounts.jsonl", "{\"id\":\"1\",\"aggregationStatusCode\":0}");
    assert_eq!(run(&format!("trend {accounts} {all}")).0, Status::Done);
    let (status, _, messages) = run(&format!("trend {accounts} {one}"));
    assert_eq!(status, Status::Failed);
    assert!(messages.contains("selected different accounts"), "{messages}");
}

#[test]
fn a_summary_has_a_fingerprint_of_the_selection_and_no_id() {
    let folder = Folder::new("fingerprint");
    let read = |path| fs::read_to_string(path).unwrap();
    assert!(read(summary(&folder, "all", "")).contains("\"selection\":null"));
    let text = read(summary(&folder, "one", "--customer 5001061234"));
    assert!(!text.contains("5001061234"), "{text}");
    let summary: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(summary["selection"].as_str().unwrap().len(), 16);
}
