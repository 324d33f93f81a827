//! What must hold of the catalog, whoever edits it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use statuscode::account::{Account, Code};
use statuscode::catalog::{Action, Catalog, Category, Entry, Standing, short_action};
use statuscode::classify::Classifier;

fn catalog() -> Catalog {
    Catalog::parse(include_str!("../codes.toml")).unwrap()
}

/// Codes, category, action, connect fix, fallback: the contract for every code of the two primary documents.
type Row = (&'static [Code], Category, Action, bool, Option<Action>);

const CONTRACT: &[Row] = {
    use Action as A;
    use Category as C;
    &[
        (&[0], C::Ok, A::None, false, None),
        (
            &[103, 185, 187, 947],
            C::UserAction,
            A::ConnectFix,
            true,
            None,
        ),
        (
            &[108, 109],
            C::UserAction,
            A::SignInAtInstitution,
            true,
            None,
        ),
        (&[169], C::UserAction, A::DeleteDuplicate, false, None),
        (&[913], C::UserAction, A::RetireAccount, false, None),
        (&[914], C::UserAction, A::VerifyAccount, false, None),
        (&[931], C::UserAction, A::AuthenticateEachTime, false, None),
        (&[936], C::UserAction, A::ChangeLanguage, false, None),
        (
            &[945, 946, 948],
            C::UserAction,
            A::ConnectFix,
            true,
            Some(A::ReAdd),
        ),
        (&[949], C::UserAction, A::ReAdd, false, None),
        (
            &[102, 320, 580, 905, 910, 915, 916],
            C::Institution,
            A::Wait,
            false,
            None,
        ),
        (
            &[920, 921, 922, 923, 924, 925, 926, 927, 928, 929],
            C::Institution,
            A::ContactInstitution,
            false,
            None,
        ),
        (
            &[
                147, 148, 173, 176, 181, 190, 324, 900, 901, 903, 904, 906, 907, 940, 950,
            ],
            C::Support,
            A::SupportTicket,
            false,
            None,
        ),
    ]
};

#[test]
fn every_code_of_the_two_primary_documents_is_as_the_contract_says() {
    let catalog = catalog();
    let mut count = 0;
    for (codes, category, action, connect_fix, fallback) in CONTRACT {
        for &code in *codes {
            let entry = catalog.get(code).unwrap();
            let fallback_action = entry.fallback.as_ref().map(|fallback| fallback.action);
            assert_eq!(
                (
                    entry.category,
                    entry.action,
                    entry.connect_fix,
                    fallback_action
                ),
                (*category, *action, *connect_fix, *fallback),
                "{code}"
            );
            count += 1;
        }
    }
    assert_eq!(count, 48);
    assert_eq!(catalog.entries().len(), 159);
}

#[test]
fn the_connect_fix_codes_are_the_official_nine() {
    let nine: Vec<Code> = catalog()
        .entries()
        .iter()
        .filter(|entry| entry.connect_fix)
        .map(|entry| entry.code)
        .collect();
    assert_eq!(nine, [103, 108, 109, 185, 187, 945, 946, 947, 948]);
}

#[test]
fn codes_ascend_and_names_are_unique_slugs() {
    let catalog = catalog();
    assert!(catalog.entries().is_sorted_by(|a, b| a.code < b.code));
    let mut names: Vec<&str> = catalog
        .entries()
        .iter()
        .map(|entry| entry.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), catalog.entries().len());
    for name in names {
        assert!(name.split('-').all(|part| !part.is_empty()), "{name}");
        assert!(
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{name}"
        );
        assert!(
            name.parse::<Code>().is_err(),
            "{name} could be taken for a code"
        );
    }
}

#[test]
fn the_file_lists_its_tables_in_ascending_order() {
    let first = |line: &str| {
        line.split(|c: char| !c.is_ascii_digit())
            .find_map(|digits| digits.parse::<Code>().ok())
    };
    let lines = include_str!("../codes.toml")
        .lines()
        .filter_map(|line| line.strip_prefix("code = "));
    let codes: Vec<Code> = lines.filter_map(first).collect();
    assert!(codes.len() > 100 && codes.is_sorted_by(|a, b| a < b));
}

#[test]
fn each_category_has_its_own_actions() {
    for entry in catalog().entries() {
        let fits = match entry.action {
            Action::None => entry.category == Category::Ok && entry.code == 0,
            Action::Wait | Action::ContactInstitution => entry.category == Category::Institution,
            Action::SupportTicket => entry.category == Category::Support,
            Action::CorrectRequest => entry.category == Category::Partner,
            Action::AwaitFirstAggregation | Action::Review => false,
            Action::ConnectFix => entry.category == Category::UserAction && entry.connect_fix,
            _ => entry.category == Category::UserAction,
        };
        assert!(fits, "{}: {} {}", entry.code, entry.category, entry.action);
    }
}

fn texts(entry: &Entry) -> Vec<&str> {
    let mut texts = vec![
        entry.title.as_str(),
        &entry.meaning,
        &entry.required_action,
        &entry.customer_message,
    ];
    texts.extend(entry.notes.iter().map(String::as_str));
    texts.extend(
        entry
            .readings
            .iter()
            .flat_map(|reading| [reading.meaning.as_str(), reading.required_action.as_str()]),
    );
    texts.extend(
        entry
            .fallback
            .iter()
            .map(|fallback| fallback.required_action.as_str()),
    );
    texts
}

