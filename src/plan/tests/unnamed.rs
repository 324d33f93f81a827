//! Records without a customer, against an oracle that knows the whole input.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// A record: account id, customer, login, and code.
type Record = (u8, Option<u8>, Option<u8>, Option<Code>);

fn records() -> impl Strategy<Value = Vec<Record>> {
    let codes = prop::sample::select(vec![None, Some(0), Some(0), Some(103), Some(185), Some(910)]);
    let record = (0..3_u8, prop::option::of(0..3_u8), prop::option::of(0..2_u8), codes);
    prop::collection::vec(record, 0..9)
}

/// What a plan keeps of an account: id, customer, login, and code.
type Kept = (String, Option<String>, Option<String>, Code);

fn id(number: u8) -> String {
    if number == 0 { "acct-0".to_owned() } else { number.to_string() }
}

fn customer(number: Option<u8>) -> Option<String> {
    number.map(|number| format!("5{number}"))
}

/// Returns the accounts that need a step after adding these records in batches of this size.
fn kept(records: &[Record], batch_size: usize) -> BTreeSet<Kept> {
    let classifier = classifier();
    let mut accounts = Accounts::default();
    for records in records.chunks(batch_size) {
        let mut batch = Batch::default();
        for &(number, owner, login, code) in records {
            let (id, customer) = (id(number), customer(owner));
            let login = login.map(|login| login.to_string());
            batch.add(&classifier.classify(&Account {
                id: Some(&id),
                customer_id: customer.as_deref(),
                institution_login_id: login.as_deref(),
                aggregation_status_code: code,
                ..Account::default()
            }));
        }
        accounts.extend(&batch);
    }
    let (ids, rows) = accounts.resolve();
    let resolve = |id| ids.resolve(id).into_owned();
    let kept = rows.rows().iter().map(|state| {
        let ids = state.ids;
        (resolve(ids.id.unwrap()), ids.customer.map(resolve), ids.login.map(resolve), state.code)
    });
    kept.collect()
}

/// The same, with the customer of every record known from the beginning.
fn oracle(records: &[Record]) -> BTreeSet<Kept> {
    let mut owners: BTreeMap<u8, BTreeSet<u8>> = BTreeMap::new();
    for &(id, customer, ..) in records {
        owners.entry(id).or_default().extend(customer);
    }
    let mut failing: BTreeMap<(u8, Option<u8>), (Option<u8>, Code)> = BTreeMap::new();
    for &(id, customer, login, code) in records {
        let only = owners[&id].first().copied().filter(|_| owners[&id].len() == 1);
        let key = (id, customer.or(only));
        match code {
            Some(code @ 1..) => {
                let earlier = failing.get(&key).and_then(|(login, _)| *login);
                failing.insert(key, (login.or(earlier), code));
            }
            None | Some(0) => {
                failing.remove(&key);
            }
        }
    }
    let kept = failing.into_iter().map(|((number, owner), (login, code))| {
        (id(number), customer(owner), login.map(|login| login.to_string()), code)
    });
    kept.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]
    #[test]
    fn a_record_without_a_customer_belongs_to_the_only_customer_of_its_id(
        records in records(),
        batch_size in 1..4_usize,
    ) {
        prop_assert_eq!(kept(&records, batch_size), oracle(&records));
    }
}

#[test]
fn a_record_without_a_customer_hides_no_failure_of_either_of_two_customers() {
    let a = Account { customer_id: Some("A"), ..account("1", "7", 185) };
    let b = Account { customer_id: Some("B"), ..account("1", "8", 103) };
    let neither = Account { customer_id: None, attempt: Some(0), ..account("1", "8", 0) };
    let classifier = classifier();
    for accounts in [[a, neither, b], [a, b, neither], [neither, a, b], [b, neither, a]] {
        let steps = steps_in_batches(&classifier, &accounts, 1, None);
        let logins: Vec<_> = steps
            .iter()
            .map(|step| (step.customer_id().unwrap(), step.institution_login_id().unwrap()))
            .collect();
        assert_eq!(logins, [("A".into(), "7".into()), ("B".into(), "8".into())]);
    }
}

#[test]
fn a_customer_that_cannot_be_selected_still_has_its_id() {
    let unnamed = Account { customer_id: None, attempt: Some(0), ..account("1", "a", 0) };
    let other = Account { customer_id: Some("5002"), ..account("1", "b", 0) };
    let selection = Selection { customers: ["5001"].into_iter().collect(), ..Selection::default() };
    let classifier = classifier();
    for excludes in [false, true] {
        let mut batch = Batch::default();
        if excludes {
            batch.add_excluded(&other);
        }
        batch.add(&classifier.classify(&account("1", "a", 185)));
        batch.add(&classifier.classify(&unnamed));
        let mut plan = Plan::default();
        plan.extend(&batch);
        let steps = plan.into_steps(&classifier, Some(&selection), None);
        assert_eq!(steps.iter().len(), usize::from(excludes));
    }
}
