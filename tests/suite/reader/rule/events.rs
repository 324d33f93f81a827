//! Events, and accounts that an event deletes.

use super::{orders, read, states};

#[test]
fn accounts_of_a_deleted_event_do_not_count() {
    let event = |kind: &str| {
        format!(
            r#"{{"event":{{"class":"account","type":"{kind}","records":[{{"id":"1","aggregationStatusCode":0}}]}}}}"#
        )
    };
    assert_eq!(states(&event("deleted")), [] as [&str; 0]);
    assert_eq!(states(&event("del\\u0065ted")), [] as [&str; 0]);
    assert_eq!(states(&event("modified")), ["1 0"]);
    let after = format!("[{},{}]", event("deleted"), event("created"));
    assert_eq!(states(&after), ["1 0"]);
    let errors = r#"{"type":"deleted","accounts":[[1]],"records":[{"code":5,"message":"x"}]}"#;
    assert_eq!(states(errors), ["!- 5"]);
}

#[test]
fn accounts_of_a_deleted_event_do_not_count_wherever_its_type_is() {
    for event in orders(&[
        r#""class":"account""#,
        r#""type":"deleted""#,
        r#""records":[{"id":"1","aggregationStatusCode":0},{"id":"2","aggregationStatusCode":"x"}]"#,
    ]) {
        assert_eq!(states(&format!("{{\"event\":{event}}}")), [] as [&str; 0], "{event}");
        let two = format!("[{event},{}]", event.replace("deleted", "created"));
        let read = read(&two);
        assert_eq!((read.states(), read.invalid.len()), (vec!["1 0".to_owned()], 1), "{event}");
    }
    for event in orders(&[
        r#""type":"deleted""#,
        r#""body":"{\"accounts\":[{\"id\":\"1\",\"aggregationStatusCode\":185}],\"code\":5,\"title\":\"x\"}""#,
    ]) {
        assert_eq!(states(&event), [] as [&str; 0], "{event}");
        assert_eq!(states(&event.replace("deleted", "modified")), ["1 185"], "{event}");
    }
    let inside = r#"{"records":[{"id":"1","accounts":[{"id":"2"}]}],"x":[{"id":"3","aggregationStatusCode":0}],"type":"deleted"}"#;
    assert_eq!(states(inside), ["3 0"]);
    let outer = r#"{"a":{"records":[{"id":"1","aggregationStatusCode":0}]},"type":"deleted"}"#;
    assert_eq!(states(outer), ["1 0"]);
}

#[test]
fn an_invalid_record_of_a_deleted_event_does_not_count() {
    for records in [r#"[{"accounts":[[1]]}]"#, r#"[{"aggregationStatusCode":"x"}]"#] {
        for event in orders(&[r#""type":"deleted""#, &format!(r#""records":{records}"#)]) {
            assert_eq!(states(&event), [] as [&str; 0], "{event}");
            let created = event.replace("deleted", "created");
            assert_eq!(read(&created).invalid.len(), 1, "{created}");
        }
    }
    let before = r#"{"accounts":[[1]],"type":"deleted"}"#;
    assert_eq!(read(before).places(), ["1:14"]);
}

#[test]
fn a_deleted_event_may_be_large() {
    let records = vec!["{\"id\":\"1\",\"aggregationStatusCode\":185}"; 20_000].join(",");
    let event = format!("{{\"event\":{{\"records\":[{records}],\"type\":\"deleted\"}}}}");
    assert_eq!(states(&event), [] as [&str; 0]);
}

#[test]
fn any_number_of_accounts_of_an_event_without_a_type_are_reported_in_order() {
    let accounts: Vec<String> =
        (0..20_000).map(|id| format!("{{\"id\":\"{id}\",\"aggregationStatusCode\":0}}")).collect();
    let input = format!("{{\"event\":{{\"records\":[{}]}}}}", accounts.join(","));
    let expected: Vec<String> = (0..20_000).map(|id| id.to_string()).collect();
    assert_eq!(read(&input).ids(), expected);
}
