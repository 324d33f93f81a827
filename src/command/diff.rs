//! `diff`: what changed between snapshots.

mod part;
mod show;

use std::sync::Arc;

use anyhow::Result;

use super::console::Hinted;
use super::inputs::Input;
use super::reading::Reader;
use super::status::Status;
use super::{Out, Shell, json_document, json_lines, write_answer};
use crate::classify::Classifier;
use crate::cli::{ChangeGate, Diff, Format};
use crate::diff::{Change, ChangeKind, Comparison};
use crate::plural::Count;
use crate::wire;
use part::Gatherer;

const FORMATS: &[Format] = &[
    Format::Table,
    Format::Json,
    Format::Jsonl,
    Format::Csv,
    Format::Markdown,
];

pub fn run(shell: &Shell<'_>, what: &Diff, out: &mut Out<'_>) -> Result<Status> {
    let format = shell.format("diff", FORMATS)?;
    let inputs = Input::all(&what.snapshots)?;
    let mut reader = Reader::new(shell, &what.reading, &inputs, false);
    let classifier = Classifier::new(shell.catalog, true);
    let mut comparison = Comparison::default();
    let mut invalid = 0;
    for input in &inputs {
        comparison.begin_snapshot();
        let mut accounts = 0;
        let go_on = reader.read(
            input,
            |_: &Arc<str>| Gatherer::default(),
            |records, name, part| {
                comparison.extend(&part.batch);
                accounts += part.accounts;
                invalid += part.invalid.len() as u64;
                for (at, problem) in part.invalid {
                    records.note(name, at, &problem)?;
                }
                Ok(accounts)
            },
        )?;
        // Whatever is missing of a snapshot would seem to have disappeared.
        if !go_on || reader.has_failed() {
            reader.clear_progress();
            let message = "nothing was compared, because a snapshot could not be read to its end";
            shell.console.error(&Hinted::new(message, None).into());
            return Ok(reader.close());
        }
    }
    reader.clear_progress();
    let (duplicates, without_id) = (comparison.duplicates(), comparison.without_id());
    let snapshots = comparison.snapshots();
    let changes = comparison.into_changes(|code| classifier.category(code));
    let counts = *changes.counts();
    let shown = |change: &Change<'_>| what.only.is_empty() || what.only.contains(&change.kind());
    let listed = || changes.iter().filter(shown);
    let summary = wire::ChangeSummary {
        snapshots: u16::try_from(snapshots).unwrap_or(u16::MAX),
        by_change: wire::ByChange::new(&counts),
        invalid,
    };
    write_answer(out, |out| match format {
        Format::Json => Ok(json_document(
            out,
            "changes",
            listed().map(wire::Change::from),
            &summary,
        )?),
        Format::Jsonl => Ok(json_lines(out, listed().map(wire::Change::from))?),
        Format::Csv => show::sheet(out, listed()),
        Format::Markdown => {
            Ok(out.write_all(show::markdown(&changes, listed(), &counts).as_bytes())?)
        }
        // The table; what is not among FORMATS was refused.
        _ => Ok(out.write_all(show::table(shell.look, &changes, listed(), &counts).as_bytes())?),
    })?;
    remark(shell, duplicates, without_id, invalid, &counts);
    Ok(reader.close().max(gate(shell, &what.fail_on, &counts)))
}

/// What should be known of the comparison beside its changes.
fn remark(shell: &Shell<'_>, duplicates: u64, without_id: u64, invalid: u64, counts: &[u64]) {
    let note = |text: String| shell.console.note(&format!("note: {text}"));
    if duplicates > 0 {
        let count = Count(duplicates, "record");
        note(format!(
            "{count} repeated an account of the same snapshot; the last one counts"
        ));
    }
    if without_id > 0 {
        note(format!(
            "{} without an id could not be compared",
            Count(without_id, "account")
        ));
    }
    if invalid > 0 && counts[ChangeKind::Disappeared as usize] > 0 {
        note("accounts in records that could not be read are counted as disappeared".to_owned());
    }
}

fn gate(shell: &Shell<'_>, gates: &[ChangeGate], counts: &[u64; ChangeKind::ALL.len()]) -> Status {
    let mut status = Status::Done;
    for gate in gates {
        let (word, count) = match gate {
            ChangeGate::Kind(kind) => (kind.as_str(), counts[*kind as usize]),
            ChangeGate::Any => ("any", counts[..ChangeKind::Unchanged as usize].iter().sum()),
        };
        if count > 0 {
            status = Status::No;
            shell.console.note(&format!(
                "gate tripped: {word} ({})",
                Count(count, "account")
            ));
        }
    }
    status
}
