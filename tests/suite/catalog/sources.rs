//! The sources of the catalog, and what they say about each code.

use std::collections::BTreeMap;

use statuscode::account::Code;
use statuscode::catalog::{Reading, Standing};

use super::{CURRENT, OLDER, catalog, codes_where, entry, has_reading_of};

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

#[test]
fn the_older_reading_of_185_has_no_action() {
    let reading = entry(185).readings.iter().find(|reading| reading.source == OLDER);
    assert_eq!(reading.unwrap().required_action, Reading::NO_ACTION);
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
