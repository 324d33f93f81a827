//! Inputs on the command line: files, directories, lists, and files that are not JSON.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::{Folder, piped, program};

fn account(id: &str) -> String {
    format!("{{\"id\":\"{id}\",\"customerId\":\"5\",\"aggregationStatusCode\":185}}\n")
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

fn messages(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Returns the ids of the accounts in an answer, in order.
fn ids(output: &Output) -> Vec<String> {
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let accounts = answer["accounts"].as_array().unwrap();
    accounts.iter().map(|account| account["id"].as_str().unwrap().to_owned()).collect()
}

/// Creates a directory with accounts at several depths, and files that must not be read.
fn export(name: &str) -> Folder {
    let folder = Folder::new(name);
    for directory in ["b/c", ".cache", "empty"] {
        fs::create_dir_all(folder.0.join(directory)).unwrap();
    }
    for (name, id) in [
        ("z.ndjson", "5"),
        ("a.json", "1"),
        ("b/c/x.JSONL", "3"),
        ("b/a.json", "2"),
        ("b/y.json", "4"),
        (".hidden.json", "hidden"),
        (".cache/a.json", "hidden"),
        ("notes.txt", "text"),
        ("a.json.md5", "checksum"),
    ] {
        folder.file(name, account(id));
    }
    folder
}

#[test]
fn files_in_a_directory_are_read_at_any_depth_in_name_order() {
    let folder = export("directory");
    let path = folder.0.display().to_string();
    let output = run(&["triage", "--json", &path]);
    assert_eq!(
        (ids(&output).join(" "), messages(&output)),
        ("1 2 3 4 5".to_owned(), String::new())
    );
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["accounts"][2]["input"], format!("{path}/b/c/x.JSONL"));
    let plan = run(&["plan", "--json", &path]);
    let plan: Value = serde_json::from_slice(&plan.stdout).unwrap();
    assert_eq!(plan["steps"][0]["accounts"], 5);
}

#[test]
fn a_directory_without_accounts_gets_a_note() {
    let folder = export("without");
    let path = folder.0.join("empty").display().to_string();
    let output = run(&["triage", &path]);
    assert_eq!(output.status.code(), Some(0));
    let notes = messages(&output);
    assert!(
        notes.contains(&format!("note: {path} has no .json, .jsonl, or .ndjson files\n")),
        "{notes}"
    );
    fs::write(folder.0.join("empty/a.csv"), "x").unwrap();
    let notes = messages(&run(&["triage", &path]));
    assert!(notes.contains("files, only 1 other file\n"), "{notes}");
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::thread;

    use super::*;

    #[test]
    fn a_link_loop_is_reported_once_and_a_file_with_several_names_is_read_once() {
        let folder = export("loop");
        symlink("..", folder.0.join("b/up")).unwrap();
        symlink("b", folder.0.join("latest")).unwrap();
        fs::hard_link(folder.0.join("a.json"), folder.0.join("same.json")).unwrap();
        let path = folder.0.display().to_string();
        let output = run(&["triage", "--json", &path]);
        assert_eq!(ids(&output), ["1", "2", "3", "4", "5"]);
        assert_eq!(output.status.code(), Some(0));
        let notes = messages(&output);
        assert_eq!(notes.matches("which contains it\n").count(), 1, "{notes}");
        assert!(
            notes.contains(&format!("skipped {path}/b/up: it is a link to {path}, which")),
            "{notes}"
        );
        for skipped in ["a directory", "a file"] {
            assert!(
                notes.contains(&format!(": skipped 1 link to {skipped} already read\n")),
                "{notes}"
            );
        }
    }

    #[test]
    fn a_link_to_a_directory_around_the_named_one_is_not_followed() {
        let folder = export("around");
        symlink("..", folder.0.join("b/up")).unwrap();
        let inner = folder.0.join("b").display().to_string();
        let output = run(&["triage", "--json", &inner]);
        let above = fs::canonicalize(&folder.0).unwrap();
        let note = format!("skipped {inner}/up: it is a link to {}, which", above.display());
        assert!(messages(&output).contains(&note), "{}", messages(&output));
        assert_eq!(ids(&output), ["2", "3", "4"]);
    }

    #[test]
    fn a_dangling_link_is_an_error_and_other_files_are_read() {
        let folder = export("dangling");
        symlink("missing", folder.0.join("b/b.json")).unwrap();
        let path = folder.0.display().to_string();
        let output = run(&["triage", "--json", &path]);
        assert_eq!((ids(&output).len(), output.status.code()), (5, Some(2)));
        let notes = messages(&output);
        assert!(
            notes.contains(&format!("error: cannot read {path}/b/b.json: No such file")),
            "{notes}"
        );
        let output = run(&["diff", &path, &path]);
        assert!(messages(&output).contains("nothing was compared"), "{}", messages(&output));
    }

    #[test]
    fn pipes_and_sockets_in_a_directory_are_skipped() {
        let folder = export("special");
        let pipe = folder.0.join("b/pipe.json");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let socket = std::os::unix::net::UnixListener::bind(folder.0.join("socket.json")).unwrap();
        // If the program opens the pipe, it finds an account there, and does not wait forever.
        let writer = thread::spawn({
            let pipe = pipe.clone();
            move || fs::write(pipe, account("piped"))
        });
        let output = run(&["triage", "--json", &folder.0.display().to_string()]);
        assert_eq!((ids(&output).len(), messages(&output)), (5, String::new()));
        assert_eq!(fs::read_to_string(pipe).unwrap(), account("piped"), "nothing was read");
        writer.join().unwrap().unwrap();
        drop(socket);
    }

    #[test]
    fn names_need_not_be_utf_8() {
        let folder = Folder::new("names");
        let name = OsStr::from_bytes(b"caf\xe9\n.json");
        fs::write(folder.0.join(name), account("1")).unwrap();
        let path = folder.0.display().to_string();
        assert_eq!(ids(&run(&["triage", "--json", &path])), ["1"]);
        let list = [path.as_bytes(), b"/", name.as_bytes(), b"\0"].concat();
        let output = piped(&["triage", "--json", "--files-from", "-"], &list);
        assert_eq!(ids(&output), ["1"], "{}", messages(&output));
        fs::write(folder.0.join(name), "oops").unwrap();
        let notes = messages(&run(&["triage", &path]));
        assert!(notes.contains("caf\u{fffd}\\u{a}.json:1:1: not valid JSON"), "{notes}");
    }

    #[test]
    fn the_output_is_not_an_input() {
        let folder = export("output");
        let path = folder.0.display().to_string();
        let out = fs::File::create(folder.0.join("answer.json")).unwrap();
        let output = program().args(["triage", "--json", &path]).stdout(out).output().unwrap();
        let notes = messages(&output);
        assert_eq!(notes, format!("note: skipped {path}/answer.json: it is the output file\n"));
        let answer = fs::read_to_string(folder.0.join("answer.json")).unwrap();
        assert_eq!(answer.matches("\"id\":").count(), 5);
        let summary = folder.0.join("b/summary.json").display().to_string();
        let output = run(&["triage", &path, "--summary-file", &summary]);
        assert_eq!(output.status.code(), Some(2));
        assert!(messages(&output).contains("this file is in a directory of inputs"));
        assert!(!Path::new(&summary).exists());
    }
}

#[test]
fn a_file_that_vanishes_before_it_is_opened_is_an_error_and_other_files_are_read() {
    let folder = export("vanishing");
    let mut child = program()
        .args(["triage", "-f", "jsonl", "-", &folder.0.display().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(account("first").as_bytes()).unwrap();
    // When the program reads standard input, it has listed the directory.
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    fs::remove_file(folder.0.join("b/a.json")).unwrap();
    drop(stdin);
    let others = out.lines().count();
    let output = child.wait_with_output().unwrap();
    let notes = messages(&output);
    assert_eq!((others, output.status.code()), (4, Some(2)), "{notes}");
    assert!(
        notes.contains("error: cannot open") && notes.contains("b/a.json: No such file"),
        "{notes}"
    );
}

#[test]
fn a_list_names_files_and_directories() {
    let folder = export("list");
    let root = folder.0.display().to_string();
    let spaced = folder.file("with blank.json", account("6"));
    let names = [format!("{root}/z.ndjson"), String::new(), format!("{root}/b"), spaced];
    for (separator, ending) in [("\n", ""), ("\n", "\n"), ("\r\n", "\r\n"), ("\0", "\0")] {
        let list = folder.file("list.txt", names.join(separator) + ending);
        for (argument, input) in [(list.as_str(), Vec::new()), ("-", fs::read(&list).unwrap())] {
            let output = piped(&["triage", "--json", "--files-from", argument], &input);
            assert_eq!(ids(&output), ["5", "2", "3", "4", "6"], "{}", messages(&output));
        }
    }
    let list = folder.file("list.txt", format!("{root}/z.ndjson\n"));
    let first = format!("{root}/a.json");
    assert_eq!(ids(&run(&["triage", "--json", "--files-from", &list, &first])), ["1", "5"]);
}

#[test]
fn each_missing_file_in_a_list_is_an_error() {
    let folder = export("in-vain");
    let root = folder.0.display().to_string();
    let list =
        folder.file("list.txt", format!("{root}/a.json\n{root}/missing.json\n{root}/b/a.json"));
    let output = run(&["triage", "--json", "--files-from", &list]);
    assert_eq!((ids(&output).len(), output.status.code()), (2, Some(2)));
    assert!(messages(&output).contains("missing.json: No such file"));
    let empty = folder.file("empty.txt", "\n\n");
    // Standard input is not read instead.
    let output = piped(&["triage", "--json", "--files-from", &empty], account("1").as_bytes());
    assert_eq!((ids(&output).len(), output.status.code()), (0, Some(0)));
    assert!(messages(&output).contains("empty.txt lists no files"));
    let output = run(&["triage", "--files-from", "/nowhere/list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(messages(&output).contains("cannot read the list of files: /nowhere/list"));
    let output = piped(&["triage", "--files-from", "-", "-"], b"a.json\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(messages(&output).contains("error: - can be read only once"), "{}", messages(&output));
}

#[test]
fn a_directory_is_one_snapshot_and_so_is_each_name_in_a_list() {
    let (old, new) = (export("snapshot-old"), export("snapshot-new"));
    new.file("b/a.json", account("2").replace("185", "0"));
    fs::remove_file(new.0.join("z.ndjson")).unwrap();
    let paths = [&old, &new].map(|folder| folder.0.display().to_string());
    let expected = [("5", "disappeared"), ("2", "recovered")];
    let list = old.file("list.txt", paths.join("\n"));
    for arguments in
        [["diff", "--json", &paths[0], &paths[1]], ["diff", "--json", "--files-from", &list]]
    {
        let output = run(&arguments);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let changes = answer["changes"].as_array().unwrap();
        for (id, kind) in expected {
            let found = changes.iter().find(|change| change["id"] == id).unwrap();
            assert_eq!(found["change"], kind, "{answer}");
        }
        assert_eq!(answer["summary"]["byChange"]["still_failing"], 3, "{answer}");
    }
    let output = run(&["diff"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(messages(&output).contains("<SNAPSHOT>"), "{}", messages(&output));
}

#[test]
fn a_file_in_another_format_is_one_error_and_does_not_hide_broken_json() {
    let folder = Folder::new("foreign");
    let table = folder
        .file("accounts.csv", "id,aggregationStatusCode\n".to_owned() + &"1,185\n".repeat(10_000));
    let page =
        folder.file("error.json", "<!DOCTYPE html><html><body>Sign in</body></html>\n".repeat(100));
    let broken = folder.file("broken.json", "{\"id\":\"1\",\n");
    let good = folder.file("good.json", account("1"));
    let output = run(&["triage", "--json", &table, &page, &broken, &good]);
    let notes = messages(&output);
    for expected in [
        format!("{table}:1:1: this is CSV, not JSON\nhint: convert it to JSON: duckdb"),
        format!("{page}:1:1: this is an HTML page, not JSON\nhint: was an error page"),
        format!("{broken}:"),
        "error: 3 invalid records\n".to_owned(),
    ] {
        assert!(notes.contains(&expected), "{expected}\n{notes}");
    }
    assert_eq!((notes.lines().count(), output.status.code()), (7, Some(2)), "{notes}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let summary = &answer["summary"];
    assert_eq!((&summary["records"], &summary["invalid"]), (&4.into(), &3.into()));
    assert_eq!(answer["invalid"][0]["error"], "this is CSV, not JSON");
    let summary = folder.0.join("summary").display().to_string();
    let output = run(&["triage", &table, &good, "--invalid", "allow", "--summary-file", &summary]);
    assert!(messages(&output).ends_with("error: 1 input without account data\n"));
    assert_eq!(output.status.code(), Some(2));
    let summary: Value = serde_json::from_slice(&fs::read(summary).unwrap()).unwrap();
    assert_eq!(summary["complete"], false, "its accounts are missing");
    let output = run(&["triage", "--json", &table, &good, "--invalid", "fail"]);
    assert_eq!((ids(&output).len(), output.status.code()), (0, Some(2)));
    let output = run(&["diff", &good, &table, "--invalid", "allow"]);
    assert!(messages(&output).contains("nothing was compared"), "{}", messages(&output));
}

#[test]
fn merge_takes_directories_and_compressed_summaries() {
    let folder = Folder::new("summaries");
    fs::create_dir_all(folder.0.join("all")).unwrap();
    for name in ["1", "2"] {
        let accounts = folder.file(&format!("{name}.jsonl"), account(name));
        let summary = folder.0.join(format!("all/{name}.json")).display().to_string();
        assert!(run(&["triage", &accounts, "--summary-file", &summary]).status.success());
    }
    let second = folder.0.join("all/2.json");
    let packed = crate::encodings::encoders::gzip(&fs::read(&second).unwrap());
    fs::write(folder.0.join("all/2.json.gz"), &packed).unwrap();
    fs::remove_file(&second).unwrap();
    let all = folder.0.join("all").display().to_string();
    let output = run(&["merge", "--json", &all]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["summary"]["accounts"], 2, "{}", messages(&output));
    let cut = folder.file("cut.json.gz", &packed[..packed.len() / 2]);
    let output = run(&["merge", &cut]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        messages(&output).contains("the gzip data is truncated at byte"),
        "{}",
        messages(&output)
    );
    let table = folder.file("table", "id,code\n1,2\n");
    assert!(messages(&run(&["merge", &table])).contains("table: this is CSV, not JSON"));
}

#[test]
fn a_wrapper_with_a_schema_version_is_read_like_any_other() {
    for wrapper in [
        "{\"schemaVersion\":\"1.0\",\"eventType\":\"added\",\"payload\":{\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":185}]}}",
        "{\"schemaVersion\":2,\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":185,\"category\":\"checking\"}]}",
        "{\"schemaVersion\":2,\"summary\":{\"failed\":1},\"records\":[{\"id\":\"1\",\"aggregationStatusCode\":185}]}",
    ] {
        let input = format!("{wrapper}\n{{\"id\":\"2\",\"aggregationStatusCode\":185}}\n");
        let output = piped(&["triage", "--json"], input.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{wrapper}");
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(found["summary"]["accounts"], 2, "{wrapper}");
    }
}
