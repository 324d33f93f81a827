//! The `[[code]]` table, which describes one entry for each code that it names.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{RemedyTable, WebUrl};
use crate::account::Code;
use crate::catalog::error::{CatalogError, at, nearest};
use crate::catalog::{Action, Catalog, Category, Entry, Reading, Remedy, Standing};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeTable {
    pub(super) code: Spanned<toml::Value>,
    name: Option<String>,
    title: Option<String>,
    standing: Option<Standing>,
    category: Option<Category>,
    action: Option<Action>,
    connect_fix: Option<bool>,
    blocks_nightly_batch: Option<bool>,
    remediation_category: Option<String>,
    meaning: Option<String>,
    required_action: Option<String>,
    fallback: Option<RemedyTable>,
    customer_message: Option<String>,
    connect_messages: Option<Vec<String>>,
    wait_days: Option<u32>,
    notes: Option<Vec<String>>,
    readings: Option<Vec<Spanned<ReadingTable>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingTable {
    source: String,
    meaning: String,
    required_action: Option<String>,
    url: Option<WebUrl>,
    only: Option<Code>,
}

/// The surroundings of a table: its file, and the catalog that it extends.
pub(super) struct Context<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) text: &'a str,
    /// The byte range of the table's head, for errors.
    pub(super) span: Range<usize>,
    pub(super) origin: Option<&'a str>,
    /// Whether the table names several codes.
    pub(super) is_group: bool,
}

impl Context<'_> {
    fn error(&self, message: String) -> CatalogError {
        at(self.text, self.span.clone(), message)
    }
}

/// One code of a table, and the entry that the catalog already has for it, which fills the gaps.
struct Merge<'a> {
    context: &'a Context<'a>,
    code: Code,
    known: Option<&'a Entry>,
}

impl<'a> Merge<'a> {
    fn missing(&self, key: &str) -> CatalogError {
        let message = format!("code {} is new and needs the key `{key}`", self.code);
        self.context.error(message)
    }

    /// Returns a value that every entry needs.
    fn required<T: Copy>(
        &self,
        new: Option<T>,
        known: fn(&Entry) -> T,
        key: &str,
    ) -> Result<T, CatalogError> {
        new.or(self.known.map(known)).ok_or_else(|| self.missing(key))
    }

    /// Returns a string that every entry needs, and which must not be empty.
    fn string(
        &self,
        new: Option<&'a String>,
        known: fn(&Entry) -> &String,
        key: &str,
    ) -> Result<String, CatalogError> {
        let text = new.or_else(|| self.known.map(known)).ok_or_else(|| self.missing(key))?;
        if text.trim().is_empty() {
            let message = format!("`{key}` of code {} is empty", self.code);
            return Err(self.context.error(message));
        }
        Ok(text.clone())
    }

    /// Returns a value that an entry may lack.
    fn optional<T: Clone>(&self, new: Option<&T>, known: fn(&Entry) -> Option<T>) -> Option<T> {
        new.cloned().or_else(|| self.known.and_then(known))
    }

    fn list<T: Clone>(&self, new: Option<&Vec<T>>, known: fn(&Entry) -> &Vec<T>) -> Vec<T> {
        new.or_else(|| self.known.map(known)).cloned().unwrap_or_default()
    }
}

