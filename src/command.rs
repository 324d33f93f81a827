//! The commands: what each one does, in a page.

mod completions;
mod console;
mod diff;
mod explain;
mod inputs;
mod list;
mod man;
mod merge;
mod plan;
mod progress;
mod reading;
mod schema;
mod status;
mod triage;

use std::borrow::Cow;
use std::fs;
use std::io::{self, BufWriter, Write};

use anyhow::{Context as _, Result};
use serde::Serialize;

pub use status::Status;

use crate::catalog::Catalog;
use crate::cli::{Cli, Command, Format, Global};
use crate::terminal::Look;
use crate::wire;
pub use console::Messages;
use console::{Console, Hinted};

/// What every command works with.
struct Shell<'a> {
    global: &'a Global,
    catalog: &'a Catalog,
    console: Console<'a>,
    look: Look,
}

/// Where an answer goes.
type Out<'a> = dyn Write + Send + 'a;

/// Does what was typed, and says how it went. The answer goes to `out` and everything else to `messages`; they look as is
/// right for the process's own standard output and standard error.
#[must_use]
pub fn run(cli: &Cli, out: &mut Out<'_>, messages: Messages<'_>) -> Status {
    // The palette decides for each stream; the crate's own guess, made once for both, would be in its way.
    colored::control::set_override(true);
    let look = Look::of_stderr(&cli.global);
    let console = Console::new(messages, look, cli.global.quiet);
    let done = catalog(&cli.global).and_then(|catalog| {
        let shell = Shell {
            global: &cli.global,
            catalog: &catalog,
            console,
            look: Look::of_stdout(&cli.global),
        };
        match &cli.command {
            Command::Explain(what) => explain::run(&shell, what, out),
            Command::List(what) => list::run(&shell, what, out),
            Command::Triage(what) => triage::run(&shell, what, out),
            Command::Plan(what) => plan::run(&shell, what, out),
            Command::Diff(what) => diff::run(&shell, what, out),
            Command::Merge(what) => merge::run(&shell, what, out),
            Command::Schema(what) => schema::run(what, out),
            Command::Completions(what) => completions::run(what, out),
            Command::Man(what) => man::run(what, out),
        }
    });
    match done {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&error) => Status::Done,
        Err(error) => {
            console.error(&error);
            Status::Failed
        }
    }
}

/// The built-in catalog, with the overlay that `--codes` names.
fn catalog(global: &Global) -> Result<Cow<'static, Catalog>> {
    let Some(path) = &global.codes else {
        return Ok(Cow::Borrowed(Catalog::built_in()));
    };
    let name = path.display().to_string();
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read the catalog {name}"))?;
    let mut catalog = Catalog::built_in().clone();
    catalog
        .overlay(&text, &name)
        .map_err(|error| Hinted::new(format!("{name}:{error}"), error.hint.clone()))?;
    Ok(Cow::Owned(catalog))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

impl Shell<'_> {
    /// The format that was asked for, if the command has it.
    fn format(&self, command: &str, known: &[Format]) -> Result<Format> {
        let format = self.global.format();
        if known.contains(&format) {
            return Ok(format);
        }
        let words: Vec<&str> = known.iter().map(|format| format.as_str()).collect();
        let hint = format!("{command} writes {}", crate::plural::either(&words));
        Err(Hinted::new(
            format!("{command} does not write {}", format.as_str()),
            Some(hint),
        )
        .into())
    }
}

/// Writes an answer that is known as a whole.
fn answer(out: &mut Out<'_>, text: &str) -> Result<()> {
    write_answer(out, |out| Ok(out.write_all(text.as_bytes())?))
}

/// Writes an answer, and makes sure that all of it arrived.
fn write_answer(out: &mut Out<'_>, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = buffered(out);
    write(&mut out)
        .and_then(|()| Ok(out.flush()?))
        .context("cannot write the answer")
}

/// Writes a JSON document: its rows one a line under `name`, then its summary.
fn json_document<T: Serialize>(
    out: &mut dyn Write,
    name: &str,
    rows: impl IntoIterator<Item = T>,
    summary: &impl Serialize,
) -> io::Result<()> {
    write!(
        out,
        "{{\"schemaVersion\":{},\n\"{name}\":[",
        wire::SCHEMA_VERSION
    )?;
    let mut separator = "\n";
    for row in rows {
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *out, &row)?;
        separator = ",\n";
    }
    out.write_all(b"\n],\n\"summary\":")?;
    serde_json::to_writer(&mut *out, summary)?;
    out.write_all(b"}\n")
}

/// Writes rows as JSON Lines.
fn json_lines<T: Serialize>(
    out: &mut dyn Write,
    rows: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// For answers that come in pieces. It must be flushed, and the flush looked at, before it is dropped.
fn buffered<'a, 'o>(out: &'a mut Out<'o>) -> BufWriter<&'a mut Out<'o>> {
    BufWriter::with_capacity(64 * 1024, out)
}
