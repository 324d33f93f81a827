mod properties;
mod requests;
mod unnamed;

use super::*;
use crate::account::{Account, Code};
use crate::catalog::{Action, Catalog};

const DAY: i64 = 86_400;

fn classifier() -> Classifier<'static> {
    Classifier::new(Catalog::built_in(), true)
}

fn account<'a>(id: &'a str, login: &'a str, code: Code) -> Account<'a> {
    Account {
        id: Some(id),
        customer_id: Some("5001"),
        institution_id: Some("102105"),
        institution_login_id: Some(login),
        aggregation_status_code: Some(code),
        success: Some(0),
        attempt: Some(DAY),
        api_error: false,
    }
}

fn failing_for(days: i64, account: Account<'_>) -> Account<'_> {
    Account { attempt: Some(days * DAY), ..account }
}

/// Returns the steps for these accounts, added in batches of this size.
fn steps_in_batches<'c>(
    classifier: &'c Classifier<'c>,
    accounts: &[Account<'_>],
    batch_size: usize,
    escalate_after: Option<u32>,
) -> Steps<'c> {
    let mut plan = Plan::default();
    for accounts in accounts.chunks(batch_size.max(1)) {
        let mut batch = Batch::default();
        for account in accounts {
            batch.add(&classifier.classify(account));
        }
        plan.extend(&batch);
    }
    plan.into_steps(classifier, None, escalate_after)
}

