//! The `plan` command: plans the repair work.

use anyhow::Result;

use super::batch::{Collect, Reader};
use super::context::{Context, Out};
use super::institutions::institutions;
use super::selection::selection;
use super::sources::Source;
use super::status::Status;
use crate::account::Account;
use crate::answer::plan::Plan as Answer;
use crate::answer::triage::Location;
use crate::classify::{Classifier, Finding};
use crate::cli::PlanArgs;
use crate::plan::{Batch, Plan, RequestOptions};

pub fn run(context: &Context<'_>, args: &PlanArgs, out: &mut Out<'_>) -> Result<Status> {
    let sources = Source::all(context.console, &args.input, &args.files)?;
    let renderer = context.renderer(sources.iter().map(Source::name).collect(), args.limit)?;
    let institutions = institutions(&args.names, &args.input, &sources)?;
    let selection = selection(context.catalog, &args.selection)?;
    let classifier = Classifier::new(context.catalog, !args.no_connect_fix);
    let mut reader =
        Reader::new(context, &args.input, selection.as_ref(), &classifier, &sources, false);
    let mut plan = Plan::default();
    let collector = |_: &_| CollectStates::default();
    reader.read_all(&sources, collector, |batch| {
        plan.extend(&batch);
        Ok(())
    })?;
    let steps = plan.into_steps(&classifier, selection.as_ref(), args.escalate_after);
    let requests = RequestOptions {
        partner_id: args.partner_id.clone(),
        redirect_uri: args.redirect_uri.clone(),
        webhook: args.webhook.clone(),
        language: args.language,
        with_deletions: args.with_deletions,
    };
    let invalid = std::mem::take(&mut reader.invalid.listed);
    let answer = Answer {
        steps: &steps,
        only: &args.only,
        need_step: steps.accounts(),
        tally: &reader.tally,
        scope: reader.scope(&args.selection),
        requests: &requests,
        institutions: &institutions,
        limit: context.limit(args.limit),
        invalid,
    };
    context.answer(out, &renderer, &answer, args.limit)?;
    if args.partner_id.is_none() && answer.needs_partner_id() {
        context
            .console
            .note("note: requests for Data Connect Fix need --partner-id or STATUSCODE_PARTNER_ID");
    }
    Ok(reader.close())
}

/// Collects the states of accounts. Healthy ones matter too, because they end an earlier failure.
#[derive(Default)]
struct CollectStates(Batch);

impl Collect for CollectStates {
    type Output = Batch;
    const LAST_RECORD_DECIDES: bool = true;

    fn finding(&mut self, finding: &Finding<'_, '_>, _location: Location<'_>) {
        self.0.add(finding);
    }

    fn excluded(&mut self, account: &Account<'_>) {
        self.0.add_excluded(account);
    }

    fn take(&mut self) -> Batch {
        std::mem::take(&mut self.0)
    }
}
