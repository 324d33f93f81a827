//! Failing, stalled, and interrupted writes of an answer.

use std::io::{self, ErrorKind, Write};

use crate::support::{self, Folder, answer, answers};
use statuscode::command::Status;

/// A snapshot and the one of the next day, with an account of every kind and an invalid record.
const FILES: [&str; 2] = ["tests/snapshots/monday.jsonl", "tests/shapes/bad-lines.jsonl"];

/// Takes `room` bytes and then fails.
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

/// Takes one byte at a time, and every other write is interrupted by a signal.
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

/// Every answer of every command, with its files.
fn asked(folder: &Folder) -> Vec<(String, [String; 2])> {
    let summary = folder.0.join("summary.json").display().to_string();
    let run = format!("triage -q examples/accounts.json --summary-file {summary}");
    answer(&run, ["", ""], &mut io::sink());
    let files = FILES.map(str::to_owned);
    let answers = answers().into_iter().map(|line| (line, files.clone()));
    let merges = ["table", "markdown", "html", "json", "jsonl", "csv"]
        .map(|format| (format!("merge -f {format} FILE"), [String::new(), summary.clone()]));
    answers.chain(merges).collect()
}

fn ask(line: &str, files: &[String; 2], out: &mut (dyn Write + Send)) -> (Status, String) {
    answer(line, files.each_ref().map(String::as_str), out)
}

fn whole(line: &str, files: &[String; 2]) -> (Vec<u8>, Status) {
    let mut out = Vec::new();
    let (status, _) = ask(line, files, &mut out);
    assert!(!out.is_empty(), "{line}");
    (out, status)
}

#[test]
fn the_run_fails_and_says_so_wherever_writing_fails() {
    let stride = if support::is_long_run() { 1 } else { 31 };
    let mut offsets = 0;
    let folder = Folder::new("full");
    for (line, files) in &asked(&folder) {
        let (all, _) = whole(line, files);
        for room in (0..all.len()).step_by(stride) {
            let mut out = Failing { room, kind: ErrorKind::StorageFull, taken: Vec::new() };
            let (status, messages) = ask(line, files, &mut out);
            assert_eq!(status, Status::Failed, "{line}: {room} bytes of room");
            assert!(messages.contains("cannot write the output"), "{line}: {messages}");
            assert_eq!(out.taken.len(), room, "{line}");
            offsets += 1;
        }
    }
    assert!(offsets * stride > 50_000, "{offsets}");
}

#[test]
fn the_run_ends_silently_wherever_a_pipe_is_closed() {
    let folder = Folder::new("closed");
    for (line, files) in &asked(&folder) {
        let (all, _) = whole(line, files);
        for room in (0..all.len()).step_by(307) {
            let mut out = Failing { room, kind: ErrorKind::BrokenPipe, taken: Vec::new() };
            let (status, messages) = ask(line, files, &mut out);
            assert_eq!(status, Status::Done, "{line}: {room} bytes of room: {messages}");
            assert!(!messages.contains("write"), "{line}: {messages}");
        }
    }
}

#[test]
fn short_and_interrupted_writes_lose_nothing() {
    let folder = Folder::new("slow");
    // A page shows when it was generated.
    for (line, files) in asked(&folder).iter().filter(|(line, _)| !line.contains("html")) {
        let (all, status) = whole(line, files);
        let mut out = Stalling::default();
        assert_eq!(ask(line, files, &mut out).0, status, "{line}");
        assert!(out.taken == all, "{line}");
    }
}
