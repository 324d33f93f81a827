//! Records without a customer: a trend has the changes of `diff`.

use proptest::prelude::*;

use super::*;
use crate::diff::{Batch as DiffBatch, Comparison};

/// A record: account id, customer, and code.
type TestRecord = (u8, Option<u8>, Option<Code>);

fn snapshots() -> impl Strategy<Value = Vec<Vec<TestRecord>>> {
    let code = prop::sample::select(vec![None, Some(0), Some(0), Some(185), Some(185), Some(103)]);
    let customer = prop_oneof![4 => Just(None), 5 => Just(Some(1_u8)), 1 => Just(Some(2_u8))];
    let record = (0..3_u8, customer, code);
    prop::collection::vec(prop::collection::vec(record, 0..5), 1..7)
}

/// Passes every account that can be selected to `add`, and every other one to `exclude`.
fn for_each<B>(
    batch: &mut B,
    (snapshot, selection): (&[TestRecord], &Selection),
    add: impl Fn(&mut B, &Account<'_>),
    exclude: impl Fn(&mut B, &Account<'_>),
) {
    for &(number, customer, aggregation_status_code) in snapshot {
        let (id, customer) = (number.to_string(), customer.map(|customer| customer.to_string()));
        let account = Account {
            id: Some(&id),
            customer_id: customer.as_deref(),
            aggregation_status_code,
            ..Account::default()
        };
        if selection.may_match(&account) {
            add(batch, &account);
        } else {
            exclude(batch, &account);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn the_changes_in_a_snapshot_are_those_of_diff_up_to_it(
        snapshots in snapshots(),
        is_one_customer: bool,
    ) {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let customers = is_one_customer.then_some("1").into_iter().collect();
        let selection = Selection { customers, ..Selection::default() };
        let mut history = History::default();
        for snapshot in &snapshots {
            let mut batch = Batch::default();
            for_each(
                &mut batch,
                (snapshot, &selection),
                |batch, account| batch.add(&classifier.classify(account), Some(&selection)),
                Batch::add_excluded,
            );
            history.begin_snapshot();
            history.extend(&batch);
        }
        let trend = history.finish();
        for (night, step) in trend.steps.iter().enumerate().skip(1) {
            let mut comparison = Comparison::default();
            comparison.select(selection.clone());
            for snapshot in &snapshots[..=night] {
                let mut batch = DiffBatch::default();
                for_each(
                    &mut batch,
                    (snapshot, &selection),
                    |batch, account| batch.add(&classifier.classify(account)),
                    DiffBatch::add_excluded,
                );
                comparison.begin_snapshot();
                comparison.extend(&batch);
            }
            let changes = comparison.into_changes(|code| classifier.category(code));
            let counts = |count: &dyn Fn(ChangeKind) -> u64| ChangeKind::ALL.map(count);
            let step = step.unwrap();
            prop_assert_eq!(
                counts(&|kind| step.count(kind)),
                counts(&|kind| changes.count(kind)),
                "night {}", night
            );
        }
    }
}
