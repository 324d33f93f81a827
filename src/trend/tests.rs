mod unnamed;

use super::*;
use crate::account::{Account, Code};
use crate::catalog::Catalog;
use crate::classify::Classifier;
use crate::select::Selection;

use Night::{Code as Has, Gone, Pending};

/// The state of an account in one snapshot.
#[derive(Clone, Copy)]
enum Night {
    Gone,
    Pending,
    Code(Code),
}

/// Returns the trend of one account.
fn history(states: &[Night]) -> Trend {
    let mut history = History::default();
    for state in states {
        history.begin_snapshot();
        let code = match *state {
            Gone => continue,
            Pending => None,
            Has(code) => Some(code),
        };
        history.extend(&batch([("1", None, code)].into_iter()));
    }
    history.finish()
}

fn batch<'a>(accounts: impl Iterator<Item = (&'a str, Option<&'a str>, Option<Code>)>) -> Batch {
    let classifier = Classifier::new(Catalog::built_in(), true);
    let mut batch = Batch::default();
    for (id, customer_id, aggregation_status_code) in accounts {
        let id = Some(id);
        let account = Account { id, customer_id, aggregation_status_code, ..Account::default() };
        batch.add(&classifier.classify(&account), None);
    }
    batch
}

fn median(states: &[Night]) -> Option<u64> {
    history(states).recovery.median().map(Median::halves).map(|halves| halves / 2)
}

#[test]
fn recovery_is_counted_from_the_first_failing_snapshot_to_the_first_healthy_one() {
    assert_eq!(median(&[Has(0), Has(185), Has(0)]), Some(1));
    assert_eq!(median(&[Has(0), Has(185), Has(103), Has(910), Has(0)]), Some(3));
    assert_eq!(median(&[Pending, Has(185), Has(185), Has(0)]), Some(2));
}

#[test]
fn a_failure_without_a_known_beginning_or_end_has_no_recovery_time() {
    assert_eq!(median(&[Has(185), Has(185), Has(0)]), None);
    assert_eq!(median(&[Has(0), Has(185), Has(185)]), None);
    assert_eq!(median(&[Has(0), Has(0), Pending, Has(0)]), None);
}

#[test]
fn a_failure_continues_while_the_account_is_missing_or_pending() {
    assert_eq!(median(&[Has(0), Has(185), Gone, Gone, Has(0)]), Some(3));
    assert_eq!(median(&[Has(0), Has(185), Pending, Has(0)]), Some(2));
    assert_eq!(median(&[Has(0), Gone, Has(185), Has(0)]), Some(1));
    assert_eq!(history(&[Has(0), Has(185), Gone]).never_recovered, 1);
}

#[test]
fn an_account_that_is_pending_after_a_failure_has_not_recovered_and_does_not_break_again() {
    let trend = history(&[Has(0), Has(185), Pending, Has(185), Pending, Has(44_000), Has(0)]);
    let kinds = |kind| trend.steps.iter().flatten().map(|step| step.count(kind)).sum::<u64>();
    let found = [ChangeKind::Broken, ChangeKind::CodeChanged, ChangeKind::Recovered].map(kinds);
    assert_eq!(found, [1, 3, 1]);
    assert_eq!((trend.recovery.failures(), trend.never_recovered), (1, 0));
    assert_eq!(trend.recovery.median().unwrap().halves(), 10);
}

#[test]
fn an_account_that_one_snapshot_lacks_disappears_and_appears() {
    let trend = history(&[Has(0), Gone, Has(0)]);
    let counts = |step: usize| {
        let step = trend.steps[step].unwrap();
        (step.count(ChangeKind::Appeared), step.count(ChangeKind::Disappeared))
    };
    assert_eq!((counts(1), counts(2)), ((0, 1), (1, 0)));
    assert_eq!(trend.accounts, 1);
}

#[test]
fn only_the_last_record_of_an_account_in_a_snapshot_counts() {
    let mut history = History::default();
    for codes in [&[0][..], &[0, 185, 0, 103], &[185, 0]] {
        history.begin_snapshot();
        for &code in codes {
            history.extend(&batch([("1", None, Some(code))].into_iter()));
        }
    }
    assert_eq!(history.duplicates(), 4);
    let trend = history.finish();
    let counts = |step: usize, kind| trend.steps[step].unwrap().count(kind);
    assert_eq!((counts(1, ChangeKind::Broken), counts(2, ChangeKind::Recovered)), (1, 1));
    assert_eq!((trend.recovery.failures(), trend.recovery.median().unwrap().halves()), (1, 2));
}

#[test]
fn nothing_is_compared_with_a_snapshot_that_is_known_only_by_its_counts() {
    let mut history = History::default();
    history.begin_snapshot();
    history.extend(&batch([("1", None, Some(0)), ("2", None, Some(0))].into_iter()));
    history.skip_snapshot();
    for code in [185, 0] {
        history.begin_snapshot();
        history.extend(&batch([("1", None, Some(code))].into_iter()));
    }
    let trend = history.finish();
    assert_eq!(trend.steps[..3], [None, None, None]);
    let last = trend.steps[3].unwrap();
    assert_eq!((last.count(ChangeKind::Recovered), last.count(ChangeKind::Disappeared)), (1, 0));
    assert_eq!(trend.recovery.median().unwrap().halves(), 2);
}

#[test]
fn a_customer_that_one_snapshot_does_not_name_makes_no_difference() {
    let mut history = History::default();
    for customer in [Some("5001"), None, Some("5001")] {
        history.begin_snapshot();
        history.extend(&batch([("1", customer, Some(0))].into_iter()));
    }
    let trend = history.finish();
    assert_eq!(trend.accounts, 1);
    assert_eq!(trend.steps[2].unwrap().count(ChangeKind::Unchanged), 1);
}

#[test]
fn an_account_without_an_id_cannot_be_followed() {
    let mut history = History::default();
    for _ in 0..3 {
        history.begin_snapshot();
        history.extend(&batch([("", None, Some(0))].into_iter()));
    }
    assert_eq!((history.without_id(), history.finish().accounts), (3, 0));
}

#[test]
fn a_change_counts_if_the_state_before_or_after_it_is_selected() {
    let mut selection = Selection::default();
    selection.codes.add(185, 185);
    let classifier = Classifier::new(Catalog::built_in(), true);
    let mut history = History::default();
    for codes in [[0, 0, 0], [185, 0, 103], [103, 185, 0], [0, 0, 0]] {
        history.begin_snapshot();
        let mut batch = Batch::default();
        for (id, code) in ["1", "2", "3"].into_iter().zip(codes) {
            let account =
                Account { id: Some(id), aggregation_status_code: Some(code), ..Account::default() };
            batch.add(&classifier.classify(&account), Some(&selection));
        }
        history.extend(&batch);
    }
    let trend = history.finish();
    let counts = |step: usize| {
        let step = trend.steps[step].unwrap();
        ChangeKind::ALL
            .into_iter()
            .map(|kind| (kind, step.count(kind)))
            .filter(|one| one.1 > 0)
            .collect::<Vec<_>>()
    };
    assert_eq!(counts(1), [(ChangeKind::Broken, 1)]);
    assert_eq!(counts(2), [(ChangeKind::Broken, 1), (ChangeKind::CodeChanged, 1)]);
    assert_eq!(counts(3), [(ChangeKind::Recovered, 1)]);
    assert_eq!((trend.accounts, trend.never_recovered), (2, 0));
    assert_eq!((trend.recovery.failures(), trend.recovery.median().unwrap().halves()), (2, 3));
}
