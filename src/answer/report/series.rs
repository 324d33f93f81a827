//! Counts over time.

use std::borrow::Cow;

use super::{Cell, Kind, Table};
use crate::catalog::Category;
use crate::text::grouped;

/// Counts over time: lines that add up, over the same points.
#[derive(Debug, Clone)]
pub struct Series<'a> {
    /// What is counted.
    pub unit: &'static str,
    /// What the points are.
    pub axis: &'static str,
    /// The points, oldest first.
    pub points: Vec<Point<'a>>,
    /// What is counted, the most important first.
    pub lines: Vec<Line<'a>>,
}

/// A point in time.
#[derive(Debug, Clone)]
pub struct Point<'a> {
    /// Its name. It may be untrusted.
    pub label: Cow<'a, str>,
    /// The total of which the lines are parts.
    pub whole: u64,
}

/// A count at every point.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// What is counted. It may be untrusted.
    pub label: Cow<'a, str>,
    /// The category that colors it.
    pub category: Category,
    /// The counts, in the order of the points.
    pub values: Vec<u64>,
}

impl Series<'_> {
    /// The lines as rows, for formats without pictures.
    #[must_use]
    pub fn table(&self) -> Table<'_> {
        let number = |value: Option<&u64>| Cell::new(grouped(value.copied().unwrap_or_default()));
        Table::of(&self.lines[..])
            .column(Kind::Word, "Category", |line| Cell::new(&*line.label).colored(line.category))
            .column(Kind::Number, "First", move |line| number(line.values.first()))
            .column(Kind::Word, "Trend", |line| Cell::line(line.values.clone()))
            .column(Kind::Number, "Last", move |line| number(line.values.last()))
            .column(Kind::Number, "Most", move |line| number(line.values.iter().max()))
            .build()
    }
}
