//! The commands, one file each. A command reads its input, computes an answer, and renders it.

mod batch;
pub mod completions;
mod console;
mod context;
mod diff;
mod documents;
mod explain;
mod first_few;
mod gate;
mod institutions;
mod invalid;
mod list;
mod man;
mod merge;
mod plan;
mod progress;
mod same_file;
mod schema;
mod selection;
mod sources;
mod status;
mod trend;
mod triage;
mod unread;

use std::io;

pub use console::Messages;
pub use selection::selection;
pub use status::Status;

use crate::cli::{Cli, Command};
use crate::terminal::TerminalCaps;
use console::Console;
use context::{Context, Out, catalog};

/// Runs a command, and writes the answer to `out` and everything else to `messages`. Both are
/// styled for the standard output and standard error of this process.
#[must_use]
pub fn run(cli: &Cli, out: &mut Out<'_>, messages: Messages<'_>) -> Status {
    // The crate decides once about color for both streams. Here, each stream decides, so override
    // it.
    colored::control::set_override(true);
    let caps = TerminalCaps::for_stderr(cli.global.preferences());
    let console = Console::new(messages, caps, cli.global.quiet);
    let result = catalog(&cli.global).and_then(|catalog| {
        let context = Context { global: &cli.global, catalog: &catalog, console };
        match &cli.command {
            Command::Explain(args) => explain::run(&context, args, out),
            Command::List(args) => list::run(&context, args, out),
            Command::Triage(args) => triage::run(&context, args, out),
            Command::Plan(args) => plan::run(&context, args, out),
            Command::Diff(args) => diff::run(&context, args, out),
            Command::Trend(args) => trend::run(&context, args, out),
            Command::Merge(args) => merge::run(&context, args, out),
            Command::Schema(args) => schema::run(args, out),
            Command::Completions(args) => completions::run(args, out),
            Command::Man(args) => man::run(args, out),
        }
    });
    match result {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&error) => Status::Done,
        Err(error) => {
            console.error(&error);
            Status::Failed
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
