//! The verdicts for accounts and error bodies.

use statuscode::account::{Account, Code};
use statuscode::catalog::{Action, Category};
use statuscode::classify::{Classifier, Verdict};

use super::{api_error, catalog, entry};

fn verdict<'a>(
    classifier: &'a Classifier<'static>,
    account: &'a Account<'_>,
) -> &'a Verdict<'static> {
    classifier.classify(account).verdict
}

fn account(code: Option<Code>) -> Account<'static> {
    Account {
        aggregation_status_code: code,
        success: Some(1),
        attempt: Some(1),
        ..Account::default()
    }
}

#[test]
fn states_without_a_code_have_separate_verdicts() {
    let classifier = Classifier::new(catalog(), true);
    let state = |account: &Account<'_>| {
        let verdict = verdict(&classifier, account);
        (verdict.category, verdict.action, verdict.code)
    };
    let out_of_date = |code| Account { attempt: Some(2), ..account(code) };
    assert_eq!(state(&account(Some(0))), (Category::Ok, Action::None, Some(0)));
    assert_eq!(state(&out_of_date(Some(0))), (Category::Stale, Action::Wait, Some(0)));
    assert_eq!(
        state(&out_of_date(Some(185))),
        (Category::UserAction, Action::ConnectFix, Some(185))
    );
    assert_eq!(state(&out_of_date(None)), (Category::Pending, Action::AwaitFirstAggregation, None));
    for unknown in [777, 99_999, Code::MAX] {
        assert_eq!(state(&account(Some(unknown))), (Category::Unknown, Action::Review, None));
    }
}

#[test]
fn an_error_body_with_an_http_status_is_for_the_integrator() {
    const WAIT: [Code; 4] = [408, 429, 502, 504];
    let classifier = Classifier::new(catalog(), true);
    for status in (400..600).filter(|&code| catalog().get(code).is_none()) {
        let error = api_error(status);
        let verdict = verdict(&classifier, &error);
        let action = if WAIT.contains(&status) { Action::Wait } else { Action::CorrectRequest };
        assert_eq!(
            (verdict.category, verdict.action, verdict.code),
            (Category::Partner, action, Some(status))
        );
        let state = classifier.verdict(Some(status), Category::Partner).unwrap();
        assert_eq!(state.index, verdict.index, "{status}");
    }
    let error = api_error(429);
    assert_eq!(verdict(&classifier, &error).title, "Too Many Requests");
    assert_eq!(entry(503).action, Action::Wait);
}

#[test]
fn an_http_status_means_nothing_as_the_code_of_an_account() {
    let classifier = Classifier::new(catalog(), true);
    for status in [404, 429, 599] {
        let account = account(Some(status));
        assert_eq!(verdict(&classifier, &account).category, Category::Unknown);
    }
}

#[test]
fn a_code_of_the_catalog_keeps_its_entry_in_an_error_body() {
    let classifier = Classifier::new(catalog(), true);
    for entry in catalog().entries() {
        let error = api_error(entry.code);
        assert_eq!(verdict(&classifier, &error).entry, Some(entry));
    }
}

#[test]
fn an_unknown_code_stays_unknown_in_an_error_body() {
    let classifier = Classifier::new(catalog(), true);
    for code in [203, 399, 600, 99_999] {
        let error = api_error(code);
        assert_eq!(verdict(&classifier, &error).category, Category::Unknown);
    }
}

#[test]
fn http_203_is_explained_as_an_mfa_challenge_and_is_not_an_error() {
    let status = catalog().http_status(203).unwrap();
    assert_eq!(status.title, "Non-Authoritative Information");
    assert!(status.meaning.contains("MFA") && status.meaning.contains("185"));
    assert_eq!(status.remedy, None);
    assert!(catalog().get(203).is_none());
}

#[test]
fn every_verdict_can_be_found_by_its_code_and_category() {
    for connect_fix in [true, false] {
        let classifier = Classifier::new(catalog(), connect_fix);
        for (index, verdict) in classifier.verdicts().iter().enumerate() {
            assert_eq!(verdict.index, index);
            let state = classifier.verdict(verdict.code, verdict.category).unwrap();
            assert_eq!(state.index, index, "{:?}", verdict.code);
        }
    }
}

#[test]
fn without_data_connect_fix_only_the_nine_codes_change() {
    let with = Classifier::new(catalog(), true);
    let without = Classifier::new(catalog(), false);
    for (with, without) in with.verdicts().iter().zip(without.verdicts()) {
        assert_eq!(with.category, without.category);
        let same = (with.action, with.required_action, with.customer_message)
            == (without.action, without.required_action, without.customer_message);
        assert_eq!(same, !with.connect_fix, "{:?}", with.code);
    }
}

#[test]
fn without_data_connect_fix_no_text_mentions_it() {
    for verdict in Classifier::new(catalog(), false).verdicts() {
        let texts = [
            verdict.title,
            verdict.meaning,
            verdict.required_action,
            verdict.customer_message,
            verdict.action.label(),
            verdict.action.description(),
        ];
        for text in texts {
            assert!(!text.contains("Fix"), "{:?}: {text}", verdict.code);
        }
        assert!(!verdict.connect_fix && verdict.action != Action::ConnectFix);
    }
}

#[test]
fn only_the_nine_codes_mention_data_connect_fix() {
    for entry in catalog().entries().iter().filter(|entry| !entry.connect_fix) {
        for text in [&entry.meaning, &entry.required_action, &entry.customer_message] {
            assert!(!text.contains("Fix"), "{}: {text}", entry.code);
        }
    }
}

#[test]
fn only_customers_who_keep_their_account_are_asked_to_reconnect() {
    for entry in catalog().entries() {
        if let Some(fallback) = &entry.fallback {
            let reconnect = fallback.customer_message.contains("reconnect");
            let re_add = fallback.customer_message.contains("add");
            let expected = (fallback.action != Action::ReAdd, fallback.action == Action::ReAdd);
            assert_eq!((reconnect, re_add), expected, "{}", entry.code);
        }
    }
}
