//! The sections of a page. All text goes through the sanitizer, and through maud, which escapes it.

use std::collections::BTreeSet;
use std::io;

use maud::{Markup, html};

use super::bar::bar;
use super::{Page, series};
use crate::answer::{Bar, Body, Cell, Chart, Fact, Section, Tile};
use crate::catalog::Category;
use crate::terminal::sanitize;

/// The ids of the sections that a link can point to.
pub struct Links<'p>(pub BTreeSet<&'p str>);

impl Links<'_> {
    pub fn has(&self, target: &str) -> bool {
        self.0.contains(target)
    }

    /// Returns the text of a cell, as a link if a section of the page explains it.
    pub fn text(&self, cell: &Cell<'_>) -> Markup {
        let text = sanitize(&cell.text);
        match &cell.target {
            Some(target) if self.has(target) => html! { a href={ "#" (target) } { (text) } },
            _ => html! { (text) },
        }
    }
}

impl Page<'_> {
    /// Writes the most important figures.
    pub(super) fn tiles(&mut self, tiles: &[Tile]) -> io::Result<()> {
        let figure = |tile: &Tile| {
            html! {
                strong.(tile.category.map(Category::as_str).unwrap_or_default()) { (tile.value) }
                " " (tile.label)
            }
        };
        if tiles.is_empty() {
            return Ok(());
        }
        let columns =
            format!("--wide:{};--mid:{}", columns(tiles.len(), 7), columns(tiles.len(), 4));
        self.markup(html! {
            ul.tiles style=(columns) {
                @for tile in tiles {
                    li title=[tile.category.map(Category::as_str)] {
                        @if self.links.has(tile.target) {
                            a href={ "#" (tile.target) } { (figure(tile)) }
                        } @else { span { (figure(tile)) } }
                        @if !tile.note.is_empty() { small.quiet { (tile.note) } }
                    }
                }
            }
        })
    }

    /// Writes charts side by side.
    pub(super) fn charts(&mut self, charts: &[Section<'_>]) -> io::Result<()> {
        if charts.is_empty() {
            return Ok(());
        }
        self.raw("<div class=\"charts\">\n")?;
        for chart in charts {
            self.section(chart)?;
        }
        self.raw("</div>\n")
    }

    pub(super) fn section(&mut self, section: &Section<'_>) -> io::Result<()> {
        if section.is_empty() {
            return Ok(());
        }
        // The explanation of a code is below the heading of its group.
        let is_article = section.code.is_some();
        let is_below = is_article && self.has_heading;
        self.has_heading |= !is_article && !section.heading.is_empty();
        let is_only = is_article && self.is_single;
        self.raw(if is_article { "<article" } else { "<section" })?;
        self.attribute("id", &section.id)?;
        self.attribute("class", if is_only { "only" } else { "" })?;
        self.attribute("data-terms", &section.search_terms)?;
        self.raw(">\n")?;
        if !section.heading.is_empty() && !is_only {
            let heading = code_heading(section);
            self.markup(html! { @if is_below { h3 { (heading) } } @else { h2 { (heading) } } })?;
        }
        if !section.intro.is_empty() {
            self.markup(html! { p.quiet[is_article] { (sanitize(&section.intro)) } })?;
        }
        match &section.body {
            Body::None => {}
            Body::Facts(facts) => self.markup(facts_list(facts))?,
            Body::Chart(chart) => self.chart(chart)?,
            Body::Series(series) => self.markup(series::chart(series, &section.id))?,
            Body::Table(table) => self.table(section, table, false)?,
            Body::Checklist(table) => self.table(section, table, true)?,
        }
        self.raw(if is_article { "</article>\n" } else { "</section>\n" })
    }

    /// Writes an attribute, unless its value is empty.
    fn attribute(&mut self, name: &str, value: &str) -> io::Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        self.raw(&format!(" {name}=\"{}\"", html! { (sanitize(value)) }.into_string()))
    }

    fn chart(&mut self, chart: &Chart<'_>) -> io::Result<()> {
        let rows = chart.bars.iter().zip(chart.figures());
        let label = |bar: &Bar<'_>| {
            let category = bar.label.category.map(Category::as_str).unwrap_or_default();
            let name = bar.label.name.map(|name| format!("{name}: "));
            let meaning = format!("{}{}", name.unwrap_or_default(), sanitize(&bar.meaning));
            // A long label is cut on the screen, so the tooltip has all of it.
            let title =
                if meaning.is_empty() { sanitize(&bar.label.text).into_owned() } else { meaning };
            // A code alone means little to people, so show its meaning next to it.
            let is_code = bar.label.name.is_none() && !bar.meaning.is_empty();
            html! {
                span.label.(category) title=(title) {
                    (self.links.text(&bar.label))
                    @if is_code { " " small { (sanitize(&bar.meaning)) } }
                }
            }
        };
        self.markup(html! {
            ul.chart {
                @for (row, figures) in rows {
                    li { (label(row)) (bar(&row.share)) span.count { (figures) } }
                }
            }
        })
    }
}

/// Returns the heading of a section, with its code as a link to itself.
pub fn code_heading(section: &Section<'_>) -> Markup {
    html! {
        @if let Some((code, category)) = &section.code {
            a.(category) href={ "#" (section.id) } { (code) }
            " "
        }
        (sanitize(&section.heading))
    }
}

/// Returns the number of columns, at most `most`, in which the rows of this many tiles are about
/// equally long, so that no tile is left alone.
fn columns(tiles: usize, most: usize) -> usize {
    tiles.div_ceil(tiles.div_ceil(most).max(1))
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

/// Returns an address, as a link if it is a web address. An overlay may contain anything.
fn web(url: &str) -> Markup {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! {
        @if is_web { a href=(url) rel="noreferrer" { (sanitize(url)) } } @else { (sanitize(url)) }
    }
}
