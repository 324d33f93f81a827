//! The sections of a page. All text goes through the sanitizer, and through maud, which escapes it.

use std::collections::BTreeSet;
use std::io;

use maud::{Markup, html};

use super::bar::bar;
use super::{Page, series};
use crate::answer::{Bar, Body, Cell, Chart, Fact, Section, Tile};
use crate::catalog::Category;
use crate::terminal::sanitize;
use crate::text::grouped;

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
        self.markup(html! {
            ul.tiles {
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
        // The explanation of a code is below the heading of its group.
        let is_article = section.code.is_some();
        let is_below = is_article && self.has_heading;
        self.has_heading |= !is_article && !section.heading.is_empty();
        self.raw(if is_article { "<article" } else { "<section" })?;
        if !section.id.is_empty() {
            self.raw(&format!(" id=\"{}\"", html! { (section.id) }.into_string()))?;
        }
        self.raw(">\n")?;
        if !section.heading.is_empty() {
            let heading = html! {
                @if let Some((code, category)) = &section.code {
                    a.(category) href=[self.links.has(code).then(|| format!("#{code}"))] { (code) }
                    " "
                }
                (sanitize(&section.heading))
            };
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
        if section.more > 0 {
            self.markup(html! {
                p.quiet { "… and " (grouped(section.more)) " more (--limit 0 lists all)" }
            })?;
        }
        self.raw(if is_article { "</article>\n" } else { "</section>\n" })
    }

    fn chart(&mut self, chart: &Chart<'_>) -> io::Result<()> {
        let rows = chart.bars.iter().zip(chart.figures());
        let label = |bar: &Bar<'_>| {
            let category = bar.label.category.map(Category::as_str).unwrap_or_default();
            let name = bar.label.name.map(|name| format!("{name}: "));
            let meaning = format!("{}{}", name.unwrap_or_default(), sanitize(&bar.meaning));
            let title = (!meaning.is_empty()).then_some(meaning);
            // A code alone means little to people, so show its meaning next to it.
            let is_code = bar.label.name.is_none() && !bar.meaning.is_empty();
            html! {
                span.label.(category) title=[title] {
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
