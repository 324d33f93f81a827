//! The file format of `codes.toml` and of overlays.

mod code;
mod code_list;

use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map};

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use self::code::CodeTable;
use super::error::{CatalogError, at, from_toml};
use super::{Action, Catalog, Category, Entry, HttpStatus, Remedy, Source, StateEntry, Synonym};
use crate::account::Code;
use crate::http_status;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<SourceTable>,
    #[serde(default)]
    state: Vec<StateTable>,
    #[serde(default)]
    http_status: Vec<HttpStatusTable>,
    #[serde(default)]
    synonym: Vec<SynonymTable>,
    #[serde(default)]
    code: Vec<Spanned<CodeTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceTable {
    id: String,
    title: String,
    url: WebUrl,
    rank: u32,
    copied: Datetime,
    #[serde(default)]
    third_party: bool,
    #[serde(default)]
    supersedes: Vec<String>,
}

/// The address of a page. Pages and Markdown link to it, so it must not be a script, and must not
/// have a character that ends or changes a link.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
struct WebUrl(String);

impl TryFrom<String> for WebUrl {
    type Error = &'static str;

    fn try_from(url: String) -> Result<Self, Self::Error> {
        let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        if !matches!(scheme.as_deref(), Some("http" | "https")) {
            return Err("a URL must begin with https:// or http://");
        }
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
        if !url.bytes().all(is_plain) {
            return Err("a URL must not contain spaces or other characters that need an escape");
        }
        Ok(Self(url))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StateTable {
    name: Spanned<Category>,
    category: Category,
    title: String,
    action: Action,
    meaning: String,
    required_action: String,
    customer_message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HttpStatusTable {
    status: Spanned<toml::Value>,
    meaning: String,
    remedy: Option<RemedyTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymTable {
    terms: Vec<String>,
    #[serde(default)]
    codes: Vec<Code>,
    #[serde(default)]
    actions: Vec<Action>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RemedyTable {
    action: Action,
    required_action: String,
    customer_message: String,
}

impl From<RemedyTable> for Remedy {
    fn from(table: RemedyTable) -> Self {
        Self {
            action: table.action,
            required_action: table.required_action,
            customer_message: table.customer_message,
        }
    }
}

/// Parses `text`, and adds it to `catalog`. `origin` is the file name of an overlay.
pub(super) fn read(
    text: &str,
    origin: Option<&str>,
    catalog: &mut Catalog,
) -> Result<(), CatalogError> {
    let file: File = toml::from_str(text).map_err(|error| from_toml(text, &error))?;
    put_sources(catalog, file.source);
    for state in file.state {
        put_state(catalog, text, state)?;
    }
    put_http_statuses(catalog, text, file.http_status)?;
    let synonyms = file.synonym.into_iter().map(|table| Synonym {
        terms: table.terms,
        codes: table.codes,
        actions: table.actions,
    });
    catalog.synonyms.extend(synonyms);
    let entries = entries(catalog, text, origin, file.code)?;
    put_entries(catalog, entries);
    Ok(())
}

fn put_sources(catalog: &mut Catalog, tables: Vec<SourceTable>) {
    let known = catalog.sources.iter().enumerate();
    let mut indices: HashMap<String, usize> =
        known.map(|(index, source)| (source.id.clone(), index)).collect();
    for table in tables {
        let source = Source {
            id: table.id,
            title: table.title,
            url: table.url.0,
            rank: table.rank,
            copied: table.copied.to_string(),
            third_party: table.third_party,
            supersedes: table.supersedes,
        };
        match indices.entry(source.id.clone()) {
            hash_map::Entry::Occupied(index) => catalog.sources[*index.get()] = source,
            hash_map::Entry::Vacant(index) => {
                index.insert(catalog.sources.len());
                catalog.sources.push(source);
            }
        }
    }
    catalog.sources.sort_by_key(|source| source.rank);
}

fn put_state(catalog: &mut Catalog, text: &str, state: StateTable) -> Result<(), CatalogError> {
    let category = state.category;
    let is_state = matches!(category, Category::Pending | Category::Stale | Category::Unknown);
    if !is_state || *state.name.get_ref() != category {
        let message = format!(
            "a [[state]] must be pending, stale, or unknown in both `name` and `category`, not \
             {category}"
        );
        return Err(at(text, state.name.span(), message));
    }
    catalog.states.retain(|known| known.category != category);
    catalog.states.push(StateEntry {
        category,
        title: state.title,
        action: state.action,
        meaning: state.meaning,
        required_action: state.required_action,
        customer_message: state.customer_message,
    });
    Ok(())
}

/// Adds HTTP statuses. Of several tables with the same status, the last one counts.
fn put_http_statuses(
    catalog: &mut Catalog,
    text: &str,
    tables: Vec<HttpStatusTable>,
) -> Result<(), CatalogError> {
    let known = std::mem::take(&mut catalog.http_statuses);
    let mut statuses: BTreeMap<Code, HttpStatus> =
        known.into_iter().map(|status| (status.code, status)).collect();
    for table in tables {
        let codes = code_list::codes(table.status.get_ref())
            .map_err(|message| at(text, table.status.span(), message))?;
        for code in codes {
            let status = HttpStatus {
                code,
                title: http_status::name(code)
                    .map_or_else(|| format!("HTTP status {code}"), str::to_owned),
                meaning: table.meaning.clone(),
                remedy: table.remedy.clone().map(Remedy::from),
            };
            statuses.insert(code, status);
        }
    }
    catalog.http_statuses = statuses.into_values().collect();
    Ok(())
}

/// Returns the entries that the tables describe, in the order of the file.
fn entries(
    catalog: &Catalog,
    text: &str,
    origin: Option<&str>,
    tables: Vec<Spanned<CodeTable>>,
) -> Result<Vec<Entry>, CatalogError> {
    let mut entries = Vec::new();
    let mut spans = Vec::new();
    let mut seen = BTreeSet::new();
    for spanned in tables {
        let start = spanned.span().start;
        let table = spanned.into_inner();
        let code_span = table.code.span();
        let codes = code_list::codes(table.code.get_ref())
            .map_err(|message| at(text, code_span.clone(), message))?;
        let context = code::Context {
            catalog,
            text,
            span: start..code_span.end.max(start),
            origin,
            is_group: codes.len() > 1,
        };
        for &code in &codes {
            if !seen.insert(code) {
                let message = format!("code {code} occurs twice in this file");
                return Err(at(text, code_span, message));
            }
            entries.push(code::entry(&context, &table, code)?);
            spans.push(code_span.clone());
        }
    }
    let kept = catalog.entries.iter().filter(|entry| !seen.contains(&entry.code));
    let mut names: HashMap<&str, Code> =
        kept.map(|entry| (entry.name.as_str(), entry.code)).collect();
    for (entry, span) in entries.iter().zip(spans) {
        if let Some(other) = names.insert(&entry.name, entry.code) {
            let (code, name) = (entry.code, &entry.name);
            let message = format!("code {code} cannot have the name `{name}` of code {other}");
            return Err(at(text, span, message));
        }
    }
    Ok(entries)
}

/// Replaces and adds entries in one pass. Inserting them one by one would take quadratic time for
/// an overlay with many codes.
fn put_entries(catalog: &mut Catalog, new: Vec<Entry>) {
    let known = std::mem::take(&mut catalog.entries);
    let merged: BTreeMap<Code, Entry> =
        known.into_iter().chain(new).map(|entry| (entry.code, entry)).collect();
    catalog.entries = merged.into_values().collect();
}
