//! Makes the usage errors of `clap` helpful, and safe to print.

use std::ffi::OsString;

use clap::CommandFactory;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::Cli;
use crate::catalog::Catalog;
use crate::query::{self, Query};
use crate::suggest;
use crate::terminal::{is_unsafe, sanitize};

/// Improves the tips of an error about these arguments, and escapes its control characters.
pub fn improve(mut error: Error, args: &[OsString]) -> Error {
    drop_useless_tips(&mut error, args);
    suggest_explain(&mut error);
    sanitize_context(&mut error);
    error
}

/// Drops tips that do not help: values that do not resemble the invalid one, options that the
/// command hides because they do not apply, and passing an unknown option as a file name.
fn drop_useless_tips(error: &mut Error, args: &[OsString]) {
    if let (Some(ContextValue::String(wrong)), Some(ContextValue::String(name))) =
        (error.get(ContextKind::InvalidValue), error.get(ContextKind::SuggestedValue))
        && !suggest::is_similar(wrong, name)
    {
        error.remove(ContextKind::SuggestedValue);
    }
    if let Some(ContextValue::String(option)) = error.get(ContextKind::SuggestedArg) {
        let program = Cli::command();
        let mut args = args.iter().skip(1).filter_map(|arg| arg.to_str());
        let command = args.find_map(|arg| program.find_subcommand(arg));
        let is_hidden = command.is_some_and(|command| {
            let long = option.trim_start_matches('-');
            let mut args = command.get_arguments();
            args.any(|arg| arg.is_hide_set() && arg.get_long() == Some(long))
        });
        if is_hidden {
            error.remove(ContextKind::SuggestedArg);
        }
    }
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(ContextValue::StyledStrs(mut tips)) = error.remove(ContextKind::Suggested)
    {
        tips.retain(|tip| !tip.to_string().starts_with("to pass "));
        if !tips.is_empty() {
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        }
    }
}

/// Suggests `explain` if an unknown command is in fact a code.
fn suggest_explain(error: &mut Error) {
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
        && is_query(word)
    {
        let quoted = if word.chars().any(|c| !(c.is_ascii_alphanumeric() || c == '-')) {
            format!("'{word}'")
        } else {
            word.clone()
        };
        let tip = StyledStr::from(format!("to explain a code: statuscode explain {quoted}"));
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
}

/// Returns whether `explain` accepts this argument, and it is easy to quote.
fn is_query(word: &str) -> bool {
    if word.contains('\'') || word.chars().any(is_unsafe) {
        return false;
    }
    match query::read(word) {
        Query::Code(_) | Query::Range(..) => true,
        Query::Stdin => false,
        Query::Text => {
            let entries = Catalog::built_in().entries().iter();
            !query::codes_in(word).is_empty() || entries.into_iter().any(|entry| entry.name == word)
        }
    }
}

/// Escapes control characters in everything that comes from the command line.
fn sanitize_context(error: &mut Error) {
    let clean = |text: &String| sanitize(text).into_owned();
    // Tips repeat arguments. They lose their styles, which are escape sequences too.
    let plain = |tip: &StyledStr| StyledStr::from(clean(&tip.to_string()));
    let context: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| {
            let value = match value {
                ContextValue::String(text) => ContextValue::String(clean(text)),
                ContextValue::Strings(texts) => {
                    ContextValue::Strings(texts.iter().map(clean).collect())
                }
                ContextValue::StyledStrs(tips) => {
                    ContextValue::StyledStrs(tips.iter().map(plain).collect())
                }
                _ => return None,
            };
            Some((kind, value))
        })
        .collect();
    for (kind, value) in context {
        error.insert(kind, value);
    }
}
