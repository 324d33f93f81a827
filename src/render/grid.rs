//! Tables for a terminal: the only module that uses comfy-table, its styles, colors, and widths.

use std::io::{self, Write};

use comfy_table::{
    Attribute, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table as Grid,
    TableStyle, Width,
};

use crate::answer::{Cell, Kind, Table};
use crate::catalog::Category;
use crate::terminal::{TerminalCaps, sanitize, style, truncate_id};

/// Characters of an id that stay on one line, however narrow the terminal is.
const ID_TOGETHER: usize = 14;
/// Blanks between two columns. If there is a header, comfy-table draws one of them itself.
const GAP: usize = 2;
/// Width of a full bar, in columns.
const BAR: u64 = 10;
/// Rows that are laid out at a time, so that a huge table need not fit in memory.
const PAGE: usize = 1000;

/// Draws a table.
///
/// # Errors
///
/// When writing fails.
pub fn write(out: &mut dyn Write, caps: TerminalCaps, table: &Table<'_>) -> io::Result<()> {
    let layout = Layout::new(caps, table);
    let mut rows = table.rows().peekable();
    let mut has_header = true;
    while rows.peek().is_some() {
        let page = rows.by_ref().take(PAGE).map(|cells| layout.row(&cells));
        out.write_all(layout.draw(page.collect(), has_header).as_bytes())?;
        has_header = false;
    }
    Ok(())
}

