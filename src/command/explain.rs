//! The `explain` command: shows what codes mean, who must act, and what to do.

mod chunks;
mod found;
mod problems;
mod quote;

use std::io;

use anyhow::{Context as _, Result};

use super::context::{Context, Out};
use super::status::Status;
use crate::answer::entry::Sources;
use crate::answer::explain::Explain as Answer;
use crate::cli::ExplainArgs;
use crate::decode::{decode_text, recognize_binary};
use crate::query::{self, Query};
use crate::terminal::stdin_is_terminal;
use found::{Found, Text};

pub fn run(context: &Context<'_>, args: &ExplainArgs, out: &mut Out<'_>) -> Result<Status> {
    let renderer = context.renderer(Vec::new(), args.limit)?;
    let mut found = Found::new(context.catalog);
    if args.all {
        found.add_all();
    }
    for argument in &args.query {
        match query::read(argument) {
            Query::Stdin => read_stdin(context, &mut found)?,
            Query::Code(code) => found.add(code),
            Query::Range(first, last) => found.add_range(first, last),
            Query::Text => {
                let mut text = Text::default();
                text.push(argument);
                found.add_text(text, argument);
            }
        }
    }
    let status = if found.is_complete() { Status::Done } else { Status::CheckFailed };
    let (entries, unknown, problems) = found.finish();
    let answer = Answer {
        entries,
        unknown,
        catalog: context.catalog,
        sources: if args.sources { Sources::Full } else { Sources::Short },
        limit: context.limit(args.limit),
    };
    context.answer(out, &renderer, &answer, args.limit)?;
    problems.print(context);
    Ok(status)
}

fn read_stdin(context: &Context<'_>, found: &mut Found<'_>) -> Result<()> {
    if stdin_is_terminal() {
        context.console.note("Paste the text, then press Ctrl-D on an empty line.");
    }
    let mut text = Text::default();
    let reader = decode_text(io::stdin(), false).context("standard input is compressed twice")?;
    let (foreign, reader) = recognize_binary(reader);
    text.foreign = foreign;
    chunks::read(reader, |chunk| text.push(chunk)).context("cannot read standard input")?;
    found.add_text(text, "standard input");
    Ok(())
}
