//! Overlays replace and add codes, synonyms, and HTTP statuses.

use statuscode::account::Code;
use statuscode::classify::Classifier;

use super::{api_error, catalog};

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
