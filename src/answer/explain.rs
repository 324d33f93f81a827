//! The answer of `explain`: the entries of the requested codes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entry::{self, Sources};
use super::{Answer, Audience, Body, Cell, Complete, Kind, Overview, Report, Section, Table};
use crate::account::Code;
use crate::catalog::{Catalog, Entry, short_action};
use crate::text::Count;

/// If there are more entries than this, they become a table.
const MAX_DETAILED: usize = 5;

/// The answer of `explain`.
#[derive(Debug)]
pub struct Explain<'c> {
    /// The entries, in the order of the queries.
    pub entries: Vec<&'c Entry>,
    /// The requested codes that are in no source.
    pub unknown: Vec<Code>,
    /// The catalog that the entries come from.
    pub catalog: &'c Catalog,
    /// How much detail to show about sources.
    pub sources: Sources,
    /// The number of entries that a report shows.
    pub limit: usize,
}

/// The members of the JSON document after `codes`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rest {
    /// Requested codes that no source lists.
    pub unknown: Vec<Code>,
}

impl Answer for Explain<'_> {
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
        Rest { unknown: self.unknown.clone() }
    }

    fn overview(&self) -> Overview<'_> {
        Overview { is_about_codes: true, ..Overview::default() }
    }

    fn report(&self) -> Report<'_> {
        let section = |entry| entry::section(entry, self.catalog, self.sources);
        let count = Count(self.entries.len() as u64, "code").to_string();
        let mut report = match self.entries.as_slice() {
            [one] => Report {
                title: format!("{} {}", one.code, one.title),
                sections: vec![section(one)],
                ..Report::default()
            },
            few if few.len() <= MAX_DETAILED || self.sources == Sources::Full => Report {
                title: count,
                sections: few.iter().copied().take(self.limit).map(section).collect(),
                ..Report::default()
            },
            many => {
                let on_page = many
                    .iter()
                    .copied()
                    .take(self.limit)
                    .map(|entry| Section { audience: Audience::Page, ..section(entry) });
                Report {
                    title: count.clone(),
                    headline: count,
                    sections: std::iter::once(self.table(many)).chain(on_page).collect(),
                    ..Report::default()
                }
            }
        };
        report.sections.extend(self.unknown());
        report
    }
}

impl Explain<'_> {
    /// Returns the unknown codes for documents. At a terminal, a warning names them.
    fn unknown(&self) -> Option<Section<'_>> {
        let table = Table::builder(&*self.unknown)
            .column(Kind::Number, "Code", |code| Cell::new(code.to_string()))
            .column(Kind::Text, "Meaning", |_| Cell::new("No source lists this code."));
        (!self.unknown.is_empty()).then(|| Section {
            id: "unknown".to_owned(),
            heading: "Unknown codes".into(),
            body: Body::Table(table.build()),
            audience: Audience::Document,
            ..Section::default()
        })
    }

    fn table<'a>(&self, entries: &'a [&'a Entry]) -> Section<'a> {
        let shown = entries.len().min(self.limit);
        let table = Table::builder(&entries[..shown])
            .column(Kind::Number, "Code", |entry| {
                Cell::new(entry.code.to_string())
                    .colored(entry.category)
                    .linked(Some(entry::anchor(entry.code)))
            })
            .column(Kind::Word, "Category", |entry| Cell::category(entry.category))
            .optional()
            .column(Kind::Text, "Meaning", |entry| Cell::new(&*entry.title))
            .column(Kind::Text, "Required action", |entry| {
                Cell::new(short_action(&entry.required_action)).with_brief(entry.action.label())
            });
        Section {
            body: Body::Table(table.build()),
            more: (entries.len() - shown) as u64,
            ..Section::default()
        }
    }
}

impl Complete for Explain<'_> {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        self.entries.iter().map(|entry| entry::Entry::from(*entry))
    }
}
