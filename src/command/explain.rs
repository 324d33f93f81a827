//! `explain`: what a code means, who must act, what to do.

mod screen;

use std::io::{self, Read};

use anyhow::{Context as _, Result};

use super::console::Hinted;
use super::status::Status;
use super::{Out, Shell, answer};
use crate::account::Code;
use crate::asked::{self, Asked};
use crate::catalog::Entry;
use crate::cli::{Explain, Format};
use crate::plural::and_list;
use crate::terminal::stdin_is_terminal;
use crate::{http_status, suggest, wire};

/// Neighbours that are named of a code in no source.
const NEIGHBORS: usize = 4;

pub fn run(shell: &Shell<'_>, what: &Explain, out: &mut Out<'_>) -> Result<Status> {
    let format = shell.format("explain", &[Format::Table, Format::Json])?;
    let mut found = Answer::default();
    if what.all {
        found.entries.extend(shell.catalog.entries());
    }
    for argument in &what.asked {
        found.ask(shell, argument)?;
    }
    let text = if format == Format::Json {
        let codes = found
            .entries
            .iter()
            .map(|entry| wire::Entry::from(*entry))
            .collect();
        let unknown = found.unknown.clone();
        let explanation = wire::Explanation {
            schema_version: wire::SCHEMA_VERSION,
            codes,
            unknown,
        };
        serde_json::to_string_pretty(&explanation)? + "\n"
    } else {
        let screens: Vec<String> = found
            .entries
            .iter()
            .map(|entry| screen::screen(entry, shell.catalog, shell.look))
            .collect();
        screens.join("\n")
    };
    if !text.is_empty() {
        answer(out, &text)?;
    }
    for &code in &found.unknown {
        tell_unknown(shell, code);
    }
    Ok(if found.unknown.is_empty() && !found.missed {
        Status::Done
    } else {
        Status::No
    })
}

#[derive(Default)]
struct Answer<'a> {
    entries: Vec<&'a Entry>,
    unknown: Vec<Code>,
    /// Whether something was asked for that is not there, and is no single code.
    missed: bool,
}

impl<'a> Answer<'a> {
    fn ask(&mut self, shell: &Shell<'a>, argument: &str) -> Result<()> {
        match asked::read(argument) {
            Asked::Stdin if stdin_is_terminal() => {
                let hint = "pipe a text into it: pbpaste | statuscode explain -";
                return Err(Hinted::new(
                    "no input: standard input is a terminal",
                    Some(hint.to_owned()),
                )
                .into());
            }
            Asked::Stdin => {
                let mut text = Vec::new();
                io::stdin()
                    .lock()
                    .read_to_end(&mut text)
                    .context("cannot read standard input")?;
                self.ask_text(shell, &String::from_utf8_lossy(&text), "standard input");
            }
            Asked::Code(code) => self.add(shell, code),
            Asked::Range(first, last) => {
                let within = |entry: &&'a Entry| (first..=last).contains(&entry.code);
                let entries: Vec<&Entry> = shell.catalog.entries().iter().filter(within).collect();
                if entries.is_empty() {
                    self.missed = true;
                    shell
                        .console
                        .warning(&format!("no source names a code from {first} to {last}"));
                }
                for entry in entries {
                    self.add(shell, entry.code);
                }
            }
            Asked::Text => self.ask_text(shell, argument, argument),
        }
        Ok(())
    }

    fn ask_text(&mut self, shell: &Shell<'a>, text: &str, name: &str) {
        if let Some(entry) = shell.catalog.named(&text.trim().to_ascii_lowercase()) {
            return self.add(shell, entry.code);
        }
        let codes = asked::codes_in(text);
        if codes.is_empty() {
            self.missed = true;
            shell.console.warning(&format!("no code in {name}"));
            let names = shell
                .catalog
                .entries()
                .iter()
                .map(|entry| entry.name.as_str());
            match suggest::nearest(text, names) {
                Some(name) => shell.console.hint(&format!("did you mean {name}?")),
                None => shell.console.hint(
                    "codes are found behind a word such as \"code\" or \"aggregationStatusCode\"",
                ),
            }
        }
        for code in codes {
            self.add(shell, code);
        }
    }

    fn add(&mut self, shell: &Shell<'a>, code: Code) {
        match shell.catalog.get(code) {
            Some(entry) if self.entries.iter().any(|known| known.code == entry.code) => {}
            Some(entry) => self.entries.push(entry),
            None if self.unknown.contains(&code) => {}
            None => self.unknown.push(code),
        }
    }
}

fn tell_unknown(shell: &Shell<'_>, code: Code) {
    shell.console.warning(&format!(
        "{code} is in no source that this catalog was written from"
    ));
    if let Some(name) = http_status::name(code) {
        shell.console.hint(&format!(
            "HTTP has a status {code} ({name}): an answer of a web server, and no aggregation status code"
        ));
    }
    if let Some(status) = shell.catalog.http_status(code) {
        shell.console.hint(&status.meaning);
    }
    let neighbors = shell.catalog.neighbors(code, NEIGHBORS);
    let names: Vec<String> = neighbors
        .iter()
        .map(|entry| format!("{} ({})", entry.code, entry.title))
        .collect();
    shell.console.hint(&format!(
        "the nearest numbers, which need not be related, are {}",
        and_list(&names)
    ));
}
