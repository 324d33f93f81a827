//! Draws tables for a terminal. This is the only module that uses comfy-table.

mod layout;
mod letters;
mod records;

use std::io::{self, Write};

use comfy_table::{
    Attribute, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table as Grid,
    TableStyle, Width,
};

use crate::answer::{Cell, Kind, Table};
use crate::catalog::Category;
use crate::terminal::TerminalCaps;
use crate::terminal::style::{self, Style};
use crate::text::ascii_sparkline;
use layout::{Layout, Measured};

/// The number of spaces between two columns. If there is a header, comfy-table draws one of them.
const GAP: usize = 2;
/// The number of rows to draw at a time, so that a huge table need not fit in memory.
const CHUNK: usize = 1000;

/// Draws a table in the first layout that has one line for every row or, if there is none, in the
/// one with the fewest lines.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, caps: TerminalCaps, table: &Table<'_>) -> io::Result<()> {
    let measured = Measured::new(table);
    let drawing = |layout| Drawing { caps, table, measured: &measured, layout };
    let count_lines = |layout: Layout| {
        let drawing = drawing(layout);
        let chunk = drawing.draw(&table.rows().take(CHUNK).collect::<Vec<_>>(), true);
        (chunk.lines().count(), drawing)
    };
    let best = match measured.layouts(table, caps).as_slice() {
        [] => return records::write(out, caps, table),
        [only] => drawing(only.clone()),
        several => {
            let drawings = several.iter().cloned().map(count_lines);
            match drawings.min_by_key(|(lines, _)| *lines) {
                Some((_, drawing)) => drawing,
                None => return Ok(()),
            }
        }
    };
    let mut rows = table.rows().peekable();
    let mut has_header = true;
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(CHUNK).collect();
        out.write_all(best.draw(&chunk, has_header).as_bytes())?;
        has_header = false;
    }
    best.legend(out)
}

/// Returns labels with text next to them, wrapped to the width.
pub fn facts(caps: TerminalCaps, label_width: usize, rows: &[(&str, &str)]) -> String {
    let mut grid = grid(caps);
    grid.load_style(TableStyle::new());
    for (label, text) in rows {
        let label = comfy_table::Cell::new(label).add_attribute(Attribute::Bold);
        grid.add_row([label, comfy_table::Cell::new(layout::paragraph(text))]);
    }
    if let Some(labels) = grid.column_mut(0) {
        labels.set_padding((0, 0));
        labels.set_constraint(ColumnConstraint::Absolute(width(label_width + GAP)));
    }
    if let Some(texts) = grid.column_mut(1) {
        texts.set_padding((0, 0));
    }
    lines(&grid)
}

/// Returns a paragraph, wrapped to the width.
pub fn paragraph(caps: TerminalCaps, text: &str) -> String {
    let mut grid = grid(caps);
    grid.load_style(TableStyle::new());
    grid.add_row([comfy_table::Cell::new(layout::paragraph(text))]);
    if let Some(column) = grid.column_mut(0) {
        column.set_padding((0, 0));
    }
    lines(&grid)
}

/// A table in a layout.
struct Drawing<'t> {
    caps: TerminalCaps,
    table: &'t Table<'t>,
    measured: &'t Measured,
    layout: Layout,
}

