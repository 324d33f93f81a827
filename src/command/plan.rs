//! `plan`: the repair work.

mod part;
mod words;

use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use anyhow::Result;

use super::inputs::Input;
use super::reading::Reader;
use super::status::Status;
use super::{Out, Shell, json_document, json_lines, write_answer};
use crate::catalog::{Action, short_action};
use crate::classify::Classifier;
use crate::cli::PlanArgs;
use crate::plan::Plan;
use crate::render::Format;
use crate::render::{Cell, Column, Grid, csv_row, markdown, wrapped_headline};
use crate::tally::Tally;
use crate::text::{Count, grouped};
use crate::wire;
use part::Gatherer;

const FORMATS: &[Format] = &[
    Format::Table,
    Format::Json,
    Format::Jsonl,
    Format::Csv,
    Format::Markdown,
];

pub fn run(shell: &Shell<'_>, what: &PlanArgs, out: &mut Out<'_>) -> Result<Status> {
    let format = shell.format("plan", FORMATS)?;
    let inputs = Input::all(&what.files)?;
    let classifier = Classifier::new(shell.catalog, !what.no_connect_fix);
    let mut reader = Reader::new(shell, &what.input, &inputs, false);
    let (mut plan, mut tally) = (Plan::default(), Tally::new(&classifier));
    for input in &inputs {
        let gatherer = |_: &Arc<str>| Gatherer::new(&classifier, what.escalate_after);
        let go_on = reader.read(input, gatherer, |records, name, part| {
            plan.merge(part.plan);
            tally.merge(&part.tally);
            for (at, problem) in part.invalid {
                records.note(name, at, &problem)?;
            }
            Ok(tally.accounts())
        })?;
        if !go_on {
            break;
        }
    }
    reader.clear_progress();
    let plan = plan.finished();
    let steps = steps(&plan, &classifier, what);
    let failing = plan.steps().iter().map(|(_, _, step)| step.accounts).sum();
    let summary = summary(&steps, &tally, failing);
    let has_body = |step: &wire::Step<'_>| {
        step.request
            .as_ref()
            .is_some_and(|request| request.body.is_some())
    };
    let needs_partner_id = steps.iter().any(has_body);
    write_answer(out, |out| match format {
        Format::Json => Ok(json_document(out, "steps", &steps, &summary)?),
        Format::Jsonl => Ok(json_lines(out, &steps)?),
        Format::Csv => sheet(out, &steps),
        Format::Markdown => Ok(out.write_all(check_list(&steps, &summary).as_bytes())?),
        // The table; what is not among FORMATS was refused.
        _ => Ok(out.write_all(table(shell, &steps, &summary).as_bytes())?),
    })?;
    if needs_partner_id && what.partner_id.is_none() {
        shell.console.note(
            "note: the requests have no partnerId; --partner-id or STATUSCODE_PARTNER_ID gives it",
        );
    }
    Ok(reader.close())
}

fn shows(what: &PlanArgs, action: Action) -> bool {
    what.only.is_empty() || what.only.contains(&action)
}

fn steps<'a>(
    plan: &'a Plan,
    classifier: &'a Classifier<'_>,
    what: &PlanArgs,
) -> Vec<wire::Step<'a>> {
    let steps = plan
        .steps()
        .into_iter()
        .filter(|(action, ..)| shows(what, *action));
    steps
        .map(|(action, subject, step)| {
            words::step(
                action,
                subject,
                step,
                classifier,
                what.partner_id.as_deref(),
            )
        })
        .collect()
}

