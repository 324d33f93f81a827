//! Records without a customer, against the same records with the customer that they belong to.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// A record: account id, customer, login, code, day of the last success.
type TestRecord = (u8, Option<u8>, Option<u8>, Option<Code>, Option<i64>);

fn snapshots() -> impl Strategy<Value = Vec<Vec<TestRecord>>> {
    let code = prop::sample::select(vec![None, Some(0), Some(0), Some(185), Some(185), Some(103)]);
    let customer = prop_oneof![4 => Just(None), 5 => Just(Some(1_u8)), 1 => Just(Some(2_u8))];
    let record = (0..3_u8, customer, prop::option::of(0..2_u8), code, prop::option::of(0..6_i64));
    prop::collection::vec(prop::collection::vec(record, 0..5), 1..7)
}

/// The customer of the records without one, if their id has no customer or several. No other record
/// names it.
const NOBODY: u8 = 9;

/// Returns the same snapshots with a customer in every record.
fn named(snapshots: &[Vec<TestRecord>]) -> Vec<Vec<TestRecord>> {
    let mut owners: BTreeMap<u8, BTreeSet<u8>> = BTreeMap::new();
    for &(id, customer, ..) in snapshots.iter().flatten() {
        owners.entry(id).or_default().extend(customer);
    }
    let mut named = snapshots.to_vec();
    for (id, customer, ..) in named.iter_mut().flatten() {
        let only = owners[id].first().copied().filter(|_| owners[id].len() == 1);
        *customer = customer.or(only).or(Some(NOBODY));
    }
    named
}

/// Returns everything about every change, and the number of accounts by kind of change.
fn described(snapshots: &[Vec<TestRecord>], batch_size: usize) -> (BTreeSet<String>, Vec<u64>) {
    let ids: Vec<String> = (0..10).map(|number| format!("{number}")).collect();
    let id = |number: u8| ids[usize::from(number)].as_str();
    let snapshots: Vec<Vec<_>> = snapshots
        .iter()
        .map(|snapshot| {
            let account = |&(number, customer, login, code, success): &TestRecord| Account {
                customer_id: customer.map(id),
                institution_login_id: login.map(id),
                success: success.map(|day| day * DAY),
                ..account(id(number), code)
            };
            snapshot.iter().map(account).collect()
        })
        .collect();
    let changes = changes_in_batches(&snapshots, batch_size);
    let describe = |change: Change<'_>| {
        let customer = change.customer_id().filter(|customer| customer != "9");
        format!(
            "{} {customer:?} {:?} {} {:?} {:?} {} {}",
            change.id(),
            change.institution_login_id(),
            change.kind().as_str(),
            change.before(),
            change.after(),
            change.streak(),
            change.one_time_passcode_likely(),
        )
    };
    let counts = ChangeKind::ALL.into_iter().map(|kind| changes.count(kind)).collect();
    (changes.iter().map(describe).collect(), counts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn a_record_without_a_customer_belongs_to_the_only_customer_of_its_id_in_all_snapshots(
        snapshots in snapshots(),
        batch_size in 1..4_usize,
    ) {
        let expected = described(&named(&snapshots), usize::MAX);
        prop_assert_eq!(described(&snapshots, batch_size), expected);
    }
}
