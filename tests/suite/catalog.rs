//! The rules of the catalog.

use std::collections::{BTreeMap, BTreeSet};

use statuscode::account::{Account, Code};
use statuscode::catalog::{Action, Catalog, Category, Entry, Reading, Standing, short_action};
use statuscode::classify::{Classifier, Verdict};

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

fn codes_where(holds: impl Fn(&Entry) -> bool) -> BTreeSet<Code> {
    let entries = catalog().entries().iter();
    entries.filter(|entry| holds(entry)).map(|entry| entry.code).collect()
}

fn has_reading_of(entry: &Entry, source: &str) -> bool {
    entry.readings.iter().any(|reading| reading.source == source)
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

/// Every text of an entry that people read, the title first.
fn texts(entry: &Entry) -> Vec<&str> {
    let own = [&entry.title, &entry.meaning, &entry.required_action, &entry.customer_message];
    let fallback = entry
        .fallback
        .iter()
        .flat_map(|fallback| [&fallback.required_action, &fallback.customer_message]);
    let readings =
        entry.readings.iter().flat_map(|reading| [&reading.meaning, &reading.required_action]);
    own.into_iter()
        .chain(fallback)
        .chain(&entry.notes)
        .chain(readings)
        .map(String::as_str)
        .collect()
}

#[test]
fn no_text_is_empty_or_untrimmed_and_sentences_end() {
    for entry in catalog().entries() {
        for text in texts(entry) {
            assert!(
                !text.is_empty() && text == text.trim() && !text.contains("  "),
                "{}: {text:?}",
                entry.code
            );
        }
        for sentence in texts(entry).into_iter().skip(1) {
            assert!(sentence.ends_with(['.', '?']), "{}: {sentence:?}", entry.code);
        }
        assert!(entry.title.len() <= 60, "{}: {}", entry.code, entry.title);
        assert!(!entry.readings.is_empty(), "{}", entry.code);
    }
}

#[test]
fn texts_are_plain_us_english() {
    const AVOIDED: &[&str] = &[
        "anew",
        "web site",
        "user name",
        "whoever",
        "stands",
        "behind",
        "neighbour",
        "colour",
        "is due",
        "afterwards",
        "towards",
        "cancelled",
        "unauthoris",
    ];
    for entry in catalog().entries() {
        for text in texts(entry) {
            let text = text.to_lowercase();
            for avoided in AVOIDED {
                assert!(!text.contains(avoided), "{}: {avoided} in {text:?}", entry.code);
            }
        }
    }
}

#[test]
fn the_first_sentence_of_every_action_fits_next_to_the_longest_title() {
    const LETTERS: usize = 45;
    for connect_fix in [true, false] {
        for verdict in Classifier::new(catalog(), connect_fix).verdicts() {
            let short = short_action(verdict.required_action);
            assert!(short.chars().count() <= LETTERS, "{short}");
            assert!(!short.is_empty(), "{}", verdict.title);
        }
    }
}

#[test]
fn labels_and_descriptions_are_plain_words() {
    let categories = Category::ALL
        .iter()
        .map(|category| (category.as_str(), category.label(), category.description()));
    let actions =
        Action::ALL.iter().map(|action| (action.as_str(), action.label(), action.description()));
    let mut labels = BTreeSet::new();
    for (name, label, description) in categories.chain(actions) {
        assert!(!label.contains('_') && label.starts_with(char::is_uppercase), "{name}");
        assert!(label.chars().count() <= 40, "{label}");
        assert!(!description.contains('_') && !description.ends_with('.'), "{name}");
        assert!(labels.insert(label), "{label} is the label of two names");
    }
}

#[test]
fn every_reading_has_a_known_source_and_every_link_is_well_formed() {
    let link = |url: &str| url.starts_with("https://") && !url.contains(char::is_whitespace);
    for source in catalog().sources() {
        assert!(link(&source.url), "{}", source.url);
        assert_eq!(source.copied.len(), "2026-11-21".len());
    }
    let ranks: Vec<u32> = catalog().sources().iter().map(|source| source.rank).collect();
    assert!(ranks.is_sorted_by(|a, b| a < b));
    for reading in catalog().entries().iter().flat_map(|entry| &entry.readings) {
        assert!(catalog().source(&reading.source).is_some(), "{}", reading.source);
        assert!(link(&reading.url), "{}", reading.url);
    }
}

#[test]
fn the_current_document_supersedes_the_older_one_exactly_where_both_have_the_code() {
    for entry in catalog().entries() {
        let in_current = has_reading_of(entry, CURRENT);
        for reading in &entry.readings {
            let expected = in_current && reading.source == OLDER;
            assert_eq!(reading.superseded, expected, "{}", entry.code);
        }
    }
}

#[test]
fn a_code_known_only_from_third_parties_is_marked_as_reported() {
    let third_party = |reading: &Reading| {
        let source = catalog().source(&reading.source);
        source.is_some_and(|source| source.third_party)
    };
    let only_third_parties = codes_where(|entry| entry.readings.iter().all(third_party));
    assert!(!only_third_parties.is_empty());
    for code in only_third_parties {
        assert_eq!(entry(code).standing, Standing::Reported, "{code}");
    }
}

#[test]
fn a_code_known_only_by_number_is_not_documented() {
    let by_number = codes_where(|entry| entry.meaning.starts_with("Only the number is known."));
    assert!(by_number.contains(&147) && by_number.contains(&511));
    for code in by_number {
        assert_ne!(entry(code).standing, Standing::Documented, "{code}");
    }
}

// Texts that said more than the documents do.

#[test]
fn code_0_promises_no_current_data() {
    let entry = entry(0);
    assert!(!entry.meaning.contains("current"), "{}", entry.meaning);
    assert!(entry.notes.iter().any(|note| note.contains("last attempt")));
}

#[test]
fn temporary_problems_ask_the_customer_to_try_again_after_a_few_minutes() {
    for code in [102, 320, 580] {
        let entry = entry(code);
        assert!(entry.required_action.contains("a few minutes"), "{code}");
        assert!(entry.customer_message.contains("a few minutes"), "{code}");
    }
}

#[test]
fn the_older_reading_of_185_has_no_action() {
    let reading = entry(185).readings.iter().find(|reading| reading.source == OLDER);
    assert_eq!(reading.unwrap().required_action, Reading::NO_ACTION);
}

#[test]
fn no_message_says_to_do_nothing_if_signing_in_helps() {
    for entry in catalog().entries() {
        let helps =
            entry.readings.iter().any(|reading| reading.required_action.contains("sign-ins"));
        let idle = entry.customer_message.contains("do not need to do anything");
        assert!(!(helps && idle), "{}: {}", entry.code, entry.customer_message);
    }
}

#[test]
fn unsupported_institutions_are_asked_to_write_and_nothing_else_is_offered() {
    for code in 920..=929 {
        let entry = entry(code);
        assert!(entry.required_action.contains("institutions@finicity.com"), "{code}");
        assert!(entry.meaning.contains("several reasons"), "{code}");
        assert!(!entry.required_action.contains("another institution"), "{code}");
    }
}

#[test]
fn re_adding_after_an_oauth_migration_names_the_institution_search_list() {
    for code in [945, 948] {
        let fallback = entry(code).fallback.as_ref().unwrap();
        assert!(fallback.required_action.contains("Institution Search list"), "{code}");
    }
}

#[test]
fn waiting_days_match_the_older_document() {
    let days: BTreeMap<Code, u32> = catalog()
        .entries()
        .iter()
        .filter_map(|entry| Some((entry.code, entry.wait_days?)))
        .collect();
    assert_eq!(days, [(905, 7), (910, 5), (915, 7), (916, 7)].into());
    assert!(entry(910).required_action.contains("3 to 5 days"));
}

// Classification.

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

fn api_error(code: Code) -> Account<'static> {
    Account { aggregation_status_code: Some(code), api_error: true, ..Account::default() }
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
fn every_verdict_is_found_again_by_its_code_and_category() {
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
fn only_the_nine_codes_send_anyone_through_data_connect_fix() {
    for entry in catalog().entries().iter().filter(|entry| !entry.connect_fix) {
        for text in [&entry.meaning, &entry.required_action, &entry.customer_message] {
            assert!(!text.contains("Fix"), "{}: {text}", entry.code);
        }
    }
}

#[test]
fn accounts_that_are_added_again_are_not_asked_to_reconnect() {
    for entry in catalog().entries() {
        if let Some(fallback) = &entry.fallback {
            let reconnect = fallback.customer_message.contains("reconnect");
            let re_add = fallback.customer_message.contains("add");
            let expected = (fallback.action != Action::ReAdd, fallback.action == Action::ReAdd);
            assert_eq!((reconnect, re_add), expected, "{}", entry.code);
        }
    }
}

// Search.

fn found(text: &str) -> Vec<Code> {
    catalog().search(text).iter().map(|entry| entry.code).collect()
}

#[test]
fn codes_are_found_by_their_common_names() {
    let cases: &[(&str, &[Code])] = &[
        ("mfa", &[185, 187, 931]),
        ("otp", &[185, 187, 931]),
        ("OTP", &[185]),
        ("one-time passcode", &[185, 931]),
        ("two-factor", &[185]),
        ("password", &[103, 109]),
        ("login", &[103]),
        ("outage", &[102, 910, 905]),
        ("maintenance", &[102]),
        ("closed", &[913, 946]),
        ("duplicate", &[169]),
        ("oauth", &[945, 947, 948]),
        ("consent", &[945, 947, 2039]),
        ("rate limit", &[977, 3_300_001]),
        ("language", &[936]),
        ("bad-credentials", &[103]),
        ("token expired", &[947]),
    ];
    for (text, expected) in cases {
        let found = found(text);
        for code in *expected {
            assert!(found.contains(code), "{text} does not find {code}: {found:?}");
        }
    }
}

#[test]
fn the_best_match_comes_first() {
    let cases = [
        ("mfa", 185),
        ("otp", 185),
        ("password", 103),
        ("outage", 101),
        ("closed", 913),
        ("duplicate", 169),
        ("language", 936),
        ("910", 910),
    ];
    for (text, first) in cases {
        assert_eq!(found(text).first(), Some(&first), "{text}");
    }
}

#[test]
fn every_synonym_finds_the_codes_that_it_names() {
    for synonym in catalog().synonyms() {
        assert!(synonym.codes.iter().all(|&code| catalog().get(code).is_some()));
        let named = codes_where(|entry| synonym.finds(entry));
        assert!(!named.is_empty(), "{:?}", synonym.terms);
        for term in &synonym.terms {
            let found: BTreeSet<Code> = found(term).into_iter().collect();
            assert!(named.is_subset(&found), "{term}");
        }
    }
}

#[test]
fn a_new_synonym_is_a_line_of_an_overlay() {
    let mut catalog = catalog().clone();
    assert!(catalog.search("kaputt").is_empty());
    let overlay = "[[synonym]]\nterms = [\"kaputt\"]\ncodes = [910]";
    catalog.overlay(overlay, "ours.toml").unwrap();
    assert_eq!(catalog.search("Kaputt!")[0].code, 910);
}

#[test]
fn a_message_shown_by_connect_finds_its_codes() {
    let cases: &[(&str, &[Code])] = &[
        ("the login credentials you entered are not valid for this account... Error code", &[103]),
        ("USER ACTION IS REQUIRED AT YOUR FINANCIAL\nINSTITUTION!", &[108]),
        ("Sorry: \"Your financial institution is requiring new security info\"", &[109]),
        ("answer to your security question was incorrect.", &[187]),
        ("Problem connecting. Please wait a few minutes and try again.", &[102, 320, 580]),
        ("Problem connecting to your institution.", &[910]),
        (
            "We are currently working to add support for this Financial Institution Connection.",
            &[900, 901, 903, 904, 905, 906, 907],
        ),
        ("we are currently working to fix this connection", &[915, 916]),
        (
            "Your financial institution is currently not supported",
            &[920, 921, 922, 923, 924, 925, 926, 927, 928, 929],
        ),
        ("You have a language preference other than English at your financial institution", &[936]),
        ("The problem was solved and we are connecting your institution.", &[]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let entries = catalog().find_by_message(text);
        let codes: Vec<Code> = entries.iter().map(|entry| entry.code).collect();
        assert_eq!(codes, *expected, "{text}");
    }
}

// Overlays.

#[test]
fn an_overlay_of_many_ranges_replaces_and_adds_every_code_once() {
    const RANGES: Code = 20;
    const LENGTH: Code = 10_000;
    let tables: Vec<String> = (0..RANGES)
        .rev()
        .map(|range| {
            let (first, last) = (range * LENGTH + 1, (range + 1) * LENGTH);
            format!(
                "[[code]]\ncode = \"{first}-{last}\"\nname = \"many\"\ntitle = \"Many\"\n\
                 category = \"support\"\naction = \"support_ticket\"\nmeaning = \"Many.\"\n\
                 required_action = \"Open a ticket.\"\ncustomer_message = \"Wait.\"\n"
            )
        })
        .collect();
    let mut catalog = catalog().clone();
    let beyond = catalog.entries().iter().filter(|entry| entry.code > RANGES * LENGTH);
    let expected = beyond.count() + 1 + (RANGES * LENGTH) as usize;
    catalog.overlay(&tables.concat(), "many.toml").unwrap();
    assert_eq!(catalog.entries().len(), expected);
    assert!(catalog.entries().is_sorted_by(|a, b| a.code < b.code));
    assert_eq!(catalog.get(185).unwrap().title, "Many");
    assert_eq!(catalog.get(200_000).unwrap().name, "many-200000");
}

fn refusal(overlay: &str) -> String {
    let mut catalog = catalog().clone();
    catalog.overlay(overlay, "ours.toml").unwrap_err().to_string()
}

#[test]
fn a_code_that_uses_data_connect_fix_must_say_what_to_do_without_it() {
    for line in ["connect_fix = true", "action = \"connect_fix\""] {
        let message = refusal(&format!("[[code]]\ncode = 910\n{line}"));
        assert!(message.contains("`fallback`"), "{message}");
    }
}

#[test]
fn a_code_is_pending_only_if_waiting_is_enough() {
    let message = refusal("[[code]]\ncode = 185\ncategory = \"pending\"");
    assert!(message.contains("cannot be pending"), "{message}");
    let mut catalog = catalog().clone();
    let overlay = "[[code]]\ncode = 910\ncategory = \"pending\"";
    catalog.overlay(overlay, "ours.toml").unwrap();
}

#[test]
fn a_code_can_occur_in_a_file_only_once() {
    let message = refusal("[[code]]\ncode = 910\n[[code]]\ncode = \"905-910\"");
    assert_eq!(message, "4:8: code 910 occurs twice in this file");
}

#[test]
fn an_overlay_can_reword_an_http_status() {
    let overlay = "[[http_status]]\nstatus = 429\nmeaning = \"Slow down.\"\n\
                   remedy = { action = \"wait\", required_action = \"Wait an hour.\", \
                   customer_message = \"Later.\" }";
    let mut catalog = catalog().clone();
    catalog.overlay(overlay, "ours.toml").unwrap();
    let classifier = Classifier::new(&catalog, true);
    let error = api_error(429);
    assert_eq!(classifier.classify(&error).verdict.required_action, "Wait an hour.");
}

// Documentation.

#[test]
fn the_repair_page_lists_the_codes_that_block_the_nightly_batch() {
    let page = include_str!("../../docs/repair.md");
    let section = page.split("## What blocks the nightly batch").nth(1).unwrap();
    let list = section.split("\n\n").nth(2).unwrap();
    let listed: BTreeSet<Code> = list
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    let blocking = codes_where(|entry| entry.blocks_nightly_batch == Some(true));
    assert_eq!(listed, blocking);
}

#[test]
fn the_repair_page_lists_the_codes_that_data_connect_fix_repairs() {
    let page = include_str!("../../docs/repair.md");
    let section = page.split("## What Data Connect Fix repairs").nth(1).unwrap();
    let table = section.split("\n\n").nth(2).unwrap();
    let listed: BTreeSet<Code> = table
        .lines()
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split(','))
        .filter_map(|code| code.trim().parse().ok())
        .collect();
    assert_eq!(listed, codes_where(|entry| entry.connect_fix));
}
