use std::collections::BTreeSet;

use proptest::prelude::*;

use super::states::StateCount;
use super::*;
use crate::account::{Account, Code};
use crate::catalog::Catalog;

fn classifier() -> Classifier<'static> {
    Classifier::new(Catalog::built_in(), true)
}

fn account<'a>(institution: &'a str, login: &'a str, code: Code) -> Account<'a> {
    Account {
        institution_id: Some(institution),
        institution_login_id: Some(login),
        aggregation_status_code: Some(code),
        ..Account::default()
    }
}

/// Groups these accounts, in batches of this size.
fn groups_in_batches(by: By, accounts: &[Account<'_>], batch_size: usize) -> Groups {
    let classifier = classifier();
    let mut groups = Groups::new(by);
    for accounts in accounts.chunks(batch_size.max(1)) {
        let mut batch = Batch::new(by);
        for account in accounts {
            batch.add(&classifier.classify(account));
        }
        groups.extend(&batch);
    }
    groups
}

fn outages(accounts: &[Account<'_>]) -> Vec<bool> {
    let classifier = classifier();
    let ranked = groups_in_batches(By::Institution, accounts, 3).rank(&classifier, |_| true);
    ranked.iter().map(|group| group.is_likely_outage()).collect()
}

#[test]
fn an_outage_has_ten_logins_and_a_fifth_of_the_accounts_of_the_institution() {
    let ids: Vec<String> = (0..60).map(|id| format!("login {id}")).collect();
    let failing = |logins: usize| ids.iter().take(logins).map(|id| account("5", id, 910));
    let ok = |accounts: usize| ids.iter().rev().take(accounts).map(|id| account("5", id, 0));
    let mixed = |logins, others| failing(logins).chain(ok(others)).collect::<Vec<_>>();
    assert_eq!(outages(&mixed(10, 40)), [true]);
    assert_eq!(outages(&mixed(10, 41)), [false], "less than a fifth");
    assert_eq!(outages(&mixed(9, 0)), [false], "nine logins");
    let repeated: Vec<_> = (0..30).map(|_| account("5", "one login", 910)).collect();
    assert_eq!(outages(&repeated), [false], "one login");
    let customers: Vec<_> = ids.iter().take(30).map(|id| account("5", id, 103)).collect();
    assert_eq!(outages(&customers), [false], "the customers must act");
    let nowhere: Vec<_> =
        failing(30).map(|account| Account { institution_id: None, ..account }).collect();
    assert_eq!(outages(&nowhere), [false], "no institution");
}

#[test]
fn logins_that_need_their_customer_are_not_part_of_an_outage() {
    let logins: Vec<String> = (0..12).map(|login| login.to_string()).collect();
    let broken = logins.iter().map(|login| account("5", login, 103));
    let waiting = (0..12).map(|_| account("5", "0", 910));
    assert_eq!(outages(&broken.chain(waiting).collect::<Vec<_>>()), [false]);
}

#[test]
fn many_unknown_codes_of_a_group_take_bounded_memory_and_any_order_counts_the_same() {
    let classifier = classifier();
    let codes: Vec<Code> = (5_000_000..5_002_000).chain([5_000_003]).collect();
    let count = |codes: &[Code]| {
        let accounts: Vec<_> = codes.iter().map(|&code| account("5", "1", code)).collect();
        let groups = groups_in_batches(By::Institution, &accounts, 700);
        let kept = groups.states.list(groups.rows[0].head).map(StateCount::code);
        let lowest = codes.iter().copied().collect::<BTreeSet<Code>>().into_iter().take(16);
        let expected = lowest.map(Some).chain([None]).collect::<BTreeSet<_>>();
        assert_eq!(kept.collect::<BTreeSet<_>>(), expected);
        let ranked = groups.rank(&classifier, |_| true);
        ranked.iter().next().map(|group| group.counts())
    };
    let backward: Vec<Code> = codes.iter().rev().copied().collect();
    assert_eq!(count(&codes), count(&backward));
    let counts = count(&codes).unwrap();
    assert_eq!((counts.failing(), counts.top()), (2001, Some((5_000_003, 2))));
}

#[test]
fn a_group_and_a_state_take_32_and_24_bytes() {
    assert_eq!((size_of::<Row>(), size_of::<StateCount>()), (32, 24));
}

proptest! {
    #[test]
    fn the_size_of_the_batches_makes_no_difference(
        accounts in prop::collection::vec((0..4_u8, 0..4_u8, prop::sample::select(vec![0_u32, 103, 185, 910, 7777, 8888])), 0..60),
        batch_size in 1..20_usize,
        by in prop::sample::select(vec![By::Institution, By::Customer, By::Login]),
    ) {
        let ids = ["", "5", "x", "y"];
        let accounts: Vec<Account<'_>> = accounts
            .iter()
            .map(|&(institution, login, code)| Account {
                customer_id: Some(ids[usize::from(login)]),
                ..account(ids[usize::from(institution)], ids[usize::from(login)], code)
            })
            .collect();
        let classifier = classifier();
        let shape = |batch_size| {
            let ranked = groups_in_batches(by, &accounts, batch_size).rank(&classifier, |_| true);
            ranked
                .iter()
                .map(|group| {
                    let ids = [group.institution_id(), group.customer_id(), group.institution_login_id()];
                    (ids.map(|id| id.map(String::from)), group.counts(), group.is_likely_outage())
                })
                .collect::<Vec<_>>()
        };
        let whole = shape(usize::MAX);
        prop_assert_eq!(whole.iter().map(|group| group.1.accounts()).sum::<u64>(), accounts.len() as u64);
        prop_assert_eq!(shape(batch_size), whole);
    }
}
