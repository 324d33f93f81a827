//! The tables of a page. There may be thousands of rows, so a cell has as little markup as
//! possible: what its column decides is in the class and the style of the table, and optional end
//! tags are omitted.

use std::fmt::Write as _;
use std::io;

use maud::{Render, html};

use super::Page;
use super::bar::bar;
use crate::answer::{Cell, Kind, Section, Table};
use crate::terminal::{sanitize, truncate_id};

/// The minimum number of rows of a table that has a search box.
const MIN_SEARCHABLE: usize = 5;
/// The maximum number of columns of a table that can be read at a glance.
const MAX_SHORT: usize = 4;

impl Page<'_> {
    /// Writes a table row by row.
    pub(super) fn table(
        &mut self,
        section: &Section<'_>,
        table: &Table<'_>,
        is_checklist: bool,
    ) -> io::Result<()> {
        let name = if section.heading.is_empty() { "Overview" } else { &section.heading };
        let has_text = table.columns.iter().any(|column| column.kind == Kind::Text);
        let is_short = table.columns.len() <= MAX_SHORT && !has_text && !is_checklist;
        if table.len() >= MIN_SEARCHABLE && !is_short && !self.is_reference {
            self.search("rows", "Search")?;
        }
        let label = html! { (sanitize(name)) }.into_string();
        self.raw(&format!(
            "<div class=\"scroll{}\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n",
            if is_short { " short" } else { "" }
        ))?;
        self.raw(&format!(
            "<table class=\"{}\" style=\"{}\">\n",
            classes(table, is_checklist),
            labels(table, is_checklist)
        ))?;
        self.markup(html! { thead { tr {
            @if is_checklist { th scope="col" { "Done" } }
            @for column in &table.columns { th scope="col" { (column.heading) } }
        } } })?;
        self.raw("<tbody>\n")?;
        let mut row = String::new();
        for cells in table.rows() {
            row.clear();
            row.push_str("<tr>");
            if is_checklist {
                let named = cells.iter().find(|cell| cell.text != "-").map(|cell| &*cell.text);
                row.push_str("<td><input type=checkbox aria-label=\"Done: ");
                sanitize(named.unwrap_or_default()).render_to(&mut row);
                row.push_str("\">");
            }
            for (column, cell) in table.columns.iter().zip(&cells) {
                self.cell(&mut row, column.kind, cell);
            }
            row.push('\n');
            self.raw(&row)?;
        }
        self.raw("</tbody>\n</table>\n</div>\n")
    }

    /// Writes a hidden search box, which the script shows. `class` tells the script what to search.
    pub(super) fn search(&mut self, class: &str, label: &str) -> io::Result<()> {
        self.markup(html! {
        div.search.(class) hidden {
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
            (None, Kind::Id) => truncate_id(&cell.text).render_to(row),
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
        let space = if classes.is_empty() { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(classes, "{space}{kind}{index}");
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
