//! `--fail-on`: the gates, and the notes about those that trip.

use super::super::console::Console;
use super::super::status::Status;
use crate::catalog::Category;
use crate::classify::Classifier;
use crate::cli::Gate;
use crate::tally::Tally;
use crate::text::Count;

/// Checks the gates, and returns the resulting status.
pub fn check(
    console: Console<'_>,
    gates: &[Gate],
    tally: &Tally,
    classifier: &Classifier<'_>,
) -> Status {
    let findings = tally.accounts() + tally.api_errors;
    let mut status = Status::Done;
    for gate in gates {
        let (name, count) = match gate {
            Gate::Category(category) => {
                (category.as_str(), tally.of_category(classifier, *category))
            }
            Gate::Any => ("any", findings - tally.of_category(classifier, Category::Ok)),
            Gate::Empty => ("empty", u64::from(findings == 0)),
        };
        if count > 0 {
            status = Status::CheckFailed;
            let what = match gate {
                Gate::Empty => "no accounts".to_owned(),
                _ => Count(count, "account").to_string(),
            };
            console.note(&format!("--fail-on {name}: {what}"));
        }
    }
    status
}
