//! Failing, stalled, and interrupted writes of an answer.

use std::io::{self, ErrorKind, Write};

use crate::support::{self, Folder, answer, answers};
use statuscode::command::Status;

/// Two files of accounts, the second with invalid records.
const FILES: [&str; 2] = ["tests/snapshots/monday.jsonl", "tests/shapes/bad-lines.jsonl"];

/// Accepts `room` bytes and then fails.
struct Failing {
    room: usize,
    kind: ErrorKind,
    taken: Vec<u8>,
}

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.taken.len() == self.room {
            return Err(self.kind.into());
        }
        let count = bytes.len().min(self.room - self.taken.len());
        self.taken.extend(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Accepts one byte at a time, and interrupts every other write.
#[derive(Default)]
struct Stalling {
    taken: Vec<u8>,
    interrupted: bool,
}

impl Write for Stalling {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(ErrorKind::Interrupted.into());
        }
        self.taken.extend(bytes.first());
        Ok(bytes.len().min(1))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the command line of every answer of every command, with its files.
fn commands(folder: &Folder) -> Vec<(String, [String; 2])> {
    let summary = folder.0.join("summary.json").display().to_string();
    let triage = format!("triage -q examples/accounts.json --summary-file {summary}");
    answer(&triage, ["", ""], &mut io::sink());
    let files = FILES.map(str::to_owned);
    let answers = answers().into_iter().map(|line| (line, files.clone()));
    let merges = ["table", "markdown", "html", "json", "jsonl", "csv"]
        .map(|format| (format!("merge -f {format} FILE"), [String::new(), summary.clone()]));
    answers.chain(merges).collect()
}

fn run(line: &str, files: &[String; 2], out: &mut (dyn Write + Send)) -> (Status, String) {
    answer(line, files.each_ref().map(String::as_str), out)
}

fn whole(line: &str, files: &[String; 2]) -> (Vec<u8>, Status) {
    let mut out = Vec::new();
    let (status, _) = run(line, files, &mut out);
    assert!(!out.is_empty(), "{line}");
    (out, status)
}

#[test]
fn a_write_error_at_any_byte_fails_the_run_with_a_message() {
    let stride = if support::is_long_run() { 1 } else { 31 };
    let mut offsets = 0;
    let folder = Folder::new("full");
    for (line, files) in &commands(&folder) {
        let (all, _) = whole(line, files);
        for room in (0..all.len()).step_by(stride) {
            let mut out = Failing { room, kind: ErrorKind::StorageFull, taken: Vec::new() };
            let (status, messages) = run(line, files, &mut out);
            assert_eq!(status, Status::Failed, "{line}: {room} bytes of room");
            assert!(messages.contains("cannot write the output"), "{line}: {messages}");
            assert_eq!(out.taken.len(), room, "{line}");
            offsets += 1;
        }
    }
    assert!(offsets * stride > 50_000, "{offsets}");
}

#[test]
fn a_pipe_closed_at_any_byte_ends_the_run_silently() {
    let folder = Folder::new("closed");
    for (line, files) in &commands(&folder) {
        let (all, _) = whole(line, files);
        for room in (0..all.len()).step_by(307) {
            let mut out = Failing { room, kind: ErrorKind::BrokenPipe, taken: Vec::new() };
            let (status, messages) = run(line, files, &mut out);
            assert_eq!(status, Status::Done, "{line}: {room} bytes of room: {messages}");
            assert!(!messages.contains("write"), "{line}: {messages}");
        }
    }
}

#[test]
fn short_and_interrupted_writes_lose_nothing() {
    let folder = Folder::new("slow");
    // A page shows when it was generated.
    for (line, files) in commands(&folder).iter().filter(|(line, _)| !line.contains("html")) {
        let (all, status) = whole(line, files);
        let mut out = Stalling::default();
        assert_eq!(run(line, files, &mut out).0, status, "{line}");
        assert!(out.taken == all, "{line}");
    }
}

/// Where the system ends a process that exceeds the limit by a signal, the program catches it.
#[cfg(unix)]
#[test]
fn a_file_that_reaches_the_size_limit_is_a_write_error() {
    let folder = Folder::new("size-limit");
    let file = folder.file("answer.json", "");
    let script = format!("ulimit -f 1; exec \"$0\" list --json > '{file}'");
    let output = std::process::Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_statuscode")])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("error: cannot write the output"), "{message}");
}
