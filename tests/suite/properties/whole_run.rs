//! Whole runs of a command within a property.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, fs, process};

use statuscode::cli::{Cli, Command, GlobalArgs};
use statuscode::command::{self, Status};
use statuscode::render::Format;
use statuscode::terminal::{ColorChoice, sanitize};

/// Selects one input in a hundred, of any kind: a whole run takes a hundred times as long as
/// anything else. Fuzzers would come to prefer a length, but not a sum.
pub fn is_sampled(data: &[u8]) -> bool {
    data.iter().map(|&byte| u32::from(byte)).sum::<u32>() % 100 == 0
}

/// A file, removed at the end.
pub struct File(pub PathBuf);

impl File {
    /// Writes a file.
    pub fn new(data: &[u8]) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("statuscode-{}-{number}.json", process::id()));
        assert!(fs::write(&path, data).is_ok(), "cannot write {}", path.display());
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Returns the command line with this command.
pub const fn cli(command: Command, format: Format) -> Cli {
    let global = GlobalArgs {
        format: Some(format),
        json: false,
        color: ColorChoice::Never,
        width: Some(80),
        ascii: true,
        codes: None,
        quiet: false,
    };
    Cli { global, command }
}

/// Runs a command, and returns its status, its output, and its messages, which control no terminal.
pub fn run(cli: &Cli) -> (Status, Vec<u8>, String) {
    let (mut out, messages) = (Vec::new(), Mutex::new(Vec::new()));
    let status = command::run(cli, &mut out, &messages);
    let messages = messages.into_inner().unwrap_or_default();
    let messages = String::from_utf8_lossy(&messages).into_owned();
    assert_safe(&messages);
    if status == Status::Failed {
        assert!(messages.starts_with("error: "), "{messages:?}");
    }
    (status, out, messages)
}

/// Panics if a text controls a terminal or hides from people.
pub fn assert_safe(text: &str) {
    assert!(text.lines().all(|line| sanitize(line) == line), "{text:?}");
}
