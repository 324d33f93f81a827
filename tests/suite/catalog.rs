//! The rules of the catalog.

mod classification;
mod overlays;
mod repair_page;
mod search;
mod sources;
mod wording;

use std::collections::BTreeSet;

use statuscode::account::{Account, Code};
use statuscode::catalog::{Action, Catalog, Category, Entry};

/// The current primary document, and the one that it supersedes.
const CURRENT: &str = "mastercard-open-finance-us";
const OLDER: &str = "finicity-legacy";
const OPENAPI: &str = "mastercard-us-openapi";

fn catalog() -> &'static Catalog {
    Catalog::built_in()
}

fn entry(code: Code) -> &'static Entry {
    catalog().get(code).unwrap()
}

fn codes_where(matches: impl Fn(&Entry) -> bool) -> BTreeSet<Code> {
    let entries = catalog().entries().iter();
    entries.filter(|entry| matches(entry)).map(|entry| entry.code).collect()
}

fn has_reading_of(entry: &Entry, source: &str) -> bool {
    entry.readings.iter().any(|reading| reading.source == source)
}

fn api_error(code: Code) -> Account<'static> {
    Account { aggregation_status_code: Some(code), api_error: true, ..Account::default() }
}

/// Codes, category, action, connect fix, and the action without Data Connect Fix.
type Row = (&'static [Code], Category, Action, bool, Option<Action>);

/// The contract for every code of the two primary documents.
#[rustfmt::skip]
const CONTRACT: &[Row] = {
    use Action as A;
    use Category as C;
    &[
        (&[0], C::Ok, A::None, false, None),
        (&[103, 185, 187, 947], C::UserAction, A::ConnectFix, true, Some(A::ReconnectInApp)),
        (&[108, 109], C::UserAction, A::SignInAtInstitution, true, Some(A::SignInAtInstitution)),
        (&[169], C::UserAction, A::DeleteDuplicate, false, None),
        (&[913], C::UserAction, A::RetireAccount, false, None),
        (&[914], C::UserAction, A::VerifyAccount, false, None),
        (&[931], C::UserAction, A::AuthenticateEachTime, false, None),
        (&[936], C::UserAction, A::ChangeLanguage, false, None),
        (&[945, 946, 948], C::UserAction, A::ConnectFix, true, Some(A::ReAdd)),
        (&[949], C::UserAction, A::ReAdd, false, None),
        (&[102, 320, 580, 905, 910, 915, 916], C::Institution, A::Wait, false, None),
        (&[920, 921, 922, 923, 924, 925, 926, 927, 928, 929],
            C::Institution, A::ContactInstitution, false, None),
        (&[147, 148, 173, 176, 181, 190, 324, 900, 901, 903, 904, 906, 907, 940, 950],
            C::Support, A::SupportTicket, false, None),
    ]
};

/// The codes in the examples of the `OpenAPI` description 1.42.0.
#[rustfmt::skip]
const OPENAPI_CODES: &[Code] = &[
    185, 325, 960, 1000, 1001, 1003, 1618, 1643, 2000, 3001, 3002, 3003, 3004, 3005, 3006, 3007,
    3008, 3009, 4004, 10000, 10001, 10002, 10003, 10005, 10006, 10007, 10008, 10009, 10010, 10013,
    10020, 10021, 10022, 10023, 10024, 10025, 10026, 10027, 10030, 10100, 10215, 10405, 10406,
    11000, 12017, 12019, 12022, 12401, 13002, 14001, 14003, 14006, 14016, 14020, 14023, 15001,
    18017, 20000, 20024, 20400, 24302, 24437, 24553, 38003, 38007, 41002, 41003, 41004, 44000,
    45003, 50016, 50051, 50052, 60013, 110_002, 110_039, 3_000_000, 3_000_001, 3_000_003,
    3_100_001, 3_200_001, 3_200_002, 3_200_003, 3_200_004, 3_300_001,
];

#[test]
fn every_code_of_the_two_primary_documents_matches_the_contract() {
    let mut in_contract = BTreeSet::new();
    for (codes, category, action, connect_fix, fallback) in CONTRACT {
        for &code in *codes {
            let entry = entry(code);
            let fallback_action = entry.fallback.as_ref().map(|fallback| fallback.action);
            assert_eq!(
                (entry.category, entry.action, entry.connect_fix, fallback_action),
                (*category, *action, *connect_fix, *fallback),
                "{code}"
            );
            in_contract.insert(code);
        }
    }
    let in_documents =
        codes_where(|entry| has_reading_of(entry, CURRENT) || has_reading_of(entry, OLDER));
    assert_eq!(in_contract, in_documents);
}

#[test]
fn every_code_of_the_openapi_examples_has_an_entry_that_cites_them() {
    for &code in OPENAPI_CODES {
        let entry = catalog().get(code);
        assert!(entry.is_some_and(|entry| has_reading_of(entry, OPENAPI)), "{code}");
    }
}

#[test]
fn a_request_that_was_accepted_waits_for_its_result() {
    let entry = entry(44_000);
    assert_eq!((entry.category, entry.action), (Category::Pending, Action::Wait));
}

#[test]
fn an_account_that_is_being_aggregated_has_not_failed() {
    for code in [325, 5006] {
        assert_eq!(entry(code).category, Category::Pending, "{code}");
    }
}

#[test]
fn the_connect_fix_codes_are_the_nine_official_ones() {
    let nine = codes_where(|entry| entry.connect_fix);
    assert_eq!(nine, [103, 108, 109, 185, 187, 945, 946, 947, 948].into());
}

#[test]
fn exactly_the_codes_of_the_current_document_block_the_nightly_batch() {
    let blocking = codes_where(|entry| entry.blocks_nightly_batch == Some(true));
    let in_current = codes_where(|entry| has_reading_of(entry, CURRENT) && entry.code != 0);
    assert_eq!(blocking, in_current);
    let not_blocking = codes_where(|entry| entry.blocks_nightly_batch == Some(false));
    assert_eq!(not_blocking, [0].into(), "no source says so of other codes");
}

#[test]
fn codes_ascend_and_names_are_unique_slugs() {
    let entries = catalog().entries();
    assert!(entries.is_sorted_by(|a, b| a.code < b.code));
    let names: BTreeSet<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names.len(), entries.len());
    for name in names {
        assert!(name.split('-').all(|part| !part.is_empty()), "{name}");
        assert!(
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{name}"
        );
        assert!(name.parse::<Code>().is_err(), "{name} looks like a code");
    }
}

