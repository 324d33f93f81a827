//! How changes are written, in every format.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;

use crate::account::Code;
use crate::catalog::Category;
use crate::diff::{Change, ChangeKind, Changes, Outage};
use crate::palette::Palette;
use crate::plural::{Count, grouped};
use crate::render::{Cell, Column, Grid, csv_row, markdown as md, wrapped_headline};
use crate::terminal::Look;

type Counts = [u64; ChangeKind::ALL.len()];

pub fn sheet<'a>(out: &mut dyn Write, changes: impl Iterator<Item = Change<'a>>) -> Result<()> {
    const HEADER: [&str; 9] = [
        "id",
        "customerId",
        "institutionId",
        "institutionLoginId",
        "change",
        "before",
        "after",
        "streak",
        "oneTimePasscodeLikely",
    ];
    out.write_all(&csv_row(HEADER.map(Cow::Borrowed))?)?;
    for change in changes {
        let code = |code: Option<Code>| code.map_or_else(String::new, |code| code.to_string());
        let row = csv_row([
            change.id(),
            change.customer_id().unwrap_or_default(),
            change.institution_id().unwrap_or_default(),
            change.institution_login_id().unwrap_or_default(),
            Cow::from(change.kind().as_str()),
            Cow::from(code(change.before())),
            Cow::from(code(change.after())),
            Cow::from(change.streak().to_string()),
            Cow::from(change.one_time_passcode_likely().to_string()),
        ])?;
        out.write_all(&row)?;
    }
    Ok(())
}

const COLUMNS: [(&str, Column); 7] = [
    ("Change", Column::Word),
    ("Account", Column::Id),
    ("Customer", Column::Id),
    ("Login", Column::Id),
    ("Before", Column::Number),
    ("After", Column::Number),
    ("Streak", Column::Number),
];

pub fn markdown<'a>(
    changes: &Changes,
    listed: impl Iterator<Item = Change<'a>>,
    counts: &Counts,
) -> String {
    let outages = changes.outages();
    let mut others = listed
        .filter(|change| !changes.is_in_outage(change))
        .peekable();
    let mut text = format!("# {}\n", md::escaped(&headline(counts)));
    if !outages.is_empty() {
        text.push('\n');
    }
    for outage in outages {
        text += &format!("- {}\n", md::escaped(&sentence(outage)));
    }
    if others.peek().is_some() {
        let rows = others.map(|change| {
            let mut cells = row(&change).to_vec();
            if let Some(passcode) = passcode(&change) {
                cells[0] += &format!(" ({passcode})");
            }
            cells
        });
        text += &format!("\n{}", md::table(&COLUMNS.map(|(name, _)| name), rows));
    }
    text
}

pub fn table<'a>(
    look: Look,
    changes: &Changes,
    listed: impl Iterator<Item = Change<'a>>,
    counts: &Counts,
) -> String {
    let palette = Palette { color: look.color };
    let outages = changes.outages();
    let mut others = listed
        .filter(|change| !changes.is_in_outage(change))
        .peekable();
    let mut text = wrapped_headline(look, &headline(counts));
    if !outages.is_empty() {
        text.push('\n');
    }
    for outage in outages {
        text += &format!(
            "{}\n",
            palette.category(
                Category::Institution,
                &crate::visible::visible(&sentence(outage))
            )
        );
    }
    if others.peek().is_some() {
        let mut grid = Grid::new(look, &COLUMNS);
        for change in others {
            let mut cells = row(&change).map(Cell::new);
            let kind = change.kind();
            cells[0] = match passcode(&change) {
                Some(passcode) if look.is_narrow() => Cell::two_lines(kind.as_str(), passcode),
                Some(passcode) => Cell::new(format!("{kind} ({passcode})")),
                None => Cell::new(kind.as_str()),
            };
            cells[0] = cells[0].clone().of(color(kind));
            grid.row(cells);
        }
        text.push('\n');
        text.push_str(&grid.text());
    }
    text
}

/// What is said of a change that will come back, because the institution wants a passcode every time.
fn passcode(change: &Change<'_>) -> Option<&'static str> {
    change
        .one_time_passcode_likely()
        .then_some("passcode each time?")
}

fn row(change: &Change<'_>) -> [String; 7] {
    let or_dash = |text: Option<Cow<'_, str>>| text.map_or_else(|| "-".to_owned(), Cow::into_owned);
    let code = |code: Option<Code>| code.map_or_else(|| "-".to_owned(), |code| code.to_string());
    [
        change.kind().as_str().to_owned(),
        change.id().into_owned(),
        or_dash(change.customer_id()),
        or_dash(change.institution_login_id()),
        code(change.before()),
        code(change.after()),
        change.streak().to_string(),
    ]
}

/// The category whose colour a change has.
const fn color(kind: ChangeKind) -> Category {
    match kind {
        ChangeKind::Broken => Category::Unknown,
        ChangeKind::CodeChanged | ChangeKind::StillFailing => Category::UserAction,
        ChangeKind::Appeared | ChangeKind::Disappeared => Category::Pending,
        ChangeKind::Recovered | ChangeKind::Unchanged => Category::Ok,
    }
}

/// The whole comparison in one sentence.
fn headline(counts: &Counts) -> String {
    let phrases: Vec<String> = ChangeKind::ALL
        .iter()
        .filter(|kind| **kind != ChangeKind::Unchanged && counts[**kind as usize] > 0)
        .map(|&kind| {
            let number = grouped(counts[kind as usize]);
            let verb = match kind {
                ChangeKind::Broken => "broke",
                ChangeKind::CodeChanged => "changed",
                ChangeKind::StillFailing => "still failing",
                ChangeKind::Appeared => "appeared",
                ChangeKind::Disappeared => "disappeared",
                ChangeKind::Recovered => "recovered",
                ChangeKind::Unchanged => "unchanged",
            };
            format!("{number} {verb}")
        })
        .collect();
    let unchanged = Count(counts[ChangeKind::Unchanged as usize], "account");
    if phrases.is_empty() {
        format!("Nothing changed: {unchanged}")
    } else {
        phrases.join(", ")
    }
}

/// An outage in one sentence.
fn sentence(outage: &Outage) -> String {
    format!(
        "likely outage at institution {}: {} of {} newly have code {}",
        outage.institution_id,
        Count(outage.accounts, "account"),
        Count(outage.logins, "login"),
        outage.code
    )
}
