//! The `diff` command: compares snapshots.

use anyhow::Result;

use super::batch::{Collect, Reader};
use super::console::HintedError;
use super::context::{Context, Out};
use super::gate;
use super::institutions::institutions;
use super::selection::selection;
use super::sources::Source;
use super::status::Status;
use crate::account::Account;
use crate::answer::diff::Diff as Answer;
use crate::answer::triage::Location;
use crate::classify::{Classifier, Finding};
use crate::cli::{ChangeGate, DiffArgs};
use crate::diff::{Batch, ChangeKind, Changes, Comparison};
use crate::text::Count;

pub fn run(context: &Context<'_>, args: &DiffArgs, out: &mut Out<'_>) -> Result<Status> {
    let sources = Source::all(context.console, &args.input, &args.snapshots)?;
    if sources.len() < 2 {
        let hint = "put the older one first: statuscode diff yesterday.json today.json";
        return Err(
            HintedError::new("diff compares two or more snapshots", Some(hint.to_owned())).into()
        );
    }
    let renderer = context.renderer(sources.iter().map(Source::name).collect(), args.limit)?;
    let institutions = institutions(&args.names, &args.input, &sources)?;
    let selection = selection(context.catalog, &args.selection)?;
    let classifier = Classifier::new(context.catalog, true);
    let mut reader =
        Reader::new(context, &args.input, selection.as_ref(), &classifier, &sources, false);
    let mut comparison = Comparison::default();
    if let Some(selection) = &selection {
        comparison.select(selection.clone());
    }
    for source in &sources {
        comparison.begin_snapshot();
        let without_id = comparison.without_id();
        let collector = |_: &_| CollectAccounts::default();
        let read = reader.read_source(source, collector, |batch| {
            comparison.extend(&batch);
            Ok(())
        })?;
        // Accounts that could not be read would seem to have disappeared.
        if read.is_break() || !reader.is_complete() {
            reader.clear_progress();
            let message = "nothing was compared: a snapshot could not be read completely";
            context.console.error(&HintedError::new(message, None).into());
            return Ok(reader.close_failed());
        }
        if comparison.accounts() == 0 {
            let none = match (&selection, comparison.without_id() > without_id) {
                (Some(_), _) => "no selected accounts",
                (None, true) => "no accounts with an id",
                (None, false) => "no accounts",
            };
            let message = format!("note: {} has {none}", source.name());
            context.console.note(&message);
        }
    }
    reader.clear_progress();
    let (duplicates, without_id) = (comparison.duplicates(), comparison.without_id());
    let snapshots = comparison.snapshots();
    let changes = comparison.into_changes(|code| classifier.category(code));
    let answer = Answer {
        changes: &changes,
        institutions: &institutions,
        classifier: &classifier,
        only: &args.only,
        snapshots,
        scope: reader.scope(&args.selection),
        unselected: reader.tally.unselected,
        invalid: reader.tally.invalid,
        listed_invalid: std::mem::take(&mut reader.invalid.listed),
        limit: context.limit(args.limit),
    };
    context.answer(out, &renderer, &answer, args.limit)?;
    let note = |text: String| context.console.note(&format!("note: {text}"));
    if duplicates > 0 {
        let count = Count(duplicates, "repeated account");
        note(format!("{count}: the last of each counts"));
    }
    if without_id > 0 {
        let count = Count(without_id, "account");
        note(format!("{count} without an id cannot be compared"));
    }
    if reader.tally.invalid > 0 {
        note("accounts in invalid records are missing from their snapshots".to_owned());
    }
    let all = ChangeKind::ALL.into_iter().map(|kind| changes.count(kind)).sum();
    let gate =
        gate::check(context.console, &args.fail_on, all, |subject| count(subject, &changes, all));
    Ok(reader.close().max(gate))
}

/// Returns the number of accounts that a gate counts.
fn count(subject: ChangeGate, changes: &Changes, all: u64) -> u64 {
    match subject {
        ChangeGate::Kind(kind) => changes.count(kind),
        ChangeGate::Any => changes.iter().len() as u64,
        ChangeGate::Empty => u64::from(all == changes.count(ChangeKind::Disappeared)),
    }
}

/// Collects the accounts of a snapshot.
#[derive(Default)]
struct CollectAccounts(Batch);

impl Collect for CollectAccounts {
    type Output = Batch;
    const LAST_RECORD_DECIDES: bool = true;

    fn finding(&mut self, finding: &Finding<'_, '_>, _location: Location<'_>) {
        if !finding.is_request_error() {
            self.0.add(finding);
        }
    }

    fn excluded(&mut self, account: &Account<'_>) {
        self.0.add_excluded(account);
    }

    fn take(&mut self) -> Batch {
        std::mem::take(&mut self.0)
    }
}
