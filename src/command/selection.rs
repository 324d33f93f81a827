//! Converts the selection options into a selection.

use anyhow::Result;

use super::console::HintedError;
use crate::catalog::{Catalog, Category};
use crate::cli::{CodeQuery, SelectionArgs};
use crate::select::Selection;
use crate::suggest;
use crate::terminal::truncate_id;
use crate::text::{Count, grouped, or_list, plural};

/// Returns the requested selection; `None` if it selects every account.
///
/// # Errors
///
/// Returns an error, with a hint, if no code has the name that an option gives.
pub fn selection(catalog: &Catalog, args: &SelectionArgs) -> Result<Option<Selection>> {
    let mut selection = Selection {
        min_days: args.min_days.map(u64::from),
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
                let entry = catalog.find_by_name(name).ok_or_else(|| unknown(catalog, name))?;
                selection.codes.add(entry.code, entry.code);
            }
        }
    }
    Ok((!selection.selects_all()).then_some(selection))
}

/// The number of values of an option that a description names.
const MAX_NAMED: usize = 5;

/// Describes the selection in words, such as "code 185, customer 5001"; empty if it selects every
/// account.
pub fn description(args: &SelectionArgs) -> String {
    let codes: Vec<String> = args.code.iter().map(ToString::to_string).collect();
    let lists = [
        ("code", &codes),
        ("account", &args.account),
        ("customer", &args.customer),
        ("institution", &args.institution),
        ("login", &args.login),
    ];
    let mut phrases: Vec<String> = lists
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(noun, values)| format!("{} {}", plural_of(noun, values), named(values)))
        .collect();
    if let Some(days) = args.min_days {
        phrases.push(format!("without data for {} or more", Count(u64::from(days), "day")));
    }
    phrases.join(", ")
}

fn plural_of(noun: &str, values: &[String]) -> String {
    plural(values.len() as u64, noun)
}

/// Names the values of an option, each cut if it is absurdly long.
fn named(values: &[String]) -> String {
    let (shown, others) = values.split_at(values.len().min(MAX_NAMED));
    let named: Vec<String> = shown.iter().map(|id| truncate_id(id).into_owned()).collect();
    match others.len() {
        0 => or_list(&named),
        more => format!("{}, and {} more", named.join(", "), grouped(more as u64)),
    }
}

fn unknown(catalog: &Catalog, name: &str) -> HintedError {
    let entries = catalog.entries();
    let hint = match (catalog.find_by_term(name), category(name)) {
        (found, None) if !found.is_empty() => {
            let codes: Vec<String> = found.iter().map(|entry| entry.code.to_string()).collect();
            format!("{name} is a term for several codes: --code {}", codes.join(","))
        }
        (_, Some(Category::Pending)) => "--code pending selects accounts without a code".to_owned(),
        (_, Some(Category::Unknown)) => {
            "codes that no source lists have no name; triage --only unknown lists them".to_owned()
        }
        (_, Some(category)) => {
            format!("{name} is a category; statuscode list --category {category} lists its codes")
        }
        (_, None) => match suggest::nearest(name, entries.iter().map(|entry| &*entry.name)) {
            Some(name) => format!("did you mean {name}?"),
            None => "statuscode list shows the names of all codes".to_owned(),
        },
    };
    HintedError::new(format!("--code {name}: no code has this name"), Some(hint))
}

/// Returns the category that a name means: accounts without a code are pending.
fn category(name: &str) -> Option<Category> {
    const NO_CODE: [&str; 4] = ["none", "null", "no-code", "absent"];
    let mut all = Category::ALL.iter().copied();
    let category = all.find(|category| category.as_str().replace('_', "-") == name);
    category.or_else(|| NO_CODE.contains(&name).then_some(Category::Pending))
}
