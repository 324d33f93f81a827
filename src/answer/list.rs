//! What `list` reports: entries of the catalog.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entry::{self, Sources};
use super::report::share_limit;
use super::summary::BY_URGENCY;
use super::{Answer, Audience, Body, Cell, Complete, Kind, Report, Section, Table};
use crate::catalog::{Catalog, Category, Entry};
use crate::text::{Count, grouped, sentence};

/// The answer of `list`.
#[derive(Debug)]
pub struct List<'c> {
    /// The entries, ascending by code.
    pub entries: Vec<&'c Entry>,
    /// The catalog that the entries come from.
    pub catalog: &'c Catalog,
    /// How many entries a report lists.
    pub limit: usize,
}

/// No other members.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rest {}

impl Answer for List<'_> {
    const RECORDS: &'static str = "codes";
    type Record<'a>
        = entry::Entry<'a>
    where
        Self: 'a;
    type Rest<'a>
        = Rest
    where
        Self: 'a;

    fn rest(&self) -> Rest {
        Rest {}
    }

    fn report(&self) -> Report<'_> {
        let groups: Vec<(Category, Vec<&Entry>)> = BY_URGENCY
            .into_iter()
            .map(|category| {
                let own = self.entries.iter().filter(|entry| entry.category == category);
                (category, own.copied().collect::<Vec<_>>())
            })
            .filter(|(_, entries)| !entries.is_empty())
            .collect();
        let lengths: Vec<usize> = groups.iter().map(|(_, entries)| entries.len()).collect();
        let shares = share_limit(&lengths, self.limit);
        let explained = self.entries.iter().take(self.limit).map(|entry| Section {
            audience: Audience::Page,
            ..entry::section(entry, self.catalog, Sources::Full)
        });
        let explained: Vec<_> = explained.collect();
        let tables = groups.into_iter().zip(shares);
        Report {
            title: "Aggregation status codes".to_owned(),
            headline: Count(self.entries.len() as u64, "code").to_string(),
            sections: tables
                .map(|((category, entries), shown)| table(category, entries, shown))
                .chain(explained)
                .collect(),
            ..Report::default()
        }
    }
}

fn table(category: Category, mut entries: Vec<&Entry>, shown: usize) -> Section<'_> {
    let count = entries.len();
    entries.truncate(shown);
    let table = Table::of(entries)
        .column(Kind::Number, "Code", |entry| {
            Cell::new(entry.code.to_string())
                .colored(entry.category)
                .linked(Some(entry::anchor(entry.code)))
        })
        .column(Kind::Text, "Title", |entry| Cell::new(&*entry.title))
        .column(Kind::Word, "Action", |entry| Cell::action(entry.action))
        .column(Kind::Word, "Fix", |entry| Cell::new(if entry.connect_fix { "yes" } else { "-" }))
        .column(Kind::Word, "Standing", |entry| Cell::new(entry.standing.as_str()))
        .optional();
    Section {
        id: category.as_str().to_owned(),
        heading: format!("{} ({})", category.label(), grouped(count as u64)).into(),
        intro: sentence(category.description()).into(),
        body: Body::Table(table.build()),
        more: (count - shown) as u64,
        ..Section::default()
    }
}

impl Complete for List<'_> {
    const SQL_TABLE: &'static str = "aggregation_status_codes";

    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        self.entries.iter().map(|entry| entry::Entry::from(*entry))
    }
}
