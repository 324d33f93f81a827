use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::catalog::Category;

/// A record: number of the account, number of the customer, number of the login, code, days
/// failing.
type Record = (u8, u8, u8, Option<Code>, i64);

fn records() -> impl Strategy<Value = Vec<Record>> {
    let codes = vec![
        None,
        Some(0),
        Some(0),
        Some(0),
        Some(103),
        Some(108),
        Some(185),
        Some(169),
        Some(900),
        Some(910),
        Some(949),
        Some(99_999),
        Some(Code::MAX),
    ];
    let record = (0..12_u8, 0..3_u8, 0..4_u8, prop::sample::select(codes), 0..9_i64);
    prop::collection::vec(record, 0..60)
}

/// Returns the ids of each record: account, customer, login. Some of them are numbers.
fn id_strings(records: &[Record]) -> Vec<[String; 3]> {
    records
        .iter()
        .map(|(id, customer, login, ..)| {
            let id = if id % 2 == 0 { id.to_string() } else { format!("acct-{id}") };
            // The login belongs to the customer, as in the API.
            [id, format!("cust-{customer}"), format!("{customer}00{login}")]
        })
        .collect()
}

fn accounts<'a>(records: &[Record], ids: &'a [[String; 3]]) -> Vec<Account<'a>> {
    records
        .iter()
        .zip(ids)
        .map(|((.., code, days), [id, customer, login])| Account {
            id: Some(id),
            customer_id: Some(customer),
            institution_id: Some("102105"),
            institution_login_id: Some(login),
            aggregation_status_code: *code,
            success: Some(0),
            attempt: Some(days * DAY),
            api_error: false,
        })
        .collect()
}

/// Returns everything about every step.
fn described(steps: &Steps<'_>) -> Vec<String> {
    let describe = |step: Step<'_>| {
        let ids: Vec<_> = step.account_ids().collect();
        let codes: Vec<_> = step.codes().iter().map(|count| (count.code, count.accounts)).collect();
        format!(
            "{:?} {:?} {:?} {ids:?} {:?} {codes:?} {:?} {:?} {:?} {:?}",
            step.action(),
            step.customer_id(),
            step.institution_login_id(),
            step.customer_ids().collect::<Vec<_>>(),
            step.last_attempt(),
            step.overdue(),
            step.request(&with_deletions()),
            step.verify(),
        )
    };
    steps.iter().map(describe).collect()
}

proptest! {
    #[test]
    fn a_plan_does_not_depend_on_the_size_of_the_batches(records in records(), size in 1..10_usize) {
        let classifier = classifier();
        let ids = id_strings(&records);
        let accounts = accounts(&records, &ids);
        let whole = steps_in_batches(&classifier, &accounts, usize::MAX, Some(3));
        let batches = steps_in_batches(&classifier, &accounts, size, Some(3));
        prop_assert_eq!(described(&whole), described(&batches));
    }

    #[test]
    fn reading_an_input_twice_changes_nothing(records in records()) {
        let classifier = classifier();
        let ids = id_strings(&records);
        let mut accounts = accounts(&records, &ids);
        let once = described(&steps_in_batches(&classifier, &accounts, 7, None));
        accounts.extend(accounts.clone());
        let twice = described(&steps_in_batches(&classifier, &accounts, 7, None));
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn the_last_states_are_grouped_by_login_by_account_or_by_institution_and_code(
        records in records(),
    ) {
        let classifier = classifier();
        let ids = id_strings(&records);
        let accounts = accounts(&records, &ids);
        let last: BTreeMap<_, _> = accounts
            .iter()
            .map(|account| ((account.customer_id, account.id), account))
            .collect();
        let mut expected: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for account in last.into_values() {
            let [id, customer, login] =
                [account.id, account.customer_id, account.institution_login_id].map(Option::unwrap);
            let verdict = classifier.classify(account).verdict;
            let code = account.aggregation_status_code;
            let step = match (verdict.category, code) {
                (Category::Ok | Category::Pending, _) => continue,
                (Category::UserAction, Some(169)) => format!("account {customer} {id}"),
                (Category::UserAction, _) => format!("login {customer} {login}"),
                _ => format!("code {code:?}"),
            };
            expected.entry(step).or_default().push(id.to_owned());
        }
        let sorted = |mut steps: Vec<Vec<String>>| {
            for ids in &mut steps {
                ids.sort_unstable();
                ids.dedup();
            }
            steps.sort_unstable();
            steps
        };
        let steps = steps_in_batches(&classifier, &accounts, 5, None);
        let found = steps
            .iter()
            .map(|step| step.account_ids().map(Cow::into_owned).collect())
            .collect();
        prop_assert_eq!(sorted(found), sorted(expected.into_values().collect()));
        // No login gets two requests for Data Connect Fix.
        let fixes: Vec<_> = steps
            .iter()
            .filter_map(|step| step.request(&with_deletions())?.body)
            .map(|body| (body.customer_id, body.institution_login_id))
            .collect();
        prop_assert_eq!(fixes.iter().collect::<BTreeSet<_>>().len(), fixes.len());
    }
}
