//! An answer for people: a headline and sections, independent of the format.
//!
//! Rows are created when they are drawn, so a table of a million rows takes no more memory than its
//! data.

mod chart;
mod series;

use std::borrow::Cow;
use std::fmt;

use crate::catalog::{Action, Category};
use crate::text::sparkline;
pub use chart::{Bar, Chart, Share, Tile};
pub use series::{Line, Point, Series};

/// What people read.
#[derive(Debug, Default)]
pub struct Report<'a> {
    /// The title of a page.
    pub title: String,
    /// The whole answer in one sentence; empty if the sections say it all.
    pub headline: String,
    /// The sections, in the order of a page.
    pub sections: Vec<Section<'a>>,
    /// What a page says at its end: the counts that show that nothing is missing.
    pub footnote: String,
}

/// What a page shows first: figures and charts. The other formats have the numbers in sentences and
/// tables, so it is only made for a page.
#[derive(Debug, Default)]
pub struct Overview<'a> {
    /// The figures that matter most.
    pub tiles: Vec<Tile>,
    /// Charts, all on one scale.
    pub charts: Vec<Section<'a>>,
    /// Whether one search box finds everything that the page says about codes.
    pub is_reference: bool,
}

/// Where a section is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Audience {
    /// In every format for people.
    #[default]
    Everyone,
    /// In Markdown and pages, which are read where the messages of the program are not.
    Document,
    /// Only in pages, which have room for charts and explanations.
    Page,
}

/// A part of a report, under one heading.
#[derive(Debug, Default)]
pub struct Section<'a> {
    /// Its id in a page, for links.
    pub id: String,
    /// A code before the heading, in the color of its category.
    pub code: Option<(String, Category)>,
    /// The heading; empty if the content speaks for itself.
    pub heading: Cow<'a, str>,
    /// A sentence about the whole section.
    pub intro: Cow<'a, str>,
    /// The content.
    pub body: Body<'a>,
    /// Rows that the limit left out.
    pub more: u64,
    /// Where it is shown.
    pub audience: Audience,
}

/// The content of a section.
#[derive(Debug, Default)]
pub enum Body<'a> {
    /// Nothing but the heading and the sentence.
    #[default]
    None,
    /// Labels with texts.
    Facts(Vec<Fact<'a>>),
    /// Rows.
    Table(Table<'a>),
    /// Rows to check off.
    Checklist(Table<'a>),
    /// Bars, which a page draws. The other formats have the numbers in a table.
    Chart(Chart<'a>),
    /// Counts over time, which a page draws as a picture, and other formats as small lines.
    Series(Series<'a>),
}

/// A label with its text.
#[derive(Debug)]
pub struct Fact<'a> {
    /// What the text is about.
    pub label: &'static str,
    /// The text, by paragraphs.
    pub text: Vec<Cow<'a, str>>,
    /// A web address where the text can be checked.
    pub url: Option<Cow<'a, str>>,
    /// Where the address is shown. It is longer than a line of a terminal.
    pub url_audience: Audience,
}

impl<'a> Fact<'a> {
    /// A label with one paragraph.
    pub fn new(label: &'static str, text: impl Into<Cow<'a, str>>) -> Self {
        Self { label, text: vec![text.into()], url: None, url_audience: Audience::Everyone }
    }

    /// Adds the address where the text can be checked.
    #[must_use]
    pub fn at(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.url = Some(url.into());
        self
    }
}

/// How a column behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sentences, wrapped to the width.
    Text,
    /// Ids, never wrapped, and kept whole unless they are absurdly long.
    Id,
    /// Several ids, wrapped only between them.
    Ids,
    /// Several codes, wrapped only between them.
    Codes,
    /// Short words that are never wrapped.
    Word,
    /// Numbers, right-aligned and never wrapped.
    Number,
    /// Shares of a whole, drawn as bars if the format can draw.
    Share,
}

/// The header of a column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub heading: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// Whether a terminal that is too narrow for one line per row can do without it.
    pub is_optional: bool,
}

/// One cell. Its text may be untrusted, so every format escapes it.
#[derive(Debug, Clone, Default)]
pub struct Cell<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// A shorter text, for a terminal that is too narrow for the other.
    pub brief: Option<Cow<'a, str>>,
    /// The name that machine formats use for what the text says in plain words.
    pub name: Option<&'static str>,
    /// The category that colors it.
    pub category: Option<Category>,
    /// A share of a whole, as a bar.
    pub share: Option<Share>,
    /// Whether the bar tells the categories of the share apart by letters.
    pub is_mix: bool,
    /// Counts over time, as a small line. The text draws the same in characters.
    pub line: Option<Vec<u64>>,
    /// The id of the section that explains it, for a link within a page.
    pub target: Option<String>,
}

/// Columns of a small line that is drawn in characters.
const LINE: usize = 30;

