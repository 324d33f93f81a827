//! Converts the selection options into a selection.

use anyhow::Result;

use super::console::HintedError;
use super::context::Context;
use crate::cli::{CodeQuery, SelectionArgs};
use crate::select::Selection;
use crate::suggest;

/// Returns the requested selection; `None` if it selects every account.
pub fn selection(context: &Context<'_>, args: &SelectionArgs) -> Result<Option<Selection>> {
    let mut selection = Selection {
        min_days: args.min_days,
        accounts: args.account.iter().collect(),
        customers: args.customer.iter().collect(),
        institutions: args.institution.iter().collect(),
        logins: args.login.iter().collect(),
        ..Selection::default()
    };
    for query in &args.code {
        match query {
            CodeQuery::Range(first, last) => selection.codes.add(*first, *last),
            CodeQuery::Pending => selection.codes.add_pending(),
            CodeQuery::Name(name) => {
                let entry =
                    context.catalog.find_by_name(name).ok_or_else(|| unknown(context, name))?;
                selection.codes.add(entry.code, entry.code);
            }
        }
    }
    Ok((!selection.selects_all()).then_some(selection))
}

fn unknown(context: &Context<'_>, name: &str) -> HintedError {
    let names = context.catalog.entries().iter().map(|entry| entry.name.as_str());
    let hint = match suggest::nearest(name, names) {
        Some(name) => format!("did you mean {name}?"),
        None => "statuscode list shows the names of all codes".to_owned(),
    };
    HintedError::new(format!("--code {name}: no code has this name"), Some(hint))
}
