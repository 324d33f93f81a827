//! The account rule, case by case: which objects are accounts, which members count, and which ids
//! they inherit.

use statuscode::account::OwnedAccount;

use super::collected::Collected;
use super::ways::alike_in_every_way;

fn read(input: &str) -> Collected {
    alike_in_every_way(input.as_bytes(), u64::MAX)
}

/// The states that are read when nothing is invalid.
fn states(input: &str) -> Vec<String> {
    let read = read(input);
    assert_eq!(read.invalid, [], "{input}");
    read.states()
}

fn ids(account: &OwnedAccount) -> [&str; 4] {
    [&account.id, &account.customer_id, &account.institution_id, &account.institution_login_id]
        .map(|id| id.as_deref().unwrap_or("-"))
}

/// The ids of everything that was read.
fn all_ids(input: &str) -> Vec<[String; 4]> {
    let read = read(input);
    assert_eq!(read.invalid, [], "{input}");
    let accounts = read.accounts.iter();
    accounts.map(|(account, _)| ids(account).map(str::to_owned)).collect()
}

/// Every order of the members of an object.
fn orders(members: &[&str]) -> Vec<String> {
    fn permute(done: &mut Vec<String>, rest: &[String], into: &mut Vec<String>) {
        if rest.is_empty() {
            into.push(format!("{{{}}}", done.join(",")));
        }
        for (index, member) in rest.iter().enumerate() {
            let mut left = rest.to_vec();
            left.remove(index);
            done.push(member.clone());
            permute(done, &left, into);
            done.pop();
        }
    }
    let members: Vec<String> = members.iter().map(|&member| member.to_owned()).collect();
    let mut orders = Vec::new();
    permute(&mut Vec::new(), &members, &mut orders);
    orders
}

// Names in any spelling.

#[test]
fn keys_match_in_every_spelling() {
    for name in [
        "aggregation_status_code",
        "AggregationStatusCode",
        "aggregation-status-code",
        "AGGREGATION_STATUS_CODE",
        "aggregationstatuscode",
        "aggregation\\u005fstatus\\u005fcode",
    ] {
        for shape in [
            "{\"id\":\"1\",\"NAME\":185}",
            "[{\"id\":\"1\",\"NAME\":185}]",
            "{\"accounts\":[{\"id\":\"1\",\"NAME\":185}]}",
        ] {
            assert_eq!(states(&shape.replace("NAME", name)), ["1 185"], "{name} {shape}");
        }
    }
    let snake = r#"{"Accounts":[{"ID":"1","customer_id":"5","institution_id":7,"institution-login-id":9,"aggregation_success_date":1,"aggregation_attempt_date":2}]}"#;
    assert_eq!(all_ids(snake), [["1", "5", "7", "9"]]);
    assert_eq!(read(snake).accounts[0].0.attempt, Some(2));
}

