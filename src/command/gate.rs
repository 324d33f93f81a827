//! Checks the gates of `--fail-on`.

use super::console::Console;
use super::status::Status;
use crate::cli::{Gate, Subject};
use crate::text::{Count, grouped, precise_percent};
use crate::threshold::Threshold;

/// Checks the gates against the counts of their subjects, reports those that are reached, and
/// returns the resulting status. `whole` is the total for percentages. For a subject that is not a
/// count, `count` returns 1 if it is true.
pub fn check<S: Subject>(
    console: Console<'_>,
    gates: &[Gate<S>],
    whole: u64,
    count: impl Fn(S) -> u64,
) -> Status {
    let mut status = Status::Done;
    for gate in gates {
        let reason = if gate.subject.is_count() {
            reason(gate, count(gate.subject), whole)
        } else {
            (count(gate.subject) > 0).then(|| "no accounts".to_owned())
        };
        if let Some(reason) = reason {
            status = Status::CheckFailed;
            let value = gate.subject.to_possible_value();
            let name = value.as_ref().map_or("", |value| value.get_name());
            console.failed(&format!("--fail-on {name}: {reason}"));
        }
    }
    status
}

/// Describes the count that reached the threshold of a gate; `None` if it did not.
fn reason<S>(gate: &Gate<S>, count: u64, whole: u64) -> Option<String> {
    let threshold = gate.threshold.unwrap_or_default();
    let accounts = Count(count, "account");
    threshold.is_reached(count, whole).then(|| match gate.threshold {
        None => accounts.to_string(),
        Some(limit) if limit.is_share() => {
            let (all, share) = (Count(whole, "account"), share(count, whole, limit));
            format!("{} of {all} ({share}), limit: {limit}", grouped(count))
        }
        Some(limit) => format!("{accounts}, limit: {limit}"),
    })
}

/// Returns a percentage with as many digits as it takes to show that it reaches the limit.
fn share(count: u64, whole: u64, limit: Threshold) -> String {
    precise_percent(count, whole, |part, whole| limit.is_reached(part, whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_has_the_digits_that_tell_it_from_the_limit() {
        for (limit, expected) in [
            (">5%", "35.7%"),
            (">35.7%", "35.71%"),
            (">35.71%", "35.714%"),
            (">=35.7%", "35.7%"),
            (">=35.714%", "35.714%"),
        ] {
            assert_eq!(share(5, 14, limit.parse().unwrap()), expected, "{limit}");
        }
        assert_eq!(share(u64::MAX, u64::MAX, ">99.999999%".parse().unwrap()), "100.0%");
    }
}
