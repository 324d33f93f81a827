//! The report of a trend: the failing categories over time, the snapshots, and the institutions.

use super::super::report::{
    Audience, Body, Cell, Kind, Line, Point, Report, Section, Series, Table, Tile,
};
use super::super::{Share, Text, institution_cell, institution_kind, or_dash};
use super::{InstitutionTrend, SnapshotRecord, Trend};
use crate::catalog::Category;
use crate::diff::ChangeKind;
use crate::text::{Count, grouped, percent, plural};

/// Returns the whole report. `groups` come before the snapshots, in place of the worst
/// institutions.
pub fn report<'t>(trend: &'t Trend<'_>, groups: Option<Section<'t>>) -> Report<'t> {
    let headline = headline(trend);
    let labels = labels(trend.snapshots);
    let mut sections = Vec::new();
    sections.extend(series(trend, &labels));
    let is_grouped = groups.is_some();
    sections.extend(groups);
    sections.push(changes(trend, &labels));
    sections.push(categories(trend, &labels));
    sections.extend(institutions(trend).filter(|_| !is_grouped));
    let incomplete = trend.snapshots.iter().filter(|snapshot| !snapshot.complete).count() as u64;
    let footnote = if incomplete > 0 {
        format!("Incomplete: not all of the input of {} was read.", Count(incomplete, "snapshot"))
    } else {
        String::new()
    };
    Report { title: headline.clone(), headline, sections, footnote }
}

fn headline(trend: &Trend<'_>) -> String {
    let Some((first, last)) = trend.snapshots.first().zip(trend.snapshots.last()) else {
        return "No snapshots".to_owned();
    };
    let share = |snapshot: &SnapshotRecord<'_>| percent(snapshot.failing(), snapshot.findings());
    let mut text = format!(
        "{}: {} of {} failing, {}",
        Count(trend.snapshots.len() as u64, "snapshot"),
        grouped(last.failing()),
        Count(last.findings(), "account"),
        share(last),
    );
    // A snapshot without accounts has no share.
    if trend.snapshots.len() > 1 && first.findings() > 0 && last.findings() > 0 {
        let rate = |one: &SnapshotRecord<'_>, other: &SnapshotRecord<'_>| {
            u128::from(one.failing()) * u128::from(other.findings())
        };
        text += &match (share(last) == share(first), rate(last, first) < rate(first, last)) {
            (true, _) => ", unchanged".to_owned(),
            (false, true) => format!(", down from {}", share(first)),
            (false, false) => format!(", up from {}", share(first)),
        };
    }
    if (0..trend.snapshots.len()).any(|index| trend.step(index).is_some()) {
        let changes = trend.changes();
        let count = |kind| grouped(changes.get(&kind).copied().unwrap_or_default());
        let (broken, recovered) = (count(ChangeKind::Broken), count(ChangeKind::Recovered));
        text += &format!("; {broken} broke, {recovered} recovered");
    }
    if let Some(median) = trend.history.and_then(|history| history.recovery.median()) {
        let plural = if median.halves() == 2 { "" } else { "s" };
        text += &format!("; median recovery after {median} snapshot{plural}");
    }
    let unselected = trend.snapshots.iter().map(|snapshot| snapshot.unselected).sum();
    text + &trend.scope.selected(unselected)
}

/// Returns the most important figures, for a page.
pub fn tiles(trend: &Trend<'_>) -> Vec<Tile> {
    let count = |count: u64, noun, target| Tile::new(count, plural(count, noun), target);
    let mut tiles = vec![count(trend.snapshots.len() as u64, "snapshot", "snapshots")];
    if let Some(last) = trend.snapshots.last() {
        let share = percent(last.failing(), last.findings());
        let failing = Tile::new(last.failing(), "failing now", "trend");
        tiles.push(count(last.accounts, "account", "snapshots").with_note("in the last snapshot"));
        tiles.push(failing.with_note(share).colored(Category::UserAction));
    }
    if let Some(history) = trend.history {
        let changes = trend.changes();
        let change = |kind| changes.get(&kind).copied().unwrap_or_default();
        let broken = Tile::new(change(ChangeKind::Broken), "broken", "snapshots");
        tiles.push(broken.with_note("in all snapshots").colored(Category::Unknown));
        let mut recovered = Tile::new(change(ChangeKind::Recovered), "recovered", "snapshots");
        if let Some(median) = history.recovery.median() {
            let ending = if median.halves() == 2 { "" } else { "s" };
            recovered = recovered.with_note(format!("median recovery: {median} snapshot{ending}"));
        }
        tiles.push(recovered.colored(Category::Ok));
        let never = Tile::new(history.never_recovered, "not recovered", "snapshots");
        tiles.push(never.with_note("when last seen").colored(Category::UserAction));
    }
    tiles
}

