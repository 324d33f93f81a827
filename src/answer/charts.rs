//! Charts of failing accounts for HTML pages, on a common scale.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::report::{Audience, Bar, Body, Cell, Chart, Section, Share};
use crate::catalog::Category;
use crate::institutions::Institutions;
use crate::spread::{Counts, Spread, sum};

/// The maximum number of bars in a chart, besides the one for all others.
const MAX_BARS: usize = 10;

/// Returns a section with a chart; `None` if there are no bars.
pub fn section<'a>(heading: impl Into<Cow<'a, str>>, bars: Vec<Bar<'a>>) -> Option<Section<'a>> {
    (!bars.is_empty()).then(|| Section {
        heading: heading.into(),
        body: Body::Chart(Chart { bars }),
        audience: Audience::Page,
        ..Section::default()
    })
}

/// Keeps the longest bars, and adds up the others into one.
pub fn longest(mut bars: Vec<Bar<'_>>) -> Vec<Bar<'_>> {
    bars.sort_by_key(|bar| Reverse(bar.share.part()));
    let others = bars.split_off(bars.len().min(MAX_BARS));
    if !others.is_empty() {
        let mut counts = Counts::default();
        for (category, count) in others.into_iter().flat_map(|bar| bar.share.parts) {
            counts[category as usize] += count;
        }
        bars.push(bar("Others".to_owned(), &counts));
    }
    bars
}

/// Returns a chart of failing accounts by institution.
pub fn by_institution(
    heading: &'static str,
    spread: &Spread,
    names: &Institutions,
) -> Option<Section<'static>> {
    let (institutions, others) = spread.institutions(MAX_BARS);
    let rest = (sum(&others) > 0).then(|| bar("Others".to_owned(), &others));
    let bars =
        institutions.into_iter().map(|(id, counts)| bar(names.label(id).into_owned(), &counts));
    section(heading, bars.chain(rest).collect())
}

/// Returns a chart of failing accounts by days failing.
pub fn by_days(heading: &'static str, spread: &Spread) -> Option<Section<'static>> {
    let days = spread.days().filter(|(_, counts)| sum(counts) > 0);
    section(heading, days.map(|(label, counts)| bar(label, &counts)).collect())
}

fn bar<'a>(label: String, counts: &Counts) -> Bar<'a> {
    let parts = Category::ALL.iter().map(|&category| (category, counts[category as usize]));
    let parts = parts.filter(|part| part.1 > 0).collect();
    Bar { label: Cell::new(label), meaning: "".into(), share: Share { parts, whole: 0 } }
}

/// Puts charts on a common scale: the longest bar of all of them fills its row.
pub fn on_one_scale<'a>(sections: impl IntoIterator<Item = Section<'a>>) -> Vec<Section<'a>> {
    let mut sections: Vec<Section<'a>> = sections.into_iter().collect();
    let mut bars: Vec<&mut Bar<'a>> = Vec::new();
    for section in &mut sections {
        if let Body::Chart(chart) = &mut section.body {
            bars.extend(&mut chart.bars);
        }
    }
    let longest = bars.iter().map(|bar| bar.share.part()).max().unwrap_or_default();
    for bar in bars {
        bar.share.whole = longest;
    }
    sections
}
