//! The report page: one HTML file that needs no network, and no script to be read.

mod chart;
mod codes;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::digest::{ACCOUNT_COLUMNS, CODE_COLUMN, StateRow, account_cells, headline, state_rows};
use super::{Column, End, Report};
use crate::catalog::{Action, short_action};
use crate::terminal::{sanitize, truncate_id};
use crate::text::{Count, grouped};

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// What a browser lets the page do: use its own style and this script, and nothing else. The script is named by its hash, so
/// that one that came in with an id could not run even if it were not escaped.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      script-src 'sha256-Y6UJdFm/IVp/oAOTNZ4dSqz14TzqfTptwRMrjs4x3hY='";

/// Inputs that are named one by one.
const INPUTS_NAMED: usize = 20;

/// From what and when a page was made.
#[derive(Debug)]
pub struct Made {
    /// The moment, for people.
    pub at: String,
    /// The inputs as they were named.
    pub inputs: Vec<String>,
    /// The overlay of the catalog, if there is one.
    pub overlay: Option<String>,
}

/// The format `html`.
#[derive(Debug)]
pub struct Page {
    made: Made,
    limit: usize,
}

impl Page {
    /// A page that lists at most `limit` accounts.
    #[must_use]
    pub const fn new(made: Made, limit: usize) -> Self {
        Self { made, limit }
    }
}

impl Report for Page {
    fn listed(&self) -> usize {
        self.limit
    }

    fn encodes(&self) -> bool {
        false
    }

