//! The `trend` command: follows the counts over many snapshots.

mod notes;
mod recorded;

use anyhow::Result;

use super::batch::{Collect, Reader};
use super::console::HintedError;
use super::context::{Context, Out};
use super::institutions::institutions;
use super::selection::selection;
use super::sources::Source;
use super::status::Status;
use crate::account::Account;
use crate::answer::Complete;
use crate::answer::run_summary::fingerprint;
use crate::answer::summary::Summary;
use crate::answer::trend::{
    ByCode, ByCustomer, ByInstitution, ByLogin, SnapshotRecord, Trend as Answer, TrendBy,
};
use crate::answer::triage::Location;
use crate::classify::{Classifier, Finding};
use crate::cli::{GroupBy, TrendArgs};
use crate::render::Renderer;
use crate::select::Selection;
use crate::tally::Tally;
use crate::text::Count;
use crate::trend::{Batch, GroupBatch, Groups, History};
use notes::SnapshotNotes;
use recorded::{Opened, Recorded};

pub fn run(context: &Context<'_>, args: &TrendArgs, out: &mut Out<'_>) -> Result<Status> {
    let sources = Source::all(context.console, &args.input, &args.snapshots)?;
    let renderer = context.renderer(sources.iter().map(Source::name).collect(), args.limit)?;
    let names = institutions(&args.names, &args.input, &sources)?;
    let selection = selection(context.catalog, &args.selection)?;
    let selection = selection.as_ref();
    let classifier = Classifier::new(context.catalog, true);
    let mut reader = Reader::new(context, &args.input, selection, &classifier, &sources, false);
    let mut snapshots =
        Snapshots { groups: args.by.map(|_| Groups::new(true)), ..Snapshots::default() };
    let mut total = Tally::new(&classifier);
    for source in &sources {
        // A directory of summaries is one snapshot for each. Any other source is one snapshot.
        let (mut has_begun, mut has_summaries) = (false, false);
        for input in &source.inputs {
            let Some(stream) = reader.open(input) else {
                continue;
            };
            let stream = match recorded::recognize(&input.name(), stream)? {
                Opened::Accounts(stream) => stream,
                Opened::Summary(_) if selection.is_some() => {
                    return Err(recorded::refuse_selection(&input.name()));
                }
                Opened::Summary(_) if has_begun => {
                    return Err(recorded::refuse_mixture(&input.name()));
                }
                Opened::Summary(summary) => {
                    has_summaries = true;
                    snapshots.add_summary(context, input.name(), &summary);
                    continue;
                }
            };
            if has_summaries {
                return Err(recorded::refuse_mixture(&input.name()));
            }
            if !std::mem::replace(&mut has_begun, true) {
                snapshots.begin();
            }
            let collector = |_: &_| CollectAccounts::new(selection, args.by);
            let read = reader.read_opened(input, stream, collector, |batch| {
                snapshots.extend(&batch);
                Ok(())
            })?;
            if read.is_break() {
                break;
            }
        }
        // The other snapshots are read only to report every error.
        if !reader.is_complete() {
            if reader.is_stopped() {
                break;
            }
            continue;
        }
        if source.inputs.is_empty() {
            has_begun = true;
            snapshots.begin();
        }
        if has_begun {
            let tally = std::mem::replace(&mut reader.tally, Tally::new(&classifier));
            if tally.accounts() + tally.api_errors == 0 {
                let note = format!("{} has {}", source.name(), none_of(selection));
                snapshots.without_accounts.write(context.console, &note);
            }
            let counts = Summary::new(&tally, &classifier);
            snapshots.records.push(SnapshotRecord::new(source.name(), &counts, true));
            total.merge(&tally);
        }
    }
    reader.clear_progress();
    // Accounts that could not be read would seem to have disappeared.
    if !reader.is_complete() {
        let message = "no trend is shown: a snapshot could not be read completely";
        context.console.error(&HintedError::new(message, None).into());
        return Ok(reader.close_failed());
    }
    snapshots.check_selections()?;
    reader.tally = total;
    snapshots.write_notes(context, selection, reader.tally.invalid);
    if args.by.is_some() && !snapshots.has_accounts {
        context.console.note("note: --by needs snapshots of accounts: a summary has no groups");
    }
    let Snapshots { records, history, institutions, groups, has_accounts, .. } = snapshots;
    let history = history.finish();
    let trend = Answer {
        snapshots: &records,
        history: has_accounts.then_some(&history),
        scope: reader.scope(&args.selection),
        institutions: &institutions,
        names: &names,
        limit: context.limit(args.limit),
    };
    match groups.zip(args.by) {
        None => context.answer(out, &renderer, &trend, args.limit),
        Some((groups, by)) => {
            let write = Write { context, renderer: &renderer, limit: args.limit, out };
            write.groups(trend, &groups, by)
        }
    }?;
    Ok(if has_accounts { reader.close() } else { Status::Done })
}

/// Names what a snapshot lacks.
const fn none_of(selection: Option<&Selection>) -> &'static str {
    if selection.is_some() { "no selected accounts" } else { "no accounts" }
}

/// How to write the answer of `--by`.
struct Write<'w, 'o> {
    context: &'w Context<'w>,
    renderer: &'w Renderer,
    limit: Option<usize>,
    out: &'w mut Out<'o>,
}

impl Write<'_, '_> {
    fn groups(self, trend: Answer<'_>, groups: &Groups, by: GroupBy) -> Result<()> {
        match by {
            GroupBy::Institution => self.answer(&TrendBy::new(ByInstitution, trend, groups)),
            GroupBy::Customer => self.answer(&TrendBy::new(ByCustomer, trend, groups)),
            GroupBy::Login => self.answer(&TrendBy::new(ByLogin, trend, groups)),
            GroupBy::Code => self.answer(&TrendBy::new(ByCode, trend, groups)),
        }
    }

