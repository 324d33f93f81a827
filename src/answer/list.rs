//! The answer of `list`: entries of the catalog.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entry::{self, Sources};
use super::report::split_limit;
use super::{
    Answer, Audience, Bar, Body, Cell, Complete, Fact, Kind, Overview, Report, Section, Share,
    Table, Tile, charts,
};
use crate::catalog::{Catalog, Category, Entry, Source, Standing};
use crate::text::{Count, grouped, plural, sentence};

/// The answer of `list`.
#[derive(Debug)]
pub struct List<'c> {
    /// The entries, ascending by code.
    pub entries: Vec<&'c Entry>,
    /// The catalog that the entries come from.
    pub catalog: &'c Catalog,
    /// The number of entries that a report lists.
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
        let groups: Vec<(Category, Vec<&Entry>)> = Category::BY_URGENCY
            .into_iter()
            .map(|category| {
                let entries = self.entries.iter().filter(|entry| entry.category == category);
                (category, entries.copied().collect::<Vec<_>>())
            })
            .filter(|(_, entries)| !entries.is_empty())
            .collect();
        let lengths: Vec<usize> = groups.iter().map(|(_, entries)| entries.len()).collect();
        let shares = split_limit(&lengths, self.limit);
        let mut sections: Vec<Section<'_>> = self.disagreements().into_iter().collect();
        for ((category, entries), shown) in groups.into_iter().zip(shares) {
            let explained = entries.iter().take(shown).map(|entry| Section {
                audience: Audience::Page,
                ..entry::section(entry, self.catalog, Sources::Full)
            });
            let explained: Vec<_> = explained.collect();
            sections.push(table(category, entries, shown));
            sections.extend(explained);
        }
        sections.push(self.sources());
        Report {
            title: "Aggregation status codes".to_owned(),
            headline: Count(self.entries.len() as u64, "code").to_string(),
            sections,
            ..Report::default()
        }
    }

    fn overview(&self) -> Overview<'_> {
        let count = |matches: &dyn Fn(&Entry) -> bool| {
            self.entries.iter().filter(|entry| matches(entry)).count() as u64
        };
        let codes = self.entries.len() as u64;
        let disagreements = count(&is_superseded);
        let mut tiles = vec![Tile::new(codes, plural(codes, "code"), "")];
        tiles.extend(Standing::ALL.iter().map(|&standing| {
            let codes = count(&|entry| entry.standing == standing);
            Tile::new(codes, standing.as_str(), "").with_note(standing.description())
        }));
        let fix = count(&|entry| entry.connect_fix);
        tiles.push(Tile::new(fix, "repairable by Data Connect Fix", ""));
        if disagreements > 0 {
            let label = plural(disagreements, "meaning") + " replaced";
            tiles.push(
                Tile::new(disagreements, label, "disagreements")
                    .with_note("by the current document"),
            );
        }
        let bars = Category::BY_URGENCY.into_iter().map(|category| Bar {
            label: Cell::category(category).linked(Some(category.as_str().to_owned())),
            meaning: category.description().into(),
            share: Share::new(category, count(&|entry| entry.category == category), 0),
        });
        let bars = bars.filter(|bar| bar.share.part() > 0).collect();
        let charts = charts::on_one_scale(charts::section("Who must act", bars));
        Overview { tiles, charts, is_reference: true, is_about_codes: true }
    }
}

impl List<'_> {
    /// Returns the codes for which a newer document replaces an older one, for a page.
    fn disagreements(&self) -> Option<Section<'_>> {
        let entries: Vec<&Entry> =
            self.entries.iter().copied().filter(|entry| is_superseded(entry)).collect();
        let count = entries.len();
        let reading = |entry: &Entry, superseded: bool| {
            let reading = entry.readings.iter().find(|reading| reading.superseded == superseded);
            reading.map(|reading| reading.meaning.clone()).unwrap_or_default()
        };
        let table = Table::builder(entries)
            .column(Kind::Number, "Code", |entry| code_cell(entry))
            .column(Kind::Text, "Current document", move |entry| Cell::new(reading(entry, false)))
            .column(Kind::Text, "Older document", move |entry| Cell::new(reading(entry, true)));
        (count > 0).then(|| Section {
            id: "disagreements".to_owned(),
            heading: format!("Superseded meanings ({count})").into(),
            intro:
                "Both documents describe these codes. The current one takes precedence, and the \
                    older reading is marked superseded."
                    .into(),
            body: Body::Table(table.build()),
            audience: Audience::Page,
            ..Section::default()
        })
    }

    /// Returns the documents that the entries cite, for a page.
    fn sources(&self) -> Section<'_> {
        let is_cited = |source: &&Source| {
            let readings = self.entries.iter().flat_map(|entry| &entry.readings);
            readings.into_iter().any(|reading| reading.source == source.id)
        };
        let facts = self.catalog.sources().iter().filter(is_cited).map(|source| Fact {
            url: Some(source.url.as_str().into()),
            ..Fact::new(
                if source.third_party { "Third party" } else { "Publisher" },
                format!("{}, as of {}", source.title, source.copied),
            )
        });
        Section {
            id: "sources".to_owned(),
            heading: "Sources".into(),
            body: Body::Facts(facts.collect()),
            audience: Audience::Page,
            ..Section::default()
        }
    }
}

/// Returns whether a newer document replaces what an older one says.
fn is_superseded(entry: &Entry) -> bool {
    entry.readings.iter().any(|reading| reading.superseded)
}

fn code_cell<'a>(entry: &Entry) -> Cell<'a> {
    let cell = Cell::new(entry.code.to_string()).colored(entry.category);
    cell.linked(Some(entry::anchor(entry.code)))
}

fn table(category: Category, mut entries: Vec<&Entry>, shown: usize) -> Section<'_> {
    let count = entries.len();
    entries.truncate(shown);
    let table = Table::builder(entries)
        .column(Kind::Number, "Code", |entry| code_cell(entry))
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
