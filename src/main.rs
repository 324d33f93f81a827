//! The process boundary: arguments in, an exit status out.

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;
use std::sync::Mutex;

use statuscode::cli::Cli;
use statuscode::command::{self, Status, completions};
use statuscode::terminal::{ColorChoice, Preferences, TerminalCaps};

fn main() -> ExitCode {
    report_size_limit_as_error();
    let args: Vec<_> = env::args_os().collect();
    if completions::is_requested() {
        // A shell that stops reading is not a failure.
        let _ = io::stdout().write_all(completions::candidates(&args).as_bytes());
        return Status::Done.into();
    }
    let status = match Cli::parse_args(&args) {
        Ok(cli) => command::run(&cli, &mut io::stdout(), &Mutex::new(io::stderr())),
        Err(error) => print_clap_message(&error, Cli::color_choice(&args)),
    };
    status.into()
}

/// Makes a write beyond the limit for file sizes (`ulimit -f`) fail with an error. Otherwise, a
/// signal would end the process without a message.
fn report_size_limit_as_error() {
    #[cfg(unix)]
    {
        let ignored = Arc::default();
        // If the signal cannot be caught, it still ends the process.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, ignored);
    }
}

/// Prints help or the version to standard output, and a usage error to standard error. To clap, all
/// three are errors.
fn print_clap_message(error: &clap::Error, color: ColorChoice) -> Status {
    let preferences = Preferences { color, ..Preferences::default() };
    if error.use_stderr() {
        let caps = TerminalCaps::for_stderr(preferences);
        // If standard error is closed, there is nowhere to report it.
        let _ = io::stderr().write_all(render(error, caps).as_bytes());
        return Status::Failed;
    }
    let text = render(error, TerminalCaps::for_stdout(preferences));
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "error: cannot write the output: {error}");
            Status::Failed
        }
        _ => Status::Done,
    }
}

fn render(error: &clap::Error, caps: TerminalCaps) -> String {
    let text = error.render();
    if caps.color { text.ansi().to_string() } else { text.to_string() }
}