#[test]
fn two_spellings_of_one_key_are_a_repeated_key_and_a_similar_key_is_not() {
    let twice = read(r#"{"id":"1","aggregationStatusCode":0,"aggregation_status_code":185}"#);
    assert_eq!((twice.accounts.len(), twice.places()), (0, vec!["1:37".to_owned()]));
    assert_eq!(states(r#"{"_id":{"$oid":"6"},"id":"1","aggregationStatusCode":0}"#), ["1 0"]);
}

// Ids of the surroundings.

#[test]
fn an_account_inherits_ids_from_the_nearest_enclosing_object_that_has_them_before_it() {
    let refresh = r#"{"customerId":"5","accounts":[{"accountId":"1","institutionId":"7"},{"accountId":"2","customerId":"6"}]}"#;
    assert_eq!(all_ids(refresh), [["1", "5", "7", "-"], ["2", "6", "-", "-"]]);
    let report = r#"{"customerId":5,"institutions":[{"id":7,"accounts":[{"id":1}]},{"id":8,"x":{"accounts":{"id":2}}},{"accounts":[{"id":3}]}]}"#;
    assert_eq!(all_ids(report), [["1", "5", "7", "-"], ["2", "5", "8", "-"], ["3", "5", "-", "-"]]);
    let object = r#"{"institutions":{"id":"7","institutionId":"8","accounts":{"id":"1"}}}"#;
    assert_eq!(all_ids(object), [["1", "-", "8", "-"]]);
    let nested = r#"{"customerId":"5","a":{"customerId":"6","accounts":[{"id":"1"}]},"accounts":[{"id":"2"}]}"#;
    assert_eq!(all_ids(nested), [["1", "6", "-", "-"], ["2", "5", "-", "-"]]);
}

#[test]
fn ids_of_siblings_of_later_members_and_of_other_documents_are_not_inherited() {
    let later = r#"{"accounts":[{"id":"1"}],"customerId":"5"}"#;
    assert_eq!(all_ids(later), [["1", "-", "-", "-"]]);
    let brother = r#"[{"customerId":"5"},{"id":"1","aggregationStatusCode":0}]"#;
    assert_eq!(all_ids(brother), [["1", "-", "-", "-"]]);
    let documents = "{\"customerId\":\"5\"}\n{\"id\":\"1\",\"aggregationStatusCode\":0}";
    assert_eq!(all_ids(documents), [["1", "-", "-", "-"]]);
    let not_an_institution = r#"{"other":[{"id":"7","accounts":[{"id":"1"}]}]}"#;
    assert_eq!(all_ids(not_an_institution), [["1", "-", "-", "-"]]);
}

#[test]
fn accounts_inherit_ids_in_every_block() {
    let institution = |id: u32| {
        let accounts: Vec<String> = (0..300).map(|n| format!("{{\"id\":\"{id}-{n}\"}}")).collect();
        format!("{{\"id\":{id},\"customerId\":\"c{id}\",\"accounts\":[{}]}}", accounts.join(","))
    };
    let institutions: Vec<String> = (0..20).map(institution).collect();
    let report = format!("{{\"institutions\":[{}]}}", institutions.join(","));
    for [id, customer, institution, _] in all_ids(&report) {
        let (of, _) = id.split_once('-').unwrap();
        assert_eq!((customer, institution), (format!("c{of}"), of.to_owned()));
    }
    let one = format!(
        "{{\"customerId\":\"5\",\"a\":[{}]}}",
        vec!["{\"id\":1,\"aggregationStatusCode\":0}"; 2000].join(",")
    );
    let found = all_ids(&one);
    assert_eq!(found.len(), 2000);
    assert!(found.iter().all(|[_, customer, ..]| customer == "5"));
}

#[test]
fn an_envelope_that_repeats_a_known_key_is_invalid() {
    for envelope in [
        r#"{"institutions":[{"id":"1","id":"2","accounts":[{"id":"1"}]}]}"#,
        r#"{"status":1,"status":2,"accounts":[{"id":"1"}]}"#,
        r#"{"customerId":"5","customerId":"6","accounts":[{"id":"1"}]}"#,
        r#"{"accounts":[{"id":"1"}],"accounts":[]}"#,
        r#"{"x":1,"status":1,"status":2,"accounts":[{"id":"1"}],"accounts":[]}"#,
    ] {
        let read = read(envelope);
        assert_eq!((read.ids(), read.invalid.len()), (vec!["1"], 1), "{envelope}");
    }
}

#[test]
fn an_account_that_contains_another_counts_and_an_envelope_does_not() {
    let in_accounts = r#"{"accounts":[{"id":"7","code":185,"x":{"aggregationStatusCode":0}}]}"#;
    assert_eq!(states(in_accounts), ["- 0", "7 185"]);
    let with_login =
        r#"{"id":"1","institutionLoginId":"9","parent":{"id":"2","institutionLoginId":"9"}}"#;
    assert_eq!(states(with_login), ["2 -", "1 -"]);
    let by_id = r#"{"accounts":{"a":{"id":"1","aggregationStatusCode":0},"b":{"id":"2","aggregationStatusCode":5}}}"#;
    assert_eq!(states(by_id), ["1 0", "2 5"]);
    let login = r#"{"id":"9","institutionLoginId":"9","accounts":[{"id":"1"}]}"#;
    assert_eq!(states(login), ["1 -"]);
}

#[test]
fn a_part_passes_its_ids_only_to_its_account() {
    let envelope = r#"{"balanceDetails":{"customerId":"19"},"accounts":[{"id":"1"}]}"#;
    assert_eq!(all_ids(envelope), [["1", "-", "-", "-"].map(str::to_owned)]);
    let both = r#"{"balanceDetails":{"customerId":"19"},"customerId":"5","accounts":[{"id":"1"}]}"#;
    assert_eq!(all_ids(both), [["1", "5", "-", "-"].map(str::to_owned)]);
}

// JSON in strings.

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
fn accounts_in_strings_inherit_the_ids_around_the_string() {
    let input = r#"{"customerId":"5","body":"[{\"id\":\"1\",\"aggregationStatusCode\":0}]","institutionId":"7"}"#;
    assert_eq!(all_ids(input), [["1", "5", "7", "-"]]);
}

#[test]
fn accounts_in_strings_inherit_ids_even_with_accounts_in_between() {
    for document in orders(&[
        r#""customerId":"5""#,
        r#""body":"[{\"id\":\"1\",\"aggregationStatusCode\":0}]""#,
        r#""x":[{"id":"2","aggregationStatusCode":102}]"#,
        r#""institutionId":"7""#,
    ]) {
        let found = all_ids(&document);
        assert!(found.contains(&["1", "5", "7", "-"].map(str::to_owned)), "{document}: {found:?}");
    }
}

// Error bodies.

#[test]
fn an_error_body_inherits_ids_even_with_accounts_in_between() {
    for document in orders(&[
        r#""customerId":"5""#,
        r#""error":{"code":10023,"message":"x"}"#,
        r#""x":[{"id":"2","aggregationStatusCode":102}]"#,
        r#""institutionLoginId":"9""#,
    ]) {
        let read = read(&document);
        let (error, _) = read.accounts.iter().find(|(account, _)| account.api_error).unwrap();
        assert_eq!(ids(error), ["-", "5", "-", "9"], "{document}");
        let begins: Vec<u64> = read.accounts.iter().map(|(_, at)| at.offset).collect();
        assert!(begins.is_sorted(), "{document}: {begins:?}");
    }
}

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
fn each_kind_of_message_with_a_code_makes_an_error_body_and_its_ids_count() {
    for beside in ["message", "title", "user_message", "userMessage", "status"] {
        for body in orders(&[
            r#""code":"10023""#,
            &format!("\"{beside}\":\"x\""),
            r#""accountId":1"#,
            r#""customerId":"5""#,
        ]) {
            let read = read(&body);
            assert_eq!(read.states(), ["!1 10023"], "{body}");
            assert_eq!(ids(&read.accounts[0].0), ["1", "5", "-", "-"], "{body}");
        }
    }
    assert_eq!(states(r#"{"code":429,"message":"Too many requests"}"#), ["!- 429"]);
    assert_eq!(states(r#"{"error":[{"code":1},{"code":2}]}"#), ["!- 1", "!- 2"]);
    assert_eq!(states(r#"{"code":429}"#), [] as [&str; 0]);
    assert_eq!(states(r#"{"code":null,"message":"x"}"#), [] as [&str; 0]);
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

// Parts, events, bare ids.

#[test]
fn an_array_of_one_account_details_is_a_part_and_a_longer_one_is_accounts() {
    for account in orders(&[
        r#""id":"1""#,
        r#""accountDetails":[{"id":"1","customerId":"5","aggregationStatusCode":102}]"#,
        r#""aggregationStatusCode":0"#,
    ]) {
        let read = read(&account);
        assert_eq!(read.states(), ["1 102"], "{account}");
        assert_eq!(ids(&read.accounts[0].0)[1], "5");
    }
    let two = r#"{"accountDetails":[{"id":"1","aggregationStatusCode":102},{"id":"2","aggregationStatusCode":0},{"id":"3","aggregationStatusCode":1}]}"#;
    assert_eq!(states(two), ["1 102", "2 0", "3 1"]);
}

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

#[test]
fn bare_ids_are_ignored_but_an_array_is_an_error() {
    assert_eq!(states(r#"{"payload":{"accounts":["1",2,null]}}"#), [] as [&str; 0]);
    assert_eq!(read(r#"{"accounts":[["1"],{"id":"2"}]}"#).places(), ["1:14"]);
}

#[test]
fn no_message_quotes_the_input() {
    for (code, kind) in [
        ("\"GB29NWBK60161331926819\"", "text"),
        ("-185", "a negative number"),
        ("1.5", "a number with a fraction or an exponent"),
        ("1e2", "a number with a fraction or an exponent"),
        ("42949672960000", "a number that is too long"),
        ("true", "a Boolean"),
        ("{}", "an object"),
        ("[1]", "an array"),
    ] {
        let read = read(&format!("{{\"accounts\":[{{\"id\":\"1\",\"code\":{code}}}]}}"));
        assert_eq!(read.accounts, []);
        let message = read.invalid[0].1.to_string();
        assert_eq!(message, format!("status code is {kind}, not a whole number"));
    }
}
