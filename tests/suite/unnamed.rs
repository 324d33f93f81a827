//! Records without a customer: the order of the records makes no difference.

use std::collections::BTreeSet;

use crate::support::{Folder, answer};

const A: &str =
    r#"{"id":"1","customerId":"A","institutionLoginId":"7","aggregationStatusCode":185}"#;
const B: &str =
    r#"{"id":"1","customerId":"B","institutionLoginId":"8","aggregationStatusCode":103}"#;
const NEITHER: &str = r#"{"id":"1","institutionLoginId":"8","aggregationStatusCode":0}"#;

const ORDERS: [[&str; 3]; 6] = [
    [A, B, NEITHER],
    [A, NEITHER, B],
    [B, A, NEITHER],
    [B, NEITHER, A],
    [NEITHER, A, B],
    [NEITHER, B, A],
];

/// Returns the lines of an answer, sorted, without the line numbers of the records.
fn lines(arguments: &str, files: [&str; 2]) -> BTreeSet<String> {
    let mut out = Vec::new();
    answer(arguments, files, &mut out);
    let out = String::from_utf8(out).unwrap();
    let without_number = |line: &str| {
        (1..=3).fold(line.to_owned(), |line, number| {
            line.replace(&format!(".jsonl,{number},"), ".jsonl,,")
        })
    };
    out.lines().map(without_number).collect()
}

#[test]
fn a_record_without_a_customer_belongs_to_neither_of_two_customers_in_any_order() {
    let folder = Folder::new("unnamed");
    let healthy = [A, B].join("\n").replace("185", "0").replace("103", "0");
    let old = folder.file("old.jsonl", healthy);
    for command in [
        "triage --latest FILE -q -f csv",
        "plan FILE -q -f csv",
        "diff OLD FILE -q -f csv",
        "trend OLD FILE -q -f csv",
    ] {
        let mut answers = BTreeSet::new();
        for records in ORDERS {
            let new = folder.file("new.jsonl", records.join("\n"));
            answers.insert(lines(command, [&old, &new]));
        }
        assert_eq!(answers.len(), 1, "{command}: {answers:?}");
        if command.starts_with("plan") {
            let steps: String = answers.first().unwrap().iter().map(String::as_str).collect();
            assert!(steps.contains(",A,7,") && steps.contains(",B,8,"), "{steps}");
        }
    }
}

#[test]
fn a_record_without_a_customer_belongs_to_the_only_customer_of_its_id() {
    let folder = Folder::new("unnamed-only");
    for (records, steps) in [([A, NEITHER], 0), ([NEITHER, A], 1)] {
        let file = folder.file("file.jsonl", records.join("\n"));
        assert_eq!(lines("plan FILE -q -f csv", ["", &file]).len(), 1 + steps);
        assert_eq!(lines("triage --latest FILE -q -f csv", ["", &file]).len(), 2);
    }
}
