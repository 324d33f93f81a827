//! `merge`: the summaries of many runs as one.

mod shards;

use std::collections::BTreeMap;

use anyhow::Result;

use super::status::Status;
use super::{Out, Shell, json_document, write_answer};
use crate::classify::Classifier;
use crate::cli::MergeArgs;
use crate::render::Format;
use crate::render::{Cell, Column, End, Grid, Report, Table};
use crate::text::{Count, grouped};
use crate::wire::{Shard, Summary};
use shards::Shards;

const FORMATS: &[Format] = &[Format::Table, Format::Json];

/// Shards that the table names one by one.
const SHARDS_SHOWN: usize = 25;

pub fn run(shell: &Shell<'_>, what: &MergeArgs, out: &mut Out<'_>) -> Result<Status> {
    let format = shell.format("merge", FORMATS)?;
    let mut shards = Shards::new(shell.catalog);
    for path in &what.summaries {
        shards.add(path)?;
    }
    let classifier = Classifier::new(shell.catalog, shards.connect_fix());
    let tally = shards.tally(&classifier)?;
    warn_of_repeated_inputs(shell, shards.ledgers());
    write_answer(out, |out| {
        if format == Format::Json {
            let summary = Summary::new(&tally, &classifier);
            return Ok(json_document(out, "shards", shards.ledgers(), &summary)?);
        }
        let end = End {
            tally: &tally,
            classifier: &classifier,
            listed: &[],
            listable: 0,
            invalid: &[],
        };
        Table::new(shell.caps, 0).finish(out, &end)?;
        Ok(out.write_all(ledger(shell, shards.ledgers()).as_bytes())?)
    })?;
    Ok(Status::Done)
}

/// A row for each shard, so that one that is missing or short is seen.
fn ledger(shell: &Shell<'_>, shards: &[Shard<'_>]) -> String {
    let columns = [
        ("Summary, and its inputs", Column::Text),
        ("Records", Column::Number),
        ("Accounts", Column::Number),
        ("Invalid", Column::Number),
    ];
    let mut grid = Grid::new(shell.caps, &columns);
    for shard in shards.iter().take(SHARDS_SHOWN) {
        let inputs = match shard.inputs.as_slice() {
            [] => "-".to_owned(),
            [one] => one.clone().into_owned(),
            many => Count(many.len() as u64, "input").to_string(),
        };
        grid.row([
            Cell::two_lines(shard.file.as_ref(), inputs),
            Cell::new(grouped(shard.records)),
            Cell::new(grouped(shard.accounts)),
            Cell::new(grouped(shard.invalid)),
        ]);
    }
    let count = Count(shards.len() as u64, "shard");
    let mut text = format!("\n{}", grid.text());
    if shards.len() > SHARDS_SHOWN {
        text += &format!("{count} in all (--json names every one)\n");
    } else {
        text += &format!("{count}\n");
    }
    text
}

/// An input in two summaries was counted twice; standard input has no name by which that could be seen.
fn warn_of_repeated_inputs(shell: &Shell<'_>, shards: &[Shard<'_>]) {
    let mut seen = BTreeMap::<&str, u64>::new();
    for input in shards.iter().flat_map(|shard| &shard.inputs) {
        *seen.entry(input).or_default() += 1;
    }
    for (input, times) in seen
        .into_iter()
        .filter(|(input, times)| *input != "-" && *times > 1)
    {
        shell.console.warning(&format!(
            "{input} is in {times} summaries, and counted as often"
        ));
    }
}
