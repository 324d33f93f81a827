//! What more than one test needs: other programs to compare with or to look through, and this one run within the test.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "no test needs all of it; and a test that cannot go on has failed"
)]

use std::env;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

use clap::Parser;
use statuscode::cli::Cli;
use statuscode::command::{self, Status};

/// The first of these programs that is installed. Where none is, the test that asks is left out, unless
/// `STATUSCODE_TOOLS=required` says that nothing may be left out.
pub fn tool(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> =
        env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let found = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file());
    let required = env::var_os("STATUSCODE_TOOLS").is_some_and(|value| value == "required");
    assert!(
        found.is_some() || !required,
        "none of {names:?} is installed"
    );
    found
}

/// Whether tests shall take all the time that they can use: `STATUSCODE_LONG=1`. Else they take samples of what is the same
/// again and again, and are done in minutes.
pub fn is_long_run() -> bool {
    env::var_os("STATUSCODE_LONG").is_some_and(|value| value == "1")
}

/// A folder for one test, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A new one; the name keeps tests apart.
    pub fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("statuscode-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a file into it; its path.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs the program itself with this on its standard input, in an empty environment.
pub fn piped(line: &str, input: &[u8]) -> Output {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("statuscode"))
        .args(line.split(' '))
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that has seen enough of its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Every command with every format that it writes; `FILE` stands for a file of accounts, `OLD` for an older one.
pub const ANSWERS: &[&str] = &[
    "explain 185 103",
    "explain 185 103 --json",
    "list --category support",
    "list -f json --category support",
    "list -f jsonl --category support",
    "list -f csv --category support",
    "list -f markdown --category support",
    "triage FILE",
    "triage -f json FILE",
    "triage -f jsonl FILE",
    "triage -f csv FILE",
    "triage -f markdown FILE",
    "triage -f html FILE",
    "plan FILE",
    "plan -f json FILE",
    "plan -f jsonl FILE",
    "plan -f csv FILE",
    "plan -f markdown FILE",
    "diff OLD FILE",
    "diff -f json OLD FILE",
    "diff -f jsonl OLD FILE",
    "diff -f csv OLD FILE",
    "diff -f markdown OLD FILE",
    "schema triage",
    "completions bash",
    "completions nushell",
    "man triage",
];

/// Runs a line of words within this process; its status and its messages. The words `FILE` and `OLD` are replaced.
pub fn answer(
    line: &str,
    [old, file]: [&str; 2],
    out: &mut (dyn Write + Send),
) -> (Status, String) {
    let words = line.split(' ').map(|word| match word {
        "FILE" => file,
        "OLD" => old,
        word => word,
    });
    let look = ["statuscode", "--width", "80", "--ascii", "--color", "never"];
    let cli = Cli::try_parse_from(look.into_iter().chain(words)).unwrap();
    let messages = Mutex::new(Vec::new());
    let status = command::run(&cli, out, &messages);
    let messages = messages.into_inner().unwrap();
    (status, String::from_utf8(messages).unwrap())
}
