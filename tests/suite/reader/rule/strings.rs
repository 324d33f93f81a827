//! JSON in strings.

use super::{orders, read, states};

#[test]
fn json_in_a_string_is_located_at_the_string() {
    let inner = r#"{"accounts":[{"id":"1","aggregationStatusCode":185},{"id":"2"}]}"#;
    let quoted = serde_json::Value::from(inner).to_string();
    for outer in [
        "{\"body\":TEXT}",
        "{\"messageId\":\"m\",\"body\":TEXT}",
        "[[TEXT]]",
        "TEXT",
        "{\"id\":\"e\",\"Records\":[{\"body\":TEXT}]}",
    ] {
        let read = read(&outer.replace("TEXT", &quoted));
        assert_eq!(read.states(), ["1 185", "2 -"], "{outer}");
        let column = outer.find("TEXT").unwrap() as u64 + 1;
        assert!(read.accounts.iter().all(|(_, at)| at.column() == column), "{outer}");
        assert_eq!(read.documents, 1);
    }
}

#[test]
fn json_in_strings_is_read_four_levels_deep() {
    let mut text = r#"{"id":"1","aggregationStatusCode":185}"#.to_owned();
    for depth in 1..=6 {
        text = format!("{{\"body\":{}}}", serde_json::Value::from(text));
        let expected: &[&str] = if depth <= 4 { &["1 185"] } else { &[] };
        assert_eq!(states(&text), expected, "{depth}");
    }
}

#[test]
fn json_in_a_string_may_begin_with_blanks_and_contain_an_unpaired_surrogate() {
    let body = r#"{\"id\":\"1\",\"aggregationStatusCode\":185,\"name\":\"\ud83d\"}"#;
    for blanks in ["", " ", "\\n  ", "\\r\\n\\t"] {
        assert_eq!(states(&format!("{{\"body\":\"{blanks}{body}\"}}")), ["1 185"], "{blanks}");
    }
}

#[test]
fn a_string_that_is_not_json_is_ignored() {
    for text in [
        "{",
        "[",
        "{x}",
        "[1,]",
        "{\\\"accounts\\\":[{\\\"id\\\":\\\"1\\\"}",
        "[ERROR] something",
        "\\u007bnope",
        "[\\ud800]",
    ] {
        assert_eq!(
            states(&format!("{{\"a\":\"{text}\",\"b\":[\"{text}\"]}}")),
            [] as [&str; 0],
            "{text}"
        );
    }
}

#[test]
fn strings_inside_an_account_are_never_read() {
    let text = r#""{\"id\":\"9\",\"aggregationStatusCode\":185}""#;
    for account in [
        format!(r#"{{"id":"1","aggregationStatusCode":0,"name":{text}}}"#),
        format!(r#"{{"name":{text},"id":"1","aggregationStatusCode":0}}"#),
        format!(r#"{{"detail":{{"memos":[{text}]}},"id":"1","aggregationStatusCode":0}}"#),
    ] {
        assert_eq!(states(&account), ["1 0"], "{account}");
    }
    for account in orders(&[
        r#""id":"1","aggregationStatusCode":0"#,
        r#""accounts":[{"id":"2","aggregationStatusCode":103}]"#,
        &format!(r#""memo":{text}"#),
    ]) {
        assert_eq!(states(&account), ["2 103", "1 0"], "{account}");
    }
    let named = format!(r#"{{"accounts":[{{"id":"1","name":{text}}}]}}"#);
    assert_eq!(states(&named), ["1 -"]);
}

#[test]
fn a_bad_record_in_a_string_is_located_at_the_string_and_keys_may_have_escapes() {
    let read = read(r#"{"a":1,"body":"{\"id\":\"1\",\"aggregation\\u0053tatusCode\":\"x\"}"}"#);
    assert_eq!(read.places(), ["1:15"]);
    assert_eq!(read.invalid[0].1.to_string(), "status code is text, not a whole number");
}

#[test]
fn an_error_body_whose_string_contains_an_account_is_an_envelope() {
    let account = r#""{\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":0}]}""#;
    let failure = r#""{\"code\":10106,\"message\":\"m\"}""#;
    for (text, expected) in [(account, vec!["1 0"]), (failure, vec!["!- 10106", "!- 200"])] {
        let data = format!(r#""data":[{text}]"#);
        for wrapper in orders(&[r#""code":200"#, r#""message":"OK""#, &data]) {
            let mut found = states(&wrapper);
            found.sort();
            assert_eq!(found, expected, "{wrapper}");
        }
    }
}
