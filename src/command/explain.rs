//! `explain`: what a code means, who must act, and what to do.

use std::io::{self, Read};

use anyhow::{Context as _, Result};

use super::console::Hinted;
use super::context::{Context, Out, write};
use super::status::Status;
use crate::account::Code;
use crate::answer::entry::Sources;
use crate::answer::explain::Explain as Answer;
use crate::catalog::Entry;
use crate::cli::ExplainArgs;
use crate::query::{self, Query};
use crate::suggest;
use crate::terminal::stdin_is_terminal;
use crate::text::and_list;

/// How many neighbors to name for an unknown code.
const NEIGHBORS: usize = 4;

pub fn run(context: &Context<'_>, args: &ExplainArgs, out: &mut Out<'_>) -> Result<Status> {
    let renderer = context.renderer(Vec::new())?;
    let mut found = Found::default();
    if args.all {
        found.entries.extend(context.catalog.entries());
    }
    for argument in &args.query {
        found.look_up(context, argument)?;
    }
    let status =
        if found.unknown.is_empty() && !found.missed { Status::Done } else { Status::CheckFailed };
    let answer = Answer {
        entries: found.entries,
        unknown: found.unknown,
        catalog: context.catalog,
        sources: if args.sources { Sources::Full } else { Sources::Short },
        limit: context.limit(args.limit),
    };
    write(out, |out| renderer.write(out, &answer))?;
    for &code in &answer.unknown {
        warn_of_unknown(context, code);
    }
    Ok(status)
}

/// The results of the queries.
#[derive(Default)]
struct Found<'a> {
    entries: Vec<&'a Entry>,
    unknown: Vec<Code>,
    /// Whether a query other than a single code found nothing.
    missed: bool,
}

impl<'a> Found<'a> {
    fn look_up(&mut self, context: &Context<'a>, argument: &str) -> Result<()> {
        match query::read(argument) {
            Query::Stdin if stdin_is_terminal() => {
                let hint = "pipe text into it: pbpaste | statuscode explain -";
                let error =
                    Hinted::new("no input: standard input is a terminal", Some(hint.to_owned()));
                return Err(error.into());
            }
            Query::Stdin => {
                let mut text = Vec::new();
                io::stdin().lock().read_to_end(&mut text).context("cannot read standard input")?;
                self.look_up_text(context, &String::from_utf8_lossy(&text), "standard input");
            }
            Query::Code(code) => self.add(context, code),
            Query::Range(first, last) => {
                let within = |entry: &&'a Entry| (first..=last).contains(&entry.code);
                let entries: Vec<&Entry> =
                    context.catalog.entries().iter().filter(within).collect();
                if entries.is_empty() {
                    self.missed = true;
                    context.console.warning(&format!("no known codes from {first} to {last}"));
                }
                for entry in entries {
                    self.add(context, entry.code);
                }
            }
            Query::Text => self.look_up_text(context, argument, argument),
        }
        Ok(())
    }

    fn look_up_text(&mut self, context: &Context<'a>, text: &str, name: &str) {
        if let Some(entry) = context.catalog.named(&text.trim().to_ascii_lowercase()) {
            return self.add(context, entry.code);
        }
        let mut codes = query::codes_in(text);
        if codes.is_empty() {
            let quoted = context.catalog.find_by_message(text);
            codes.extend(quoted.iter().map(|entry| entry.code));
        }
        if codes.is_empty() {
            self.missed = true;
            context.console.warning(&format!("no code in {name}"));
            let names = context.catalog.entries().iter().map(|entry| entry.name.as_str());
            match suggest::nearest(text, names) {
                Some(name) => context.console.hint(&format!("did you mean {name}?")),
                None => context.console.hint(
                    "put a word such as \"code\" or \"aggregationStatusCode\" before the number",
                ),
            }
        }
        for code in codes {
            self.add(context, code);
        }
    }

    fn add(&mut self, context: &Context<'a>, code: Code) {
        match context.catalog.get(code) {
            Some(entry) if self.entries.iter().any(|known| known.code == entry.code) => {}
            Some(entry) => self.entries.push(entry),
            None if self.unknown.contains(&code) => {}
            None => self.unknown.push(code),
        }
    }
}

fn warn_of_unknown(context: &Context<'_>, code: Code) {
    context.console.warning(&format!("unknown code {code}"));
    if let Some(status) = context.catalog.http_status(code) {
        context.console.hint(&format!("HTTP status {code} ({}): {}", status.title, status.meaning));
    }
    let neighbors = context.catalog.neighbors(code, NEIGHBORS).into_iter();
    let names: Vec<String> =
        neighbors.map(|entry| format!("{} ({})", entry.code, entry.title)).collect();
    context
        .console
        .hint(&format!("numerically nearest codes, related or not: {}", and_list(&names)));
}
