//! Tables for people, over comfy-table: one place that knows its presets, its colours and its widths.

use comfy_table::{
    Attribute, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle,
    Width,
};

use crate::catalog::Category;
use crate::terminal::TerminalCaps;
use crate::terminal::style;
use crate::terminal::{sanitize, truncate_id};

/// Letters of an id that stay together however small the width.
const ID_TOGETHER: usize = 14;
/// Blanks between two columns, of which comfy-table draws one itself where there is a header.
const GAP: usize = 2;

/// How a column behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Texts, wrapped where the width is not enough.
    Text,
    /// Ids, which are wrapped only if they are unusually long, and cut if they are absurdly so.
    Id,
    /// Short texts that are never wrapped.
    Word,
    /// Numbers, at the right and never wrapped.
    Number,
}

/// One cell. Its text may be untrusted: it is made visible before it is printed.
#[derive(Debug, Clone)]
pub struct Cell {
    lines: Vec<String>,
    category: Option<Category>,
    strong: bool,
}

impl Cell {
    /// A plain cell.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            lines: vec![text.into()],
            category: None,
            strong: false,
        }
    }

    /// A cell of two lines.
    #[must_use]
    pub fn two_lines(first: impl Into<String>, second: impl Into<String>) -> Self {
        Self {
            // Only this line break is the program's own; any in the texts is made visible.
            lines: vec![first.into(), second.into()],
            ..Self::new("")
        }
    }

    /// In the colour of a category.
    #[must_use]
    pub const fn of(mut self, category: Category) -> Self {
        self.category = Some(category);
        self
    }

    /// Bold.
    #[must_use]
    pub const fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    /// Cells as the lines of one.
    fn stacked(cells: &[Self]) -> Option<Self> {
        let (first, others) = cells.split_first()?;
        let mut cell = first.clone();
        cell.lines
            .extend(others.iter().flat_map(|other| other.lines.clone()));
        Some(cell)
    }

    fn laid(&self, column: Column) -> comfy_table::Cell {
        let lines = self.lines.iter().map(|line| match column {
            Column::Id => truncate_id(line),
            _ => sanitize(line),
        });
        let lines: Vec<_> = lines.collect();
        let mut laid = comfy_table::Cell::new(lines.join("\n"));
        if let Some(category) = self.category {
            laid = laid.fg(color(category));
        }
        if self.strong {
            laid = laid.add_attribute(Attribute::Bold);
        }
        laid
    }
}

/// A headline, wrapped to the width.
#[must_use]
pub fn wrapped_headline(caps: TerminalCaps, text: &str) -> String {
    let mut grid = Grid::bare(caps, &[Column::Text]);
    grid.row([Cell::new(text).strong()]);
    grid.text()
}

/// A table that is being filled.
#[derive(Debug)]
pub struct Grid {
    caps: TerminalCaps,
    header: Option<Vec<Cell>>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// A table with a header.
    #[must_use]
    pub fn new(caps: TerminalCaps, columns: &[(&str, Column)]) -> Self {
        let header = columns
            .iter()
            .map(|(name, _)| Cell::new(*name).strong())
            .collect();
        Self {
            header: Some(header),
            ..Self::bare(
                caps,
                &columns
                    .iter()
                    .map(|(_, column)| *column)
                    .collect::<Vec<_>>(),
            )
        }
    }

