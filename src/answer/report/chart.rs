//! Figures and charts, which a page draws. The other formats have the numbers in sentences and
//! tables.

use std::borrow::Cow;

use super::Cell;
use crate::catalog::Category;
use crate::text::{grouped, percents};

/// A figure that matters, in large type.
#[derive(Debug)]
pub struct Tile {
    /// The figure.
    pub value: String,
    /// What it counts, in a word or two.
    pub label: String,
    /// What else to know about it; may be empty.
    pub note: String,
    /// The category that colors it.
    pub category: Option<Category>,
    /// The section with the details.
    pub target: &'static str,
}

impl Tile {
    /// A count of what is in a section.
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

    /// Adds what else to know.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Counts by category as a share of a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// The counts, in the order of the bar.
    pub parts: Vec<(Category, u64)>,
    /// The count that fills the bar.
    pub whole: u64,
}

impl Share {
    /// A share of one category.
    #[must_use]
    pub fn new(category: Category, part: u64, whole: u64) -> Self {
        Self { parts: vec![(category, part)], whole }
    }

    /// The sum of its parts.
    #[must_use]
    pub fn part(&self) -> u64 {
        self.parts.iter().map(|part| part.1).sum()
    }
}

/// Bars of one scale.
#[derive(Debug)]
pub struct Chart<'a> {
    /// The bars.
    pub bars: Vec<Bar<'a>>,
}

/// One bar of a chart.
#[derive(Debug)]
pub struct Bar<'a> {
    /// What is counted.
    pub label: Cell<'a>,
    /// What the label means, in words; may be empty.
    pub meaning: Cow<'a, str>,
    /// The bar.
    pub share: Share,
}

impl Chart<'_> {
    /// The count of each bar, and its percentage of all of them.
    pub fn figures(&self) -> impl Iterator<Item = String> {
        let counts: Vec<u64> = self.bars.iter().map(|bar| bar.share.part()).collect();
        let percents = percents(&counts);
        let text = |(count, percent): (u64, String)| format!("{} · {percent}", grouped(count));
        counts.into_iter().zip(percents).map(text)
    }
}