/// Builds the entry of one code of a table. Keys that the table lacks come from the entry that the
/// catalog already has for this code.
pub(super) fn entry(
    context: &Context<'_>,
    table: &CodeTable,
    code: Code,
) -> Result<Entry, CatalogError> {
    let merge = Merge { context, code, known: context.catalog.get(code) };
    let name = table
        .name
        .as_ref()
        .map(|name| if context.is_group { format!("{name}-{code}") } else { name.clone() });
    let readings = match &table.readings {
        Some(tables) => readings(context, tables, code)?,
        None => merge.list(None, |known| &known.readings),
    };
    let entry = Entry {
        code,
        name: merge.string(name.as_ref(), |known| &known.name, "name")?,
        title: merge.string(table.title.as_ref(), |known| &known.title, "title")?,
        standing: merge
            .optional(table.standing.as_ref(), |known| Some(known.standing))
            .unwrap_or(Standing::Reported),
        category: merge.required(table.category, |known| known.category, "category")?,
        action: merge.required(table.action, |known| known.action, "action")?,
        connect_fix: merge
            .optional(table.connect_fix.as_ref(), |known| Some(known.connect_fix))
            .unwrap_or(false),
        blocks_nightly_batch: merge
            .optional(table.blocks_nightly_batch.as_ref(), |known| known.blocks_nightly_batch),
        remediation_category: merge.optional(table.remediation_category.as_ref(), |known| {
            known.remediation_category.clone()
        }),
        meaning: merge.string(table.meaning.as_ref(), |known| &known.meaning, "meaning")?,
        required_action: merge.string(
            table.required_action.as_ref(),
            |known| &known.required_action,
            "required_action",
        )?,
        fallback: merge.optional(table.fallback.clone().map(Remedy::from).as_ref(), |known| {
            known.fallback.clone()
        }),
        customer_message: merge.string(
            table.customer_message.as_ref(),
            |known| &known.customer_message,
            "customer_message",
        )?,
        connect_messages: merge
            .list(table.connect_messages.as_ref(), |known| &known.connect_messages),
        wait_days: merge.optional(table.wait_days.as_ref(), |known| known.wait_days),
        notes: merge.list(table.notes.as_ref(), |known| &known.notes),
        readings,
        origin: context.origin.map(str::to_owned),
    };
    check(context, &entry)?;
    Ok(entry)
}

/// Returns an error if the entry contradicts itself.
fn check(context: &Context<'_>, entry: &Entry) -> Result<(), CatalogError> {
    let code = entry.code;
    let reason = match entry.category {
        Category::Stale | Category::Unknown => Some("a code alone does not decide that"),
        // A code can mean that the result is still to come. Then the only thing to do is wait.
        Category::Pending if entry.action != Action::Wait => {
            Some("only a code with the action wait can")
        }
        _ => None,
    };
    if let Some(reason) = reason {
        let message = format!("code {code} cannot be {}: {reason}", entry.category);
        return Err(context.error(message));
    }
    let needs_fallback = entry.connect_fix || entry.action == Action::ConnectFix;
    if needs_fallback && entry.fallback.is_none() {
        let message = format!(
            "code {code} uses Data Connect Fix and needs the key `fallback` for applications \
             without it"
        );
        return Err(context.error(message));
    }
    Ok(())
}

fn readings(
    context: &Context<'_>,
    tables: &[Spanned<ReadingTable>],
    code: Code,
) -> Result<Vec<Reading>, CatalogError> {
    let sources = context.catalog.sources();
    let mut found = Vec::new();
    for spanned in tables {
        let table = spanned.get_ref();
        let source = context.catalog.source(&table.source).ok_or_else(|| {
            let message = format!("no [[source]] has the id `{}`", table.source);
            let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
            CatalogError {
                hint: nearest(&table.source, &ids),
                ..at(context.text, spanned.span(), message)
            }
        })?;
        if table.only.is_none_or(|only| only == code) {
            found.push((source, table));
        }
    }
    found.sort_by_key(|(source, _)| source.rank);
    let superseded = |id: &String| found.iter().any(|(source, _)| source.supersedes.contains(id));
    Ok(found
        .iter()
        .map(|(source, table)| Reading {
            source: source.id.clone(),
            meaning: table.meaning.clone(),
            required_action: table
                .required_action
                .clone()
                .unwrap_or_else(|| Reading::NO_ACTION.to_owned()),
            superseded: superseded(&source.id),
            url: table.url.clone().map_or_else(|| source.url.clone(), |url| url.0),
        })
        .collect())
}
