//! `plan`: the repair work.

use anyhow::Result;

use super::batch::{Keep, Reader};
use super::context::{Context, Out, write};
use super::sources::Input;
use super::status::Status;
use crate::answer::plan::Plan as Answer;
use crate::answer::triage::Location;
use crate::classify::{Classifier, Finding};
use crate::cli::PlanArgs;
use crate::plan::Plan;

pub fn run(context: &Context<'_>, args: &PlanArgs, out: &mut Out<'_>) -> Result<Status> {
    let inputs = Input::all(&args.files)?;
    let renderer = context.renderer(inputs.iter().map(Input::name).collect())?;
    let classifier = Classifier::new(context.catalog, !args.no_connect_fix);
    let mut reader = Reader::new(context, &args.input, &classifier, &inputs, false);
    let mut plan = Plan::default();
    let keep = |_: &_| KeepFailing {
        escalate_after: args.escalate_after,
        plan: Plan::default(),
    };
    reader.read_all(&inputs, keep, |part| {
        plan.merge(part);
        Ok(())
    })?;
    let plan = plan.finished();
    let mut steps = plan.steps();
    let failing = steps.iter().map(|(_, _, step)| step.accounts).sum();
    steps.retain(|(action, ..)| args.only.is_empty() || args.only.contains(action));
    let answer = Answer {
        steps,
        failing,
        tally: &reader.tally,
        classifier: &classifier,
        partner_id: args.partner_id.as_deref(),
        limit: context.limit(args.limit),
    };
    write(out, |out| renderer.write(out, &answer))?;
    Ok(reader.close())
}

/// Keeps the failing accounts of a block, as a plan of their own.
struct KeepFailing {
    escalate_after: Option<u32>,
    plan: Plan,
}

impl Keep for KeepFailing {
    type Kept = Plan;

    fn finding(&mut self, finding: &Finding<'_, '_>, _location: Location<'_>) {
        self.plan.add(finding, self.escalate_after);
    }

    fn take(&mut self) -> Plan {
        std::mem::take(&mut self.plan)
    }
}
