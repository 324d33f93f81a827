//! How changes are written, in every format.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;

use crate::account::Code;
use crate::catalog::Category;
use crate::diff::{Change, ChangeKind};
use crate::render::{Cell, Column, Grid, csv_row, markdown as md, wrapped_headline};
use crate::terminal::TerminalCaps;
use crate::terminal::style::Style;
use crate::text::{Count, grouped};

/// From this many accounts of one institution that broke alike, an outage is the likeliest cause.
const OUTAGE: usize = 10;

type Counts = [u64; ChangeKind::ALL.len()];

pub fn sheet(out: &mut dyn Write, changes: &[Change]) -> Result<()> {
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
        let outcome = change.outcome;
        let row = csv_row([
            Cow::from(&change.id),
            Cow::from(change.customer_id.as_deref().unwrap_or_default()),
            Cow::from(change.institution_id.as_deref().unwrap_or_default()),
            Cow::from(change.institution_login_id.as_deref().unwrap_or_default()),
            Cow::from(outcome.kind.as_str()),
            Cow::from(
                outcome
                    .before
                    .map(|code| code.to_string())
                    .unwrap_or_default(),
            ),
            Cow::from(
                outcome
                    .after
                    .map(|code| code.to_string())
                    .unwrap_or_default(),
            ),
            Cow::from(outcome.streak.to_string()),
            Cow::from(outcome.one_time_passcode_likely.to_string()),
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

pub fn markdown(changes: &[Change], counts: &Counts) -> String {
    let (outages, others) = outages(changes);
    let mut text = format!("# {}\n", md::escaped(&headline(counts)));
    if !outages.is_empty() {
        text.push('\n');
    }
    for outage in &outages {
        text += &format!("- {}\n", md::escaped(&outage.to_string()));
    }
    if !others.is_empty() {
        let rows = others.iter().map(|change| {
            let mut cells = row(change).to_vec();
            if let Some(passcode) = passcode(change) {
                cells[0] += &format!(" ({passcode})");
            }
            cells
        });
        text += &format!("\n{}", md::table(&COLUMNS.map(|(name, _)| name), rows));
    }
    text
}

pub fn table(caps: TerminalCaps, changes: &[Change], counts: &Counts) -> String {
    let style = Style { color: caps.color };
    let (outages, others) = outages(changes);
    let mut text = wrapped_headline(caps, &headline(counts));
    if !outages.is_empty() {
        text.push('\n');
    }
    for outage in &outages {
        text += &format!(
            "{}\n",
            style.category(
                Category::Institution,
                &crate::terminal::sanitize(&outage.to_string())
            )
        );
    }
    if !others.is_empty() {
        let mut grid = Grid::new(caps, &COLUMNS);
        for change in others {
            let mut cells = row(change).map(Cell::new);
            let kind = change.outcome.kind;
            cells[0] = match passcode(change) {
                Some(passcode) if caps.is_narrow() => Cell::two_lines(kind.as_str(), passcode),
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
fn passcode(change: &Change) -> Option<&'static str> {
    let is_likely = change.outcome.one_time_passcode_likely;
    is_likely.then_some("passcode each time?")
}

fn row(change: &Change) -> [String; 7] {
    let or_dash = |text: Option<&String>| text.map_or_else(|| "-".to_owned(), Clone::clone);
    let code = |code: Option<Code>| code.map_or_else(|| "-".to_owned(), |code| code.to_string());
    let outcome = change.outcome;
    [
        outcome.kind.as_str().to_owned(),
        change.id.clone(),
        or_dash(change.customer_id.as_ref()),
        or_dash(change.institution_login_id.as_ref()),
        code(outcome.before),
        code(outcome.after),
        outcome.streak.to_string(),
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

/// Many accounts of one institution that broke alike.
struct Outage<'a> {
    institution: &'a str,
    accounts: usize,
    before: Option<Code>,
    after: Option<Code>,
}

impl std::fmt::Display for Outage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let code =
            |code: Option<Code>| code.map_or_else(|| "no code".to_owned(), |code| code.to_string());
        let accounts = Count(self.accounts as u64, "account");
        let (before, after) = (code(self.before), code(self.after));
        write!(
            f,
            "likely an outage at {}: {accounts} went from {before} to {after}",
            self.institution
        )
    }
}

/// Changes that are likely outages, the largest first, and all others.
fn outages(changes: &[Change]) -> (Vec<Outage<'_>>, Vec<&Change>) {
    let alike = |change: &Change| {
        let outcome = change.outcome;
        (outcome.kind == ChangeKind::Broken).then_some((outcome.before, outcome.after))
    };
    let mut groups: BTreeMap<_, usize> = BTreeMap::new();
    for change in changes {
        if let (Some(institution), Some(codes)) = (change.institution_id.as_deref(), alike(change))
        {
            *groups.entry((institution, codes)).or_default() += 1;
        }
    }
    groups.retain(|_, accounts| *accounts >= OUTAGE);
    let is_outage = |change: &&Change| match (change.institution_id.as_deref(), alike(change)) {
        (Some(institution), Some(codes)) => groups.contains_key(&(institution, codes)),
        _ => false,
    };
    let others = changes.iter().filter(|change| !is_outage(change)).collect();
    let mut outages: Vec<Outage<'_>> = groups
        .iter()
        .map(|(&(institution, (before, after)), &accounts)| Outage {
            institution,
            accounts,
            before,
            after,
        })
        .collect();
    outages.sort_by_key(|outage| std::cmp::Reverse(outage.accounts));
    (outages, others)
}
