//! Tables for people, over comfy-table: one place that knows its presets, its colours and its widths.

use comfy_table::{
    Attribute, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle,
};

use crate::catalog::Category;
use crate::palette;
use crate::terminal::Look;
use crate::visible::visible;

/// How a column behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Texts, wrapped where the width is not enough.
    Text,
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
}

/// A table that is being filled.
#[derive(Debug)]
pub struct Grid {
    look: Look,
    header: Option<Vec<Cell>>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// A table with a header.
    #[must_use]
    pub fn new(look: Look, columns: &[(&str, Column)]) -> Self {
        let header = columns
            .iter()
            .map(|(name, _)| Cell::new(*name).strong())
            .collect();
        Self {
            header: Some(header),
            ..Self::bare(
                look,
                &columns
                    .iter()
                    .map(|(_, column)| *column)
                    .collect::<Vec<_>>(),
            )
        }
    }

    /// Columns without a header.
    #[must_use]
    pub fn bare(look: Look, columns: &[Column]) -> Self {
        Self {
            look,
            header: None,
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Two columns of sentences, or one if the width is too small for two.
    #[must_use]
    pub fn two_sentences(
        look: Look,
        names: [&'static str; 2],
        one: &'static str,
    ) -> Vec<(&'static str, Column)> {
        if look.is_narrow() {
            vec![(one, Column::Text)]
        } else {
            names.map(|name| (name, Column::Text)).to_vec()
        }
    }

    /// The cells for [`Grid::two_sentences`].
    #[must_use]
    pub fn sentences(look: Look, first: &str, second: &str) -> Vec<Cell> {
        if look.is_narrow() {
            // Only this line break is the program's own; any in the texts is made visible.
            vec![Cell {
                lines: vec![first.to_owned(), second.to_owned()],
                ..Cell::new("")
            }]
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
        let mut table = Table::new();
        table.force_no_tty();
        if self.look.color {
            table.enforce_styling();
        }
        if let Some(header) = &self.header {
            let line = if self.look.ascii { '-' } else { '─' };
            table.load_style(
                TableStyle::new().header_separator(LineStyle::none().fill(line).junction(line)),
            );
            table.set_header(header.iter().map(grid_cell));
        } else {
            table.load_style(TableStyle::new());
        }
        table.add_rows(
            self.rows
                .iter()
                .map(|cells| cells.iter().map(grid_cell).collect::<Vec<_>>()),
        );
        match self.look.width {
            Some(width) => table
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        for (place, column) in self.columns.iter().enumerate() {
            let Some(laid) = table.column_mut(place) else {
                continue;
            };
            laid.set_padding((
                0,
                if place + 1 == self.columns.len() {
                    0
                } else {
                    2
                },
            ));
            if *column != Column::Text {
                laid.set_constraint(ColumnConstraint::ContentWidth);
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
}

fn grid_cell(cell: &Cell) -> comfy_table::Cell {
    let lines: Vec<_> = cell.lines.iter().map(|line| visible(line)).collect();
    let mut laid = comfy_table::Cell::new(lines.join(
        "
",
    ));
    if let Some(category) = cell.category {
        laid = laid.fg(color(category));
    }
    if cell.strong {
        laid = laid.add_attribute(Attribute::Bold);
    }
    laid
}

/// The colour that the palette has for a category, in comfy-table's words.
const fn color(category: Category) -> comfy_table::Color {
    match palette::color(category) {
        colored::Color::Green => comfy_table::Color::DarkGreen,
        colored::Color::Yellow => comfy_table::Color::DarkYellow,
        colored::Color::Blue => comfy_table::Color::DarkBlue,
        colored::Color::Magenta => comfy_table::Color::DarkMagenta,
        colored::Color::Cyan => comfy_table::Color::DarkCyan,
        _ => comfy_table::Color::DarkRed,
    }
}
