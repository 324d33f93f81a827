//! `list`: the catalog, filtered.

mod code_table;

use anyhow::Result;

use super::console::Hinted;
use super::status::Status;
use super::{Out, Shell, answer};
use crate::catalog::Entry;
use crate::cli::ListArgs;
use crate::render::Format;
use crate::render::{Cell, Column, Grid};
use crate::text::Count;
use crate::{suggest, wire};

const FORMATS: &[Format] = &[
    Format::Table,
    Format::Json,
    Format::Jsonl,
    Format::Csv,
    Format::Markdown,
    Format::Sql,
];

pub fn run(shell: &Shell<'_>, what: &ListArgs, out: &mut Out<'_>) -> Result<Status> {
    let format = shell.format("list", FORMATS)?;
    check_sources(shell, what)?;
    let search = what.search.as_ref().map(|text| text.to_lowercase());
    let fits = |entry: &&Entry| fits(entry, what, search.as_deref());
    let entries: Vec<&Entry> = shell.catalog.entries().iter().filter(fits).collect();
    let rows = || -> Vec<_> {
        entries
            .iter()
            .map(|entry| wire::CodeRow::from(*entry))
            .collect()
    };
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
        Format::Jsonl => code_table::json_lines(&rows())?,
        Format::Csv => code_table::csv(&rows())?,
        Format::Markdown => code_table::markdown(&rows()),
        Format::Sql => code_table::sql(&rows()),
        // The table; what is not among FORMATS was refused.
        _ => table(shell, &entries),
    };
    answer(out, &text)?;
    Ok(Status::Done)
}

fn check_sources(shell: &Shell<'_>, what: &ListArgs) -> Result<()> {
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

fn fits(entry: &Entry, what: &ListArgs, search: Option<&str>) -> bool {
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
        shell.caps,
        ["Title", "Action"],
        "Title and action",
    ));
    columns.push(("Standing", Column::Word));
    let mut grid = Grid::new(shell.caps, &columns);
    for entry in entries {
        let mut cells = vec![
            Cell::new(entry.code.to_string()).of(entry.category),
            Cell::new(entry.category.as_str()).of(entry.category),
            Cell::new(if entry.connect_fix { "yes" } else { "-" }),
        ];
        cells.extend(Grid::sentences(
            shell.caps,
            &entry.title,
            entry.action.as_str(),
        ));
        cells.push(Cell::new(entry.standing.as_str()));
        grid.row(cells);
    }
    let count = Count(entries.len() as u64, "code");
    if entries.is_empty() {
        format!("{count}\n")
    } else {
        format!("{}\n{count}\n", grid.text())
    }
}
