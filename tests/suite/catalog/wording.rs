//! The texts of the catalog.

use std::collections::BTreeSet;

use statuscode::catalog::{Action, Category, Entry, short_action};
use statuscode::classify::Classifier;

use super::{catalog, entry};

/// Every text of an entry that people read, the title first.
fn texts(entry: &Entry) -> Vec<&str> {
    let main = [&entry.title, &entry.meaning, &entry.required_action, &entry.customer_message];
    let fallback = entry
        .fallback
        .iter()
        .flat_map(|fallback| [&fallback.required_action, &fallback.customer_message]);
    let readings =
        entry.readings.iter().flat_map(|reading| [&reading.meaning, &reading.required_action]);
    main.into_iter()
        .chain(fallback)
        .chain(&entry.notes)
        .chain(readings)
        .map(String::as_str)
        .collect()
}

#[test]
fn texts_are_trimmed_and_not_empty_and_sentences_are_punctuated() {
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
    const MAX_CHARS: usize = 45;
    for connect_fix in [true, false] {
        for verdict in Classifier::new(catalog(), connect_fix).verdicts() {
            let short = short_action(verdict.required_action);
            assert!(short.chars().count() <= MAX_CHARS, "{short}");
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
fn code_0_does_not_promise_current_data() {
    let entry = entry(0);
    assert!(!entry.meaning.contains("current"), "{}", entry.meaning);
    assert!(entry.notes.iter().any(|note| note.contains("last attempt")));
}

#[test]
fn temporary_problems_ask_the_customer_to_try_again_in_a_few_minutes() {
    for code in [102, 320, 580] {
        let entry = entry(code);
        assert!(entry.required_action.contains("a few minutes"), "{code}");
        assert!(entry.customer_message.contains("a few minutes"), "{code}");
    }
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
fn unsupported_institutions_have_an_address_and_no_other_suggestion() {
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
