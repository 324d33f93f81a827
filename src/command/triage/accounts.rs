//! Writes the accounts one by one.

use std::io::{BufWriter, Write};

use anyhow::{Context as _, Result};

use super::super::batch::Reader;
use super::super::context::{BUFFER, CANNOT_WRITE, Out};
use super::Run;
use super::findings::{CollectFindings, ListOptions};
use super::page::PageCounts;
use crate::answer::Answer as _;
use crate::answer::triage::{AccountRow, ListedAccounts, Triage};
use crate::catalog::Category;
use crate::render::{AccountEncoder, Renderer, ReportFormat, write_metrics};

/// Writes the accounts while they are read, or a report of them.
pub fn run<'a>(run: &Run<'a>, out: &mut Out<'_>) -> Result<Reader<'a>> {
    let format = match run.renderer {
        Renderer::Records(format) => Some(*format),
        Renderer::Report(_) | Renderer::Sql | Renderer::Prometheus => None,
    };
    let options = ListOptions {
        categories: listed_categories(&run.args.only, format.is_some()),
        limit: run.context.limit(run.args.limit),
        encoder: format.map(|format| AccountEncoder::new(format, run.classifier)),
        is_page: matches!(run.renderer, Renderer::Report(ReportFormat::Html(_))),
    };
    let mut page = PageCounts::new();

    let mut out = BufWriter::with_capacity(BUFFER, out);
    let records = format.map(|format| format.begin::<Triage<'_>, AccountRow<'_>>(&mut out));
    let mut records = records.transpose().context(CANNOT_WRITE)?;
    let mut listed = options.empty_lists();
    let mut reader = run.read(
        format.is_some(),
        |input| CollectFindings::new(&options, format, input),
        |batch| {
            for (all, more) in listed.iter_mut().zip(batch.listed) {
                all.extend(more);
            }
            if let Some(batch) = batch.page {
                page.extend(batch);
            }
            if let Some(records) = &mut records {
                records.write(&mut out, &batch.encoded)?;
                if records.is_live() && !batch.encoded.is_empty() {
                    out.flush()?;
                }
            }
            Ok(())
        },
    )?;

    let invalid = std::mem::take(&mut reader.invalid.listed);
    let answer = Triage {
        tally: &reader.tally,
        classifier: run.classifier,
        scope: reader.scope(&run.args.selection),
        institutions: run.institutions,
        listed: listed.into_iter().map(ListedAccounts::into_sorted).collect(),
        shown: options.categories,
        limit: options.limit,
        invalid,
        page: options.is_page.then(|| page.finish(run.classifier)),
    };
    let written = match (run.renderer, records) {
        (Renderer::Report(format), _) => format.write(&mut out, &answer),
        (Renderer::Prometheus, _) => write_metrics(&mut out, &answer.metrics()).map(|()| 0),
        (_, Some(records)) => records.end(&mut out, &answer).map(|()| 0),
        // The command line has already rejected this.
        (Renderer::Records(_) | Renderer::Sql, None) => Ok(0),
    };
    let omitted = written.and_then(|omitted| out.flush().map(|()| omitted));
    run.context.note_omitted(run.renderer, omitted.context(CANNOT_WRITE)?, run.args.limit);
    Ok(reader)
}

/// Returns for each category whether its accounts are listed: the requested categories or, by
/// default, all of them in machine formats, and those that need attention in reports.
fn listed_categories(only: &[Category], is_record: bool) -> Vec<bool> {
    let is_listed = |category: &Category| match only {
        [] => is_record || category.is_failing(),
        only => only.contains(category),
    };
    Category::ALL.iter().map(is_listed).collect()
}
