//! A syntax error costs its record, and at most the next line.

use super::collected::Collected;
use super::modes::read_in_every_mode;

fn read(input: &str) -> Collected {
    read_in_every_mode(input.as_bytes(), u64::MAX)
}

const GOOD: &str = r#"{"id":"1","aggregationStatusCode":0}"#;

#[test]
fn a_cut_line_costs_at_most_one_more_line_with_any_indentation() {
    let cuts = [
        r#"{"id":"1","aggregationStatusCode":0,"x":"#,
        r#"{"id":"1","aggregationStatusCode":0,"#,
        r#"{"id":"1","aggregationStatusCode":0"#,
        r#"{"id":"1","x":"y"#,
        r#"{"id":"1","x"#,
        r#"{"id":"1","x":12"#,
        r#"{"id":"1","x":tr"#,
        r#"{"id":"1","accountDetails":"#,
        r#"{"id":"1","balanceDetails":"#,
        r#"{"id":"1","accounts":[["#,
        r#"{"id":"1","accounts":["#,
        r#"{"accounts":[{"id":"1"},"#,
        "{",
        "[",
        "[[[",
    ];
    let blanks = [
        [""; 3],
        [" "; 3],
        ["\t"; 3],
        ["", " ", "   "],
        ["   ", " ", ""],
        ["\u{feff}"; 3],
        ["\u{feff}", "", " "],
    ];
    for cut in cuts {
        for [first, second, third] in blanks {
            for line_end in ["\n", "\r\n", "\n\n"] {
                let mut lines = format!("{first}{cut}{line_end}");
                for index in 0..40 {
                    let blank = [first, second, third][index % 3];
                    // A byte order mark is valid only before a document.
                    lines += &format!(
                        "{}{GOOD}{line_end}",
                        if blank == "\u{feff}" && index < 2 { "" } else { blank }
                    );
                }
                let read = read(&lines);
                let extra = usize::from(cut.contains("{\"id\":\"1\"},"));
                let found = read.accounts.len() - extra;
                assert!(
                    (39..=40).contains(&found),
                    "{cut:?} {first:?} {second:?} {third:?}: {found} {:?}",
                    read.invalid
                );
                // An array in `accounts` is one more invalid record.
                let invalid = if cut.ends_with("[[") && cut.contains("accounts") { 2 } else { 1 };
                assert_eq!(
                    read.invalid.len(),
                    invalid,
                    "{cut:?} {first:?} {second:?} {third:?}: {:?}",
                    read.invalid
                );
            }
        }
    }
}

#[test]
fn nothing_inherits_from_a_cut_line() {
    for distance in [2, 3, 7] {
        let line = |index: usize| match index % distance {
            0 => {
                "{\"customerId\":\"5\",\"accounts\":[{\"institutionId\":\"7\",\"x\":1\n".to_owned()
            }
            _ => format!("{GOOD}\n"),
        };
        let read = read(&(0..200).map(line).collect::<String>());
        assert!(!read.accounts.is_empty() && !read.invalid.is_empty(), "{distance}");
        for (account, _) in read.accounts {
            assert_eq!((account.customer_id, account.institution_id), (None, None), "{distance}");
        }
    }
}

#[test]
fn a_broken_document_ends_where_the_next_one_begins_even_after_blanks() {
    let document = |id: u32, element: &str| {
        format!(
            "{{\n  \"accounts\": [\n    {{\"id\": \"{id}\", \"aggregationStatusCode\": 0}},\n    {element},\n    {{\"id\": \"x\", \"aggregationStatusCode\": 0}}\n  ]\n}}\n"
        )
    };
    for before in ["", " ", "\u{feff}", "\t"] {
        let input: String = (0..6)
            .map(|id| {
                before.to_owned() + &document(id, if id % 2 == 0 { "{\"id\" oops}" } else { "{}" })
            })
            .collect();
        let read = read(&input);
        assert_eq!(
            read.ids(),
            ["0", "1", "-", "x", "2", "3", "-", "x", "4", "5", "-", "x"],
            "{before:?}"
        );
        assert_eq!(read.invalid.len(), 3, "{before:?}");
    }
}

#[test]
fn the_rest_of_a_broken_document_is_not_read_as_other_documents() {
    let input =
        "{\n  accounts: [\n    {\"id\": \"1\", \"aggregationStatusCode\": 0}\n  ],\n  \"b\": 1\n}\n"
            .to_owned() + GOOD;
    let read = read(&input);
    assert_eq!(read.ids(), ["1"]);
    assert_eq!(read.accounts[0].1.line, 7);
    assert_eq!(read.places(), ["1:2"]);
}

#[test]
fn only_an_input_that_ends_inside_a_document_is_incomplete() {
    for whole in ["", "\n", GOOD, "{\"a\":1} x", "12", "{\"a\":\n}x", "{\"id\":}\n{}"] {
        assert!(!read(whole).incomplete, "{whole:?}");
    }
    for cut in [
        "{\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":0},\n",
        "{",
        "[1",
        "[1,",
        "\"a",
        "{\"a\":tr",
        "[-",
        "[1.",
        "{\"a\"",
        "[\"\\u00",
        "{}\n{\"a\":1",
    ] {
        assert!(read(cut).incomplete, "{cut:?}");
        assert_eq!(read(cut).invalid.len(), 1, "{cut:?}");
    }
}

#[test]
fn a_broken_record_before_many_lines_costs_the_same_in_any_block() {
    let lines = format!("{{\"id\":\"0\",\"x\":\n{}", format!(" {GOOD}\n").repeat(1000));
    let read = read(&lines);
    assert_eq!((read.accounts.len(), read.invalid.len()), (1000, 1));
}

#[test]
fn an_invalid_pending_entry_stops_the_scan_before_results_of_other_threads() {
    let accounts = ",{\"aggregationStatusCode\":0}".repeat(50);
    // Only the end of the first account decides whether the error body is a record.
    let input = format!("[{{\"code\":true,\"message\":1}},[],[],[],[],[]{accounts}]");
    let read = read(&input);
    assert_eq!((read.accounts.len(), read.places()), (50, vec!["1:10".to_owned()]));
}