    /// Columns without a header.
    #[must_use]
    pub fn bare(caps: TerminalCaps, columns: &[Column]) -> Self {
        Self {
            caps,
            header: None,
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Two columns of sentences, or one if the width is too small for two.
    #[must_use]
    pub fn two_sentences(
        caps: TerminalCaps,
        names: [&'static str; 2],
        one: &'static str,
    ) -> Vec<(&'static str, Column)> {
        if caps.is_narrow() {
            vec![(one, Column::Text)]
        } else {
            names.map(|name| (name, Column::Text)).to_vec()
        }
    }

    /// The cells for [`Grid::two_sentences`].
    #[must_use]
    pub fn sentences(caps: TerminalCaps, first: &str, second: &str) -> Vec<Cell> {
        if caps.is_narrow() {
            vec![Cell::two_lines(first, second)]
        } else {
            vec![Cell::new(first), Cell::new(second)]
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The lines, each ended, without blanks at their ends.
    #[must_use]
    pub fn text(&self) -> String {
        if self.fits() {
            self.drawn()
        } else {
            self.with_ids_in_pairs().drawn()
        }
    }

    /// Whether no word has to be broken.
    fn fits(&self) -> bool {
        let columns = self.columns.iter().enumerate();
        let least = columns.map(|(place, column)| match column {
            Column::Text => GAP,
            Column::Id => self.longest(place).min(ID_TOGETHER) + GAP,
            Column::Word | Column::Number => self.longest(place) + GAP,
        });
        let least = least.sum::<usize>().saturating_sub(GAP);
        self.caps
            .width
            .is_none_or(|width| least <= usize::from(width))
    }

    /// The same grid, but one id stands under the other.
    fn with_ids_in_pairs(&self) -> Self {
        let both_ids = |pair: &[Column]| pair == [Column::Id, Column::Id];
        let mut pairs = Vec::new();
        let mut place = 0;
        while place < self.columns.len() {
            let is_pair = self.columns.get(place..place + 2).is_some_and(both_ids);
            let length = if is_pair { 2 } else { 1 };
            pairs.push(place..place + length);
            place += length;
        }
        let joined = |row: &Vec<Cell>| -> Vec<Cell> {
            let cells = pairs.iter().filter_map(|pair| row.get(pair.clone()));
            cells.filter_map(Cell::stacked).collect()
        };
        Self {
            caps: self.caps,
            header: self.header.as_ref().map(joined),
            columns: pairs.iter().map(|pair| self.columns[pair.start]).collect(),
            rows: self.rows.iter().map(joined).collect(),
        }
    }

    fn drawn(&self) -> String {
        let mut table = Table::new();
        table.force_no_tty();
        if self.caps.color {
            table.enforce_styling();
        }
        if let Some(header) = &self.header {
            let line = if self.caps.ascii { '-' } else { '─' };
            table.load_style(
                TableStyle::new().header_separator(LineStyle::none().fill(line).junction(line)),
            );
            table.set_header(header.iter().map(|cell| cell.laid(Column::Word)));
        } else {
            table.load_style(TableStyle::new());
        }
        table.add_rows(
            self.rows
                .iter()
                .map(|cells| cells.iter().zip(&self.columns))
                .map(|cells| cells.map(|(cell, column)| cell.laid(*column)))
                .map(Iterator::collect::<Vec<_>>),
        );
        match self.caps.width {
            Some(width) => table
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        for (place, column) in self.columns.iter().enumerate() {
            let Some(laid) = table.column_mut(place) else {
                continue;
            };
            let is_last = place + 1 == self.columns.len();
            let padding = match (is_last, &self.header) {
                (true, _) => 0,
                (false, Some(_)) => GAP - 1,
                (false, None) => GAP,
            };
            laid.set_padding((0, u16::try_from(padding).unwrap_or_default()));
            match column {
                Column::Text => {}
                Column::Id => {
                    let together = self.longest(place).min(ID_TOGETHER) + padding;
                    let together = u16::try_from(together).unwrap_or(u16::MAX);
                    laid.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(together)));
                }
                Column::Word | Column::Number => {
                    laid.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
            if *column == Column::Number {
                laid.set_cell_alignment(CellAlignment::Right);
            }
        }
        let mut text = String::new();
        for line in table.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// Letters of the longest cell of a column.
    fn longest(&self, place: usize) -> usize {
        let rows = self.header.iter().chain(&self.rows);
        rows.filter_map(|row| row.get(place))
            .flat_map(|cell| &cell.lines)
            .map(|line| sanitize(line).chars().count())
            .max()
            .unwrap_or_default()
    }
}

/// The colour that the style has for a category, in comfy-table's words.
const fn color(category: Category) -> comfy_table::Color {
    match style::color(category) {
        colored::Color::Green => comfy_table::Color::DarkGreen,
        colored::Color::Yellow => comfy_table::Color::DarkYellow,
        colored::Color::BrightBlue => comfy_table::Color::Blue,
        colored::Color::Magenta => comfy_table::Color::DarkMagenta,
        colored::Color::Cyan => comfy_table::Color::DarkCyan,
        _ => comfy_table::Color::DarkRed,
    }
}