/// Returns the action, the codes and the account ids of every step.
fn shape(
    accounts: &[Account<'_>],
    escalate_after: Option<u32>,
) -> Vec<(Action, Vec<Code>, String)> {
    let classifier = classifier();
    steps_in_batches(&classifier, accounts, usize::MAX, escalate_after)
        .iter()
        .map(|step| {
            let codes = step.codes().iter().map(|count| count.code).collect();
            let ids: Vec<_> = step.account_ids().collect();
            (step.action(), codes, ids.join(" "))
        })
        .collect()
}

fn with_deletions() -> RequestOptions {
    RequestOptions {
        partner_id: Some("2445583946651".to_owned()),
        with_deletions: true,
        ..RequestOptions::default()
    }
}

#[test]
fn a_login_is_one_step_and_one_request_whatever_its_codes() {
    let classifier = classifier();
    let accounts = [
        account("1", "a", 103),
        account("2", "a", 108),
        account("3", "a", 185),
        account("4", "a", 185),
    ];
    let steps = steps_in_batches(&classifier, &accounts, 1, None);
    assert_eq!(steps.iter().len(), 1);
    let step = steps.iter().next().unwrap();
    assert_eq!(step.action(), Action::SignInAtInstitution);
    let codes: Vec<_> = step.codes().iter().map(|count| (count.code, count.accounts)).collect();
    assert_eq!(codes, [(108, 1), (185, 2), (103, 1)]);
    let request = step.request(&with_deletions()).unwrap();
    assert_eq!(request.body.unwrap().institution_login_id, "a");
}

#[test]
fn an_action_on_a_single_account_is_a_separate_step() {
    let accounts = [account("1", "a", 103), account("2", "a", 913), account("3", "a", 913)];
    assert_eq!(
        shape(&accounts, None),
        [
            (Action::ConnectFix, vec![103], "1".to_owned()),
            (Action::RetireAccount, vec![913], "2".to_owned()),
            (Action::RetireAccount, vec![913], "3".to_owned()),
        ]
    );
}

#[test]
fn a_ticket_is_one_step_for_an_institution_and_code() {
    let mut elsewhere = account("3", "c", 900);
    elsewhere.institution_id = Some("102106");
    let mut other_customer = failing_for(2, account("2", "b", 900));
    other_customer.customer_id = Some("5002");
    let accounts = [account("1", "a", 900), other_customer, elsewhere, account("4", "d", 147)];
    let classifier = classifier();
    let steps = steps_in_batches(&classifier, &accounts, 1, None);
    assert_eq!(steps.iter().len(), 3);
    let ticket = steps.iter().next().unwrap();
    assert_eq!(ticket.account_ids().collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(ticket.customer_ids().collect::<Vec<_>>(), ["5001", "5002"]);
    assert_eq!(ticket.institution_id().as_deref(), Some("102105"));
    assert_eq!((ticket.customer_id(), ticket.institution_login_id()), (None, None));
    assert_eq!(ticket.last_attempt(), Some(2 * DAY));
    assert_eq!(ticket.request(&with_deletions()), None);
}

#[test]
fn an_account_that_is_ok_later_needs_no_step_and_one_that_fails_later_does() {
    let healthy = failing_for(0, account("1", "a", 0));
    assert_eq!(shape(&[account("1", "a", 185), healthy], None), []);
    assert_eq!(
        shape(&[healthy, account("1", "a", 185)], None),
        [(Action::ConnectFix, vec![185], "1".to_owned())]
    );
    assert_eq!(
        shape(&[account("1", "a", 185), account("1", "a", 103)], None),
        [(Action::ConnectFix, vec![103], "1".to_owned())]
    );
}

#[test]
fn a_request_error_does_not_hide_the_state_of_the_account() {
    let error = Account { api_error: true, ..account("1", "a", 10023) };
    for accounts in [[account("1", "a", 185), error], [error, account("1", "a", 185)]] {
        assert_eq!(
            shape(&accounts, None),
            [
                (Action::ConnectFix, vec![185], "1".to_owned()),
                (Action::CorrectRequest, vec![10023], "1".to_owned()),
            ]
        );
    }
}

#[test]
fn an_http_status_in_an_error_body_differs_from_the_same_code_of_an_account() {
    let error = Account { api_error: true, ..account("2", "a", 404) };
    assert_eq!(
        shape(&[account("1", "a", 404), error], None),
        [
            (Action::CorrectRequest, vec![404], "2".to_owned()),
            (Action::Review, vec![404], "1".to_owned()),
        ]
    );
}

#[test]
fn a_later_record_keeps_the_ids_that_it_lacks() {
    let bare = Account { id: Some("1"), aggregation_status_code: Some(103), ..Account::default() };
    let classifier = classifier();
    let steps = steps_in_batches(&classifier, &[account("1", "a", 185), bare], 1, None);
    assert_eq!(steps.iter().len(), 1);
    let step = steps.iter().next().unwrap();
    assert_eq!(step.customer_id().as_deref(), Some("5001"));
    assert_eq!(step.institution_login_id().as_deref(), Some("a"));
    assert_eq!(step.institution_id().as_deref(), Some("102105"));
    assert_eq!(step.codes()[0].code, 103);
}

#[test]
fn without_a_login_a_customer_is_one_step_per_institution() {
    let no_login = |id, customer_id, institution_id| Account {
        customer_id,
        institution_id: Some(institution_id),
        institution_login_id: None,
        ..account(id, "", 103)
    };
    let accounts = [
        no_login("1", Some("5001"), "7"),
        no_login("2", Some("5001"), "7"),
        no_login("3", Some("5001"), "8"),
        no_login("4", None, "7"),
        no_login("5", None, "7"),
    ];
    let ids: Vec<_> = shape(&accounts, None).into_iter().map(|(.., ids)| ids).collect();
    assert_eq!(ids, ["1 2", "4", "5", "3"]);
}

#[test]
fn waiting_becomes_a_ticket_by_the_median_of_its_accounts() {
    // 910: 3 to 5 days.
    let mut outage: Vec<_> =
        ["1", "2", "3"].iter().map(|id| failing_for(4, account(id, id, 910))).collect();
    outage[0].attempt = Some(40 * DAY);
    assert_eq!(shape(&outage, None), [(Action::Wait, vec![910], "1 2 3".to_owned())]);
    outage[1].attempt = Some(6 * DAY);
    assert_eq!(shape(&outage, None), [(Action::SupportTicket, vec![910], "1 2 3".to_owned())]);
}

#[test]
fn stale_accounts_wait_and_can_become_a_ticket() {
    let stale = [failing_for(40, account("1", "a", 0))];
    assert_eq!(shape(&stale, None), [(Action::Wait, vec![0], "1".to_owned())]);
    assert_eq!(shape(&stale, Some(39)), [(Action::SupportTicket, vec![0], "1".to_owned())]);
    assert_eq!(shape(&stale, Some(40)), [(Action::Wait, vec![0], "1".to_owned())]);
}

#[test]
fn steps_are_sorted_by_action_then_most_accounts_first() {
    let classifier = classifier();
    let accounts = [
        account("1", "a", 949),
        account("2", "b", 185),
        account("3", "c", 103),
        account("4", "c", 103),
        account("5", "a", 900),
    ];
    let steps = steps_in_batches(&classifier, &accounts, 2, None);
    let order: Vec<_> = steps.iter().map(|step| (step.action(), step.accounts())).collect();
    let sorted = {
        let mut sorted = order.clone();
        sorted.sort_by_key(|(action, accounts)| (*action, std::cmp::Reverse(*accounts)));
        sorted
    };
    assert_eq!(order, sorted);
    assert_eq!(order.len(), 4);
    let fixes = Totals { steps: 2, accounts: 3 };
    assert_eq!(steps.totals()[&Action::ConnectFix], fixes);
}

#[test]
fn an_account_takes_56_bytes_and_the_ids_of_a_healthy_one_are_not_kept() {
    assert_eq!(size_of::<state::State>(), 56);
    let classifier = classifier();
    let mut batch = Batch::default();
    let ids: Vec<String> = (0..100).map(|id| format!("acct-{id}")).collect();
    for id in &ids {
        let healthy = Account { attempt: Some(0), ..account(id, id, 0) };
        batch.add(&classifier.classify(&healthy));
    }
    let mut plan = Plan::default();
    plan.extend(&batch);
    assert_eq!(plan.accounts(), 0);
    assert_eq!(plan.accounts.ids.find("acct-1"), None);
}

#[test]
fn the_accounts_of_a_plan_are_counted_with_and_without_customers() {
    let classifier = classifier();
    let mut batch = Batch::default();
    let accounts = ["1", "2", "3"].map(|id| account(id, id, 185));
    let bare = Account { customer_id: None, ..account("3", "3", 185) };
    for account in accounts.iter().chain([&bare]) {
        batch.add(&classifier.classify(account));
    }
    let mut plan = Plan::default();
    plan.extend(&batch);
    assert_eq!(plan.accounts(), 4);
}

/// Returns the account ids of the steps that remain after a selection, with one record per batch.
fn selected(accounts: &[Account<'_>], selection: &Selection) -> Vec<String> {
    let classifier = classifier();
    let mut plan = Plan::default();
    for account in accounts {
        let mut batch = Batch::default();
        batch.add(&classifier.classify(account));
        plan.extend(&batch);
    }
    let steps = plan.into_steps(&classifier, Some(selection), None);
    steps.iter().flat_map(|step| step.account_ids().map(String::from).collect::<Vec<_>>()).collect()
}

#[test]
fn the_last_state_of_an_account_decides_whether_it_is_selected() {
    let mut selection = Selection::default();
    selection.codes.add(185, 185);
    let accounts = [
        account("1", "a", 185),
        account("2", "a", 103),
        account("1", "a", 103),
        account("2", "a", 185),
    ];
    assert_eq!(selected(&accounts, &selection), ["2"]);
    let days = Selection { min_days: Some(2), ..Selection::default() };
    let accounts = [account("1", "a", 185), failing_for(2, account("2", "b", 185))];
    assert_eq!(selected(&accounts, &days), ["2"]);
}

#[test]
fn an_id_that_the_last_record_lacks_is_taken_from_an_earlier_one() {
    let selection = Selection { customers: ["5001"].into_iter().collect(), ..Selection::default() };
    let without_customer = Account { customer_id: None, ..account("1", "a", 103) };
    assert_eq!(selected(&[account("1", "a", 185), without_customer], &selection), ["1"]);
    assert!(selected(&[without_customer], &selection).is_empty());
}
