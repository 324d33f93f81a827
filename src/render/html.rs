//! A report as a self-contained HTML page, which loads nothing and is readable without its script.

mod bar;
mod body;
mod contents;
mod series;
mod table;

use std::io::{self, Write};
use std::vec;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::answer::report::split_limit;
use crate::answer::{Body, Overview, Report};
use crate::terminal::sanitize;
use crate::text::Count;
use body::{Links, code_heading};

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// The content security policy: the page may use its own style, and scripts with these hashes. An
/// injected script could not run even if escaping failed.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      script-src 'sha256-ob+aD/fFe0t1y0AbJ27GS7uuG0l53sDzOd5pL+7VyVg=' \
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
    /// The maximum size of the page in bytes: it lists as many rows as fit. A reference is always
    /// complete.
    pub max_size: Option<usize>,
}

/// Writes a report, and returns the number of rows that it does not list.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn write(
    out: &mut dyn Write,
    info: &PageInfo,
    overview: &Overview<'_>,
    report: &Report<'_>,
) -> io::Result<u64> {
    // A reference must be complete.
    let Some(max_size) = info.max_size.filter(|_| !overview.is_reference) else {
        return Ok(write_page(out, info, overview, report, Room::Unlimited)?.omitted);
    };
    let mut size = Size(0);
    let empty = write_page(&mut size, info, overview, report, Room::Measure(Vec::new()))?;
    let Room::Measure(sizes) = empty.room else {
        return Ok(empty.omitted);
    };
    let room = split_limit(&sizes, max_size.saturating_sub(size.0));
    Ok(write_page(out, info, overview, report, Room::Limited(room.into_iter()))?.omitted)
}

/// The number of bytes that the rows of each table may take.
enum Room {
    /// No limit.
    Unlimited,
    /// No rows are written, but the size of all of them is measured for each table.
    Measure(Vec<usize>),
    /// The limits of the tables that are still to come.
    Limited(vec::IntoIter<usize>),
}

/// Counts the bytes that are written.
struct Size(usize);

impl Write for Size {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a page with as many rows as there is room for.
fn write_page<'p>(
    out: &'p mut dyn Write,
    info: &PageInfo,
    overview: &Overview<'_>,
    report: &'p Report<'_>,
    room: Room,
) -> io::Result<Page<'p>> {
    let shown = report.sections.iter().filter(|section| !section.is_empty());
    let mut page = Page {
        out,
        links: Links(shown.map(|section| &*section.id).collect()),
        has_heading: false,
        is_reference: overview.is_reference,
        is_single: is_single(report),
        room,
        omitted: 0,
    };
    page.markup(html! { (DOCTYPE) })?;
    page.raw("<html lang=\"en\">\n")?;
    page.markup(head(report))?;
    page.raw("<body>\n")?;
    page.markup(header(info, report))?;
    page.raw("<main>\n")?;
    page.tiles(&overview.tiles)?;
    if let Some(contents) = contents::contents(&report.sections) {
        page.markup(contents)?;
    }
    page.charts(&overview.charts)?;
    if overview.is_reference {
        let codes = report.sections.iter().filter(|section| section.code.is_some()).count();
        page.search("codes", "Search all codes", codes as u64)?;
    }
    for section in &report.sections {
        page.section(section)?;
    }
    page.raw("</main>\n")?;
    page.markup(html! {
        footer {
            @if !report.footnote.is_empty() { p { (sanitize(&report.footnote)) } }
            p {
                @if overview.is_about_codes {
                    "This page contains no customer data."
                } @else {
                    "This page contains ids, codes, and counts, but no customer names, account numbers, or balances."
                }
            }
        }
    })?;
    page.script(SCRIPT)?;
    if has_series(report) {
        page.script(series::SCRIPT)?;
    }
    page.raw("</body>\n</html>\n")?;
    Ok(page)
}

/// Returns whether the report explains a single code, which is then the heading of the page.
fn is_single(report: &Report<'_>) -> bool {
    report.headline.is_empty()
        && matches!(report.sections.as_slice(), [only] if only.code.is_some())
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
        inputs.push(format!("and {},", Count(others.len() as u64, "more file")));
    }
    let heading = match report.sections.as_slice() {
        [only] if is_single(report) => html! { (code_heading(only)) },
        _ if report.headline.is_empty() => html! { (sanitize(&report.title)) },
        _ => html! { (sanitize(&report.headline)) },
    };
    html! {
        header {
            p.quiet { "Aggregation status codes, Mastercard Open Finance US" }
            h1 { (heading) }
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
    /// Whether the page explains a single code.
    is_single: bool,
    room: Room,
    /// The number of rows that are left out.
    omitted: u64,
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
