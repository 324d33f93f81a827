//! The metrics of an answer for a monitoring system.
//!
//! Every metric is a gauge: it describes one run, and the next run replaces it. Names and labels
//! follow the conventions of Prometheus. The samples of a metric add up to a total, and no metric
//! repeats that total.

use super::Text;
use crate::account::Code;
use crate::catalog::{Category, Standing};
use crate::classify::{Classifier, Verdict};
use crate::tally::Tally;

/// A gauge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric<'a> {
    /// The name: letters, digits, and underscores, beginning with `statuscode_`.
    pub name: &'static str,
    /// One sentence about what it counts.
    pub help: &'static str,
    /// The values, one for each combination of labels.
    pub samples: Vec<Sample<'a>>,
}

/// One value of a gauge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample<'a> {
    /// The labels as pairs of name and value, unique within the metric. A value may be untrusted.
    pub labels: Vec<(&'static str, Text<'a>)>,
    /// The value.
    pub value: u64,
}

impl Metric<'_> {
    /// Returns a gauge with one value and no labels.
    #[must_use]
    pub fn plain(name: &'static str, help: &'static str, value: u64) -> Self {
        Self { name, help, samples: vec![Sample { labels: Vec::new(), value }] }
    }
}

/// Returns the counts of a run.
///
/// All categories and all documented codes are present, with 0 if they do not occur, because a
/// series that comes and goes is hard to draw and to alert on.
#[must_use]
pub fn counts<'a>(tally: &Tally, classifier: &'a Classifier<'_>) -> Vec<Metric<'a>> {
    let categories = Category::ALL.iter().map(|&category| Sample {
        labels: vec![("category", category.as_str().into())],
        value: tally.in_category(classifier, category),
    });
    vec![
        Metric {
            name: "statuscode_accounts",
            help: "Accounts and API errors by category.",
            samples: categories.collect(),
        },
        Metric {
            name: "statuscode_code_accounts",
            help: "Accounts and API errors by aggregation status code and required action.",
            samples: codes(tally, classifier),
        },
        Metric::plain(
            "statuscode_api_errors",
            "API errors: error bodies without an account.",
            tally.api_errors,
        ),
        Metric::plain(
            "statuscode_invalid_records",
            "Records that could not be read.",
            tally.invalid,
        ),
        Metric::plain(
            "statuscode_unselected_accounts",
            "Accounts that the selection excludes.",
            tally.unselected,
        ),
        Metric::plain(
            "statuscode_records",
            "Accounts, API errors, unselected accounts, and invalid records.",
            tally.records(),
        ),
        Metric::plain("statuscode_documents", "Documents that were read.", tally.documents),
    ]
}

fn codes<'a>(tally: &Tally, classifier: &'a Classifier<'_>) -> Vec<Sample<'a>> {
    let absent = classifier.verdicts().iter().filter(|verdict| {
        let standing = verdict.entry.map(|entry| entry.standing);
        standing == Some(Standing::Documented) && tally.with_verdict(verdict) == 0
    });
    let absent = absent.map(|verdict| (verdict.code, verdict, 0));
    let rows = tally.rows(classifier).into_iter();
    let mut rows: Vec<_> =
        rows.map(|row| (row.code, row.verdict, row.accounts)).chain(absent).collect();
    rows.sort_by_key(|(code, verdict, _)| (code.is_none(), *code, verdict.category));
    let sample = |(code, verdict, value): (Option<Code>, &'a Verdict<'_>, u64)| Sample {
        labels: vec![
            ("code", code_label(code, verdict.category)),
            ("category", verdict.category.as_str().into()),
            ("action", verdict.action.as_str().into()),
        ],
        value,
    };
    rows.into_iter().map(sample).collect()
}

/// Returns the label of a code. It is never empty, because an empty label is the same as none.
fn code_label(code: Option<Code>, category: Category) -> Text<'static> {
    match (code, category) {
        (Some(code), _) => code.to_string().into(),
        (None, Category::Pending) => "none".into(),
        (None, _) => "other".into(),
    }
}
