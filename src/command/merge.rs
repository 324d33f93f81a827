//! `merge`: the summaries of many runs as one.

mod shards;

use std::collections::BTreeMap;

use anyhow::Result;

use super::context::{Context, Out, write};
use super::status::Status;
use crate::answer::merge::{Merge as Answer, Shard};
use crate::classify::Classifier;
use crate::cli::MergeArgs;
use shards::Shards;

pub fn run(context: &Context<'_>, args: &MergeArgs, out: &mut Out<'_>) -> Result<Status> {
    let names = args.summaries.iter().map(|path| path.display().to_string());
    let renderer = context.renderer(names.collect())?;
    let mut shards = Shards::new(context.catalog);
    for path in &args.summaries {
        shards.add(path)?;
    }
    let classifier = Classifier::new(context.catalog, shards.connect_fix());
    let tally = shards.tally(&classifier)?;
    warn_of_repeated_inputs(context, shards.ledgers());
    let answer = Answer {
        tally: &tally,
        classifier: &classifier,
        shards: shards.ledgers(),
        limit: context.limit(args.limit),
    };
    write(out, |out| renderer.write(out, &answer))?;
    Ok(Status::Done)
}

/// An input in two summaries was counted twice; standard input has no name by which that could be seen.
fn warn_of_repeated_inputs(context: &Context<'_>, shards: &[Shard<'_>]) {
    let mut seen = BTreeMap::<&str, u64>::new();
    for input in shards.iter().flat_map(|shard| &shard.inputs) {
        *seen.entry(input).or_default() += 1;
    }
    let repeated = seen
        .into_iter()
        .filter(|(input, times)| *input != "-" && *times > 1);
    for (input, times) in repeated {
        context.console.warning(&format!(
            "{input} is in {times} summaries and was counted {times} times"
        ));
    }
}
