//! The report of an answer for people: a headline and sections, independent of the format.
//!
//! Rows are built when they are drawn, so a table of a million rows takes no more memory than its
//! data.

mod cell;
mod chart;
mod series;
mod table;

use std::borrow::Cow;

use crate::catalog::Category;
pub use cell::Cell;
pub use chart::{Bar, Chart, Share, Tile};
pub use series::{Line, Point, Series};
pub use table::{Column, Kind, Table, TableBuilder};

/// An answer for people.
#[derive(Debug, Default)]
pub struct Report<'a> {
    /// The title of an HTML page.
    pub title: String,
    /// The whole answer in one sentence; empty if the sections need none.
    pub headline: String,
    /// The sections, in order.
    pub sections: Vec<Section<'a>>,
    /// The last sentence of an HTML page: the counts that show that nothing is missing.
    pub footnote: String,
}

/// The beginning of an HTML page: figures and charts. Other formats have the numbers in sentences
/// and tables.
#[derive(Debug, Default)]
pub struct Overview<'a> {
    /// The most important figures.
    pub tiles: Vec<Tile>,
    /// Charts, all on a common scale.
    pub charts: Vec<Section<'a>>,
    /// Whether the page is a reference, with one search box for everything about codes.
    pub is_reference: bool,
    /// Whether the answer is about codes, and has no data of customers.
    pub is_about_codes: bool,
}

/// The formats that show a section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Audience {
    /// Every format for people.
    #[default]
    Everyone,
    /// Markdown and HTML, whose readers do not see the messages of the program.
    Document,
    /// Only HTML, which has room for charts and explanations.
    Page,
}

/// A part of a report, under one heading.
#[derive(Debug, Default)]
pub struct Section<'a> {
    /// The id in an HTML page, for links.
    pub id: String,
    /// A code before the heading, in the color of its category.
    pub code: Option<(String, Category)>,
    /// The heading; empty if the content needs none.
    pub heading: Cow<'a, str>,
    /// A sentence about the whole section; may be empty.
    pub intro: Cow<'a, str>,
    /// The content.
    pub body: Body<'a>,
    /// The number of rows beyond the limit.
    pub more: u64,
    /// Other words by which the section can be found in an HTML page.
    pub search_terms: String,
    /// The formats that show the section.
    pub audience: Audience,
}

impl Section<'_> {
    /// Returns the number of rows, listed or not; 0 if the content is not a table.
    #[must_use]
    pub fn rows(&self) -> u64 {
        match &self.body {
            Body::Table(table) | Body::Checklist(table) => table.len() as u64 + self.more,
            Body::None | Body::Facts(_) | Body::Chart(_) | Body::Series(_) => self.more,
        }
    }

    /// Returns whether there is nothing to show below the heading: a table without rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.body {
            Body::Table(table) | Body::Checklist(table) => table.is_empty(),
            Body::None | Body::Facts(_) | Body::Chart(_) | Body::Series(_) => false,
        }
    }
}

/// The content of a section.
#[derive(Debug, Default)]
pub enum Body<'a> {
    /// Only the heading and the intro.
    #[default]
    None,
    /// Labels with text.
    Facts(Vec<Fact<'a>>),
    /// A table.
    Table(Table<'a>),
    /// A table whose rows can be checked off.
    Checklist(Table<'a>),
    /// Bars, which only HTML draws. Other formats have the numbers in a table.
    Chart(Chart<'a>),
    /// Counts over time, which HTML draws as a chart, and other formats as sparklines.
    Series(Series<'a>),
}

/// A label with text.
#[derive(Debug)]
pub struct Fact<'a> {
    /// The label.
    pub label: &'static str,
    /// The paragraphs of the text.
    pub text: Vec<Cow<'a, str>>,
    /// A web address where the text can be verified.
    pub url: Option<Cow<'a, str>>,
    /// The formats that show the address. It may be too long for a terminal.
    pub url_audience: Audience,
}

impl<'a> Fact<'a> {
    /// Returns a label with one paragraph.
    pub fn new(label: &'static str, text: impl Into<Cow<'a, str>>) -> Self {
        Self { label, text: vec![text.into()], url: None, url_audience: Audience::Everyone }
    }

    /// Adds the address where the text can be verified.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.url = Some(url.into());
        self
    }
}

/// Splits a limit of rows among tables of these lengths: short tables are shown completely, and the
/// longer ones share the rest.
#[must_use]
pub fn split_limit(lengths: &[usize], limit: usize) -> Vec<usize> {
    let mut shares = vec![0; lengths.len()];
    let mut left = limit;
    let mut open: Vec<usize> = (0..lengths.len()).collect();
    while left > 0 && !open.is_empty() {
        let each = (left / open.len()).max(1);
        for &index in &open {
            let rows = each.min(lengths[index] - shares[index]).min(left);
            shares[index] += rows;
            left -= rows;
        }
        open.retain(|&index| shares[index] < lengths[index]);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_split_fairly_and_used_up() {
        assert_eq!(split_limit(&[3, 100, 100], 25), [3, 11, 11]);
        assert_eq!(split_limit(&[1, 2], 25), [1, 2]);
        assert_eq!(split_limit(&[100], 25), [25]);
        assert_eq!(split_limit(&[9; 30], 25).iter().sum::<usize>(), 25);
        assert_eq!(split_limit(&[5, 5], usize::MAX), [5, 5]);
        assert_eq!(split_limit(&[], 25), [0; 0]);
        assert_eq!(split_limit(&[4], 0), [0]);
    }
}
