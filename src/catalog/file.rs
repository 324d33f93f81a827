//! The form of `codes.toml` and of overlays.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::error::{CatalogError, at, from_toml, nearest};
use super::{Action, Catalog, Category, Entry, Fallback, Reading, Source, Standing, StateEntry};
use crate::account::{Code, parse_range};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<SourceTable>,
    #[serde(default)]
    state: Vec<StateTable>,
    #[serde(default)]
    code: Vec<Spanned<CodeTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceTable {
    id: String,
    title: String,
    url: String,
    rank: u32,
    copied: Datetime,
    #[serde(default)]
    third_party: bool,
    #[serde(default)]
    supersedes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StateTable {
    name: Category,
    title: String,
    category: Category,
    action: Action,
    meaning: String,
    required_action: String,
    customer_message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeTable {
    code: Spanned<toml::Value>,
    name: Option<String>,
    title: Option<String>,
    standing: Option<Standing>,
    category: Option<Category>,
    action: Option<Action>,
    connect_fix: Option<bool>,
    remediation_category: Option<String>,
    meaning: Option<String>,
    required_action: Option<String>,
    fallback: Option<FallbackTable>,
    customer_message: Option<String>,
    wait_days: Option<u32>,
    notes: Option<Vec<String>>,
    readings: Option<Vec<Spanned<ReadingTable>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FallbackTable {
    action: Action,
    required_action: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingTable {
    source: String,
    meaning: String,
    required_action: String,
    url: Option<String>,
    only: Option<Code>,
}

/// Reads `text` into `catalog`.
pub(super) fn read(
    text: &str,
    origin: Option<&str>,
    catalog: &mut Catalog,
) -> Result<(), CatalogError> {
    let file: File = toml::from_str(text).map_err(|error| from_toml(text, &error))?;
    for source in file.source {
        put_source(catalog, source);
    }
    for state in file.state {
        put_state(catalog, text, state)?;
    }
    let mut seen = Vec::new();
    for spanned in file.code {
        let place = spanned.span();
        let table = spanned.into_inner();
        let place = place.start..table.code.span().end.max(place.start);
        let at_code = table.code.span();
        let codes =
            codes_of(table.code.get_ref()).map_err(|message| at(text, at_code.clone(), message))?;
        for &code in &codes {
            if seen.contains(&code) {
                return Err(at(
                    text,
                    at_code,
                    format!("code {code} stands here a second time"),
                ));
            }
            seen.push(code);
            let entry = entry(catalog, text, &table, &place, code, codes.len() > 1, origin)?;
            catalog.put(entry);
        }
    }
    Ok(())
}

fn put_source(catalog: &mut Catalog, source: SourceTable) {
    let source = Source {
        id: source.id,
        title: source.title,
        url: source.url,
        rank: source.rank,
        copied: source.copied.to_string(),
        third_party: source.third_party,
        supersedes: source.supersedes,
    };
    catalog.sources.retain(|known| known.id != source.id);
    catalog.sources.push(source);
    catalog.sources.sort_by_key(|source| source.rank);
}

fn put_state(catalog: &mut Catalog, text: &str, state: StateTable) -> Result<(), CatalogError> {
    if state.name != state.category || !is_state(state.category) {
        return Err(at(
            text,
            0..0,
            format!(
                "a [[state]] is pending, stale or unknown, not {}",
                state.name
            ),
        ));
    }
    catalog
        .states
        .retain(|known| known.category != state.category);
    catalog.states.push(StateEntry {
        category: state.category,
        title: state.title,
        action: state.action,
        meaning: state.meaning,
        required_action: state.required_action,
        customer_message: state.customer_message,
    });
    Ok(())
}

const fn is_state(category: Category) -> bool {
    matches!(
        category,
        Category::Pending | Category::Stale | Category::Unknown
    )
}

/// The entry of one code of a table; what the table leaves out is taken from the entry that the code has already.
fn entry(
    catalog: &Catalog,
    text: &str,
    table: &CodeTable,
    place: &Range<usize>,
    code: Code,
    is_group: bool,
    origin: Option<&str>,
) -> Result<Entry, CatalogError> {
    let known = catalog.get(code);
    let missing = |key: &str| {
        at(
            text,
            place.clone(),
            format!("code {code} is new and needs the key `{key}`"),
        )
    };
    let text_of = |own: &Option<String>, known: Option<&String>, key: &str| {
        let value = own
            .clone()
            .or_else(|| known.cloned())
            .ok_or_else(|| missing(key))?;
        if value.trim().is_empty() {
            Err(at(
                text,
                place.clone(),
                format!("`{key}` of code {code} is empty"),
            ))
        } else {
            Ok(value)
        }
    };
    let category = table
        .category
        .or(known.map(|known| known.category))
        .ok_or_else(|| missing("category"))?;
    if is_state(category) {
        return Err(at(
            text,
            place.clone(),
            format!("code {code} cannot be {category}: that is no code's own category"),
        ));
    }
    let own_name = table.name.as_ref().map(|name| {
        if is_group {
            format!("{name}-{code}")
        } else {
            name.clone()
        }
    });
    let readings = match &table.readings {
        None => known
            .map(|known| known.readings.clone())
            .unwrap_or_default(),
        Some(readings) => readings_of(catalog, text, readings, code)?,
    };
    let fallback = table.fallback.as_ref();
    Ok(Entry {
        code,
        name: text_of(&own_name, known.map(|known| &known.name), "name")?,
        title: text_of(&table.title, known.map(|known| &known.title), "title")?,
        standing: table
            .standing
            .or(known.map(|known| known.standing))
            .unwrap_or(Standing::Reported),
        category,
        action: table
            .action
            .or(known.map(|known| known.action))
            .ok_or_else(|| missing("action"))?,
        connect_fix: table
            .connect_fix
            .or(known.map(|known| known.connect_fix))
            .unwrap_or(false),
        remediation_category: table
            .remediation_category
            .clone()
            .or_else(|| known.and_then(|known| known.remediation_category.clone())),
        meaning: text_of(&table.meaning, known.map(|known| &known.meaning), "meaning")?,
        required_action: text_of(
            &table.required_action,
            known.map(|known| &known.required_action),
            "required_action",
        )?,
        fallback: fallback
            .map(|fallback| Fallback {
                action: fallback.action,
                required_action: fallback.required_action.clone(),
            })
            .or_else(|| known.and_then(|known| known.fallback.clone())),
        customer_message: text_of(
            &table.customer_message,
            known.map(|known| &known.customer_message),
            "customer_message",
        )?,
        wait_days: table.wait_days.or(known.and_then(|known| known.wait_days)),
        notes: table
            .notes
            .clone()
            .or_else(|| known.map(|known| known.notes.clone()))
            .unwrap_or_default(),
        readings,
        origin: origin.map(str::to_owned),
    })
}

fn readings_of(
    catalog: &Catalog,
    text: &str,
    tables: &[Spanned<ReadingTable>],
    code: Code,
) -> Result<Vec<Reading>, CatalogError> {
    let mut readings = Vec::new();
    for spanned in tables {
        let table = spanned.get_ref();
        let source = catalog.source(&table.source).ok_or_else(|| {
            let ids: Vec<&str> = catalog
                .sources
                .iter()
                .map(|source| source.id.as_str())
                .collect();
            let mut error = at(
                text,
                spanned.span(),
                format!("no [[source]] has the id `{}`", table.source),
            );
            error.hint = nearest(&table.source, &ids);
            error
        })?;
        if table.only.is_some_and(|only| only != code) {
            continue;
        }
        let rank = source.rank;
        let reading = Reading {
            source: table.source.clone(),
            meaning: table.meaning.clone(),
            required_action: table.required_action.clone(),
            superseded: false,
            url: table.url.clone().unwrap_or_else(|| source.url.clone()),
        };
        readings.push((rank, reading));
    }
    readings.sort_by_key(|(rank, _)| *rank);
    let replaced: Vec<&String> = readings
        .iter()
        .filter_map(|(_, reading)| catalog.source(&reading.source))
        .flat_map(|source| &source.supersedes)
        .collect();
    let superseded: Vec<bool> = readings
        .iter()
        .map(|(_, reading)| replaced.contains(&&reading.source))
        .collect();
    let marked = readings.into_iter().zip(superseded);
    Ok(marked
        .map(|((_, reading), superseded)| Reading {
            superseded,
            ..reading
        })
        .collect())
}

/// The codes that the value of `code` names.
fn codes_of(value: &toml::Value) -> Result<Vec<Code>, String> {
    let number = |value: &toml::Value| {
        let number = value
            .as_integer()
            .and_then(|number| Code::try_from(number).ok());
        number.ok_or_else(|| format!("{value} is no status code"))
    };
    match value {
        toml::Value::Array(values) if !values.is_empty() => values.iter().map(number).collect(),
        toml::Value::String(text) => {
            range_of(text).ok_or_else(|| format!("\"{text}\" is no range of codes"))
        }
        value => number(value).map(|code| vec![code]),
    }
}

/// The codes of a range such as `920-929`; `None` if the text is none, or is longer than sense.
fn range_of(text: &str) -> Option<Vec<Code>> {
    /// More codes than any document lists.
    const LONGEST: Code = 10_000;
    let (first, last) = parse_range(text)?;
    (last - first < LONGEST).then(|| (first..=last).collect())
}