impl Drawing<'_> {
    fn draw(&self, rows: &[Vec<Cell<'_>>], has_header: bool) -> String {
        let mut grid = grid(self.caps);
        grid.load_style(TableStyle::new());
        if has_header {
            let line = if self.caps.ascii { '-' } else { '─' };
            let separator = LineStyle::none().fill(line).junction(line);
            grid.load_style(TableStyle::new().header_separator(separator));
            grid.set_header(self.layout.stacks.iter().map(|stack| {
                let names = stack.iter().map(|&index| self.table.columns[index].heading);
                let names: Vec<&str> = names.collect();
                // Stacked text columns share one line of the header, others get one line each.
                let separator = if self.kind(stack) == Kind::Text { ", " } else { "\n" };
                comfy_table::Cell::new(names.join(separator)).add_attribute(Attribute::Bold)
            }));
        }
        grid.add_rows(rows.iter().map(|cells| self.row(cells)));
        for (index, stack) in self.layout.stacks.iter().enumerate() {
            let Some(column) = grid.column_mut(index) else {
                continue;
            };
            let is_last = index + 1 == self.layout.stacks.len();
            let padding = match (is_last, has_header) {
                (true, _) => 0,
                (false, true) => GAP - 1,
                (false, false) => GAP,
            };
            column.set_padding((0, u16::try_from(padding).unwrap_or_default()));
            let (least, longest) = self.layout.widths(self.measured, self.table, stack);
            let is_wrapped = matches!(self.kind(stack), Kind::Text | Kind::Ids | Kind::Codes);
            column.set_constraint(if is_wrapped {
                ColumnConstraint::Boundaries {
                    lower: width(least + padding),
                    upper: width(longest + padding),
                }
            } else {
                // All chunks of a table need the same widths.
                ColumnConstraint::Absolute(width(longest + padding))
            });
            if self.kind(stack) == Kind::Number {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        letters::paint(&lines(&grid), self.style())
    }

    fn style(&self) -> Style {
        Style { color: self.caps.color }
    }

    /// Writes the meaning of the letters in bars, if there are any.
    fn legend(&self, out: &mut dyn Write) -> io::Result<()> {
        let is_drawn =
            |index: &usize| self.layout.stacks.iter().flatten().any(|drawn| drawn == index);
        let mixed = &self.measured.mixed;
        let mut categories: Vec<Category> = Vec::new();
        for (_, present) in mixed.iter().enumerate().filter(|(index, _)| is_drawn(index)) {
            categories.extend(Category::ALL.iter().filter(|category| present[**category as usize]));
        }
        if categories.is_empty() {
            return Ok(());
        }
        let text = paragraph(self.caps, &letters::legend(&categories, self.style()));
        out.write_all(letters::paint(&text.replace('\u{a0}', " "), self.style()).as_bytes())
    }

    fn kind(&self, stack: &[usize]) -> Kind {
        self.table.columns[stack[0]].kind
    }

    /// Returns the cells of a row as comfy-table cells.
    fn row(&self, cells: &[Cell<'_>]) -> Vec<comfy_table::Cell> {
        let cell = |stack: &Vec<usize>| {
            let lines: Vec<String> =
                stack.iter().map(|&index| self.text(index, &cells[index])).collect();
            let drawn = comfy_table::Cell::new(lines.join("\n"));
            match stack.iter().find_map(|&index| cells[index].category) {
                Some(category) => drawn.fg(color(category)),
                None => drawn,
            }
        };
        self.layout.stacks.iter().map(cell).collect()
    }

    fn text(&self, index: usize, cell: &Cell<'_>) -> String {
        match &cell.share {
            Some(share) if cell.is_mix => letters::bar(share, layout::BAR, self.style()),
            Some(share) => self.caps.bar(share.part(), share.whole, layout::BAR),
            None if self.caps.ascii && cell.line.is_some() => ascii_sparkline(&cell.text),
            None => {
                let text = layout::cell_text(cell, self.layout.brief);
                layout::sanitized(self.table.columns[index].kind, text).into_owned()
            }
        }
    }
}

fn width(columns: usize) -> Width {
    Width::Fixed(u16::try_from(columns).unwrap_or(u16::MAX))
}

/// Returns an empty table for this terminal.
fn grid(caps: TerminalCaps) -> Grid {
    let mut grid = Grid::new();
    grid.force_no_tty();
    if caps.color {
        grid.enforce_styling();
    }
    match caps.width {
        Some(width) => {
            grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        None => {
            grid.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    grid
}

/// Returns the lines of a table, without trailing spaces, each ending in a line break.
fn lines(grid: &Grid) -> String {
    let mut text = String::new();
    for line in grid.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Returns the color of a category, as comfy-table names it.
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
