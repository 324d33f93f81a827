//! Tables, whose rows are built when they are drawn.

use std::borrow::Cow;
use std::fmt;

use super::Cell;

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

#[cfg(test)]
mod tests {
    use super::*;

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
