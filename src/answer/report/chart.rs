//! Figures and charts, which only HTML draws. Other formats have the numbers in sentences and
//! tables.

use std::borrow::Cow;

use super::Cell;
use crate::catalog::Category;
use crate::text::{grouped, percent};

/// An important figure, in large type.
#[derive(Debug)]
pub struct Tile {
    /// The figure.
    pub value: String,
    /// A word or two about what it counts.
    pub label: String,
    /// A note; may be empty.
    pub note: String,
    /// The category that colors it.
    pub category: Option<Category>,
    /// The id of the section with the details.
    pub target: &'static str,
}

impl Tile {
    /// Returns a count, with the id of the section that has the details.
    #[must_use]
    pub fn new(count: u64, label: impl Into<String>, target: &'static str) -> Self {
        let (value, label) = (grouped(count), label.into());
        Self { value, label, note: String::new(), category: None, target }
    }

    /// Colors the figure.
    #[must_use]
    pub const fn colored(mut self, category: Category) -> Self {
        self.category = Some(category);
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Counts by category, as a share of a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// The counts, in the order of the bar.
    pub parts: Vec<(Category, u64)>,
    /// The count that fills the bar.
    pub whole: u64,
}

impl Share {
    /// Returns a share of one category.
    #[must_use]
    pub fn new(category: Category, part: u64, whole: u64) -> Self {
        Self { parts: vec![(category, part)], whole }
    }

    /// Returns the sum of the parts.
    #[must_use]
    pub fn part(&self) -> u64 {
        self.parts.iter().map(|part| part.1).sum()
    }
}

/// A bar chart.
#[derive(Debug)]
pub struct Chart<'a> {
    /// The bars.
    pub bars: Vec<Bar<'a>>,
}

/// One bar of a chart.
#[derive(Debug)]
pub struct Bar<'a> {
    /// The label.
    pub label: Cell<'a>,
    /// The meaning of the label; may be empty.
    pub meaning: Cow<'a, str>,
    /// The bar.
    pub share: Share,
}

impl Chart<'_> {
    /// Returns the count of each bar, and its percentage of the sum.
    pub fn figures(&self) -> impl Iterator<Item = String> {
        let counts: Vec<u64> = self.bars.iter().map(|bar| bar.share.part()).collect();
        let all = counts.iter().sum();
        counts.into_iter().map(move |count| format!("{} · {}", grouped(count), percent(count, all)))
    }
}
