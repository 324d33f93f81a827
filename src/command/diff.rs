//! `diff`: what changed between snapshots.

mod part;
mod show;

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::Result;

use super::console::Hinted;
use super::inputs::Input;
use super::reading::Reader;
use super::status::Status;
use super::{Out, Shell, json_document, json_lines, write_answer};
use crate::account::Account;
use crate::cli::{ChangeGate, DiffArgs};
use crate::diff::{AccountKey, Change, ChangeKind, Comparison};
use crate::render::Format;
use crate::text::Count;
use crate::wire;
use part::{Gatherer, Kept};

const FORMATS: &[Format] = &[
    Format::Table,
    Format::Json,
    Format::Jsonl,
    Format::Csv,
    Format::Markdown,
];

pub fn run(shell: &Shell<'_>, what: &DiffArgs, out: &mut Out<'_>) -> Result<Status> {
    let format = shell.format("diff", FORMATS)?;
    let inputs = Input::all(&what.snapshots)?;
    if inputs.iter().any(|input| matches!(input, Input::Stdin)) {
        let hint = "a snapshot may have to be read twice: save it to a file first";
        return Err(
            Hinted::new("standard input cannot be a snapshot", Some(hint.to_owned())).into(),
        );
    }
    let mut reader = Reader::new(shell, &what.input, &inputs, false);
    let mut snapshots = Snapshots::default();
    for (number, input) in inputs.iter().enumerate() {
        let kept = if number + 1 == inputs.len() {
            Kept::Ids
        } else {
            Kept::Keys
        };
        // Whatever is missing of a snapshot would seem to have disappeared: no answer is better than that one.
        if !snapshots.read(&mut reader, input, kept)? || reader.has_failed() {
            reader.clear_progress();
            let told = "nothing was compared, because a snapshot could not be read to its end";
            shell.console.error(&Hinted::new(told, None).into());
            return Ok(reader.close());
        }
    }
    // The last snapshot does not have the ids of accounts that are gone from it: the one before does.
    let invalid = snapshots.invalid;
    let mut changes = std::mem::take(&mut snapshots.last);
    let gone: HashSet<AccountKey> = snapshots.comparison.disappeared().collect();
    if !gone.is_empty() {
        snapshots.gone = Some(gone);
        snapshots.read_again(&mut reader, &inputs[inputs.len() - 2])?;
        changes.append(&mut snapshots.last);
    }
    reader.clear_progress();
    let Snapshots {
        comparison,
        nameless,
        ..
    } = snapshots;
    let counts = comparison.counts();
    let mut changes = outcomes(&comparison, changes);
    changes.retain(|change| what.only.is_empty() || what.only.contains(&change.outcome.kind));
    changes.sort_by(|a, b| a.order().cmp(&b.order()));
    let summary = wire::ChangeSummary {
        snapshots: comparison.snapshots(),
        by_change: wire::ByChange::new(&counts),
        invalid,
    };
    write_answer(out, |out| match format {
        Format::Json => Ok(json_document(
            out,
            "changes",
            changes.iter().map(wire::Change::from),
            &summary,
        )?),
        Format::Jsonl => Ok(json_lines(out, changes.iter().map(wire::Change::from))?),
        Format::Csv => show::sheet(out, &changes),
        Format::Markdown => Ok(out.write_all(show::markdown(&changes, &counts).as_bytes())?),
        // The table; what is not among FORMATS was refused.
        _ => Ok(out.write_all(show::table(shell.caps, &changes, &counts).as_bytes())?),
    })?;
    remark(shell, &comparison, nameless, invalid, &counts);
    Ok(reader.close().max(gate(shell, &what.fail_on, &counts)))
}

/// What should be known of the comparison beside its changes.
fn remark(shell: &Shell<'_>, comparison: &Comparison, nameless: u64, invalid: u64, counts: &[u64]) {
    let note = |text: String| shell.console.note(&format!("note: {text}"));
    if comparison.snapshots() == 2 {
        note("two snapshots are too short a history to tell whether a 185 wants a passcode every time; give three".to_owned());
    }
    if comparison.duplicates > 0 {
        let count = Count(comparison.duplicates, "account");
        note(format!(
            "{count} stood more than once in a snapshot; the last one counts"
        ));
    }
    if nameless > 0 {
        note(format!(
            "{} without an id could not be compared",
            Count(nameless, "account")
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

/// An account whose ids were kept, because it may have changed.
type Named = (AccountKey, Change);

#[derive(Default)]
struct Snapshots {
    comparison: Comparison,
    /// Accounts without an id.
    nameless: u64,
    invalid: u64,
    last: Vec<Named>,
    /// The accounts whose ids are being looked for.
    gone: Option<HashSet<AccountKey>>,
}

impl Snapshots {
    /// Reads the next snapshot; whether another may be read.
    fn read(&mut self, reader: &mut Reader<'_, '_>, input: &Input, kept: Kept) -> Result<bool> {
        self.comparison.begin_snapshot();
        let mut accounts = 0;
        reader.read(
            input,
            |_: &Arc<str>| Gatherer::new(kept),
            |records, name, part| {
                self.nameless += part.nameless;
                self.invalid += part.invalid.len() as u64;
                accounts += part.accounts.len() as u64;
                for (place, &(key, code)) in part.accounts.iter().enumerate() {
                    self.comparison.add(key, code);
                    if kept == Kept::Ids && self.is_change(key) {
                        self.keep(key, &part.account(place));
                    }
                }
                for (at, problem) in part.invalid {
                    records.note(name, at, &problem)?;
                }
                Ok(accounts)
            },
        )
    }

    /// Reads a snapshot once more, for the ids of the accounts that are gone. What is wrong with it was said already.
    fn read_again(&mut self, reader: &mut Reader<'_, '_>, input: &Input) -> Result<()> {
        let mut accounts = 0;
        reader.read(
            input,
            |_: &Arc<str>| Gatherer::new(Kept::Ids),
            |_, _, part| {
                accounts += part.accounts.len() as u64;
                for (place, &(key, _)) in part.accounts.iter().enumerate() {
                    if self.gone.as_mut().is_some_and(|gone| gone.remove(&key)) {
                        self.keep(key, &part.account(place));
                    }
                }
                Ok(accounts)
            },
        )?;
        Ok(())
    }

    fn is_change(&self, key: AccountKey) -> bool {
        self.comparison
            .outcome(key)
            .is_some_and(|outcome| outcome.kind != ChangeKind::Unchanged)
    }

    fn keep(&mut self, key: AccountKey, account: &Account<'_>) {
        if let Some(outcome) = self.comparison.outcome(key) {
            self.last.push((key, Change::new(account, outcome)));
        }
    }
}

/// The changes with their final outcomes: of an account that was met twice, only the last meeting counts.
fn outcomes(comparison: &Comparison, named: Vec<Named>) -> Vec<Change> {
    let mut met = HashSet::new();
    let mut changes = Vec::with_capacity(named.len());
    for (key, change) in named.into_iter().rev() {
        let Some(outcome) = comparison.outcome(key) else {
            continue;
        };
        if met.insert(key) && outcome.kind != ChangeKind::Unchanged {
            changes.push(Change { outcome, ..change });
        }
    }
    changes
}
