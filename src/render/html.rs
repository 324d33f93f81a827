//! A report as a self-contained HTML page, which loads nothing and is readable without its script.

mod bar;
mod body;
mod series;
mod table;

use std::collections::BTreeSet;
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::answer::{Body, Overview, Report};
use crate::terminal::sanitize;
use crate::text::Count;
use body::Links;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// The content security policy: the page may use its own style, and scripts with these hashes. An
/// injected script could not run even if escaping failed.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      script-src 'sha256-0HKEMc+M49GOwUJlKzG8xjIY9acsKvq6hTYqsbsZn90=' \
                      'sha256-fNqA3dVNZn/ZR7WiuCbQR0rCKTh8p/uI6TPyimY1n7c='";

/// The number of inputs to name.
const MAX_INPUTS: usize = 20;

/// When and from what an HTML page was generated.
#[derive(Debug, Clone, Default)]
pub struct PageInfo {
    /// The time as text, such as `2026-11-20 03:12 UTC`.
    pub generated_at: String,
    /// The inputs as named on the command line; `-` for standard input.
    pub inputs: Vec<String>,
    /// The file name of the overlay catalog, if there is one.
    pub overlay: Option<String>,
}

/// Writes a report.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn write(
    out: &mut dyn Write,
    info: &PageInfo,
    overview: &Overview<'_>,
    report: &Report<'_>,
) -> io::Result<()> {
    let ids: BTreeSet<&str> = report.sections.iter().map(|section| &*section.id).collect();
    let is_reference = overview.is_reference;
    let mut page = Page { out, links: Links(ids), has_heading: false, is_reference };
    page.markup(html! { (DOCTYPE) })?;
    page.raw("<html lang=\"en\">\n")?;
    page.markup(head(report))?;
    page.raw("<body>\n")?;
    page.markup(header(info, report))?;
    page.raw("<main>\n")?;
    page.tiles(&overview.tiles)?;
    page.charts(&overview.charts)?;
    if overview.is_reference {
        page.search("codes", "Search all codes")?;
    }
    for section in &report.sections {
        page.section(section)?;
    }
    page.raw("</main>\n")?;
    page.markup(html! {
        footer {
            @if !report.footnote.is_empty() { p { (sanitize(&report.footnote)) } }
            p { "This page contains ids, codes, and counts, but no customer names, account numbers, or balances." }
        }
    })?;
    page.script(SCRIPT)?;
    if has_series(report) {
        page.script(series::SCRIPT)?;
    }
    page.raw("</body>\n</html>\n")
}

fn has_series(report: &Report<'_>) -> bool {
    report.sections.iter().any(|section| matches!(section.body, Body::Series(_)))
}

fn head(report: &Report<'_>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            meta name="referrer" content="no-referrer";
            title { (report.title) }
            style { (PreEscaped(STYLE)) @if has_series(report) { (PreEscaped(series::STYLE)) } }
        }
    }
}

fn header(info: &PageInfo, report: &Report<'_>) -> Markup {
    let (named, others) = info.inputs.split_at(info.inputs.len().min(MAX_INPUTS));
    let name = |input: &String| match input.as_str() {
        "-" => "standard input".to_owned(),
        name => sanitize(name).into_owned(),
    };
    let mut inputs: Vec<String> = named.iter().map(name).collect();
    if !others.is_empty() {
        inputs.push(format!("{} more", Count(others.len() as u64, "file")));
    }
    let headline = if report.headline.is_empty() { &report.title } else { &report.headline };
    html! {
        header {
            p.quiet { "Aggregation status codes, Mastercard Open Finance US" }
            h1 { (sanitize(headline)) }
            p.quiet {
                "Generated on " time { (info.generated_at) }
                @if !inputs.is_empty() { " from " (inputs.join(", ")) }
                " by statuscode " (env!("CARGO_PKG_VERSION"))
                @if let Some(overlay) = &info.overlay { ", with the overlay " (sanitize(overlay)) }
                "."
            }
        }
    }
}

/// A partly written page.
struct Page<'p> {
    out: &'p mut dyn Write,
    links: Links<'p>,
    /// Whether a second-level heading was written.
    has_heading: bool,
    /// Whether the page has one search box for everything.
    is_reference: bool,
}

impl Page<'_> {
    /// Writes markup without escaping it.
    fn raw(&mut self, markup: &str) -> io::Result<()> {
        self.out.write_all(markup.as_bytes())
    }

    fn script(&mut self, script: &str) -> io::Result<()> {
        self.raw("<script>")?;
        self.raw(script)?;
        self.raw("</script>\n")
    }

    fn markup(&mut self, markup: Markup) -> io::Result<()> {
        self.raw(&(markup.into_string() + "\n"))
    }
}
