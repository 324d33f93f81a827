//! The `merge` command: adds the summaries of many runs.

pub mod shards;

use anyhow::Result;

use super::context::{Context, Out};
use super::sources::Source;
use super::status::Status;
use crate::answer::Scope;
use crate::answer::merge::Merge as Answer;
use crate::classify::Classifier;
use crate::cli::MergeArgs;
use shards::Shards;

pub fn run(context: &Context<'_>, args: &MergeArgs, out: &mut Out<'_>) -> Result<Status> {
    let sources: Vec<Source> =
        args.summaries.iter().map(|path| Source::from_arg(context.console, path)).collect();
    Source::refuse_repeated_streams(&sources)?;
    let renderer = context.renderer(sources.iter().map(Source::name).collect(), args.limit)?;
    let mut shards = Shards::new(context.catalog, args.allow_repeated);
    for input in Source::inputs(&sources) {
        shards.add(input)?;
    }
    let classifier = Classifier::new(context.catalog, shards.connect_fix());
    let tally = shards.tally(&classifier)?;
    let answer = Answer {
        tally: &tally,
        classifier: &classifier,
        scope: Scope::default(),
        shards: shards.counts(),
        limit: context.limit(args.limit),
    };
    context.answer(out, &renderer, &answer, args.limit)?;
    Ok(Status::Done)
}
