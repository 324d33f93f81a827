//! Bar charts: a list of words, bars and numbers, so that each of the three can be read alone.

use maud::{Markup, html};

use super::super::BY_URGENCY;
use super::super::End;
use super::super::digest::StateRow;
use super::codes;
use crate::catalog::Category;
use crate::terminal::sanitize;
use crate::text::grouped;

/// Bars in the chart of codes; the table below has all codes.
const CODES: usize = 12;

/// Accounts by category, and by code where somebody must act.
pub fn charts(end: &End<'_>, rows: &[StateRow<'_>]) -> Markup {
    let whole = end.tally.accounts();
    let categories = BY_URGENCY.into_iter().filter_map(|category| {
        let accounts = end.tally.of_category(end.classifier, category);
        (accounts > 0).then_some((category, accounts))
    });
    let mut failing: Vec<_> = rows
        .iter()
        .filter(|row| row.verdict.category != Category::Ok)
        .collect();
    failing.sort_by_key(|row| std::cmp::Reverse(row.accounts));
    let most = failing.first().map_or(1, |row| row.accounts);
    html! {
        div.charts {
            section {
                h2 { "By category" }
                ul.chart {
                    @for (category, accounts) in categories {
                        li {
                            span.word.(category) title=(category.description()) { (category) }
                            (bar(category, accounts, whole))
                            span.count { (grouped(accounts)) " · " (percent(accounts, whole)) }
                        }
                    }
                }
            }
            @if !failing.is_empty() {
                section {
                    h2 { "By code, without success" }
                    ul.chart {
                        @for row in failing.iter().take(CODES) {
                            li {
                                span.word title=(sanitize(row.verdict.title)) { (codes::links([*row])) }
                                (bar(row.verdict.category, row.accounts, most))
                                span.count { (grouped(row.accounts)) " · " (percent(row.accounts, whole)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Decoration: the number stands beside it.
fn bar(category: Category, part: u64, whole: u64) -> Markup {
    html! {
        svg.bar aria-hidden="true" focusable="false" {
            rect.(category) width=(percent(part, whole)) height="100%" rx="2" {}
        }
    }
}

/// With one digit behind the point; what is not nothing is not 0.
fn percent(part: u64, whole: u64) -> String {
    let tenths = u128::from(part) * 1000 / u128::from(whole.max(1));
    let tenths = if part > 0 { tenths.max(1) } else { 0 };
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_has_one_digit_behind_the_point() {
        assert_eq!(percent(1, 3), "33.3%");
        assert_eq!(percent(3, 3), "100.0%");
        assert_eq!(percent(1, 1_000_000), "0.1%");
        assert_eq!(percent(0, 0), "0.0%");
        assert_eq!(percent(u64::MAX, u64::MAX), "100.0%");
    }
}