/// Labels with their texts beside them, wrapped to the width.
pub fn facts(caps: TerminalCaps, label_width: usize, rows: &[(&str, &str)]) -> String {
    let mut grid = grid(caps);
    grid.load_style(TableStyle::new());
    for (label, text) in rows {
        let label = comfy_table::Cell::new(label).add_attribute(Attribute::Bold);
        grid.add_row([label, comfy_table::Cell::new(sanitize(text))]);
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

/// A paragraph, wrapped to the width.
pub fn paragraph(caps: TerminalCaps, text: &str) -> String {
    let mut grid = grid(caps);
    grid.load_style(TableStyle::new());
    grid.add_row([comfy_table::Cell::new(sanitize(text))]);
    if let Some(column) = grid.column_mut(0) {
        column.set_padding((0, 0));
    }
    lines(&grid)
}

/// Which columns are drawn, and which ones share a column of the terminal.
struct Layout<'t> {
    caps: TerminalCaps,
    table: &'t Table<'t>,
    /// The indices of the columns in each stack: a stack shares one column of the terminal.
    stacks: Vec<Vec<usize>>,
    /// The longest cell of each column, in characters.
    longest: Vec<usize>,
    /// The longest word of each column, in characters.
    words: Vec<usize>,
}

impl<'t> Layout<'t> {
    fn new(caps: TerminalCaps, table: &'t Table<'t>) -> Self {
        let mut longest: Vec<usize> =
            table.columns.iter().map(|column| column.heading.chars().count()).collect();
        let mut words = vec![0; longest.len()];
        for row in table.rows() {
            for ((longest, word), cell) in longest.iter_mut().zip(&mut words).zip(&row) {
                let text = sanitize(&cell.text);
                *longest = (*longest).max(text.chars().count());
                let lengths = text.split(' ').map(|word| word.chars().count());
                *word = (*word).max(lengths.max().unwrap_or_default());
            }
        }
        let has_bars = caps.is_terminal && !caps.is_narrow();
        let drawn = (0..table.columns.len())
            .filter(|&index| has_bars || table.columns[index].kind != Kind::Share);
        let mut layout =
            Self { caps, table, stacks: drawn.map(|index| vec![index]).collect(), longest, words };
        if caps.is_narrow() {
            layout.stack(Kind::Text, usize::MAX);
        }
        if !layout.fits() {
            layout.stack(Kind::Id, 2);
        }
        layout
    }

    /// Stacks neighbors of this kind, at most `most` of them.
    fn stack(&mut self, kind: Kind, most: usize) {
        let mut stacks: Vec<Vec<usize>> = Vec::new();
        for stack in std::mem::take(&mut self.stacks) {
            let is_kind = |stack: &Vec<usize>| self.table.columns[stack[0]].kind == kind;
            match stacks.last_mut() {
                Some(last) if is_kind(last) && is_kind(&stack) && last.len() < most => {
                    last.extend(stack);
                }
                _ => stacks.push(stack),
            }
        }
        self.stacks = stacks;
    }

    /// Whether everything fits without breaking a word.
    fn fits(&self) -> bool {
        let least = self.stacks.iter().map(|stack| self.least(stack) + GAP).sum::<usize>();
        self.caps.width.is_none_or(|width| least.saturating_sub(GAP) <= usize::from(width))
    }

    /// The minimum width of a stack.
    fn least(&self, stack: &[usize]) -> usize {
        match self.kind(stack) {
            // As ids can be part of a text, a word of their length is kept whole.
            Kind::Text => stack
                .iter()
                .map(|&index| self.words[index].min(ID_TOGETHER))
                .max()
                .unwrap_or_default(),
            Kind::Id => self.length(stack).min(ID_TOGETHER),
            Kind::Word | Kind::Number => self.length(stack),
            Kind::Share => usize::try_from(BAR).unwrap_or_default(),
        }
    }

    fn kind(&self, stack: &[usize]) -> Kind {
        self.table.columns[stack[0]].kind
    }

    fn length(&self, stack: &[usize]) -> usize {
        stack.iter().map(|&index| self.longest[index]).max().unwrap_or_default()
    }

    /// The cells of a row, as they are drawn.
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
        self.stacks.iter().map(cell).collect()
    }

    fn text(&self, index: usize, cell: &Cell<'_>) -> String {
        match (cell.share, self.table.columns[index].kind) {
            (Some((part, whole)), _) => self.caps.bar(part, whole, BAR),
            (None, Kind::Id) => truncate_id(&cell.text).into_owned(),
            (None, _) => sanitize(&cell.text).into_owned(),
        }
    }

    fn draw(&self, rows: Vec<Vec<comfy_table::Cell>>, has_header: bool) -> String {
        let mut grid = grid(self.caps);
        grid.load_style(TableStyle::new());
        if has_header {
            let line = if self.caps.ascii { '-' } else { '─' };
            let separator = LineStyle::none().fill(line).junction(line);
            grid.load_style(TableStyle::new().header_separator(separator));
            grid.set_header(self.stacks.iter().map(|stack| {
                let names = stack.iter().map(|&index| self.table.columns[index].heading);
                let names: Vec<&str> = names.collect();
                // Text columns share one line of the header; other columns get one line each.
                let separator = if self.kind(stack) == Kind::Text { ", " } else { "\n" };
                comfy_table::Cell::new(names.join(separator)).add_attribute(Attribute::Bold)
            }));
        }
        grid.add_rows(rows);
        for (place, stack) in self.stacks.iter().enumerate() {
            let Some(column) = grid.column_mut(place) else {
                continue;
            };
            let is_last = place + 1 == self.stacks.len();
            let padding = match (is_last, has_header) {
                (true, _) => 0,
                (false, true) => GAP - 1,
                (false, false) => GAP,
            };
            column.set_padding((0, u16::try_from(padding).unwrap_or_default()));
            match self.kind(stack) {
                Kind::Text | Kind::Id => {
                    let least = width(self.least(stack) + padding);
                    column.set_constraint(ColumnConstraint::LowerBoundary(least));
                }
                // All pages of a table need the same widths.
                Kind::Word | Kind::Number | Kind::Share => {
                    let exact = width(self.length(stack).max(self.least(stack)) + padding);
                    column.set_constraint(ColumnConstraint::Absolute(exact));
                }
            }
            if self.kind(stack) == Kind::Number {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        lines(&grid)
    }
}

fn width(columns: usize) -> Width {
    Width::Fixed(u16::try_from(columns).unwrap_or(u16::MAX))
}

/// An empty table for this terminal.
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

/// The lines of a table, without trailing blanks, each ending in a line break.
fn lines(grid: &Grid) -> String {
    let mut text = String::new();
    for line in grid.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The color of a category, as comfy-table names it.
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
