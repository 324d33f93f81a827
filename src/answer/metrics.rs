//! The numbers of an answer for a monitoring system.
//!
//! Every number is a gauge: it describes one run, and the next run replaces it. Names and labels
//! follow the practices of Prometheus. The samples of one metric add up to a total, and no metric
//! repeats the total of its own samples.

use super::Text;
use crate::catalog::{Category, Standing};
use crate::classify::{Classifier, Verdict};
use crate::tally::Tally;

/// A gauge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric<'a> {
    /// Its name: letters, digits, and underscores, with `statuscode_` at the beginning.
    pub name: &'static str,
    /// What it counts, in one sentence.
    pub help: &'static str,
    /// Its values, one for each combination of labels.
    pub samples: Vec<Sample<'a>>,
}

/// One value of a gauge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample<'a> {
    /// The labels, which no other sample of the metric has. A value may be untrusted.
    pub labels: Vec<(&'static str, Text<'a>)>,
    /// The value.
    pub value: u64,
}

impl Metric<'_> {
    /// A gauge with one value and no labels.
    #[must_use]
    pub fn plain(name: &'static str, help: &'static str, value: u64) -> Self {
        Self { name, help, samples: vec![Sample { labels: Vec::new(), value }] }
    }
}

/// The counts of a run.
///
/// All categories and all documented codes are present, at zero if they do not occur: a series that
/// comes and goes is hard to draw and to alert on.
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
    let sample = |(code, verdict, value): (Option<u32>, &'a Verdict<'_>, u64)| Sample {
        labels: vec![
            ("code", code_label(code, verdict.category)),
            ("category", verdict.category.as_str().into()),
            ("action", verdict.action.as_str().into()),
        ],
        value,
    };
    rows.into_iter().map(sample).collect()
}

/// A label is never empty, because an empty label is the same as none.
fn code_label(code: Option<u32>, category: Category) -> Text<'static> {
    match (code, category) {
        (Some(code), _) => code.to_string().into(),
        (None, Category::Pending) => "none".into(),
        (None, _) => "other".into(),
    }
}
