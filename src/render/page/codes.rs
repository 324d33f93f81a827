//! What each code means that occurs, and the links that lead there.

use maud::{Markup, html};

use super::super::digest::StateRow;
use crate::catalog::Entry;
use crate::terminal::sanitize;

/// The meaning of every code, in the order of the tally.
pub fn codes(rows: &[StateRow<'_>]) -> Markup {
    html! {
        section {
            h2 { "What the codes mean" }
            @for row in rows {
                article id=[anchor(row)] {
                    h3 {
                        @if row.verdict.entry.is_some() { span.(row.verdict.category) { (row.code) } " " }
                        (sanitize(row.verdict.title))
                    }
                    p { (sanitize(row.verdict.meaning)) }
                    dl {
                        dt { "What to do" }
                        dd { (sanitize(row.verdict.required_action)) }
                        @if !row.verdict.customer_message.is_empty() {
                            dt { "Tell the customer" }
                            dd { (sanitize(row.verdict.customer_message)) }
                        }
                        @if let Some(entry) = row.verdict.entry {
                            dt { "Documentation" }
                            dd { (sanitize(entry.standing.as_str())) (source(entry)) }
                        }
                    }
                }
            }
        }
    }
}

/// Where it is written first. Only an address of the web becomes a link: an overlay may hold anything.
fn source(entry: &Entry) -> Markup {
    let reading = entry.readings.first();
    let url = reading.map_or("", |reading| reading.url.as_str());
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! {
        @if is_web { ": " a href=(url) rel="noreferrer" { (sanitize(url)) } }
    }
}

/// Codes as links to their meanings.
pub fn links<'r, 'a: 'r>(rows: impl IntoIterator<Item = &'r StateRow<'a>>) -> Markup {
    html! {
        @for (place, row) in rows.into_iter().enumerate() {
            @if place > 0 { " " }
            @match anchor(row) {
                Some(anchor) => a href={ "#" (anchor) } { (row.code) },
                None => (row.code),
            }
        }
    }
}

/// A code that is shared by two states has one anchor, for the one that is not the rest.
fn anchor(row: &StateRow<'_>) -> Option<String> {
    row.verdict
        .entry
        .map(|entry| format!("{}-{}", row.verdict.category, entry.code))
}
