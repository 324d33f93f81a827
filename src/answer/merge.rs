//! The answer of `merge`: the sum of the counts of many runs.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::meaning::meanings;
use super::summary::{Summary, SummaryReport};
use super::{
    Answer, Body, Cell, Complete, Kind, Metric, Overview, Report, Scope, Section, Table, Text,
    Tile, charts, metrics,
};
use crate::classify::Classifier;
use crate::tally::Tally;
use crate::text::{Count, grouped, plural};

/// The counts of one summary.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shard<'a> {
    /// The summary file, as named on the command line.
    pub file: Text<'a>,
    /// The inputs of the run.
    pub inputs: Vec<Text<'a>>,
    /// Documents that were read, valid or not.
    pub documents: u64,
    /// Accounts, API errors, unselected accounts, and invalid records.
    pub records: u64,
    /// Customer Account records.
    pub accounts: u64,
    /// Error bodies: a code with a message, and no account.
    pub api_errors: u64,
    /// Accounts that the selection excludes.
    pub unselected: u64,
    /// Invalid records.
    pub invalid: u64,
}

/// The answer of `merge`.
#[derive(Debug)]
pub struct Merge<'a> {
    /// The sum of all counts.
    pub tally: &'a Tally,
    /// The classifier that the counts refer to.
    pub classifier: &'a Classifier<'a>,
    /// The part of the input that the counts cover.
    pub scope: Scope,
    /// The counts of each summary, in the order on the command line.
    pub shards: &'a [Shard<'static>],
    /// The number of shards that a report lists.
    pub limit: usize,
}

/// The members of the JSON document after `shards`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rest<'a> {
    /// The counts of all shards together.
    pub summary: Summary<'a>,
}

impl Answer for Merge<'_> {
    const RECORDS: &'static str = "shards";
    type Record<'a>
        = Cow<'a, Shard<'a>>
    where
        Self: 'a;
    type Rest<'a>
        = Rest<'a>
    where
        Self: 'a;

    fn rest(&self) -> Rest<'_> {
        Rest { summary: Summary::new(self.tally, self.classifier) }
    }

    fn report(&self) -> Report<'_> {
        let summary = SummaryReport::new(self.tally, self.classifier, &self.scope);
        let mut sections: Vec<Section<'_>> = summary.codes(self.limit).into_iter().collect();
        sections.push(self.shards());
        sections.extend(meanings(summary.verdicts()));
        let (headline, footnote) = (summary.headline(), summary.footnote());
        Report { title: headline.clone(), headline, sections, footnote }
    }

    fn metrics(&self) -> Vec<Metric<'_>> {
        metrics::counts(self.tally, self.classifier)
    }

    fn overview(&self) -> Overview<'_> {
        let summary = SummaryReport::new(self.tally, self.classifier, &self.scope);
        let mut tiles = summary.tiles();
        let shards = self.shards.len() as u64;
        tiles.push(Tile::new(shards, plural(shards, "shard"), "shards"));
        Overview { tiles, charts: charts::on_one_scale(summary.charts()), ..Overview::default() }
    }
}

impl Merge<'_> {
    /// Returns a table with one row for each shard, so that a missing or short one stands out.
    fn shards(&self) -> Section<'_> {
        let shown = self.shards.len().min(self.limit);
        let table = Table::builder(&self.shards[..shown])
            .column(Kind::Text, "Summary", |shard| Cell::new(&*shard.file))
            .column(Kind::Text, "Input", |shard| match shard.inputs.as_slice() {
                [] => Cell::new("-"),
                [one] => Cell::new(&**one),
                many => Cell::new(Count(many.len() as u64, "input").to_string()),
            })
            .column(Kind::Number, "Records", |shard| Cell::new(grouped(shard.records)))
            .column(Kind::Number, "Accounts", |shard| Cell::new(grouped(shard.accounts)))
            .column(Kind::Number, "Invalid", |shard| Cell::new(grouped(shard.invalid)));
        Section {
            id: "shards".to_owned(),
            heading: Count(self.shards.len() as u64, "shard").to_string().into(),
            body: Body::Table(table.build()),
            more: (self.shards.len() - shown) as u64,
            ..Section::default()
        }
    }
}

impl Complete for Merge<'_> {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        self.shards.iter().map(Cow::Borrowed)
    }
}