/// Returns the failing categories over time.
fn series<'t>(trend: &'t Trend<'_>, labels: &[&'t str]) -> Option<Section<'t>> {
    let points = trend.snapshots.iter().zip(labels);
    let points: Vec<Point<'t>> = points
        .map(|(snapshot, &label)| Point { label: label.into(), whole: snapshot.findings() })
        .collect();
    let lines = Category::failing_by_urgency().map(|category| Line {
        label: category.label().into(),
        category,
        values: trend.snapshots.iter().map(|one| one.by_category.get(category)).collect(),
    });
    let lines: Vec<Line<'t>> =
        lines.filter(|line| line.values.iter().any(|&value| value > 0)).collect();
    (points.len() > 1 && !lines.is_empty()).then(|| Section {
        id: "trend".to_owned(),
        heading: "Failing accounts over time".into(),
        body: Body::Series(Series { unit: "Accounts", axis: "Snapshot", points, lines }),
        ..Section::default()
    })
}

/// Returns the newest snapshots, each with its label, the newest one first.
fn rows<'t>(trend: &'t Trend<'_>, labels: &[&'t str]) -> Vec<(&'t str, SnapshotRecord<'t>)> {
    let newest = (0..trend.snapshots.len()).rev().take(trend.limit);
    newest.map(|index| (labels[index], trend.record(index))).collect()
}

type Row<'t> = (&'t str, SnapshotRecord<'t>);

/// Returns a table of the snapshots, with the changes of their accounts.
fn changes<'t>(trend: &'t Trend<'_>, labels: &[&'t str]) -> Section<'t> {
    let rows = rows(trend, labels);
    let more = (trend.snapshots.len() - rows.len()) as u64;
    let change = |count: Option<u64>| Cell::new(or_dash(count.map(grouped)));
    let table = Table::builder(rows)
        .column(Kind::Text, "Snapshot", |row: &Row<'_>| Cell::new(row.0))
        .column(Kind::Number, "Accounts", |row| Cell::new(grouped(row.1.accounts)))
        .column(Kind::Number, "Failing", |row| Cell::new(grouped(row.1.failing())))
        .column(Kind::Number, "Share", |row| Cell::new(percent(row.1.failing(), row.1.findings())))
        .column(Kind::Share, "Categories", |row| {
            Cell::share(Share { parts: row.1.parts(), whole: row.1.findings() })
        })
        .column(Kind::Number, "Broken", move |row| change(row.1.broken))
        .column(Kind::Number, "Recovered", move |row| change(row.1.recovered))
        .column(Kind::Number, "Appeared", move |row| change(row.1.appeared))
        .column(Kind::Number, "Gone", move |row| change(row.1.disappeared));
    let order = (trend.snapshots.len() > 1).then(|| "Newest first.".to_owned());
    let totals = trend.history.map(|history| {
        let all = trend.snapshots.len() as u64;
        let counted = match history.snapshots {
            known if known == all => "in all".to_owned(),
            // A summary has no accounts to tell apart.
            known => format!("in {} of {}", grouped(known), Count(all, "snapshot")),
        };
        format!(
            "{} {counted}; {} had not recovered when last seen.",
            Count(history.accounts, "distinct account"),
            grouped(history.never_recovered)
        )
    });
    let intro: Vec<String> = order.into_iter().chain(totals).collect();
    Section {
        id: "snapshots".to_owned(),
        heading: "Snapshots".into(),
        intro: intro.join(" ").into(),
        body: Body::Table(table.build()),
        more,
        ..Section::default()
    }
}

