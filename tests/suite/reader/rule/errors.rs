//! Error bodies, and errors inside accounts.

use super::{all_ids, ids, orders, read, states};

#[test]
fn an_error_body_is_an_api_error_with_its_members_in_any_order() {
    for body in orders(&[
        r#""customerId":"5""#,
        r#""institutionLoginId":"9""#,
        r#""error":{"code":185,"message":"x"}"#,
    ]) {
        let read = read(&body);
        assert_eq!(read.states(), ["!- 185"], "{body}");
        assert_eq!(ids(&read.accounts[0].0), ["-", "5", "-", "9"], "{body}");
    }
    for body in orders(&[
        r#""id":"1""#,
        r#""lastError":{"code":10023,"message":"x"}"#,
        r#""aggregationStatusCode":0"#,
    ]) {
        assert_eq!(states(&body), ["1 0"], "{body}");
    }
    for body in orders(&[
        r#""status":"FAILURE""#,
        r#""accountId":"1""#,
        r#""nsfReturnRisk":{"error":{"code":"185"}}"#,
    ]) {
        assert_eq!(states(&body), ["!1 185"], "{body}");
    }
}

#[test]
fn a_code_with_any_kind_of_message_is_an_error_body_whose_ids_count() {
    for message in ["message", "title", "user_message", "userMessage", "status"] {
        for body in orders(&[
            r#""code":"10023""#,
            &format!("\"{message}\":\"x\""),
            r#""accountId":1"#,
            r#""customerId":"5""#,
        ]) {
            let read = read(&body);
            assert_eq!(read.states(), ["!1 10023"], "{body}");
            assert_eq!(ids(&read.accounts[0].0), ["1", "5", "-", "-"], "{body}");
        }
    }
    let all = r#"{"code":429,"message":"x","accountId":1,"customerId":5,"institutionId":7,"institutionLoginId":9}"#;
    assert_eq!(all_ids(all), [["1", "5", "7", "9"]]);
    assert_eq!(states(r#"{"code":429,"message":"Too many requests"}"#), ["!- 429"]);
    assert_eq!(states(r#"{"error":[{"code":1},{"code":2}]}"#), ["!- 1", "!- 2"]);
    assert_eq!(states(r#"{"code":429}"#), [] as [&str; 0]);
    assert_eq!(states(r#"{"code":null,"message":"x"}"#), [] as [&str; 0]);
}

#[test]
fn an_error_body_with_an_invalid_id_is_an_invalid_record() {
    for id in ["true", "{}", "[]"] {
        let read = read(&format!(r#"{{"code":429,"message":"x","accountId":{id}}}"#));
        assert_eq!((read.ids(), read.invalid.len()), (vec![], 1), "{id}");
    }
}

#[test]
fn an_error_body_in_an_incomplete_document_inherits_the_ids_before_the_end() {
    let error = r#"{"code":429,"message":"x"}"#;
    let text = serde_json::Value::from(error);
    for (input, expected) in [
        (
            format!(r#"{{"customerId":"5","a":{{"institutionId":"7","b":{error}"#),
            ["-", "5", "7", "-"],
        ),
        (
            format!(r#"{{"customerId":"5","a":{{"institutionId":"7"}},"b":{error}"#),
            ["-", "5", "-", "-"],
        ),
        // A part passes its ids to what is inside it, not to what follows it in its array.
        (
            format!(r#"{{"customerId":"5","accountDetails":[{{"institutionId":"7","b":{error}}}"#),
            ["-", "5", "7", "-"],
        ),
        (
            format!(r#"{{"customerId":"5","accountDetails":[{{"institutionId":"7"}},{text}"#),
            ["-", "5", "-", "-"],
        ),
    ] {
        let read = read(&input);
        assert_eq!((read.states(), read.invalid.len()), (vec!["!- 429".to_owned()], 1), "{input}");
        assert_eq!(ids(&read.accounts[0].0), expected, "{input}");
    }
}

#[test]
fn an_object_that_contains_an_account_is_not_an_error_body_but_one_next_to_an_account_is() {
    assert_eq!(states(r#"{"code":5,"message":"x","accounts":[{"id":"1"}]}"#), ["1 -"]);
    assert_eq!(
        states(
            r#"{"accounts":[{"id":"1"}],"errors":[{"code":5,"message":"x"}],"error":{"code":6}}"#
        ),
        ["1 -", "!- 5", "!- 6"]
    );
}

#[test]
fn an_account_without_a_code_takes_it_from_the_error_inside_it() {
    for account in orders(&[
        r#""id":"1""#,
        r#""institutionLoginId":"9""#,
        r#""error":{"code":185,"message":"x"}"#,
    ]) {
        assert_eq!(states(&account), ["1 185"], "{account}");
    }
    assert_eq!(
        states(r#"{"accounts":[{"accountId":"1","code":325,"message":"wait"}]}"#),
        ["1 325"]
    );
}

#[test]
fn the_worst_code_in_the_errors_of_an_account_counts() {
    for account in orders(&[
        r#""id":"1""#,
        r#""errors":[{"fieldName":"x","code":"102","description":"y"},{"code":0}]"#,
        r#""aggregationStatusCode":0"#,
    ]) {
        assert_eq!(states(&account), ["1 102"], "{account}");
    }
    for account in orders(&[
        r#""id":"1""#,
        r#""errors":[{"code":"102","message":"y"}]"#,
        r#""balanceDetails":{"aggregationStatusCode":0}"#,
    ]) {
        assert_eq!(states(&account), ["1 102"], "{account}");
    }
    let like_an_account = r#"{"id":"3","aggregationStatusCode":0,"errors":[{"code":185,"message":"x","accountId":"3","institutionLoginId":"9"}]}"#;
    assert_eq!(states(like_an_account), ["3 185"]);
    let bad = read(r#"{"id":"1","aggregationStatusCode":0,"errors":[{"code":"many"}]}"#);
    assert_eq!((bad.accounts.len(), bad.places()), (0, vec!["1:55".to_owned()]));
    assert_eq!(states(r#"{"errors":[{"code":1},{"code":2,"title":"x"}]}"#), ["!- 2"]);
}