#[test]
fn the_file_lists_its_tables_in_ascending_order() {
    let first = |line: &str| {
        line.split(|c: char| !c.is_ascii_digit()).find_map(|digits| digits.parse::<Code>().ok())
    };
    let lines =
        include_str!("../../codes.toml").lines().filter_map(|line| line.strip_prefix("code = "));
    let codes: Vec<Code> = lines.filter_map(first).collect();
    assert!(!codes.is_empty() && codes.is_sorted_by(|a, b| a < b));
}

#[test]
fn each_category_has_its_own_actions() {
    for entry in catalog().entries() {
        let fits = match entry.action {
            Action::None => entry.category == Category::Ok && entry.code == 0,
            Action::Wait => matches!(
                entry.category,
                Category::Institution | Category::Pending | Category::Partner
            ),
            Action::ContactInstitution => entry.category == Category::Institution,
            Action::SupportTicket => entry.category == Category::Support,
            Action::CorrectRequest => entry.category == Category::Partner,
            Action::AwaitFirstAggregation | Action::Review | Action::ReconnectInApp => false,
            Action::ConnectFix => entry.category == Category::UserAction && entry.connect_fix,
            _ => entry.category == Category::UserAction,
        };
        assert!(fits, "{}: {} {}", entry.code, entry.category, entry.action);
    }
}
