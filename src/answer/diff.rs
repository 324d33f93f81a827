//! What `diff` reports: the accounts that changed between snapshots.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::share_limit;
use super::{Answer, Body, Cell, Complete, Kind, Report, Section, Table, Text, or_dash};
use crate::account::Code;
use crate::catalog::Category;
use crate::diff::{Change, ChangeKind};
use crate::text::{Count, grouped};

/// One account that changed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeRecord<'a> {
    /// The account.
    pub id: Text<'a>,
    /// The customer; `null` where the input has none.
    pub customer_id: Option<Text<'a>>,
    /// The institution; `null` where the input has none.
    pub institution_id: Option<Text<'a>>,
    /// The login; `null` where the input has none.
    pub institution_login_id: Option<Text<'a>>,
    /// What became of it.
    pub change: ChangeKind,
    /// The code before; `null` if it was pending or not there.
    pub before: Option<Code>,
    /// The code now; `null` if it is pending or gone.
    pub after: Option<Code>,
    /// Snapshots in a row with the newest code; 0 if it is gone.
    pub streak: u16,
    /// Whether the institution seems to want a passcode at every sign-in.
    pub one_time_passcode_likely: bool,
}

/// The counts of a comparison.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Summary {
    /// Snapshots that were compared.
    pub snapshots: u16,
    /// Accounts of the last two snapshots: each is in exactly one count.
    pub by_change: BTreeMap<ChangeKind, u64>,
    /// Records of any snapshot that could not be read.
    pub invalid: u64,
}

/// The members of the JSON document after `changes`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rest {
    /// The counts.
    pub summary: Summary,
}

/// The answer of `diff`.
#[derive(Debug)]
pub struct Diff {
    /// The changes that were asked for, the worst first.
    pub changes: Vec<Change>,
    /// All accounts of the last two snapshots, by what became of them.
    pub counts: [u64; ChangeKind::ALL.len()],
    /// Snapshots that were compared.
    pub snapshots: u16,
    /// Records of any snapshot that could not be read.
    pub invalid: u64,
    /// Changes that people are shown.
    pub limit: usize,
}

impl Answer for Diff {
    const RECORDS: &'static str = "changes";
    type Record<'a>
        = ChangeRecord<'a>
    where
        Self: 'a;
    type Rest<'a>
        = Rest
    where
        Self: 'a;

    fn rest(&self) -> Rest {
        let counts = ChangeKind::ALL.into_iter().zip(self.counts);
        Rest {
            summary: Summary {
                snapshots: self.snapshots,
                by_change: counts.collect(),
                invalid: self.invalid,
            },
        }
    }

    fn report(&self) -> Report<'_> {
        let kind = |change: &Change| change.outcome.kind;
        let groups: Vec<&[Change]> = self.changes.chunk_by(|a, b| kind(a) == kind(b)).collect();
        let lengths: Vec<usize> = groups.iter().map(|changes| changes.len()).collect();
        let shares = share_limit(&lengths, self.limit);
        let headline = self.headline();
        Report {
            title: headline.clone(),
            headline,
            sections: groups
                .into_iter()
                .zip(shares)
                .map(|(group, shown)| table(group, shown))
                .collect(),
            ..Report::default()
        }
    }
}

impl Complete for Diff {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        self.changes.iter().map(ChangeRecord::from)
    }
}

impl Diff {
    fn headline(&self) -> String {
        let of = |kind: ChangeKind| self.counts[kind as usize];
        let phrases: Vec<String> = ChangeKind::ALL
            .into_iter()
            .filter(|&kind| kind != ChangeKind::Unchanged && of(kind) > 0)
            .map(|kind| format!("{} {}", grouped(of(kind)), verb(kind)))
            .collect();
        if phrases.is_empty() {
            format!(
                "Nothing changed: {}",
                Count(of(ChangeKind::Unchanged), "account")
            )
        } else {
            phrases.join(", ")
        }
    }
}

const fn verb(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Broken => "broke",
        ChangeKind::CodeChanged => "changed",
        ChangeKind::StillFailing => "still failing",
        ChangeKind::Appeared => "appeared",
        ChangeKind::Disappeared => "disappeared",
        ChangeKind::Recovered => "recovered",
        ChangeKind::Unchanged => "unchanged",
    }
}

/// The changes of one kind, the first ones of them.
fn table(changes: &[Change], shown: usize) -> Section<'_> {
    let kind = changes
        .first()
        .map_or(ChangeKind::Unchanged, |change| change.outcome.kind);
    let table = Table::of(&changes[..shown])
        .column(Kind::Id, "Account", |change| Cell::new(&*change.id))
        .column(Kind::Id, "Customer", |change| {
            Cell::id(change.customer_id.as_deref())
        })
        .column(Kind::Id, "Institution", |change| {
            Cell::id(change.institution_id.as_deref())
        })
        .column(Kind::Id, "Login", |change| {
            Cell::id(change.institution_login_id.as_deref())
        })
        .column(Kind::Number, "Before", |change| {
            Cell::new(or_dash(change.outcome.before))
        })
        .column(Kind::Number, "After", move |change| {
            Cell::new(or_dash(change.outcome.after)).colored(color(kind))
        })
        .column(Kind::Number, "Streak", |change| {
            Cell::new(change.outcome.streak.to_string())
        })
        .column(Kind::Word, "Passcode", |change| {
            Cell::new(if change.outcome.one_time_passcode_likely {
                "each time?"
            } else {
                "-"
            })
        });
    Section {
        id: kind.as_str().to_owned(),
        heading: format!("{kind} ({})", grouped(changes.len() as u64)).into(),
        body: Body::Table(table.build()),
        more: (changes.len() - shown) as u64,
        ..Section::default()
    }
}

/// The category whose color a change has.
const fn color(kind: ChangeKind) -> Category {
    match kind {
        ChangeKind::Broken => Category::Unknown,
        ChangeKind::CodeChanged | ChangeKind::StillFailing => Category::UserAction,
        ChangeKind::Appeared | ChangeKind::Disappeared => Category::Pending,
        ChangeKind::Recovered | ChangeKind::Unchanged => Category::Ok,
    }
}

impl<'a> From<&'a Change> for ChangeRecord<'a> {
    fn from(change: &'a Change) -> Self {
        let text = |text: &'a Option<String>| text.as_deref().map(Text::from);
        Self {
            id: change.id.as_str().into(),
            customer_id: text(&change.customer_id),
            institution_id: text(&change.institution_id),
            institution_login_id: text(&change.institution_login_id),
            change: change.outcome.kind,
            before: change.outcome.before,
            after: change.outcome.after,
            streak: change.outcome.streak,
            one_time_passcode_likely: change.outcome.one_time_passcode_likely,
        }
    }
}
