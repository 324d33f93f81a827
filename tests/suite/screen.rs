//! The answer of `explain` fits on one screen.

use statuscode::catalog::Catalog;

use crate::support::answer;

fn explained(line: &str) -> String {
    let mut out = Vec::new();
    answer(line, ["", ""], &mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn every_code_fits_on_one_screen_of_80_by_24() {
    for entry in Catalog::built_in().entries() {
        let screen = explained(&format!("explain {}", entry.code));
        assert!(screen.lines().count() <= 24, "{screen}");
        assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
        let label = |label: &str| screen.lines().filter(|line| line.starts_with(label)).count();
        for part in
            ["What happened", "Who must act", "What to do", "Data Connect Fix", "Tell the customer"]
        {
            assert_eq!(label(part), 1, "{part}: {screen}");
        }
        assert!(screen.lines().last().unwrap().starts_with("Source "), "{screen}");
    }
}

#[test]
fn sources_are_shown_with_their_addresses_on_request_and_in_documents() {
    let entry = Catalog::built_in().get(185).unwrap();
    let all = explained("explain 185 --sources");
    for reading in &entry.readings {
        assert!(all.contains(&*reading.url), "{}", reading.source);
    }
    assert!(!explained("explain 185").contains("https://"));
    for format in ["markdown", "html"] {
        assert!(explained(&format!("explain 185 -f {format}")).contains(&*entry.readings[0].url));
    }
}

#[test]
fn more_than_five_codes_are_a_table_of_one_row_each() {
    let few = explained("explain 103 108 109 185 187");
    assert_eq!(few.matches("What happened").count(), 5);
    let many = explained("explain 103 108 109 185 187 945");
    assert_eq!(many.matches("What happened").count(), 0);
    for code in ["103", "108", "109", "185", "187", "945"] {
        let rows = many.lines().filter(|line| line.trim_start().starts_with(code)).count();
        assert_eq!(rows, 1, "{many}");
    }
}
