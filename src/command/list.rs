//! The `list` command: lists the entries of the catalog.

use anyhow::Result;

use super::console::HintedError;
use super::context::{Context, Out};
use super::status::Status;
use crate::answer::list::List as Answer;
use crate::catalog::Entry;
use crate::cli::ListArgs;
use crate::suggest;
use crate::text::and_list;

pub fn run(context: &Context<'_>, args: &ListArgs, out: &mut Out<'_>) -> Result<Status> {
    let renderer = context.renderer(Vec::new(), args.limit)?;
    check_sources(context, args)?;
    let found = match &args.search {
        Some(text) => context.catalog.search(text),
        None => context.catalog.entries().iter().collect(),
    };
    let answer = Answer {
        entries: found.into_iter().filter(|entry| matches(entry, args)).collect(),
        catalog: context.catalog,
        limit: context.limit(args.limit),
    };
    context.answer(out, &renderer, &answer, args.limit)?;
    Ok(Status::Done)
}

fn check_sources(context: &Context<'_>, args: &ListArgs) -> Result<()> {
    for id in &args.source {
        if context.catalog.source(id).is_none() {
            let sources = context.catalog.sources().iter();
            let ids: Vec<&str> = sources.map(|source| source.id.as_str()).collect();
            let hint = match suggest::nearest(id, ids.iter().copied()) {
                Some(nearest) => format!("did you mean {nearest}?"),
                None => format!("the sources are {}", and_list(&ids)),
            };
            return Err(HintedError::new(format!("unknown source {id}"), Some(hint)).into());
        }
    }
    Ok(())
}

fn matches(entry: &Entry, args: &ListArgs) -> bool {
    let has_source = || entry.readings.iter().any(|reading| args.source.contains(&reading.source));
    let fallback = entry.fallback.as_ref();
    let has_action =
        |action| entry.action == action || fallback.is_some_and(|f| f.action == action);
    (args.category.is_empty() || args.category.contains(&entry.category))
        && (args.action.is_empty() || args.action.iter().any(|&action| has_action(action)))
        && (args.standing.is_empty() || args.standing.contains(&entry.standing))
        && (args.source.is_empty() || has_source())
        && (!args.connect_fix || entry.connect_fix)
}
