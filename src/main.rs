//! The process boundary: words in, an exit status out.

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Mutex;

use statuscode::cli::Cli;
use statuscode::command::{self, Status, completions};
use statuscode::terminal::{ColorChoice, Preferences, TerminalCaps};

fn main() -> ExitCode {
    let words: Vec<_> = env::args_os().collect();
    if completions::is_asked() {
        // A shell that stops waiting is not a failure.
        let _ = io::stdout().write_all(completions::candidates(&words).as_bytes());
        return Status::Done.into();
    }
    let status = match Cli::parse_words(&words) {
        Ok(cli) => command::run(&cli, &mut io::stdout(), &Mutex::new(io::stderr())),
        Err(error) => answer(&error, Cli::color_choice(&words)),
    };
    status.into()
}

/// Prints help or the version to standard output, and a usage error to standard error.
fn answer(error: &clap::Error, color: ColorChoice) -> Status {
    let preferences = Preferences { color, ..Preferences::default() };
    if error.use_stderr() {
        let caps = TerminalCaps::of_stderr(preferences);
        // There is nowhere to report that standard error is closed.
        let _ = io::stderr().write_all(rendered(error, caps).as_bytes());
        return Status::Failed;
    }
    let text = rendered(error, TerminalCaps::of_stdout(preferences));
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "error: cannot write the output: {error}");
            Status::Failed
        }
        _ => Status::Done,
    }
}

fn rendered(error: &clap::Error, caps: TerminalCaps) -> String {
    let text = error.render();
    if caps.color { text.ansi().to_string() } else { text.to_string() }
}
