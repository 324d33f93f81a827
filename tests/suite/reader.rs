//! Compares the reader with a simple oracle, which applies the documented rule to `serde_json`
//! values.

mod generated;
mod limits;
mod orders;
mod recovery;
mod rule;

use proptest::prelude::*;

use crate::properties::collected::{Chunks, Collected, read, read_with};
use crate::properties::modes::read_in_every_mode;
use crate::properties::{collected, modes, oracle};
use crate::support::is_long_run;
use statuscode::account::OwnedAccount;
use statuscode::input::{Options, Position};

/// The default number of random documents; in a long run, a hundred thousand.
fn random() -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let cases = if is_long_run() { usual.cases.max(100_000) } else { usual.cases };
    ProptestConfig { cases, ..usual }
}

proptest! {
    #![proptest_config(random())]

    #[test]
    fn valid_documents_have_the_accounts_that_the_oracle_finds(
        documents in prop::collection::vec(generated::document(), 0..6),
        style in generated::style(),
    ) {
        let input = generated::written(&documents, style);
        let read = read_in_every_mode(input.as_bytes(), u64::MAX);
        let expected = oracle::outcome(&input);
        prop_assert_eq!(modes::found(&read), expected.accounts, "{}", input);
        prop_assert_eq!(read.invalid.len(), expected.invalid, "{} {:?}", input, read.invalid);
        prop_assert_eq!(read.documents, documents.len());
    }

    #[test]
    fn damaged_input_has_the_same_result_in_every_mode(
        documents in prop::collection::vec(generated::document(), 1..6),
        style in generated::style(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..4),
    ) {
        let mut input = generated::written(&documents, style).into_bytes();
        for (position, byte, kind) in damage {
            let position = position.index(input.len().max(1));
            match kind {
                0 if position < input.len() => input[position] = byte,
                1 => input.insert(position, byte),
                _ => input.truncate(position),
            }
        }
        read_in_every_mode(&input, u64::MAX);
    }

    #[test]
    fn any_bytes_are_read_to_the_end(input in prop::collection::vec(any::<u8>(), 0..200)) {
        read_in_every_mode(&input, u64::MAX);
    }

    #[test]
    fn bytes_that_look_like_json_have_the_same_result_in_every_mode(input in "([{}\\[\\],:\"\\\\ \n0-9tfnaeE.+-]|\"id\":|\"accounts\":|\"aggregationStatusCode\":|null|true){0,80}") {
        read_in_every_mode(input.as_bytes(), 40);
    }
}

#[test]
fn a_broken_line_costs_only_that_line() {
    let lines = "{\"id\":\"1\",\"aggregationStatusCode\":0}\n\
                 {\"id\":\"2\",\"aggregationStatusCode\":18\n\
                 {\"id\":\"3\",\"aggregationStatusCode\":0}\n\
                 garbage\nmore garbage\n\
                 {\"id\":\"4\",\"name\":\"Ev\n\
                 {\"id\":\"5\",\"aggregationStatusCode\":0}} trailing\n\
                 {\"id\":\"6\",\"aggregationStatusCode\":0}\n\
                 {\"id\":\"7\",";
    let read = read_in_every_mode(lines.as_bytes(), u64::MAX);
    assert_eq!(read.ids(), ["1", "3", "5", "6"]);
    assert_eq!(read.places(), ["2:37", "4:1", "5:1", "6:21", "7:37", "9:11"]);
}

#[test]
fn a_broken_document_ends_where_the_next_one_begins() {
    let documents = "{\n  \"accounts\": [\n    {\"id\": \"1\", \"aggregationStatusCode\": 0},\n    {\"id\": \"2\" oops},\n    \
                     {\"id\": \"3\", \"aggregationStatusCode\": 0}\n  ]\n}\n\
                     {\n  \"accounts\": [\n    {\"id\": \"4\", \"aggregationStatusCode\": 0}\n  ]\n}\n";
    let read = read_in_every_mode(documents.as_bytes(), u64::MAX);
    assert_eq!(read.ids(), ["1", "4"]);
    assert_eq!(read.places(), ["4:16"]);
}

#[test]
fn an_account_and_its_part_are_one_account_in_any_order() {
    let code = r#""aggregationStatusCode":0"#;
    let part = r#""balanceDetails":{"aggregationStatusCode":102}"#;
    for members in [format!("{code},{part}"), format!("{part},{code}"), part.to_owned()] {
        let read = read_in_every_mode(format!("{{\"id\":\"1\",{members}}}").as_bytes(), u64::MAX);
        assert_eq!(
            (read.ids(), read.accounts[0].0.aggregation_status_code),
            (vec!["1"], Some(102)),
            "{members}"
        );
    }
}

#[test]
fn a_document_truncated_after_blanks_is_reported_at_its_line_break() {
    let read = read_in_every_mode(b"{ \n\n\n", u64::MAX);
    assert_eq!(read.places(), ["1:3"]);
}

#[test]
fn adjacent_numbers_and_literals_are_not_documents() {
    for input in ["012", "true0", "1true", "nullnull", "1-1"] {
        assert_eq!(read_in_every_mode(input.as_bytes(), u64::MAX).invalid.len(), 1, "{input}");
    }
    for input in ["0 12", "1\ntrue", "1[]", "1{}2\n", "\"a\"1", "[]1"] {
        assert_eq!(read_in_every_mode(input.as_bytes(), u64::MAX).invalid, [], "{input}");
    }
}