fn summary(steps: &[wire::Step<'_>], tally: &Tally, failing: u64) -> wire::PlanSummary {
    let of = |action: Action| {
        let own = || steps.iter().filter(move |step| step.action == action);
        let accounts = own().map(|step| step.accounts).sum();
        wire::ByAction {
            action,
            steps: own().count() as u64,
            accounts,
        }
    };
    wire::PlanSummary {
        documents: tally.documents,
        records: tally.records(),
        accounts: tally.accounts(),
        invalid: tally.invalid,
        failing,
        steps: steps.len() as u64,
        by_action: Action::ALL
            .iter()
            .map(|&action| of(action))
            .filter(|row| row.steps > 0)
            .collect(),
    }
}

fn sheet(out: &mut dyn Write, steps: &[wire::Step<'_>]) -> Result<()> {
    const HEADER: [&str; 13] = [
        "action",
        "customerId",
        "institutionLoginId",
        "institutionId",
        "codes",
        "accountIds",
        "customerIds",
        "accounts",
        "lastAttempt",
        "instruction",
        "customerMessage",
        "method",
        "path",
    ];
    out.write_all(&csv_row(HEADER.map(Cow::Borrowed))?)?;
    for step in steps {
        let own =
            |text: &Option<Cow<'_, str>>| Cow::from(text.clone().unwrap_or_default().into_owned());
        let request = step.request.as_ref();
        let row = csv_row([
            Cow::from(step.action.as_str()),
            own(&step.customer_id),
            own(&step.institution_login_id),
            own(&step.institution_id),
            Cow::from(joined(&step.codes)),
            Cow::from(step.account_ids.join(" ")),
            Cow::from(step.customer_ids.join(" ")),
            Cow::from(step.accounts.to_string()),
            Cow::from(
                step.last_attempt
                    .map(|seconds| seconds.to_string())
                    .unwrap_or_default(),
            ),
            Cow::from(step.instruction.as_str()),
            Cow::from(step.customer_message.as_ref()),
            Cow::from(
                request
                    .map(|request| request.method.clone())
                    .unwrap_or_default(),
            ),
            Cow::from(
                request
                    .map(|request| request.path.clone())
                    .unwrap_or_default(),
            ),
        ])?;
        out.write_all(&row)?;
    }
    Ok(())
}

fn check_list(steps: &[wire::Step<'_>], summary: &wire::PlanSummary) -> String {
    let mut text = format!("# {}\n", markdown::escaped(&headline(summary)));
    for row in &summary.by_action {
        let count = Count(row.accounts, "account");
        text += &format!(
            "\n## {} ({count})\n\n",
            row.action.as_str().replace('_', " ")
        );
        for step in steps.iter().filter(|step| step.action == row.action) {
            let about = markdown::escaped(&words::about(step));
            text += &format!(
                "- [ ] **{about}**: {}\n",
                markdown::escaped(&step.instruction)
            );
        }
    }
    text
}

fn table(shell: &Shell<'_>, steps: &[wire::Step<'_>], summary: &wire::PlanSummary) -> String {
    let mut text = wrapped_headline(shell.caps, &headline(summary));
    if steps.is_empty() {
        return text;
    }
    let mut columns = vec![
        ("Action", Column::Word),
        ("Accounts", Column::Number),
        ("Codes", Column::Text),
    ];
    columns.extend(Grid::two_sentences(
        shell.caps,
        ["About", "What to do"],
        "About, and what to do",
    ));
    let mut grid = Grid::new(shell.caps, &columns);
    for step in steps {
        let mut cells = vec![
            Cell::new(step.action.as_str()).strong(),
            Cell::new(grouped(step.accounts)),
            Cell::new(joined(&step.codes)),
        ];
        cells.extend(Grid::sentences(
            shell.caps,
            &words::about(step),
            short_action(&step.instruction),
        ));
        grid.row(cells);
    }
    text.push('\n');
    text.push_str(&grid.text());
    text
}

fn headline(summary: &wire::PlanSummary) -> String {
    let accounts = grouped(summary.accounts);
    if summary.failing == 0 {
        return format!(
            "Nothing to repair in {}",
            Count(summary.accounts, "account")
        );
    }
    let cleared = summary.by_action.iter().map(|row| row.accounts).sum();
    let (steps, cleared) = (
        Count(summary.steps, "step"),
        Count(cleared, "failing account"),
    );
    format!("{steps} for {cleared} of {accounts}")
}

fn joined(codes: &[crate::account::Code]) -> String {
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    codes.join(" ")
}
