//! `diff`: what changed between snapshots.

mod kept;

use std::collections::HashSet;
use std::ops::ControlFlow;

use anyhow::Result;

use super::batch::Reader;
use super::console::Hinted;
use super::context::{Context, Out, write};
use super::sources::Input;
use super::status::Status;
use crate::account::Account;
use crate::answer::diff::Diff as Answer;
use crate::classify::Classifier;
use crate::cli::{ChangeGate, DiffArgs};
use crate::diff::{AccountKey, Change, ChangeKind, Comparison};
use crate::text::Count;
use kept::{Depth, KeepAccounts};

pub fn run(context: &Context<'_>, args: &DiffArgs, out: &mut Out<'_>) -> Result<Status> {
    let inputs = Input::all(&args.snapshots)?;
    let renderer = context.renderer(inputs.iter().map(Input::name).collect())?;
    if inputs.iter().any(|input| matches!(input, Input::Stdin)) {
        let hint = "save it to a file first: a snapshot may have to be read twice";
        let error = Hinted::new("standard input cannot be a snapshot", Some(hint.to_owned()));
        return Err(error.into());
    }
    let classifier = Classifier::new(context.catalog, true);
    let mut reader = Reader::new(context, &args.input, &classifier, &inputs, false);
    let mut snapshots = Snapshots::default();
    for (number, input) in inputs.iter().enumerate() {
        let depth = if number + 1 == inputs.len() {
            Depth::Ids
        } else {
            Depth::Keys
        };
        // Whatever is missing of a snapshot would seem to have disappeared: no answer is better than that one.
        if snapshots.read(&mut reader, input, depth)?.is_break() || !reader.is_complete() {
            reader.clear_progress();
            let message = "nothing was compared, because a snapshot could not be read to its end";
            context.console.error(&Hinted::new(message, None).into());
            return Ok(reader.close());
        }
    }
    // The last snapshot does not have the ids of accounts that are gone from it: the one before does.
    let invalid = reader.tally.invalid;
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
        without_id,
        ..
    } = snapshots;
    let counts = comparison.counts();
    let mut changes = outcomes(&comparison, changes);
    changes.retain(|change| args.only.is_empty() || args.only.contains(&change.outcome.kind));
    changes.sort_by(|a, b| a.order().cmp(&b.order()));
    let answer = Answer {
        changes,
        counts,
        snapshots: comparison.snapshots(),
        invalid,
        limit: context.limit(args.limit),
    };
    write(out, |out| renderer.write(out, &answer))?;
    remark(context, &comparison, without_id, invalid, &counts);
    Ok(reader.close().max(gate(context, &args.fail_on, &counts)))
}

/// What should be known of the comparison beside its changes.
fn remark(
    context: &Context<'_>,
    comparison: &Comparison,
    without_id: u64,
    invalid: u64,
    counts: &[u64],
) {
    let note = |text: String| context.console.note(&format!("note: {text}"));
    if comparison.snapshots() == 2 {
        note("three or more snapshots are needed to detect one-time passcodes".to_owned());
    }
    if comparison.duplicates > 0 {
        let count = Count(comparison.duplicates, "repeated account");
        note(format!("{count}: the last of each counts"));
    }
    if without_id > 0 {
        note(format!(
            "{} without an id not compared",
            Count(without_id, "account")
        ));
    }
    if invalid > 0 && counts[ChangeKind::Disappeared as usize] > 0 {
        note("accounts in invalid records count as disappeared".to_owned());
    }
}

fn gate(
    context: &Context<'_>,
    gates: &[ChangeGate],
    counts: &[u64; ChangeKind::ALL.len()],
) -> Status {
    let mut status = Status::Done;
    for gate in gates {
        let (name, count) = match gate {
            ChangeGate::Kind(kind) => (kind.as_str(), counts[*kind as usize]),
            ChangeGate::Any => ("any", counts[..ChangeKind::Unchanged as usize].iter().sum()),
        };
        if count > 0 {
            status = Status::CheckFailed;
            let accounts = Count(count, "account");
            context
                .console
                .note(&format!("--fail-on {name}: {accounts}"));
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
    without_id: u64,
    last: Vec<Named>,
    /// The accounts whose ids are being looked for.
    gone: Option<HashSet<AccountKey>>,
}

impl Snapshots {
    /// Reads the next snapshot; `Break` if no other may be read.
    fn read(
        &mut self,
        reader: &mut Reader<'_>,
        input: &Input,
        depth: Depth,
    ) -> Result<ControlFlow<()>> {
        self.comparison.begin_snapshot();
        reader.read(
            input,
            |_| KeepAccounts::new(depth),
            |part| {
                self.without_id += part.without_id;
                for (index, &(key, code)) in part.codes.iter().enumerate() {
                    self.comparison.add(key, code);
                    if depth == Depth::Ids && self.is_change(key) {
                        self.keep(key, &part.account(index));
                    }
                }
                Ok(())
            },
        )
    }

    /// Reads a snapshot once more, for the ids of the accounts that are gone.
    fn read_again(&mut self, reader: &mut Reader<'_>, input: &Input) -> Result<()> {
        let _ = reader.read(
            input,
            |_| KeepAccounts::new(Depth::Ids),
            |part| {
                for (index, &(key, _)) in part.codes.iter().enumerate() {
                    if self.gone.as_mut().is_some_and(|gone| gone.remove(&key)) {
                        self.keep(key, &part.account(index));
                    }
                }
                Ok(())
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