    fn finish(&self, out: &mut dyn Write, end: &End<'_>) -> io::Result<()> {
        let rows = state_rows(end);
        let mut write = |part: Markup| out.write_all(part.0.as_bytes());
        write(html! { (DOCTYPE) })?;
        write(PreEscaped("<html lang=\"en\">\n".to_owned()))?;
        write(head(&headline(end)))?;
        write(PreEscaped("<body>\n".to_owned()))?;
        write(self.top(end))?;
        write(PreEscaped("<main>\n".to_owned()))?;
        if !rows.is_empty() {
            write(chart::charts(end, &rows))?;
            write(repair(&rows))?;
            write(tally(&rows))?;
        }
        if !end.listed.is_empty() {
            accounts(end, &mut write)?;
        }
        if !rows.is_empty() {
            write(codes::codes(&rows))?;
        }
        write(PreEscaped("</main>\n".to_owned()))?;
        write(bottom(end))?;
        write(PreEscaped(
            "<script>".to_owned() + SCRIPT + "</script>\n</body>\n</html>\n",
        ))
    }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            meta name="referrer" content="no-referrer";
            title { (title) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

impl Page {
    fn top(&self, end: &End<'_>) -> Markup {
        let made = &self.made;
        let (named, others) = made.inputs.split_at(made.inputs.len().min(INPUTS_NAMED));
        let name = |input: &String| match input.as_str() {
            "-" => "standard input".to_owned(),
            name => sanitize(name).into_owned(),
        };
        let mut inputs: Vec<String> = named.iter().map(name).collect();
        if !others.is_empty() {
            inputs.push(format!("{} more", Count(others.len() as u64, "file")));
        }
        html! {
            header {
                p.quiet { "Aggregation status codes, Mastercard Open Finance US" }
                h1 { (headline(end)) }
                p.quiet {
                    "Made on " time { (made.at) } " from " (inputs.join(", ")) " by statuscode "
                    (env!("CARGO_PKG_VERSION"))
                    @if let Some(overlay) = &made.overlay { ", with the catalog " (sanitize(overlay)) }
                    "."
                }
            }
        }
    }
}

/// The ledger, so that a reader sees that nothing is missing.
fn bottom(end: &End<'_>) -> Markup {
    let tally = end.tally;
    html! {
        footer {
            p {
                (Count(tally.documents, "document")) ", " (Count(tally.records(), "record")) ": "
                (Count(tally.accounts(), "account")) " and " (Count(tally.invalid, "invalid record")) ". "
                "The page holds ids, codes and counts; no names, numbers or balances."
            }
        }
    }
}

/// The work by action: actions in the order of what can be done now.
fn repair(rows: &[StateRow<'_>]) -> Markup {
    let is_work = |action: Action| !matches!(action, Action::None | Action::AwaitFirstAggregation);
    let of = |action| rows.iter().filter(move |row| row.verdict.action == action);
    let work = Action::ALL
        .iter()
        .filter(|&&action| is_work(action) && of(action).count() > 0);
    html! {
        section {
            h2 #repair { "Repair work" }
            div.scroll tabindex="0" role="region" aria-labelledby="repair" {
                table {
                    thead { tr {
                        th scope="col" { "Action" }
                        th.number scope="col" { "Accounts" }
                        th scope="col" { "Codes" }
                        th scope="col" { "What to do" }
                    } }
                    tbody {
                        @for &action in work {
                            tr {
                                td.word { (action.as_str()) }
                                td.number { (grouped(of(action).map(|row| row.accounts).sum())) }
                                td { (codes::links(of(action))) }
                                td.text { (sentence(action.description())) }
                            }
                        }
                    }
                }
            }
            p.quiet { "statuscode plan makes one step of this for each login, account or ticket." }
        }
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

fn tally(rows: &[StateRow<'_>]) -> Markup {
    html! {
        section {
            h2 #tally { "Every state" }
            div.scroll tabindex="0" role="region" aria-labelledby="tally" {
                table {
                    thead { tr {
                        th.number scope="col" { "Code" }
                        th.number scope="col" { "Accounts" }
                        th scope="col" { "Category" }
                        th scope="col" { "Meaning" }
                        th scope="col" { "Required action" }
                    } }
                    tbody {
                        @for row in rows {
                            tr {
                                td.number { (codes::links([row])) }
                                td.number { (grouped(row.accounts)) }
                                td.word.(row.verdict.category) { (row.verdict.category) }
                                td.text { (sanitize(row.verdict.title)) }
                                td.text { (sanitize(short_action(row.verdict.required_action))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The accounts, written row by row: there may be millions of them.
fn accounts(end: &End<'_>, write: &mut impl FnMut(Markup) -> io::Result<()>) -> io::Result<()> {
    write(html! {
        h2 #accounts-title { "Accounts that need someone" }
        div.search hidden {
            label for="search" { "Search" }
            input #search type="search" autocomplete="off" spellcheck="false";
            span #shown.quiet role="status" {}
        }
    })?;
    write(PreEscaped(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"accounts-title\">\n<table id=\"accounts\">\n"
            .to_owned(),
    ))?;
    write(html! { thead { tr {
        @for (name, column) in ACCOUNT_COLUMNS {
            th scope="col" class=[(column == Column::Number).then_some("number")] { (name) }
        }
    } } })?;
    write(PreEscaped("\n<tbody>\n".to_owned()))?;
    for account in end.listed {
        let category = end.classifier.verdicts()[account.verdict].category;
        let cells = account_cells(end, account);
        write(html! { tr {
            @for (place, (cell, (_, column))) in cells.iter().zip(ACCOUNT_COLUMNS).enumerate() {
                @match column {
                    Column::Id => td.id { (truncate_id(cell)) },
                    Column::Number if place == CODE_COLUMN => td.number.(category) { (cell) },
                    Column::Number => td.number { (cell) },
                    Column::Word | Column::Text => td.word { (sanitize(cell)) },
                }
            }
        } })?;
    }
    write(PreEscaped("</tbody>\n</table>\n</div>\n".to_owned()))?;
    let more = end.not_listed();
    if more > 0 {
        write(html! { p.quiet { "… and " (grouped(more)) " more (--limit 0 lists all)." } })?;
    }
    Ok(())
}
