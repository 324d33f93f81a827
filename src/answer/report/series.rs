//! Counts over time.

use std::borrow::Cow;

use super::{Cell, Kind, Table};
use crate::catalog::Category;
use crate::text::grouped;

/// Counts over time: several lines over the same points, which add up.
#[derive(Debug, Clone)]
pub struct Series<'a> {
    /// The label of the vertical axis.
    pub unit: &'static str,
    /// The label of the horizontal axis.
    pub axis: &'static str,
    /// The points, oldest first.
    pub points: Vec<Point<'a>>,
    /// The lines, the most important first.
    pub lines: Vec<Line<'a>>,
}

/// A point in time.
#[derive(Debug, Clone)]
pub struct Point<'a> {
    /// The label, which may be untrusted.
    pub label: Cow<'a, str>,
    /// The total of which the lines are parts.
    pub whole: u64,
}

/// A count at every point.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// The label, which may be untrusted.
    pub label: Cow<'a, str>,
    /// The category that colors it.
    pub category: Category,
    /// The counts, in the order of the points.
    pub values: Vec<u64>,
}

impl Series<'_> {
    /// Returns the lines as rows of a table, for formats that cannot draw.
    #[must_use]
    pub fn table(&self) -> Table<'_> {
        let number = |value: Option<&u64>| Cell::new(grouped(value.copied().unwrap_or_default()));
        Table::builder(&self.lines[..])
            .column(Kind::Word, "Category", |line| Cell::new(&*line.label).colored(line.category))
            .column(Kind::Number, "First", move |line| number(line.values.first()))
            .column(Kind::Word, "Trend", |line| Cell::line(line.values.clone()))
            .column(Kind::Number, "Last", move |line| number(line.values.last()))
            .column(Kind::Number, "Most", move |line| number(line.values.iter().max()))
            .build()
    }
}