impl<'a> Cell<'a> {
    /// A plain cell.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Counts over time.
    #[must_use]
    pub fn line(values: Vec<u64>) -> Self {
        Self { text: sparkline(&values, LINE).into(), line: Some(values), ..Self::default() }
    }

    /// An id, or a dash where there is none.
    #[must_use]
    pub fn id(id: Option<&'a str>) -> Self {
        Self::new(id.unwrap_or("-"))
    }

    /// A category in plain words, in its color.
    #[must_use]
    pub fn category(category: Category) -> Self {
        Self { name: Some(category.as_str()), ..Self::new(category.label()) }.colored(category)
    }

    /// An action in plain words.
    #[must_use]
    pub fn action(action: Action) -> Self {
        Self { name: Some(action.as_str()), ..Self::new(action.label()) }
    }

    /// A share of a whole.
    #[must_use]
    pub fn share(share: Share) -> Self {
        let category = share.parts.iter().max_by_key(|part| part.1).map(|part| part.0);
        Self { share: Some(share), category, ..Self::default() }
    }

    /// A share of several categories, which a terminal draws with a letter for each.
    #[must_use]
    pub fn mix(share: Share) -> Self {
        Self { is_mix: true, share: Some(share), ..Self::default() }
    }

    /// Adds a shorter text.
    #[must_use]
    pub fn or_brief(mut self, brief: impl Into<Cow<'a, str>>) -> Self {
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

/// Makes the cell of one column from a row.
type MakeCell<'a, R> = Box<dyn for<'r> Fn(&'r R) -> Cell<'r> + 'a>;

/// Rows under columns. Each column is defined once: its heading, its kind, and how its cells are
/// made.
pub struct Table<'a> {
    /// The headers, from left to right.
    pub columns: Vec<Column>,
    rows: Box<dyn Rows + 'a>,
}

impl<'a> Table<'a> {
    /// A table of these rows, without columns yet.
    pub fn of<R>(rows: impl Into<Cow<'a, [R]>>) -> TableBuilder<'a, R>
    where
        [R]: ToOwned<Owned = Vec<R>>,
    {
        TableBuilder { rows: rows.into(), columns: Vec::new(), cells: Vec::new() }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows, created one by one.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        (0..self.len()).map(|index| self.rows.row(index))
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("columns", &self.columns).field("rows", &self.len()).finish()
    }
}

/// A table whose columns are being defined.
pub struct TableBuilder<'a, R>
where
    [R]: ToOwned<Owned = Vec<R>>,
{
    rows: Cow<'a, [R]>,
    columns: Vec<Column>,
    cells: Vec<MakeCell<'a, R>>,
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

    /// Lets a narrow terminal leave out the last column.
    #[must_use]
    pub fn optional(mut self) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.is_optional = true;
        }
        self
    }

    /// The table.
    #[must_use]
    pub fn build(self) -> Table<'a> {
        Table { columns: self.columns, rows: Box::new(Made { rows: self.rows, cells: self.cells }) }
    }
}

/// Rows of any type.
trait Rows {
    fn len(&self) -> usize;
    fn row(&self, index: usize) -> Vec<Cell<'_>>;
}

struct Made<'a, R: Clone> {
    rows: Cow<'a, [R]>,
    cells: Vec<MakeCell<'a, R>>,
}

impl<R: Clone> Rows for Made<'_, R> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, index: usize) -> Vec<Cell<'_>> {
        let row = &self.rows[index];
        self.cells.iter().map(|cell| cell(row)).collect()
    }
}

/// Divides a limit of rows among tables of these lengths: short tables are shown whole, and the
/// longer ones share what is left.
#[must_use]
pub fn share_limit(lengths: &[usize], limit: usize) -> Vec<usize> {
    let mut shares = vec![0; lengths.len()];
    let mut left = limit;
    let mut open: Vec<usize> = (0..lengths.len()).collect();
    while left > 0 && !open.is_empty() {
        let each = (left / open.len()).max(1);
        for &index in &open {
            let given = each.min(lengths[index] - shares[index]).min(left);
            shares[index] += given;
            left -= given;
        }
        open.retain(|&index| shares[index] < lengths[index]);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_shared_fairly_and_used_up() {
        assert_eq!(share_limit(&[3, 100, 100], 25), [3, 11, 11]);
        assert_eq!(share_limit(&[1, 2], 25), [1, 2]);
        assert_eq!(share_limit(&[100], 25), [25]);
        assert_eq!(share_limit(&[9; 30], 25).iter().sum::<usize>(), 25);
        assert_eq!(share_limit(&[5, 5], usize::MAX), [5, 5]);
        assert_eq!(share_limit(&[], 25), [0; 0]);
        assert_eq!(share_limit(&[4], 0), [0]);
    }

    #[test]
    fn a_column_is_its_heading_and_its_cells() {
        let rows = [("a", 1), ("b", 2)];
        let table = Table::of(&rows[..])
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
