//! `list`: the catalog, filtered.

use std::borrow::Cow;

use anyhow::Result;

use super::console::Hinted;
use super::status::Status;
use super::{Out, Shell, answer};
use crate::catalog::Entry;
use crate::cli::{Format, List};
use crate::plural::Count;
use crate::render::{Cell, Column, Grid, csv_row, markdown};
use crate::{suggest, wire};

const FORMATS: &[Format] = &[
    Format::Table,
    Format::Json,
    Format::Jsonl,
    Format::Csv,
    Format::Markdown,
];

/// The columns of the catalog as a table of data: stable, and in this order.
const COLUMNS: [&str; 12] = [
    "code",
    "name",
    "title",
    "standing",
    "category",
    "action",
    "connectFix",
    "remediationCategory",
    "meaning",
    "requiredAction",
    "fallbackAction",
    "source",
];

pub fn run(shell: &Shell<'_>, what: &List, out: &mut Out<'_>) -> Result<Status> {
    let format = shell.format("list", FORMATS)?;
    check_sources(shell, what)?;
    let search = what.search.as_ref().map(|text| text.to_lowercase());
    let fits = |entry: &&Entry| fits(entry, what, search.as_deref());
    let entries: Vec<&Entry> = shell.catalog.entries().iter().filter(fits).collect();
    let text = match format {
        Format::Json => {
            let codes = entries
                .iter()
                .map(|entry| wire::Entry::from(*entry))
                .collect();
            serde_json::to_string_pretty(&wire::Listing {
                schema_version: wire::SCHEMA_VERSION,
                codes,
            })? + "\n"
        }
        Format::Jsonl => {
            let lines: serde_json::Result<Vec<String>> = entries
                .iter()
                .map(|entry| Ok(serde_json::to_string(&wire::Entry::from(*entry))? + "\n"))
                .collect();
            lines?.concat()
        }
        Format::Csv => sheet(&entries)?,
        Format::Markdown => {
            markdown::table(&COLUMNS, entries.iter().map(|entry| cells(entry).to_vec()))
        }
        // The table; what is not among FORMATS was refused.
        _ => table(shell, &entries),
    };
    answer(out, &text)?;
    Ok(Status::Done)
}

fn sheet(entries: &[&Entry]) -> Result<String> {
    let mut text = csv_row(COLUMNS.map(Cow::Borrowed))?;
    for entry in entries {
        text.extend(csv_row(cells(entry).map(Cow::Owned))?);
    }
    Ok(String::from_utf8(text)?)
}

/// An entry as cells of [`COLUMNS`]; its source is the one of the highest rank.
fn cells(entry: &Entry) -> [String; 12] {
    let source = entry.readings.first().map(|reading| reading.source.clone());
    [
        entry.code.to_string(),
        entry.name.clone(),
        entry.title.clone(),
        entry.standing.to_string(),
        entry.category.to_string(),
        entry.action.to_string(),
        entry.connect_fix.to_string(),
        entry.remediation_category.clone().unwrap_or_default(),
        entry.meaning.clone(),
        entry.required_action.clone(),
        entry
            .fallback
            .as_ref()
            .map(|fallback| fallback.action.to_string())
            .unwrap_or_default(),
        source.unwrap_or_default(),
    ]
}

fn check_sources(shell: &Shell<'_>, what: &List) -> Result<()> {
    for id in &what.source {
        if shell.catalog.source(id).is_none() {
            let ids: Vec<&str> = shell
                .catalog
                .sources()
                .iter()
                .map(|source| source.id.as_str())
                .collect();
            let hint = match suggest::nearest(id, ids.iter().copied()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("the sources are {}", ids.join(", ")),
            };
            return Err(Hinted::new(format!("no source is called {id}"), Some(hint)).into());
        }
    }
    Ok(())
}

fn fits(entry: &Entry, what: &List, search: Option<&str>) -> bool {
    (what.category.is_empty() || what.category.contains(&entry.category))
        && (what.action.is_empty() || what.action.contains(&entry.action))
        && (what.standing.is_empty() || what.standing.contains(&entry.standing))
        && (what.source.is_empty()
            || entry
                .readings
                .iter()
                .any(|reading| what.source.contains(&reading.source)))
        && (!what.connect_fix || entry.connect_fix)
        && search.is_none_or(|text| {
            let texts = [
                &entry.name,
                &entry.title,
                &entry.meaning,
                &entry.required_action,
            ];
            texts
                .into_iter()
                .chain(&entry.notes)
                .any(|own| own.to_lowercase().contains(text))
        })
}

fn table(shell: &Shell<'_>, entries: &[&Entry]) -> String {
    let mut columns = vec![
        ("Code", Column::Number),
        ("Category", Column::Word),
        ("Fix", Column::Word),
    ];
    columns.extend(Grid::two_sentences(
        shell.look,
        ["Title", "Action"],
        "Title and action",
    ));
    columns.push(("Standing", Column::Word));
    let mut grid = Grid::new(shell.look, &columns);
    for entry in entries {
        let mut cells = vec![
            Cell::new(entry.code.to_string()).of(entry.category),
            Cell::new(entry.category.word()).of(entry.category),
            Cell::new(if entry.connect_fix { "yes" } else { "-" }),
        ];
        cells.extend(Grid::sentences(
            shell.look,
            &entry.title,
            entry.action.word(),
        ));
        cells.push(Cell::new(entry.standing.word()));
        grid.row(cells);
    }
    let count = Count(entries.len() as u64, "code");
    if entries.is_empty() {
        format!("{count}\n")
    } else {
        format!("{}\n{count}\n", grid.text())
    }
}