#[test]
fn no_text_is_empty_or_ragged_and_sentences_end() {
    for entry in catalog().entries() {
        for text in texts(entry) {
            assert!(
                !text.is_empty() && text == text.trim() && !text.contains("  "),
                "{}: {text:?}",
                entry.code
            );
        }
        for sentence in texts(entry).into_iter().skip(1) {
            assert!(
                sentence.ends_with(['.', '?']),
                "{}: {sentence:?}",
                entry.code
            );
        }
        assert!(entry.title.len() <= 60, "{}: {}", entry.code, entry.title);
        assert!(!entry.readings.is_empty(), "{}", entry.code);
    }
}

#[test]
fn the_short_action_of_every_action_fits_beside_the_longest_title() {
    const LETTERS: usize = 45;
    let catalog = catalog();
    let states = catalog.states().iter().map(|state| &state.required_action);
    let entries = catalog.entries().iter().flat_map(|entry| {
        let fallback = entry.fallback.as_ref();
        [
            Some(&entry.required_action),
            fallback.map(|fallback| &fallback.required_action),
        ]
    });
    for action in entries.flatten().chain(states) {
        let first = short_action(action);
        assert!(first.chars().count() <= LETTERS, "{first}");
    }
}

#[test]
fn every_reading_has_a_known_source_and_every_link_is_well_formed() {
    let catalog = catalog();
    for source in catalog.sources() {
        assert!(
            source.url.starts_with("https://") && !source.url.contains(char::is_whitespace),
            "{}",
            source.url
        );
        assert_eq!(source.copied.len(), "2026-11-21".len());
    }
    let ranks: Vec<u32> = catalog.sources().iter().map(|source| source.rank).collect();
    assert!(ranks.is_sorted_by(|a, b| a < b));
    for reading in catalog.entries().iter().flat_map(|entry| &entry.readings) {
        assert!(
            catalog.source(&reading.source).is_some(),
            "{}",
            reading.source
        );
        assert!(
            reading.url.starts_with("https://") && !reading.url.contains(char::is_whitespace),
            "{}",
            reading.url
        );
    }
}

#[test]
fn the_older_document_is_superseded_exactly_where_the_current_one_speaks() {
    for entry in catalog().entries() {
        let speaks = entry
            .readings
            .iter()
            .any(|reading| reading.source == "mastercard-open-finance-us");
        for reading in &entry.readings {
            assert_eq!(
                reading.superseded,
                speaks && reading.source == "finicity-legacy",
                "{}",
                entry.code
            );
        }
    }
}

#[test]
fn a_code_known_by_number_only_says_so() {
    let by_number = |entry: &&Entry| entry.meaning.starts_with("Known by number only");
    let catalog = catalog();
    let codes: Vec<Code> = catalog
        .entries()
        .iter()
        .filter(by_number)
        .map(|entry| entry.code)
        .collect();
    let expected = [
        123, 125, 127, 128, 130, 147, 148, 155, 170, 173, 176, 181, 190, 324, 400, 511, 971, 2024,
        12_001,
    ];
    assert_eq!(codes, expected);
    for code in expected {
        assert_ne!(
            catalog.get(code).unwrap().standing,
            Standing::Documented,
            "{code}"
        );
    }
}

#[test]
fn states_beside_codes_have_their_own_verdicts() {
    let catalog = catalog();
    let classifier = Classifier::new(&catalog, true);
    let verdict = |account: &Account<'_>| {
        let finding = classifier.classify(account);
        (finding.verdict.category, finding.verdict.action)
    };
    let account = Account {
        aggregation_status_code: Some(0),
        success: Some(1),
        attempt: Some(1),
        ..Account::default()
    };
    assert_eq!(verdict(&account), (Category::Ok, Action::None));
    let stale = Account {
        attempt: Some(2),
        ..account
    };
    assert_eq!(verdict(&stale), (Category::Stale, Action::Wait));
    let failing = Account {
        aggregation_status_code: Some(185),
        ..stale
    };
    assert_eq!(
        verdict(&failing),
        (Category::UserAction, Action::ConnectFix)
    );
    let pending = Account {
        aggregation_status_code: None,
        ..stale
    };
    assert_eq!(
        verdict(&pending),
        (Category::Pending, Action::AwaitFirstAggregation)
    );
    let unknown = Account {
        aggregation_status_code: Some(99_999),
        ..stale
    };
    assert_eq!(verdict(&unknown), (Category::Unknown, Action::Review));
    assert_eq!(
        verdict(&Account {
            aggregation_status_code: Some(777),
            ..stale
        }),
        (Category::Unknown, Action::Review)
    );
}

#[test]
fn without_connect_fix_only_the_documented_fallbacks_change() {
    let catalog = catalog();
    let without = Classifier::new(&catalog, false);
    let changed: Vec<Code> = without
        .verdicts()
        .iter()
        .filter_map(|verdict| {
            verdict.entry.filter(|entry| {
                entry.action != verdict.action && verdict.category == entry.category
            })
        })
        .map(|entry| entry.code)
        .collect();
    assert_eq!(changed, [945, 946, 948]);
}
