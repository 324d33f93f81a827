//! The sections of a page. Every text goes through maud, which escapes it, and through the
//! sanitizer.

use std::collections::BTreeSet;
use std::io;

use maud::{Markup, html};

use super::{Page, series};
use crate::answer::{Bar, Body, Cell, Column, Fact, Kind, Section, Table};
use crate::catalog::Category;
use crate::terminal::{sanitize, truncate_id};
use crate::text::{grouped, percent};

/// Tables with at least this many rows can be searched.
const SEARCHED: usize = 5;

/// The ids of the sections that a link can point to.
pub struct Links<'p>(pub BTreeSet<&'p str>);

impl Links<'_> {
    /// The text of a cell, as a link if a section of the page explains it.
    fn text(&self, cell: &Cell<'_>) -> Markup {
        let text = sanitize(&cell.text);
        match &cell.target {
            Some(target) if self.0.contains(&**target) => {
                html! { a href={ "#" (target) } { (text) } }
            }
            _ => html! { (text) },
        }
    }
}

impl Page<'_> {
    pub(super) fn section(&mut self, section: &Section<'_>) -> io::Result<()> {
        let id = (!section.id.is_empty()).then_some(&section.id);
        self.text(if section.code.is_some() { "<article" } else { "<section" })?;
        self.text(&id.map(|id| format!(" id=\"{id}\"")).unwrap_or_default())?;
        self.text(">\n")?;
        if !section.heading.is_empty() {
            self.markup(html! {
                h2 {
                    @if let Some((code, category)) = &section.code { span.(category) { (code) } " " }
                    (sanitize(&section.heading))
                }
            })?;
        }
        if !section.intro.is_empty() {
            self.markup(html! { p.quiet[section.code.is_some()] { (sanitize(&section.intro)) } })?;
        }
        match &section.body {
            Body::None => {}
            Body::Facts(facts) => self.markup(facts_list(facts))?,
            Body::Chart(bars) => {
                let bars = html! { ul.chart { @for bar in bars { (self.bar(bar)) } } };
                self.markup(bars)?;
            }
            Body::Series(series) => self.markup(series::chart(series, &section.id))?,
            Body::Table(table) => self.table(table, &section.heading, false)?,
            Body::Checklist(table) => self.table(table, &section.heading, true)?,
        }
        if section.more > 0 {
            self.markup(html! {
                p.quiet { "… and " (grouped(section.more)) " more (--limit 0 lists all)" }
            })?;
        }
        self.text(if section.code.is_some() { "</article>\n" } else { "</section>\n" })
    }

    /// A table, written row by row: there may be millions of them.
    fn table(&mut self, table: &Table<'_>, name: &str, is_checklist: bool) -> io::Result<()> {
        let name = if name.is_empty() { "Table" } else { name };
        if table.len() >= SEARCHED {
            self.markup(html! {
                div.search hidden {
                    label { "Search " input type="search" autocomplete="off" spellcheck="false"; }
                    span.quiet role="status" {}
                }
            })?;
        }
        let label = html! { (sanitize(name)) }.into_string();
        self.text(&format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n<table>\n"
        ))?;
        self.markup(html! { thead { tr {
            @if is_checklist { th scope="col" { "Done" } }
            @for column in &table.columns { (head(column)) }
        } } })?;
        self.text("<tbody>\n")?;
        for row in table.rows() {
            let cells = table.columns.iter().zip(&row);
            let row = html! { tr {
                @if is_checklist { td { input type="checkbox" aria-label="Done"; } }
                @for (column, cell) in cells { (self.cell(column, cell)) }
            } };
            self.markup(row)?;
        }
        self.text("</tbody>\n</table>\n</div>\n")
    }

    fn cell(&self, column: &Column, cell: &Cell<'_>) -> Markup {
        let category = cell.category.map(Category::as_str).unwrap_or_default();
        match (&cell.share, column.kind) {
            (Some(share), _) => {
                html! { td.share { (picture(category, share.part(), share.whole)) } }
            }
            (None, Kind::Id) => html! { td.id { (truncate_id(&cell.text)) } },
            (None, Kind::Number) => html! { td.number.(category) { (self.links.text(cell)) } },
            (None, Kind::Word | Kind::Share) => {
                html! { td.word.(category) { (self.links.text(cell)) } }
            }
            (None, Kind::Text | Kind::Ids) => html! { td.text { (self.links.text(cell)) } },
        }
    }

    fn bar(&self, bar: &Bar<'_>) -> Markup {
        html! {
            li {
                span.word.(bar.category) title=(sanitize(&bar.meaning)) { (self.links.text(&bar.label)) }
                (picture(bar.category.as_str(), bar.part, bar.full))
                span.count { (grouped(bar.part)) " · " (percent(bar.part, bar.whole)) }
            }
        }
    }
}

fn head(column: &Column) -> Markup {
    let class = (column.kind == Kind::Number).then_some("number");
    html! { th class=[class] scope="col" { (column.heading) } }
}

fn facts_list(facts: &[Fact<'_>]) -> Markup {
    html! {
        dl {
            @for fact in facts {
                dt { (fact.label) }
                dd {
                    @for paragraph in &fact.text { p { (sanitize(paragraph)) } }
                    @if let Some(url) = &fact.url { p { (web(url)) } }
                }
            }
        }
    }
}

/// Only a web address becomes a link: an overlay may contain anything.
fn web(url: &str) -> Markup {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! {
        @if is_web { a href=(url) rel="noreferrer" { (sanitize(url)) } } @else { (sanitize(url)) }
    }
}

/// Decorative: the number is next to it.
fn picture(category: &str, part: u64, whole: u64) -> Markup {
    html! {
        svg.bar aria-hidden="true" focusable="false" {
            rect.(category) width=(percent(part, whole)) height="100%" rx="2" {}
        }
    }
}