#[test]
fn a_bad_element_is_skipped_and_the_rest_is_read() {
    let document = r#"{"accounts":[{"id":"1","aggregationStatusCode":0},{"id":"2","aggregationStatusCode":"many"},
        [{"id":"3","aggregationStatusCode":0}],"4",{"id":"5","id":"5","aggregationStatusCode":0},{"id":"6"}]}"#;
    let read = read_in_every_mode(document.as_bytes(), u64::MAX);
    assert_eq!(read.ids(), ["1", "6"]);
    assert_eq!(read.places(), ["1:85", "2:9", "2:62"]);
}

#[test]
fn byte_order_marks_line_breaks_and_blank_lines_are_ignored() {
    for input in [
        "\u{feff}{\"id\":\"1\",\"aggregationStatusCode\":0}\r\n\r\n{\"id\":\"2\",\"aggregationStatusCode\":0}\r\n",
        "\n\n  {\"id\":\"1\",\"aggregationStatusCode\":0}{\"id\":\"2\",\"aggregationStatusCode\":0}",
        "[{\"id\":\"1\",\"aggregationStatusCode\":0}\n,{\"id\":\"2\",\"aggregationStatusCode\":0}]",
    ] {
        assert_eq!(read_in_every_mode(input.as_bytes(), u64::MAX).ids(), ["1", "2"], "{input}");
    }
    assert_eq!(read_in_every_mode(b"", u64::MAX), Collected::default());
    assert_eq!(read_in_every_mode(&b"\n".repeat(5000), u64::MAX), Collected::default());
}

#[test]
fn a_record_beyond_the_limit_is_invalid_and_the_rest_is_read() {
    let long = "x".repeat(300);
    let input = format!(
        "{{\"id\":\"1\",\"aggregationStatusCode\":0}}\n{{\"id\":\"2\",\"name\":\"{long}\",\"aggregationStatusCode\":0}}\n\
         {{\"accounts\":[{{\"id\":\"3\",\"name\":\"{long}\"}},{{\"id\":\"4\"}}]}}"
    );
    let read = read_in_every_mode(input.as_bytes(), 200);
    assert_eq!(read.ids(), ["1", "4"]);
    assert_eq!(read.places(), ["2:1", "3:14"]);
}

#[test]
fn a_string_of_megabytes_is_skipped_without_being_buffered() {
    let long = "é\\u00e9".repeat(400_000);
    let input =
        format!("{{\"id\":\"1\",\"name\":\"{long}\",\"{long}\":1,\"aggregationStatusCode\":185}}");
    let collected = read(input.as_bytes(), Options::on_threads(1));
    assert_eq!(collected.ids(), ["1"]);
    let chunked = read_with(input.as_bytes(), 1000, Options::on_threads(2));
    assert_eq!(chunked, collected);
    let bad = format!("{{\"id\":\"1\",\"name\":\"{long}\u{1}\",\"aggregationStatusCode\":185}}");
    assert_eq!(read(bad.as_bytes(), Options::on_threads(2)).invalid.len(), 1);
}

#[test]
fn nesting_is_read_to_a_million_levels_and_rejected_beyond() {
    let nested = |levels: usize| {
        let inner = "{\"id\":\"1\",\"aggregationStatusCode\":0}";
        format!(
            "{}{inner}{}\n{{\"id\":\"2\",\"aggregationStatusCode\":0}}",
            "[".repeat(levels),
            "]".repeat(levels)
        )
    };
    let read_all = |levels| read(nested(levels).as_bytes(), Options::on_threads(2));
    assert_eq!(read_all(1_000_000).ids(), ["1", "2"]);
    let rejected = read_all(2_000_000);
    assert_eq!(rejected.ids(), ["2"]);
    assert_eq!(rejected.invalid.len(), 1);
}

#[test]
fn positions_count_from_the_beginning_of_the_input() {
    let mut input = Vec::new();
    for index in 0..5000 {
        input.extend(
            format!(
                "{{\"id\":\"{index}\",\"aggregationStatusCode\":{}}}\n",
                if index % 1000 == 999 { "-1" } else { "0" }
            )
            .bytes(),
        );
    }
    let read = read_in_every_mode(&input, u64::MAX);
    assert_eq!(read.places(), ["1000:37", "2000:38", "3000:38", "4000:38", "5000:38"]);
    let is_placed = |(account, at): &(OwnedAccount, Position)| {
        account.id.as_ref().unwrap().parse::<u64>().unwrap() + 1 == at.line
    };
    assert!(read.accounts.iter().all(is_placed));
}

#[test]
fn a_read_error_is_reported_and_everything_before_it_counts() {
    let input = b"{\"id\":\"1\",\"aggregationStatusCode\":0}\n{\"id\":\"2\",\"aggreg".as_slice();
    for jobs in [1, 2] {
        let (collected, failed) =
            collected::read_failing(Chunks::new(input, 10), Options::on_threads(jobs));
        assert!(failed);
        assert_eq!(collected.ids(), ["1"]);
    }
}