/// Returns a table of all counts of every snapshot, for a page. Counts that are 0 in all snapshots
/// have no column.
fn categories<'t>(trend: &'t Trend<'_>, labels: &[&'t str]) -> Section<'t> {
    let rows = rows(trend, labels);
    let more = (trend.snapshots.len() - rows.len()) as u64;
    let has = |count: fn(&SnapshotRecord<'_>) -> u64| rows.iter().any(|row| count(&row.1) > 0);
    let (has_errors, has_invalid) = (has(|row| row.api_errors), has(|row| row.invalid));
    let has_unselected = has(|row| row.unselected);
    let has_category = |category| rows.iter().any(|row| row.1.by_category.get(category) > 0);
    let shown: Vec<Category> =
        Category::ALL.iter().copied().filter(|&category| has_category(category)).collect();
    let mut table =
        Table::builder(rows).column(Kind::Text, "Snapshot", |row: &Row<'_>| Cell::new(row.0));
    for category in shown {
        table = table.column(Kind::Number, category.label(), move |row| {
            Cell::new(grouped(row.1.by_category.get(category)))
        });
    }
    if has_errors {
        table =
            table.column(Kind::Number, "API errors", |row| Cell::new(grouped(row.1.api_errors)));
    }
    if has_invalid {
        table =
            table.column(Kind::Number, "Invalid records", |row| Cell::new(grouped(row.1.invalid)));
    }
    if has_unselected {
        table =
            table.column(Kind::Number, "Not selected", |row| Cell::new(grouped(row.1.unselected)));
    }
    Section {
        id: "categories".to_owned(),
        heading: "Accounts by category".into(),
        body: Body::Table(table.build()),
        more,
        audience: Audience::Page,
        ..Section::default()
    }
}

/// Returns a table of the institutions with the most failing accounts.
fn institutions<'t>(trend: &'t Trend<'_>) -> Option<Section<'t>> {
    trend.history?;
    let mut worst: Vec<InstitutionTrend<'_>> = trend.failing_institutions().collect();
    worst.retain(|institution| institution.institution_id.is_some());
    if worst.is_empty() {
        return None;
    }
    let more = worst.len().saturating_sub(trend.limit) as u64;
    worst.truncate(trend.limit);
    let names = trend.names;
    let table = Table::builder(worst)
        .column(institution_kind(names), "Institution", |row: &InstitutionTrend<'_>| {
            institution_cell(names, row.institution_id.as_deref().map(Text::from))
        })
        .column(Kind::Number, "Accounts", |row| Cell::new(grouped(row.accounts)))
        .column(Kind::Number, "Failing", |row| Cell::new(grouped(row.failing)))
        .column(Kind::Number, "Share", |row| Cell::new(percent(row.failing, row.accounts)))
        .column(Kind::Share, "Proportion", |row| {
            let parts = vec![(Category::UserAction, row.failing)];
            Cell::share(Share { parts, whole: row.accounts })
        })
        .column(Kind::Number, "Change", |row| Cell::new(or_dash(row.change.map(points))));
    Some(Section {
        id: "institutions".to_owned(),
        heading: "Institutions with the most failing accounts".into(),
        intro: "Change: percentage points since the first snapshot.".into(),
        body: Body::Table(table.build()),
        more,
        ..Section::default()
    })
}

/// Formats a change of a share in percentage points.
pub fn points(change: f64) -> String {
    // Rounding must not leave a sign on zero.
    let points = (change * 1000.0).round() / 10.0;
    if points == 0.0 { "0.0".to_owned() } else { format!("{points:+.1}") }
}

/// Returns the names of snapshots without what all of them have in common: the directory, and the
/// end from a dot on. If there is only one, only its directory is removed.
fn labels<'s>(snapshots: &'s [SnapshotRecord<'_>]) -> Vec<&'s str> {
    let names: Vec<&str> = snapshots.iter().map(|snapshot| &*snapshot.input).collect();
    let [first, others @ ..] = names.as_slice() else {
        return names;
    };
    if others.is_empty() {
        return vec![first.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(first)];
    }
    let all = |test: &dyn Fn(&str) -> bool| others.iter().all(|name| test(name));
    let directory = first.rmatch_indices('/').map(|(at, _)| &first[..=at]);
    let directory = { directory }.find(|part| all(&|name| name.starts_with(part)));
    let end = first.match_indices('.').map(|(at, _)| &first[at..]);
    let end = { end }.find(|part| !part.contains('/') && all(&|name| name.ends_with(part)));
    let short = |name: &&'s str| {
        let name = name.strip_prefix(directory.unwrap_or_default()).unwrap_or(name);
        let short = name.strip_suffix(end.unwrap_or_default()).unwrap_or(name);
        if short.is_empty() { name } else { short }
    };
    names.iter().map(short).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::classify::Classifier;
    use crate::tally::Tally;

    fn short(names: &[&str]) -> Vec<String> {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let counts = super::super::Counts::new(&Tally::new(&classifier), &classifier);
        let snapshots: Vec<_> = names
            .iter()
            .map(|name| SnapshotRecord::new((*name).to_owned(), &counts, true))
            .collect();
        labels(&snapshots).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn labels_omit_what_all_names_have_in_common() {
        assert_eq!(
            short(&["/exports/11-01.json.gz", "/exports/11-02.json.gz"]),
            ["11-01", "11-02"]
        );
        assert_eq!(short(&["a/1.json", "b/1.json"]), ["a/1", "b/1"]);
        assert_eq!(short(&["mon.json", "tue.jsonl", "-"]), ["mon.json", "tue.jsonl", "-"]);
        assert_eq!(short(&["exports/mon.json"]), ["mon.json"]);
        assert_eq!(short(&["exports/"]), ["exports/"]);
        assert_eq!(short(&["x/.json", "x/a.json"]), [".json", "a"]);
        assert_eq!(short(&["same", "same"]), ["same", "same"]);
    }

    #[test]
    fn a_change_has_a_sign_unless_it_is_zero() {
        assert_eq!(
            [0.125, -0.0301, 0.00001, -0.00001].map(points),
            ["+12.5", "-3.0", "0.0", "0.0"]
        );
    }
}
