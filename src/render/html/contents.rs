//! The list of contents at the top of a long page.

use maud::{Markup, html};

use crate::answer::{Body, Section};
use crate::terminal::sanitize;
use crate::text::grouped;

/// The minimum number of entries of a list that helps.
const MIN_ENTRIES: usize = 3;

/// A link to a part of the page.
struct Entry<'s> {
    id: &'s str,
    heading: &'s str,
    /// The number of rows or explanations.
    count: u64,
    /// Whether explanations of codes follow, instead of rows.
    has_explanations: bool,
}

/// Returns links to the parts of a page, each with its number of rows or explanations; `None` for a
/// short page.
pub fn contents(sections: &[Section<'_>]) -> Option<Markup> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for section in sections.iter().filter(|section| !section.is_empty()) {
        let is_explanation = matches!(section.body, Body::Facts(_));
        let is_named = !section.id.is_empty() && !section.heading.is_empty();
        match entries.last_mut() {
            Some(last) if is_explanation => last.count += u64::from(last.has_explanations),
            _ if is_named => entries.push(Entry {
                id: &section.id,
                heading: &section.heading,
                count: section.rows(),
                has_explanations: matches!(section.body, Body::None),
            }),
            _ => {}
        }
    }
    let is_long = entries.len() >= MIN_ENTRIES && !sections.first().is_some_and(is_contents);
    is_long.then(|| {
        html! {
            nav.contents aria-label="Contents" {
                @for entry in &entries { a href={ "#" (entry.id) } { (label(entry)) } }
            }
        }
    })
}

/// Returns whether a section already is a list of contents: a table whose first column has links.
fn is_contents(section: &Section<'_>) -> bool {
    let Body::Table(table) = &section.body else {
        return false;
    };
    let first = table.rows().next();
    section.heading.is_empty()
        && first.is_some_and(|cells| cells.first().is_some_and(|cell| cell.target.is_some()))
}

/// Returns the heading, with the count unless the heading has numbers.
fn label(entry: &Entry<'_>) -> String {
    let heading = sanitize(entry.heading);
    if entry.count == 0 || heading.contains(|character: char| character.is_ascii_digit()) {
        return heading.into_owned();
    }
    format!("{heading} ({})", grouped(entry.count))
}
