mod outages;
mod properties;
mod unnamed;

use super::*;
use crate::account::Account;
use crate::catalog::Catalog;
use crate::classify::Classifier;

const DAY: i64 = 86_400;

fn account(id: &str, code: Option<Code>) -> Account<'_> {
    Account {
        id: Some(id),
        customer_id: Some("5001"),
        aggregation_status_code: code,
        ..Account::default()
    }
}

/// Returns the changes between the last two of these snapshots, read in batches of this size.
fn changes_in_batches(snapshots: &[Vec<Account<'_>>], batch_size: usize) -> Changes {
    let classifier = Classifier::new(Catalog::built_in(), true);
    changes_in_catalog(&classifier, snapshots, batch_size)
}

fn changes_in_catalog(
    classifier: &Classifier<'_>,
    snapshots: &[Vec<Account<'_>>],
    batch_size: usize,
) -> Changes {
    let mut comparison = Comparison::default();
    for snapshot in snapshots {
        comparison.begin_snapshot();
        for accounts in snapshot.chunks(batch_size) {
            let mut batch = Batch::default();
            for account in accounts {
                batch.add(&classifier.classify(account));
            }
            comparison.extend(&batch);
        }
    }
    comparison.into_changes(|code| classifier.category(code))
}

fn changes(snapshots: &[Vec<Account<'_>>]) -> Changes {
    changes_in_batches(snapshots, usize::MAX)
}

/// Returns snapshots of one account with these codes; `-1` means that it is absent, `-2` that it is
/// pending.
fn history(codes: &[i64]) -> Vec<Vec<Account<'static>>> {
    let snapshot = |&code: &i64| match code {
        -1 => vec![],
        code => vec![account("1", Code::try_from(code).ok())],
    };
    codes.iter().map(snapshot).collect()
}

fn only(changes: &Changes) -> Change<'_> {
    assert_eq!(changes.iter().len(), 1);
    changes.iter().next().unwrap()
}

fn kind(codes: &[i64]) -> Option<ChangeKind> {
    let changes = changes(&history(codes));
    changes.iter().next().map(|change| change.kind())
}

fn is_passcode_likely(snapshots: &[Vec<Account<'_>>]) -> bool {
    only(&changes(snapshots)).one_time_passcode_likely()
}

/// Returns a snapshot of an account with 185 whose last success and last attempt were on these
/// days.
fn challenged(success: i64, attempt: i64) -> Vec<Account<'static>> {
    vec![Account {
        success: Some(success * DAY),
        attempt: Some(attempt * DAY),
        ..account("1", Some(185))
    }]
}

#[test]
fn every_kind_of_change_is_found() {
    use ChangeKind::{Appeared, Broken, CodeChanged, Disappeared, Recovered, StillFailing};
    for (codes, expected) in [
        (&[0, 185][..], Some(Broken)),
        (&[-2, 185], Some(Broken)),
        (&[185, 0], Some(Recovered)),
        (&[185, 103], Some(CodeChanged)),
        (&[185, -2], Some(CodeChanged)),
        (&[185, -2, 103], Some(CodeChanged)),
        (&[185, -2, 185], Some(CodeChanged)),
        (&[185, -2, 0], Some(Recovered)),
        (&[185, -2, -2], None),
        (&[185, -2, -2, -2, 0], Some(Recovered)),
        (&[185, 0, -2, 185], Some(Broken)),
        (&[0, -2], None),
        (&[-2, 0], None),
        // The request was accepted, and has no result yet.
        (&[0, 44_000], None),
        (&[44_000, 0], None),
        (&[44_000, 185], Some(Broken)),
        (&[185, 44_000], Some(CodeChanged)),
        (&[185, 44_000, 0], Some(Recovered)),
        (&[185, 185], Some(StillFailing)),
        (&[0, 0], None),
        (&[-2, -2], None),
        (&[-1, 185], Some(Appeared)),
        (&[185, -1, 185], Some(Appeared)),
        (&[185, -1], Some(Disappeared)),
        (&[103, 0, 0], None),
        (&[0, -1, -1], None),
        (&[0, i64::from(Code::MAX)], Some(Broken)),
        (&[i64::from(Code::MAX); 2], Some(StillFailing)),
    ] {
        assert_eq!(kind(codes), expected, "{codes:?}");
    }
}

#[test]
fn the_category_of_a_code_in_an_overlay_decides_whether_it_fails() {
    let mut catalog = Catalog::built_in().clone();
    let overlay = "[[code]]\ncode = 185\ncategory = \"ok\"\naction = \"none\"";
    catalog.overlay(overlay, "acme.toml").unwrap();
    let classifier = Classifier::new(&catalog, true);
    let kind = |codes: &[i64]| {
        let changes = changes_in_catalog(&classifier, &history(codes), 1);
        changes.iter().next().map(|change| change.kind())
    };
    assert_eq!([kind(&[0, 185]), kind(&[185, 185])], [None; 2]);
    assert_eq!(kind(&[103, 185]), Some(ChangeKind::Recovered));
    assert_eq!(kind(&[185, 103]), Some(ChangeKind::Broken));
}

#[test]
fn an_empty_id_counts_as_absent() {
    let classifier = Classifier::new(Catalog::built_in(), true);
    let mut comparison = Comparison::default();
    for _ in 0..2 {
        let mut batch = Batch::default();
        batch.add(&classifier.classify(&account("", Some(185))));
        comparison.begin_snapshot();
        comparison.extend(&batch);
    }
    assert_eq!(comparison.without_id(), 2);
    assert_eq!(comparison.into_changes(|_| Category::UserAction).iter().len(), 0);
}

#[test]
fn the_codes_before_and_after_are_null_if_there_is_none() {
    for (codes, before, after) in [
        (&[0, 185][..], Some(0), Some(185)),
        (&[-2, 185], None, Some(185)),
        (&[185, -2], Some(185), None),
        (&[-1, 185], None, Some(185)),
        (&[185, -1], Some(185), None),
        (&[0, i64::from(Code::MAX)], Some(0), Some(Code::MAX)),
    ] {
        let changes = changes(&history(codes));
        let change = only(&changes);
        assert_eq!((change.before(), change.after()), (before, after), "{codes:?}");
    }
}

#[test]
fn a_streak_counts_the_snapshots_in_a_row_with_the_newest_code() {
    let streak = |codes: &[i64]| only(&changes(&history(codes))).streak();
    assert_eq!(streak(&[0, 185]), 1);
    assert_eq!(streak(&[185, 185, 185]), 3);
    assert_eq!(streak(&[185, 0, 185, 185]), 2);
    assert_eq!(streak(&[185, -1, 185]), 1);
    assert_eq!(streak(&[185, -1]), 0);
}

#[test]
fn a_challenge_that_nobody_answered_is_not_a_relapse() {
    assert!(!is_passcode_likely(&history(&[185, 185, 185])));
    assert!(!is_passcode_likely(&[challenged(1, 2), challenged(1, 3), challenged(1, 4)]));
}

#[test]
fn a_challenge_that_is_back_right_after_a_success_is_a_relapse() {
    assert!(is_passcode_likely(&history(&[185, 0, 185])));
    assert!(is_passcode_likely(&[challenged(1, 2), challenged(3, 4)]));
    // Once is enough.
    assert!(is_passcode_likely(&history(&[185, 0, 185, 103, 185])));
    assert!(is_passcode_likely(&history(&[185, 0, 185, -1, 185])));
    assert!(is_passcode_likely(&history(&[185, 0, 185, -1, -1, 185, 185])));
}

#[test]
fn a_challenge_after_several_nights_of_success_is_not_a_relapse() {
    let mut codes = vec![0; 27];
    (codes[0], codes[26]) = (185, 185);
    assert!(!is_passcode_likely(&history(&codes)));
    assert!(!is_passcode_likely(&history(&[0, 0, 185])));
    assert!(!is_passcode_likely(&history(&[103, 0, 103])));
    assert!(!is_passcode_likely(&history(&[185, 0, 185, 103])));
}

#[test]
fn the_last_record_counts_if_an_account_occurs_twice_in_a_snapshot() {
    let snapshot = |codes: &[Code]| codes.iter().map(|&code| account("1", Some(code))).collect();
    let changes = changes(&[snapshot(&[185]), snapshot(&[185]), snapshot(&[103, 185, 185])]);
    let change = only(&changes);
    assert_eq!((change.kind(), change.streak()), (ChangeKind::StillFailing, 3));
    let counts = ChangeKind::ALL.map(|kind| changes.count(kind));
    assert_eq!(counts.iter().sum::<u64>(), 1);
}

#[test]
fn an_account_without_a_customer_in_one_snapshot_is_matched_by_its_id() {
    let bare = |code| Account { customer_id: None, ..account("1", Some(code)) };
    for snapshots in [
        [vec![account("1", Some(185))], vec![bare(0)]],
        [vec![bare(185)], vec![account("1", Some(0))]],
        [vec![bare(185)], vec![bare(0)]],
    ] {
        let changes = changes(&snapshots);
        let change = only(&changes);
        assert_eq!(change.kind(), ChangeKind::Recovered);
        let customers = snapshots.iter().flatten().find_map(|account| account.customer_id);
        assert_eq!(change.customer_id().as_deref(), customers);
    }
}

#[test]
fn an_id_that_two_customers_share_is_not_matched_without_a_customer() {
    let bare = Account { customer_id: None, ..account("1", Some(0)) };
    let other = Account { customer_id: Some("5002"), ..account("1", Some(185)) };
    let two = vec![account("1", Some(185)), other];
    for (old, new, expected) in [(two.clone(), vec![bare], [1, 2]), (vec![bare], two, [2, 1])] {
        let changes = changes(&[old, new]);
        let kinds = [ChangeKind::Appeared, ChangeKind::Disappeared];
        assert_eq!(kinds.map(|kind| changes.count(kind)), expected);
    }
}

#[test]
fn changes_are_selected_by_the_days_without_data() {
    let classifier = Classifier::new(Catalog::built_in(), true);
    let failing_for = |id, days: i64| Account {
        success: Some(0),
        attempt: Some(days * DAY),
        ..account(id, Some(185))
    };
    let mut comparison = Comparison::default();
    comparison.begin_snapshot();
    comparison.begin_snapshot();
    let mut batch = Batch::default();
    for account in [failing_for("1", 4), failing_for("2", 5), account("3", Some(185))] {
        batch.add(&classifier.classify(&account));
    }
    comparison.extend(&batch);
    comparison.select(Selection { min_days: Some(5), ..Selection::default() });
    let changes = comparison.into_changes(|_| Category::UserAction);
    assert_eq!(only(&changes).id(), "2");
}

#[test]
fn the_order_is_by_kind_then_customer_then_account() {
    let accounts = |code| {
        let accounts_of = |customer_id| {
            ["a", "10", "9"]
                .map(|id| Account { customer_id: Some(customer_id), ..account(id, Some(code)) })
        };
        [accounts_of("5002"), accounts_of("5001")].concat()
    };
    let changes = changes(&[accounts(0), accounts(185)]);
    let order: Vec<_> = changes
        .iter()
        .map(|change| format!("{} {}", change.customer_id().unwrap(), change.id()))
        .collect();
    assert_eq!(order, ["5001 9", "5001 10", "5001 a", "5002 9", "5002 10", "5002 a"]);
}

#[test]
fn a_selection_by_customer_finds_an_account_whose_customer_only_one_snapshot_names() {
    let classifier = Classifier::new(Catalog::built_in(), true);
    let without_customer = |code| Account { customer_id: None, ..account("1", Some(code)) };
    for snapshots in [
        [account("1", Some(0)), without_customer(185)],
        [without_customer(0), account("1", Some(185))],
    ] {
        let selected = |customer: &str| {
            let mut comparison = Comparison::default();
            let customers = [customer].into_iter().collect();
            comparison.select(Selection { customers, ..Selection::default() });
            for account in &snapshots {
                let mut batch = Batch::default();
                batch.add(&classifier.classify(account));
                comparison.begin_snapshot();
                comparison.extend(&batch);
            }
            comparison.into_changes(|_| Category::Ok)
        };
        assert_eq!(only(&selected("5001")).kind(), ChangeKind::Broken);
        assert_eq!(selected("5002").iter().len(), 0);
    }
}

#[test]
fn an_account_that_disappeared_is_selected_by_its_last_code() {
    let classifier = Classifier::new(Catalog::built_in(), true);
    let changes = |code: Code| -> Vec<ChangeKind> {
        let mut comparison = Comparison::default();
        for (id, code) in [("1", 0), ("1", 910), ("2", 0)] {
            comparison.begin_snapshot();
            let mut batch = Batch::default();
            batch.add(&classifier.classify(&account(id, Some(code))));
            comparison.extend(&batch);
        }
        let mut selection = Selection::default();
        selection.codes.add(code, code);
        comparison.select(selection);
        let changes = comparison.into_changes(|_| Category::UserAction);
        changes.iter().map(|change| change.kind()).collect()
    };
    assert_eq!(changes(910), [ChangeKind::Disappeared]);
    assert_eq!(changes(0), [ChangeKind::Appeared]);
}
