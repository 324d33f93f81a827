//! Runs the properties of the fuzzers on their seeds and on random bytes.

use std::fs;
use std::sync::atomic::Ordering;

use crate::properties::ALL;
use crate::properties::summaries::ACCEPTED;
use proptest::prelude::*;

use crate::support;

#[test]
fn every_property_holds_for_every_case_of_its_corpus() {
    for (name, property) in ALL {
        let mut cases = 0;
        for case in fs::read_dir(format!("fuzz/seeds/{name}")).unwrap() {
            property(&fs::read(case.unwrap().path()).unwrap());
            cases += 1;
        }
        assert!(cases > 3, "{name}");
    }
    // If the format changes, the seeds must change too.
    assert!(ACCEPTED.load(Ordering::Relaxed) > 2, "merge rejects the seeds");
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(if support::is_long_run() { 20_000 } else { 128 })
    })]

    #[test]
    fn every_property_holds_for_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        for (_, property) in ALL {
            property(&bytes);
        }
    }

    #[test]
    fn every_property_holds_for_any_text(text in "\\PC{0,60}|[\\x00-\\x7f]{0,60}|([{}\\[\\],:\"]|\"id\"|\"accounts\"|185| |\n|code = |error |, | and |-|929){0,40}") {
        for (_, property) in ALL {
            property(text.as_bytes());
        }
    }
}
