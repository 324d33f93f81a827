//! Shared by several tests: other programs, this program as a process, and this program within the
//! test.

use std::env;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::Parser;
use statuscode::cli::Cli;
use statuscode::command::{self, Status};
use statuscode::render::Format;

/// Returns the first of these programs that is installed. If none is, the test is skipped, unless
/// `STATUSCODE_TOOLS=required` forbids that.
pub fn tool(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> =
        env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let found = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file());
    let required = env::var_os("STATUSCODE_TOOLS").is_some_and(|value| value == "required");
    assert!(found.is_some() || !required, "none of {names:?} is installed");
    found
}

/// Whether to test every case instead of a sample: `STATUSCODE_LONG=1`.
pub fn is_long_run() -> bool {
    env::var_os("STATUSCODE_LONG").is_some_and(|value| value == "1")
}

/// A directory for one test, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Creates a directory. The name only helps to recognize it.
    pub fn new(name: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        // Tests run at the same time, and one may need several directories.
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path =
            env::temp_dir().join(format!("statuscode-{name}-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a file into it, and returns its path.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The system cleans up anything that cannot be removed.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program, in a clean environment and with an empty standard input.
pub fn program() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("statuscode"));
    command.env_clear().env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1").stdin(Stdio::null());
    // Where a measurement of coverage wants the counts of this process.
    if let Some(path) = env::var_os("LLVM_PROFILE_FILE") {
        command.env("LLVM_PROFILE_FILE", path);
    }
    command
}

/// Runs the program with this standard input.
pub fn piped(arguments: &[&str], input: &[u8]) -> Output {
    piped_with(arguments, &[], input)
}

/// The same, with these environment variables.
pub fn piped_with(arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Output {
    with_input(program().args(arguments).envs(variables.iter().copied()), input)
}

/// Runs any program with this standard input.
pub fn with_input(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    thread::scope(|scope| {
        // A program may close its input early.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}

/// Every command except `merge`, with every format that it writes. `FILE` means a file of accounts,
/// and `OLD` an older one.
pub fn answers() -> Vec<String> {
    let commands = [
        ("explain", "explain 185 103"),
        ("list", "list --category support"),
        ("triage", "triage FILE"),
        ("triage", "triage --by institution FILE"),
        ("triage", "triage --by login FILE"),
        ("triage", "triage --latest FILE"),
        ("plan", "plan --partner-id 1 FILE"),
        ("diff", "diff OLD FILE"),
        ("trend", "trend OLD FILE"),
    ];
    let others = ["schema triage", "completions bash", "completions nushell", "man triage"];
    let writes = |name: &str, format: &Format| format.commands().is_none_or(|c| c.contains(&name));
    let in_formats = commands.into_iter().flat_map(|(name, line)| {
        let formats = Format::ALL.iter().filter(move |format| writes(name, format));
        formats.map(move |format| format!("{line} -f {}", format.as_str()))
    });
    in_formats.chain(others.map(str::to_owned)).collect()
}

/// Runs a command line within this process, with `FILE` and `OLD` replaced. Returns its status and
/// messages.
pub fn answer(
    line: &str,
    [old, file]: [&str; 2],
    out: &mut (dyn Write + Send),
) -> (Status, String) {
    let arguments = line.split(' ').map(|argument| match argument {
        "FILE" => file,
        "OLD" => old,
        argument => argument,
    });
    let look = ["statuscode", "--width", "80", "--ascii", "--color", "never"];
    let cli = Cli::try_parse_from(look.into_iter().chain(arguments)).unwrap();
    let messages = Mutex::new(Vec::new());
    let status = command::run(&cli, out, &messages);
    let messages = messages.into_inner().unwrap();
    (status, String::from_utf8(messages).unwrap())
}
