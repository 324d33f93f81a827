//! Inputs that are missing, cut short, or already read.

use std::fs::{self, File};

use serde_json::Value;

use crate::support::{Folder, piped, program};

#[test]
fn standard_input_named_twice_is_rejected_even_if_it_is_a_file() {
    let folder = Folder::new("twice");
    let file = folder.file("one.json", r#"{"id":"1","aggregationStatusCode":185}"#);
    for command in ["triage", "plan", "diff", "trend"] {
        let input = File::open(&file).unwrap();
        let output = program().args([command, "-", "-"]).stdin(input).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("- can be read only once"), "{message}");
    }
}

#[test]
fn compressed_data_cut_to_its_first_bytes_is_incomplete() {
    let folder = Folder::new("first-byte");
    let summary = folder.0.join("summary.json");
    let arguments = ["triage", "--invalid", "allow", "--summary-file", summary.to_str().unwrap()];
    for bytes in [&b"\x1f"[..], b"\x28\xb5", b"\x28\xb5\x2f"] {
        let output = piped(&arguments, bytes);
        assert_eq!(output.status.code(), Some(2));
        let summary: Value = serde_json::from_slice(&fs::read(&summary).unwrap()).unwrap();
        assert_eq!(summary["complete"], false, "{bytes:x?}: {summary}");
    }
}

#[test]
fn a_trend_names_every_file_that_cannot_be_opened() {
    let folder = Folder::new("unopened");
    let file = folder.file("one.json", r#"{"id":"1","aggregationStatusCode":185}"#);
    let missing = ["a.json", "b.json"].map(|name| folder.0.join(name).display().to_string());
    let output = program().args(["trend", &missing[0], &file, &missing[1]]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let message = String::from_utf8(output.stderr).unwrap();
    for path in missing {
        assert!(message.contains(&format!("cannot open {path}")), "{message}");
    }
    assert_eq!(message.matches("no trend is shown").count(), 1, "{message}");
}

#[cfg(unix)]
#[test]
fn a_tree_of_links_is_read_once_however_many_paths_lead_through_it() {
    let folder = Folder::new("link-tree");
    for level in 0..30 {
        let directory = folder.0.join(format!("a{level}"));
        fs::create_dir(&directory).unwrap();
        for name in ["x", "y"].iter().filter(|_| level > 0) {
            std::os::unix::fs::symlink(format!("../a{}", level - 1), directory.join(name)).unwrap();
        }
    }
    fs::write(folder.0.join("a0/f.json"), r#"{"id":"1","aggregationStatusCode":185}"#).unwrap();
    let path = folder.0.join("a29").display().to_string();
    let output = program().args(["triage", "--json", &path]).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["summary"]["accounts"], 1, "{answer}");
}
