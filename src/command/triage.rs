//! `triage`: classify every account.

mod kept;
mod summary_file;

use std::io::{BufWriter, Write};

use anyhow::{Context as _, Result};

use super::batch::Reader;
use super::context::{BUFFER, CANNOT_WRITE, Context, Out};
use super::gate;
use super::institutions::institutions;
use super::selection::selection;
use super::sources::Input;
use super::status::Status;
use crate::answer::run_summary::{RunSummary, fingerprint};
use crate::answer::summary::Summary;
use crate::answer::triage::{AccountRow, Triage};
use crate::answer::{Answer as _, SCHEMA_VERSION};
use crate::catalog::Category;
use crate::classify::Classifier;
use crate::cli::{FindingGate, TriageArgs};
use crate::render::{AccountEncoder, Renderer, write_metrics};
use crate::tally::Tally;
use kept::{KeepFindings, Shown};

pub fn run(context: &Context<'_>, args: &TriageArgs, out: &mut Out<'_>) -> Result<Status> {
    let inputs = Input::all(&args.files)?;
    let names: Vec<String> = inputs.iter().map(Input::name).collect();
    let renderer = context.renderer(names.clone())?;
    if let Some(path) = &args.summary_file {
        let overlay = context.global.codes.as_deref();
        summary_file::check(path, inputs.iter().map(Input::path).chain(overlay))?;
    }
    let institutions = institutions(&args.names)?;
    let selection = selection(context, &args.selection)?;
    let classifier = Classifier::new(context.catalog, !args.no_connect_fix);
    let format = match renderer {
        Renderer::Records(format) => Some(format),
        Renderer::Report(_) | Renderer::Sql | Renderer::Prometheus => None,
    };
    let shown = Shown {
        categories: shown_categories(&args.only, format.is_some()),
        limit: context.limit(args.limit),
        encoder: format.map(|format| AccountEncoder::new(format, &classifier)),
    };

    let mut out = BufWriter::with_capacity(BUFFER, out);
    let begun = format.map(|format| format.begin::<Triage<'_>, AccountRow<'_>>(&mut out));
    let mut records = begun.transpose().context(CANNOT_WRITE)?;
    let mut listed = vec![Vec::new(); Category::ALL.len()];
    let mut reader = Reader::new(
        context,
        &args.input,
        selection.as_ref(),
        &classifier,
        &inputs,
        format.is_some(),
    );
    reader.read_all(
        &inputs,
        |input| KeepFindings::new(&shown, format, input),
        |kept| {
            for (all, more) in listed.iter_mut().zip(kept.listed) {
                let room = shown.limit.saturating_sub(all.len());
                all.extend(more.into_iter().take(room));
            }
            if let Some(records) = &mut records {
                records.write(&mut out, &kept.encoded)?;
                if records.is_live() && !kept.encoded.is_empty() {
                    out.flush()?;
                }
            }
            Ok(())
        },
    )?;

    let answer = Triage {
        tally: &reader.tally,
        classifier: &classifier,
        institutions: &institutions,
        listed,
        shown: shown.categories,
        limit: shown.limit,
        invalid: std::mem::take(&mut reader.invalid.listed),
    };
    let written = match (&renderer, records) {
        (Renderer::Report(format), _) => format.write(&mut out, &answer),
        (Renderer::Prometheus, _) => write_metrics(&mut out, &answer.metrics()),
        (_, Some(records)) => records.end(&mut out, &answer),
        // The command line has already refused this.
        (Renderer::Records(_) | Renderer::Sql, None) => Ok(()),
    };
    written.and_then(|()| out.flush()).context(CANNOT_WRITE)?;
    if let Some(path) = &args.summary_file {
        let summary = RunSummary {
            schema_version: SCHEMA_VERSION,
            catalog: fingerprint(context.catalog).into(),
            connect_fix: !args.no_connect_fix,
            complete: reader.is_complete(),
            inputs: names.into_iter().map(Into::into).collect(),
            summary: Summary::new(&reader.tally, &classifier),
        };
        summary_file::write(path, &summary)?;
    }
    let tally = &reader.tally;
    let gate = gate::check(
        context.console,
        &args.fail_on,
        tally.accounts() + tally.api_errors,
        |subject| tripping(subject, tally, &classifier),
    );
    Ok(reader.close().max(gate))
}

/// The accounts and API errors that a gate counts.
fn tripping(subject: FindingGate, tally: &Tally, classifier: &Classifier<'_>) -> u64 {
    let findings = tally.accounts() + tally.api_errors;
    match subject {
        FindingGate::Category(category) => tally.of_category(classifier, category),
        FindingGate::Any => findings - tally.of_category(classifier, Category::Ok),
        FindingGate::Empty => u64::from(findings == 0),
    }
}

/// By category, whether its accounts are listed: the requested ones or, by default, all in machine
/// formats and those that need attention in reports.
fn shown_categories(only: &[Category], is_record: bool) -> Vec<bool> {
    let needs_attention =
        |category| !matches!(category, Category::Ok | Category::Stale | Category::Pending);
    let is_shown = |category: &Category| match only {
        [] => is_record || needs_attention(*category),
        only => only.contains(category),
    };
    Category::ALL.iter().map(is_shown).collect()
}
