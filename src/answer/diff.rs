//! The answer of `diff`: the accounts that changed between snapshots.

mod record;

use std::collections::BTreeMap;

use super::entry::anchor;
use super::invalid::{Invalid, invalid_records};
use super::meaning::meanings;
use super::report::split_limit;
use super::summary::section_id;
use super::{
    Answer, Bar, Body, Cell, Complete, Kind, Overview, Report, Scope, Section, Share, Table, Tile,
    charts, institution_cell, institution_kind, or_dash,
};
use crate::account::Code;
use crate::catalog::Category;
use crate::classify::{Classifier, Verdict};
use crate::diff::{Change, ChangeKind, Changes, Outage};
use crate::institutions::Institutions;
use crate::spread::Spread;
use crate::text::{Count, grouped, plural};
pub use record::{ChangeRecord, OutageRecord, Rest, Summary};

/// The answer of `diff`.
#[derive(Debug)]
pub struct Diff<'a> {
    /// All changes.
    pub changes: &'a Changes,
    /// Names of institutions.
    pub institutions: &'a Institutions,
    /// The classifier, for the meanings of codes.
    pub classifier: &'a Classifier<'a>,
    /// The kinds to list; all if empty.
    pub only: &'a [ChangeKind],
    /// The number of snapshots that were compared.
    pub snapshots: u32,
    /// The part of the snapshots that the comparison covers.
    pub scope: Scope,
    /// The number of records in all snapshots that do not match the selection.
    pub unselected: u64,
    /// The number of invalid records in all snapshots.
    pub invalid: u64,
    /// The first invalid records.
    pub listed_invalid: Vec<Invalid<'static>>,
    /// The number of changes that a report lists.
    pub limit: usize,
}

impl Answer for Diff<'_> {
    const RECORDS: &'static str = "changes";
    type Record<'a>
        = ChangeRecord<'a>
    where
        Self: 'a;
    type Rest<'a>
        = Rest<'a>
    where
        Self: 'a;

    fn rest(&self) -> Rest<'_> {
        let count = |kind| (kind, self.changes.count(kind));
        Rest {
            outages: self
                .changes
                .outages()
                .iter()
                .map(|outage| OutageRecord::new(outage, self.institutions))
                .collect(),
            summary: Summary {
                snapshots: self.snapshots,
                by_change: ChangeKind::ALL.into_iter().map(count).collect(),
                unselected: self.unselected,
                invalid: self.invalid,
            },
        }
    }

    fn report(&self) -> Report<'_> {
        let outages = self.changes.outages();
        let groups = self.groups();
        let mut lengths = vec![outages.len()];
        lengths.extend(groups.iter().map(KindGroup::len));
        let shares = split_limit(&lengths, self.limit);
        let mut sections = Vec::new();
        if !outages.is_empty() {
            sections.push(outage_section(outages, shares[0], self.institutions));
        }
        let groups = groups.into_iter().zip(&shares[1..]);
        let mut verdicts = BTreeMap::new();
        for (group, &shown) in groups {
            let listed = group.first.iter().take(shown);
            let codes = listed.flat_map(|change| [change.before(), change.after()]).flatten();
            verdicts.extend(codes.filter_map(|code| Some((code, verdict(self.classifier, code)?))));
            sections.push(group.section(shown, self.classifier, self.institutions));
        }
        let outage_codes = outages.iter().take(shares[0]).map(|outage| outage.code);
        verdicts
            .extend(outage_codes.filter_map(|code| Some((code, verdict(self.classifier, code)?))));
        sections.extend(invalid_records(&self.listed_invalid, self.limit, self.invalid));
        sections.extend(meanings(verdicts.into_values().collect()));
        let headline = self.headline();
        let footnote = format!(
            "{} compared, {}; {} unchanged.",
            Count(u64::from(self.snapshots), "snapshot"),
            Count(self.invalid, "invalid record"),
            Count(self.changes.count(ChangeKind::Unchanged), "account"),
        );
        Report { title: headline.clone(), headline, sections, footnote }
    }

    fn overview(&self) -> Overview<'_> {
        let outages = self.changes.outages().len() as u64;
        let mut tiles = vec![];
        if outages > 0 {
            let label = plural(outages, "likely outage");
            tiles.push(Tile::new(outages, label, "outages").colored(Category::Institution));
        }
        for kind in ChangeKind::ALL {
            let count = self.changes.count(kind);
            if kind == ChangeKind::Unchanged || count == 0 {
                continue;
            }
            let target = if self.lists(kind) { kind.as_str() } else { "" };
            tiles.push(Tile::new(count, kind.label().to_lowercase(), target).colored(color(kind)));
        }
        if self.invalid > 0 {
            let label = plural(self.invalid, "invalid record");
            tiles.push(Tile::new(self.invalid, label, "invalid").colored(Category::Unknown));
        }
        Overview { tiles, charts: charts::on_one_scale(self.broken()), ..Overview::default() }
    }
}