    fn answer(self, answer: &impl Complete) -> Result<()> {
        self.context.answer(self.out, self.renderer, answer, self.limit)
    }
}

/// The snapshots so far.
#[derive(Default)]
struct Snapshots {
    records: Vec<SnapshotRecord<'static>>,
    history: History,
    institutions: Groups,
    /// The groups of `--by`.
    groups: Option<Groups>,
    /// Whether any snapshot has accounts, and not only counts.
    has_accounts: bool,
    without_accounts: SnapshotNotes,
    with_other_catalog: SnapshotNotes,
    incomplete: SnapshotNotes,
    /// The fingerprint of this run's catalog, once a summary needs it.
    catalog: Option<String>,
    /// The name of each summary of one run, and the fingerprint of that run's selection.
    selections: Vec<(String, Option<String>)>,
}

impl Snapshots {
    fn begin(&mut self) {
        self.has_accounts = true;
        self.history.begin_snapshot();
        self.institutions.begin_snapshot();
        if let Some(groups) = &mut self.groups {
            groups.begin_snapshot();
        }
    }

    fn extend(&mut self, batch: &AccountBatch) {
        self.history.extend(&batch.accounts);
        self.institutions.extend(&batch.institutions);
        if let Some(groups) = &mut self.groups {
            groups.extend(&batch.groups);
        }
    }

    fn add_summary(&mut self, context: &Context<'_>, name: String, recorded: &Recorded) {
        self.history.skip_snapshot();
        self.institutions.skip_snapshot();
        if let Some(groups) = &mut self.groups {
            groups.skip_snapshot();
        }
        let current = self.catalog.get_or_insert_with(|| fingerprint(context.catalog));
        if recorded.catalog.as_ref().is_some_and(|catalog| catalog != current) {
            let note =
                format!("{name}: its run used a different catalog, so categories may differ");
            self.with_other_catalog.write(context.console, &note);
        }
        // The sum of several runs does not have a selection.
        if recorded.catalog.is_some() {
            self.selections.push((name.clone(), recorded.selection.clone()));
        }
        if !recorded.complete {
            let note = format!("{name} is incomplete: its run did not read all of its input");
            self.incomplete.write(context.console, &note);
        }
        self.records.push(SnapshotRecord::new(name, &recorded.summary, recorded.complete));
    }

    /// Returns an error if the summaries are about different selections, or about one while other
    /// snapshots have all accounts.
    fn check_selections(&self) -> Result<()> {
        let first = self.selections.first().and_then(|(_, selection)| selection.as_ref());
        let expected = first.filter(|_| !self.has_accounts);
        let mut others = self.selections.iter();
        match others.find(|(_, selection)| selection.as_ref() != expected) {
            Some((name, _)) => Err(recorded::refuse_other_selection(name)),
            None => Ok(()),
        }
    }

    fn write_notes(&self, context: &Context<'_>, selection: Option<&Selection>, invalid: u64) {
        let console = context.console;
        self.without_accounts.close(console, &format!("have {}", none_of(selection)));
        self.with_other_catalog.close(console, "are from runs with a different catalog");
        self.incomplete.close(console, "are incomplete");
        let note = |text: String| console.note(&format!("note: {text}"));
        let (duplicates, without_id) = (self.history.duplicates(), self.history.without_id());
        if duplicates > 0 {
            let count = Count(duplicates, "repeated account");
            note(format!("{count}: the last record in each snapshot counts"));
            if self.records.len() == 1 {
                let hint = "a directory is one snapshot; list its files to compare them";
                console.hint(hint);
            }
        }
        if without_id > 0 {
            note(format!("{} without an id cannot be tracked", Count(without_id, "account")));
        }
        if invalid > 0 && self.records.len() > 1 {
            note("accounts in invalid records are missing from their snapshots".to_owned());
        }
    }
}

/// Collects the accounts of a snapshot, and the counts of their groups.
struct CollectAccounts<'a> {
    selection: Option<&'a Selection>,
    by: Option<GroupBy>,
    batch: AccountBatch,
}

/// The accounts of one block.
#[derive(Default)]
struct AccountBatch {
    accounts: Batch,
    institutions: GroupBatch,
    groups: GroupBatch,
}

impl<'a> CollectAccounts<'a> {
    fn new(selection: Option<&'a Selection>, by: Option<GroupBy>) -> Self {
        Self { selection, by, batch: AccountBatch::default() }
    }
}

impl Collect for CollectAccounts<'_> {
    type Output = AccountBatch;
    const LAST_RECORD_DECIDES: bool = true;

    fn finding(&mut self, finding: &Finding<'_, '_>, _location: Location<'_>) {
        let account = finding.account;
        let is_selected = self.selection.is_none_or(|selection| selection.matches(account));
        if !finding.is_request_error() {
            self.batch.accounts.add(finding, self.selection);
        }
        if !is_selected {
            return;
        }
        let is_failing = finding.verdict.category.is_failing();
        self.batch.institutions.add([account.institution_id, None], is_failing);
        let code;
        let group = match self.by {
            None => return,
            Some(GroupBy::Institution) => [account.institution_id, None],
            Some(GroupBy::Customer) => [account.customer_id, None],
            Some(GroupBy::Login) => [account.customer_id, account.institution_login_id],
            Some(GroupBy::Code) => {
                code = account.aggregation_status_code.map(|code| code.to_string());
                [code.as_deref(), None]
            }
        };
        self.batch.groups.add(group, is_failing);
    }

    fn excluded(&mut self, account: &Account<'_>) {
        self.batch.accounts.add_excluded(account);
    }

    fn take(&mut self) -> AccountBatch {
        std::mem::take(&mut self.batch)
    }
}
