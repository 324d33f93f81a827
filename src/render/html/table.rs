//! The tables of a page. There may be thousands of rows, so a cell has as little markup as
//! possible: what its column decides is in the class and the style of the table, and optional end
//! tags are omitted.

use std::fmt::Write as _;
use std::io;

use maud::{Render, html};

use super::bar::bar;
use super::{Page, Room};
use crate::answer::{Cell, Column, Kind, Section, Table};
use crate::terminal::sanitize;
use crate::text::grouped;

/// The minimum number of rows of a table that has a search box.
const MIN_SEARCHABLE: u64 = 5;
/// The number of rows from which the width of a table is estimated.
const SAMPLE: usize = 100;

impl Page<'_> {
    /// Writes a table row by row, as many rows as there is room for.
    pub(super) fn table(
        &mut self,
        section: &Section<'_>,
        table: &Table<'_>,
        is_checklist: bool,
    ) -> io::Result<()> {
        let name = if section.heading.is_empty() { "Overview" } else { &section.heading };
        let all = section.rows();
        if all >= MIN_SEARCHABLE && !is_short(table, is_checklist) && !self.is_reference {
            self.search("rows", "Search", all)?;
        }
        let label = html! { (sanitize(name)) }.into_string();
        self.raw(&format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n"
        ))?;
        self.raw(&format!(
            "<table class=\"f{}{}\" style=\"{}\">\n",
            breakpoint(table, is_checklist),
            classes(table, is_checklist),
            labels(table, is_checklist)
        ))?;
        self.markup(html! { thead { tr {
            @if is_checklist { th scope="col" { "Done" } }
            @for column in &table.columns { th scope="col" { (column.heading) } }
        } } })?;
        self.raw("<tbody>\n")?;
        let written = self.rows(table, is_checklist)?;
        self.raw("</tbody>\n</table>\n</div>\n")?;
        let omitted = all - written;
        self.omitted += omitted;
        if omitted > 0 {
            self.markup(html! {
                p.quiet {
                    "This page lists the first " (grouped(written)) " of " (grouped(all))
                    ". To get the others, create the page again with " code { "--limit 0" }
                    ", or a spreadsheet with " code { "-f csv" } "."
                }
            })?;
        }
        Ok(())
    }

    /// Writes rows while there is room for them, and returns their number.
    fn rows(&mut self, table: &Table<'_>, is_checklist: bool) -> io::Result<u64> {
        let mut room = match &mut self.room {
            Room::Unlimited => usize::MAX,
            Room::Measure(_) => 0,
            Room::Limited(rooms) => rooms.next().unwrap_or_default(),
        };
        let (mut row, mut size, mut written) = (String::new(), 0, 0);
        for cells in table.rows() {
            row.clear();
            self.row(&mut row, table, &cells, is_checklist);
            size += row.len();
            if row.len() <= room {
                room -= row.len();
                self.raw(&row)?;
                written += 1;
            } else if !matches!(self.room, Room::Measure(_)) {
                break;
            }
        }
        if let Room::Measure(sizes) = &mut self.room {
            sizes.push(size);
        }
        Ok(written)
    }

    fn row(&self, row: &mut String, table: &Table<'_>, cells: &[Cell<'_>], is_checklist: bool) {
        row.push_str("<tr>");
        if is_checklist {
            let named = cells.iter().find(|cell| cell.text != "-").map(|cell| &*cell.text);
            row.push_str("<td><input type=checkbox aria-label=\"Done: ");
            sanitize(named.unwrap_or_default()).render_to(row);
            row.push_str("\">");
        }
        for (column, cell) in table.columns.iter().zip(cells) {
            self.cell(row, column.kind, cell);
        }
        row.push('\n');
    }

    /// Writes a hidden search box, which the script shows. `class` tells the script what to search,
    /// and `all` how much there is, on this page or not.
    pub(super) fn search(&mut self, class: &str, label: &str, all: u64) -> io::Result<()> {
        self.markup(html! {
            div.search.(class) data-all=(all) hidden {
                label { (label) " " input type="search" autocomplete="off" spellcheck="false"; }
                span.quiet role="status" {}
            }
        })
    }

    fn cell(&self, row: &mut String, kind: Kind, cell: &Cell<'_>) {
        row.push_str("<td");
        // The names of categories and actions have only letters and underscores, so they need no
        // quotes.
        if let Some(category) = cell.category {
            row.push_str(" class=");
            row.push_str(category.as_str());
        }
        if let Some(name) = cell.name {
            row.push_str(" title=");
            row.push_str(name);
        }
        row.push('>');
        if let Some(values) = &cell.line {
            super::series::line(values).render_to(row);
            return;
        }
        match (&cell.share, kind) {
            (Some(share), _) => bar(share).render_to(row),
            (None, Kind::Codes) => {
                for (index, code) in cell.text.split(' ').enumerate() {
                    row.push_str(if index > 0 { " " } else { "" });
                    let target = Some(code.to_owned());
                    self.links.text(&Cell { target, ..Cell::new(code) }).render_to(row);
                }
            }
            _ => self.links.text(cell).render_to(row),
        }
    }
}