impl Complete for Diff<'_> {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        self.listed().map(|change| ChangeRecord::new(&change, self.changes.is_in_outage(&change)))
    }
}

/// The changes of one kind, for a report.
struct KindGroup<'a> {
    kind: ChangeKind,
    /// The first changes that are not part of an outage.
    first: Vec<Change<'a>>,
    /// The number of changes that are not part of an outage.
    listed: u64,
    /// The number of changes that are part of an outage, which the report does not list.
    folded: u64,
}

impl<'d> Diff<'d> {
    fn listed(&self) -> impl Iterator<Item = Change<'d>> {
        self.changes.iter().filter(|change| self.lists(change.kind()))
    }

    fn lists(&self, kind: ChangeKind) -> bool {
        self.only.is_empty() || self.only.contains(&kind)
    }

    /// Returns charts of the broken accounts, by code and by institution.
    fn broken(&self) -> Vec<Section<'d>> {
        let mut spread = Spread::default();
        let mut by_code: BTreeMap<Code, u64> = BTreeMap::new();
        for change in self.changes.iter().filter(|change| change.kind() == ChangeKind::Broken) {
            if let Some(code) = change.after() {
                *by_code.entry(code).or_default() += 1;
                let category = self.classifier.category(Some(code));
                spread.count(category, change.institution_id().as_deref(), None);
            }
        }
        let bars = by_code.into_iter().map(|(code, accounts)| Bar {
            label: code_cell(self.classifier, Some(code)),
            meaning: title(self.classifier, code).into(),
            share: Share::new(self.classifier.category(Some(code)), accounts, 0),
        });
        let by_code = charts::section("Broken by code", charts::longest(bars.collect()));
        let by_institution =
            charts::by_institution("Broken by institution", &spread, self.institutions);
        by_code.into_iter().chain(by_institution).collect()
    }

    fn groups(&self) -> Vec<KindGroup<'d>> {
        let mut groups: Vec<KindGroup<'d>> = Vec::new();
        for change in self.listed() {
            let kind = change.kind();
            // Changes are sorted by kind.
            if groups.last().is_none_or(|group| group.kind != kind) {
                groups.push(KindGroup { kind, first: Vec::new(), listed: 0, folded: 0 });
            }
            let Some(group) = groups.last_mut() else {
                continue;
            };
            if self.changes.is_in_outage(&change) {
                group.folded += 1;
            } else {
                group.listed += 1;
                if group.first.len() < self.limit {
                    group.first.push(change);
                }
            }
        }
        groups
    }

    fn headline(&self) -> String {
        let mut phrases: Vec<String> = ChangeKind::ALL
            .into_iter()
            .map(|kind| (kind, self.changes.count(kind)))
            .filter(|(kind, count)| *kind != ChangeKind::Unchanged && *count > 0)
            .map(|(kind, count)| format!("{} {}", grouped(count), verb(kind)))
            .collect();
        let outages = self.changes.outages().len() as u64;
        if outages > 0 {
            phrases.insert(0, Count(outages, "likely outage").to_string());
        }
        let text = if phrases.is_empty() {
            let unchanged = self.changes.count(ChangeKind::Unchanged);
            format!("Nothing changed: {}", Count(unchanged, "account"))
        } else {
            phrases.join(", ")
        };
        text + &self.scope.selected(self.unselected)
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

/// Returns a table with one row for each outage, in place of its accounts.
fn outage_section<'a>(outages: &'a [Outage], shown: usize, names: &'a Institutions) -> Section<'a> {
    let table = Table::builder(&outages[..shown])
        .column(institution_kind(names), "Institution", move |outage| {
            institution_cell(names, Some(outage.institution_id.as_str().into()))
        })
        .column(Kind::Number, "Code", |outage| {
            let code = Cell::new(outage.code.to_string()).colored(Category::Institution);
            code.linked(Some(anchor(outage.code)))
        })
        .column(Kind::Number, "Accounts", |outage| Cell::new(grouped(outage.accounts)))
        .column(Kind::Number, "Logins", |outage| Cell::new(grouped(outage.logins)))
        .column(Kind::Number, "Share", |outage| Cell::new(format!("{:.1}%", outage.share * 100.0)));
    Section {
        id: "outages".to_owned(),
        heading: format!("Likely outages ({})", grouped(outages.len() as u64)).into(),
        intro: "Accounts that newly have the code. The customers do not need to act.".into(),
        body: if shown > 0 { Body::Table(table.build()) } else { Body::None },
        more: (outages.len() - shown) as u64,
        ..Section::default()
    }
}

impl<'a> KindGroup<'a> {
    fn len(&self) -> usize {
        self.first.len()
    }

    fn section(
        mut self,
        shown: usize,
        classifier: &'a Classifier<'a>,
        names: &'a Institutions,
    ) -> Section<'a> {
        let Self { kind, listed, folded, .. } = self;
        self.first.truncate(shown);
        let has_passcodes = self.first.iter().any(Change::one_time_passcode_likely);
        let mut table = Table::builder(self.first)
            .column(Kind::Id, "Account", |change| Cell::new(change.id()))
            .column(Kind::Id, "Customer", |change| Cell::new(or_dash(change.customer_id())))
            .column(institution_kind(names), "Institution", move |change| {
                institution_cell(names, change.institution_id())
            })
            .column(Kind::Id, "Login", |change| Cell::new(or_dash(change.institution_login_id())))
            .column(Kind::Number, "Before", |change| code_cell(classifier, change.before()))
            .column(Kind::Number, "After", |change| code_cell(classifier, change.after()))
            .column(Kind::Number, "Streak", |change| Cell::new(change.streak().to_string()));
        if has_passcodes {
            table = table.column(Kind::Word, "Passcode", |change| {
                Cell::new(if change.one_time_passcode_likely() { "each time?" } else { "-" })
            });
        }
        // The meaning of the failing code: the new one or, if that is healthy, the old one.
        let meaning = |change: &Change<'_>| match change.after() {
            None | Some(0) => change.before().or(change.after()),
            after => after,
        };
        let table = table
            .column(Kind::Text, "Meaning", move |change| {
                Cell::new(meaning(change).map_or("-", |code| title(classifier, code)))
            })
            .optional();
        let heading = format!("{} ({})", kind.label(), grouped(listed + folded));
        let intro = if folded > 0 {
            format!("Not listed: {} in likely outages.", Count(folded, "account"))
        } else {
            String::new()
        };
        Section {
            id: kind.as_str().to_owned(),
            heading: heading.into(),
            intro: intro.into(),
            body: if shown > 0 { Body::Table(table.build()) } else { Body::None },
            more: listed - shown as u64,
            ..Section::default()
        }
    }
}

