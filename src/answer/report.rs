//! The report of an answer for people: a headline and sections, independent of the format.
//!
//! Rows are built when they are drawn, so a table of a million rows takes no more memory than its
//! data.

mod chart;
mod series;

use std::borrow::Cow;
use std::fmt;

use crate::catalog::{Action, Category};
use crate::text::sparkline;
pub use chart::{Bar, Chart, Share, Tile};
pub use series::{Line, Point, Series};

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

/// The kind of a column, which decides its alignment and wrapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sentences, wrapped to the width.
    Text,
    /// Ids, never wrapped, and truncated only if they are absurdly long.
    Id,
    /// Several ids, wrapped only between them.
    Ids,
    /// Several codes, wrapped only between them.
    Codes,
    /// Short words that are never wrapped.
    Word,
    /// Numbers, right-aligned and never wrapped.
    Number,
    /// Shares of a whole, drawn as bars if the format can.
    Share,
}

/// The header of a column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The heading.
    pub heading: &'static str,
    /// The kind.
    pub kind: Kind,
    /// Whether a terminal that is too narrow for one line per row may omit the column.
    pub is_optional: bool,
}

/// A cell. Its text may be untrusted, so every format escapes it.
#[derive(Debug, Clone, Default)]
pub struct Cell<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// A shorter text for a narrow terminal.
    pub brief: Option<Cow<'a, str>>,
    /// The name that machine formats use for the value.
    pub name: Option<&'static str>,
    /// The category that colors the cell.
    pub category: Option<Category>,
    /// A share of a whole, drawn as a bar.
    pub share: Option<Share>,
    /// Whether a terminal draws the bar with a different letter for each category.
    pub is_mix: bool,
    /// Counts over time, drawn as a sparkline. The text is the same sparkline in characters.
    pub line: Option<Vec<u64>>,
    /// The id of the section that explains the cell, for a link within an HTML page.
    pub target: Option<String>,
}

/// The maximum length of a sparkline, in characters.
const MAX_SPARKLINE: usize = 30;

impl<'a> Cell<'a> {
    /// Returns a cell with only text.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Returns a sparkline of counts over time.
    #[must_use]
    pub fn line(values: Vec<u64>) -> Self {
        Self {
            text: sparkline(&values, MAX_SPARKLINE).into(),
            line: Some(values),
            ..Self::default()
        }
    }

    /// Returns the cell of an id, or a dash if there is none.
    #[must_use]
    pub fn id(id: Option<&'a str>) -> Self {
        Self::new(id.unwrap_or("-"))
    }

    /// Returns the cell of a category, in its color.
    #[must_use]
    pub fn category(category: Category) -> Self {
        Self { name: Some(category.as_str()), ..Self::new(category.label()) }.colored(category)
    }

    /// Returns the cell of an action.
    #[must_use]
    pub fn action(action: Action) -> Self {
        Self { name: Some(action.as_str()), ..Self::new(action.label()) }
    }

    /// Returns a bar for a share of a whole, in the color of its largest category.
    #[must_use]
    pub fn share(share: Share) -> Self {
        let category = share.parts.iter().max_by_key(|part| part.1).map(|part| part.0);
        Self { share: Some(share), category, ..Self::default() }
    }

    /// Returns a bar for a share of several categories.
    #[must_use]
    pub fn mix(share: Share) -> Self {
        Self { is_mix: true, share: Some(share), ..Self::default() }
    }

    /// Adds a shorter text for a narrow terminal.
    #[must_use]
    pub fn with_brief(mut self, brief: impl Into<Cow<'a, str>>) -> Self {
        self.brief = Some(brief.into());
        self
    }

    /// Colors the cell by a category.
    #[must_use]
    pub const fn colored(mut self, category: Category) -> Self {
        self.category = Some(category);
        self
    }

    /// Links the cell to the section that explains it.
    #[must_use]
    pub fn linked(mut self, target: Option<String>) -> Self {
        self.target = target;
        self
    }
}

/// Builds the cell of one column from a row.
type CellFn<'a, R> = Box<dyn for<'r> Fn(&'r R) -> Cell<'r> + 'a>;

/// A table. Each column is defined in one place: its heading, its kind, and how its cells are
/// built.
pub struct Table<'a> {
    /// The headers, from left to right.
    pub columns: Vec<Column>,
    rows: Box<dyn Rows + 'a>,
}

impl<'a> Table<'a> {
    /// Begins a table of these rows.
    pub fn builder<R>(rows: impl Into<Cow<'a, [R]>>) -> TableBuilder<'a, R>
    where
        [R]: ToOwned<Owned = Vec<R>>,
    {
        TableBuilder { rows: rows.into(), columns: Vec::new(), cells: Vec::new() }
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the rows, each built on demand.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        (0..self.len()).map(|index| self.rows.row(index))
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("columns", &self.columns).field("rows", &self.len()).finish()
    }
}

/// Defines the columns of a table.
pub struct TableBuilder<'a, R>
where
    [R]: ToOwned<Owned = Vec<R>>,
{
    rows: Cow<'a, [R]>,
    columns: Vec<Column>,
    cells: Vec<CellFn<'a, R>>,
}

impl<'a, R: Clone + 'a> TableBuilder<'a, R> {
    /// Adds a column.
    #[must_use]
    pub fn column(
        mut self,
        kind: Kind,
        heading: &'static str,
        cell: impl for<'r> Fn(&'r R) -> Cell<'r> + 'a,
    ) -> Self {
        self.columns.push(Column { heading, kind, is_optional: false });
        self.cells.push(Box::new(cell));
        self
    }

    /// Makes the last column optional on a narrow terminal.
    #[must_use]
    pub fn optional(mut self) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.is_optional = true;
        }
        self
    }

    /// Returns the table.
    #[must_use]
    pub fn build(self) -> Table<'a> {
        let rows = Box::new(RowCells { rows: self.rows, cells: self.cells });
        Table { columns: self.columns, rows }
    }
}

/// Rows of any type.
trait Rows {
    fn len(&self) -> usize;
    fn row(&self, index: usize) -> Vec<Cell<'_>>;
}

struct RowCells<'a, R: Clone> {
    rows: Cow<'a, [R]>,
    cells: Vec<CellFn<'a, R>>,
}

impl<R: Clone> Rows for RowCells<'_, R> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, index: usize) -> Vec<Cell<'_>> {
        let row = &self.rows[index];
        self.cells.iter().map(|cell| cell(row)).collect()
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

    #[test]
    fn a_column_has_a_heading_and_a_cell_for_each_row() {
        let rows = [("a", 1), ("b", 2)];
        let table = Table::builder(&rows[..])
            .column(Kind::Word, "Name", |row| Cell::new(row.0))
            .column(Kind::Number, "Count", |row| Cell::new(row.1.to_string()))
            .build();
        let texts: Vec<Vec<_>> = table
            .rows()
            .map(|row| row.into_iter().map(|cell| cell.text.into_owned()).collect())
            .collect();
        assert_eq!(texts, [["a", "1"], ["b", "2"]]);
        assert_eq!(table.columns[1].heading, "Count");
    }
}
