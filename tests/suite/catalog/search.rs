//! Codes are found by words and by messages.

use std::collections::BTreeSet;

use statuscode::account::Code;

use super::{catalog, codes_where};

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
fn an_overlay_can_add_a_synonym() {
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
