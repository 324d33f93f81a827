//! The `triage` command: classifies every account.

mod accounts;
mod findings;
mod grouped;
mod latest;
mod page;
mod summary_file;

use std::io;
use std::sync::Arc;

use anyhow::Result;

use super::batch::{Collect, Reader};
use super::context::{Context, Out};
use super::gate;
use super::institutions::institutions;
use super::selection::selection;
use super::sources::{Input, Source};
use super::status::Status;
use crate::answer::run_summary::{RunSummary, fingerprint, selection_fingerprint};
use crate::answer::summary::Summary;
use crate::answer::{SCHEMA_VERSION, Text};
use crate::catalog::Category;
use crate::classify::Classifier;
use crate::cli::{FindingGate, TriageArgs};
use crate::institutions::Institutions;
use crate::render::Renderer;
use crate::select::Selection;
use crate::tally::Tally;

pub fn run(context: &Context<'_>, args: &TriageArgs, out: &mut Out<'_>) -> Result<Status> {
    let sources = Source::all(context.console, &args.input, &args.files)?;
    let renderer = context.renderer(sources.iter().map(Source::name).collect(), args.limit)?;
    if !args.latest {
        Source::note_repeated_files(context.console, &sources);
    }
    if let Some(path) = &args.summary_file {
        let others = [&args.input.files_from, &args.names.institutions].into_iter().flatten();
        let others: Vec<Input> = others.map(|path| Input::from_arg(path)).collect();
        let catalog = context.global.codes.as_deref();
        summary_file::check(path, &sources, others.iter().map(Input::path).chain(catalog))?;
    }
    let institutions = institutions(&args.names, &args.input, &sources)?;
    let selection = selection(context.catalog, &args.selection)?;
    let classifier = Classifier::new(context.catalog, !args.no_connect_fix);
    let run = Run {
        context,
        args,
        sources: &sources,
        renderer: &renderer,
        institutions: &institutions,
        selection: selection.as_ref(),
        classifier: &classifier,
    };
    let reader = match args.by {
        None => accounts::run(&run, out)?,
        Some(by) => grouped::run(&run, by, out)?,
    };
    let tally = &reader.tally;
    if let Some(path) = &args.summary_file {
        let summary = RunSummary {
            schema_version: SCHEMA_VERSION,
            catalog: fingerprint(context.catalog).into(),
            connect_fix: !args.no_connect_fix,
            complete: reader.is_complete(),
            selection: selection.as_ref().map(selection_fingerprint).map(Text::from),
            inputs: Source::inputs(&sources).map(|input| input.name().into()).collect(),
            summary: Summary::new(tally, &classifier),
        };
        summary_file::write(path, &summary)?;
    }
    let findings = tally.accounts() + tally.api_errors;
    let gate = gate::check(context.console, &args.fail_on, findings, |subject| {
        count(subject, tally, &classifier)
    });
    Ok(reader.close().max(gate))
}

/// The parameters of a run.
struct Run<'a> {
    context: &'a Context<'a>,
    args: &'a TriageArgs,
    sources: &'a [Source],
    renderer: &'a Renderer,
    institutions: &'a Institutions,
    selection: Option<&'a Selection>,
    classifier: &'a Classifier<'a>,
}

impl<'a> Run<'a> {
    /// Reads all sources; see [`Reader::read_all`] and [`latest::read_all`].
    fn read<C: Collect>(
        &self,
        streams: bool,
        collector: impl Fn(&Arc<str>) -> C + Sync,
        consume: impl FnMut(C::Output) -> io::Result<()> + Send,
    ) -> Result<Reader<'a>> {
        let Self { context, args, sources, selection, classifier, .. } = *self;
        let mut reader = Reader::new(context, &args.input, selection, classifier, sources, streams);
        if args.latest {
            latest::read_all(&mut reader, sources, selection, classifier, collector, consume)?;
        } else {
            reader.read_all(sources, collector, consume)?;
        }
        Ok(reader)
    }
}

/// Returns the number of accounts and API errors that a gate counts.
fn count(subject: FindingGate, tally: &Tally, classifier: &Classifier<'_>) -> u64 {
    let findings = tally.accounts() + tally.api_errors;
    match subject {
        FindingGate::Category(category) => tally.in_category(classifier, category),
        FindingGate::Any => findings - tally.in_category(classifier, Category::Ok),
        FindingGate::Empty => u64::from(tally.accounts() == 0),
    }
}