/// Returns whether a table has so few columns that it can be read at a glance.
fn is_short(table: &Table<'_>, is_checklist: bool) -> bool {
    const MAX_COLUMNS: usize = 4;
    let has_text = table.columns.iter().any(|column| column.kind == Kind::Text);
    table.columns.len() <= MAX_COLUMNS && !has_text && !is_checklist
}

/// Returns the width, in rem, of a container in which the rows of a table become cards: the next
/// breakpoint of the style sheet above the estimated width of the table.
fn breakpoint(table: &Table<'_>, is_checklist: bool) -> usize {
    const BREAKPOINTS: [usize; 9] = [26, 32, 38, 44, 50, 56, 62, 68, 74];
    /// Wider than any container.
    const ALWAYS: usize = 99;
    /// The width of a character and the padding of a cell, in hundredths of a rem.
    const CHARACTER: usize = 54;
    const PADDING: usize = 140;
    let rows: Vec<_> = table.rows().take(SAMPLE).collect();
    let column = |(index, column): (usize, &Column)| {
        let length = |text: &str| text.chars().count();
        let cells = || rows.iter().map(|cells| &*cells[index].text);
        // Headings wrap between words, and have an arrow for sorting.
        let heading = column.heading.split(' ').map(length).max().unwrap_or(0) + 2;
        let longest = match column.kind {
            Kind::Text => 14,
            Kind::Share => 16,
            Kind::Ids | Kind::Codes => {
                cells().flat_map(|text| text.split(' ')).map(length).max().unwrap_or(0)
            }
            Kind::Id | Kind::Word | Kind::Number => cells().map(length).max().unwrap_or(0),
        };
        longest.max(heading) * CHARACTER + PADDING
    };
    let columns = table.columns.iter().enumerate().map(column);
    let width = columns.sum::<usize>() + if is_checklist { 4 * CHARACTER + PADDING } else { 0 };
    let fits = |breakpoint: &usize| *breakpoint * 100 >= width;
    BREAKPOINTS.into_iter().find(fits).unwrap_or(ALWAYS)
}

/// Returns one class for each column that is not text, which the style sheet uses.
fn classes(table: &Table<'_>, is_checklist: bool) -> String {
    let mut classes = String::new();
    for (index, column) in (1 + usize::from(is_checklist)..).zip(&table.columns) {
        let kind = match column.kind {
            Kind::Text => continue,
            Kind::Id | Kind::Ids => 'i',
            Kind::Number => 'n',
            Kind::Word | Kind::Codes => 'w',
            Kind::Share => 's',
        };
        // Writing to a string cannot fail.
        let _ = write!(classes, " {kind}{index}");
    }
    classes
}

/// Returns the headings as custom properties, which label the cells when rows become cards on a
/// narrow screen. Headings are constants without quotes.
fn labels(table: &Table<'_>, is_checklist: bool) -> String {
    let done = is_checklist.then_some("Done");
    let headings = table.columns.iter().map(|column| column.heading);
    let mut labels = String::new();
    for (index, heading) in (1..).zip(done.into_iter().chain(headings)) {
        // Writing to a string cannot fail.
        let _ = write!(labels, "--c{index}:'{heading}';");
    }
    labels
}