/// Returns the category whose color a change has.
const fn color(kind: ChangeKind) -> Category {
    match kind {
        ChangeKind::Broken => Category::Unknown,
        ChangeKind::CodeChanged | ChangeKind::StillFailing => Category::UserAction,
        ChangeKind::Appeared | ChangeKind::Disappeared => Category::Pending,
        ChangeKind::Recovered | ChangeKind::Unchanged => Category::Ok,
    }
}

/// Returns the cell of a code in the color of the code's category. The color of the change would
/// make 0 look like a failure.
fn code_cell<'r>(classifier: &Classifier<'_>, code: Option<Code>) -> Cell<'r> {
    let cell = Cell::new(or_dash(code));
    match code {
        Some(number) => cell
            .colored(classifier.category(code))
            .linked(verdict(classifier, number).map(section_id)),
        None => cell,
    }
}

/// Returns what the catalog says about a code.
fn verdict<'a>(classifier: &'a Classifier<'_>, code: Code) -> Option<&'a Verdict<'a>> {
    classifier.verdict(Some(code), classifier.category(Some(code)))
}

/// Returns the title of a code, or a dash.
fn title<'a>(classifier: &'a Classifier<'_>, code: Code) -> &'a str {
    verdict(classifier, code).map_or("-", |verdict| verdict.title)
}
