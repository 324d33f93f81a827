use std::collections::BTreeSet;

use super::*;

fn requests(account: &Account<'_>, options: &RequestOptions) -> Vec<Option<Request>> {
    let classifier = classifier();
    let steps = steps_in_batches(&classifier, &[*account], 1, None);
    steps.iter().map(|step| step.request(options)).collect()
}

#[test]
fn nothing_is_deleted_unless_deletions_are_enabled() {
    let options = RequestOptions { with_deletions: false, ..with_deletions() };
    for entry in Catalog::built_in().entries() {
        for request in requests(&account("1", "a", entry.code), &options).into_iter().flatten() {
            assert_ne!(request.method, Method::Delete, "{}", entry.code);
        }
    }
}

#[test]
fn only_unrecoverable_and_closed_accounts_are_ever_deleted() {
    let deleted: Vec<Code> = Catalog::built_in()
        .entries()
        .iter()
        .map(|entry| entry.code)
        .filter(|&code| {
            let requests = requests(&account("1", "a", code), &with_deletions());
            requests.into_iter().flatten().any(|request| request.method == Method::Delete)
        })
        .collect();
    assert_eq!(deleted, [913, 949]);
}

#[test]
fn a_login_with_several_accounts_gets_no_delete_request() {
    let classifier = classifier();
    let accounts = [account("1", "a", 949), account("2", "a", 949)];
    let steps = steps_in_batches(&classifier, &accounts, 2, None);
    assert_eq!(steps.iter().len(), 1);
    assert_eq!(steps.iter().next().unwrap().request(&with_deletions()), None);
}

#[test]
fn every_step_with_a_login_and_a_customer_can_be_verified() {
    let classifier = classifier();
    let mut accounts = vec![account("1", "a/b", 103), account("2", "c", 913)];
    accounts.push(Account { institution_login_id: None, ..account("3", "", 103) });
    accounts.push(Account { customer_id: None, ..account("4", "d", 103) });
    accounts.push(account("5", "..", 103));
    let steps = steps_in_batches(&classifier, &accounts, 9, None);
    let paths: BTreeSet<_> = steps.iter().filter_map(|step| Some(step.verify()?.path)).collect();
    assert_eq!(
        paths.into_iter().collect::<Vec<_>>(),
        [
            "/aggregation/v1/customers/5001/institutionLogins/a%2Fb/accounts",
            "/aggregation/v1/customers/5001/institutionLogins/c/accounts",
        ]
    );
}
