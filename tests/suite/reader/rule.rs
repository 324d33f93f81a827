//! The account rule, case by case: which objects are accounts, which members count, and which ids
//! they inherit.

mod errors;
mod events;
mod ids;
mod strings;

use statuscode::account::OwnedAccount;

use super::collected::Collected;
use super::modes::read_in_every_mode;

fn read(input: &str) -> Collected {
    read_in_every_mode(input.as_bytes(), u64::MAX)
}

/// Returns the states. Panics if a record is invalid.
fn states(input: &str) -> Vec<String> {
    let read = read(input);
    assert_eq!(read.invalid, [], "{input}");
    read.states()
}

fn ids(account: &OwnedAccount) -> [&str; 4] {
    [&account.id, &account.customer_id, &account.institution_id, &account.institution_login_id]
        .map(|id| id.as_deref().unwrap_or("-"))
}

/// Returns the ids of every account and error body.
fn all_ids(input: &str) -> Vec<[String; 4]> {
    let read = read(input);
    assert_eq!(read.invalid, [], "{input}");
    let accounts = read.accounts.iter();
    accounts.map(|(account, _)| ids(account).map(str::to_owned)).collect()
}

/// Returns an object with its members in every order.
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
fn only_the_first_of_repeated_values_counts() {
    for other in ["\"6\"", "true", "{}", "\"\\u0036\"", "[]"] {
        let envelope =
            format!(r#"{{"customerId":"5","customerId":{other},"accounts":[{{"id":"1"}}]}}"#);
        let customer = ids(&read(&envelope).accounts[0].0)[1].to_owned();
        assert_eq!(customer, "5", "{envelope}");
        let no_login =
            format!(r#"{{"institutionLoginId":null,"institutionLoginId":{other},"id":"1"}}"#);
        assert_eq!(states(&no_login), [] as [&str; 0], "{no_login}");
    }
}

#[test]
fn dates_are_read_in_every_spelling() {
    for date in ["1700000000", "\"1700000000\"", "\"\\u0031700000000\""] {
        let account = format!(
            r#"{{"accounts":[{{"aggregationSuccessDate":{date},"aggregationAttemptDate":{date}}}]}}"#
        );
        let account = &read(&account).accounts[0].0;
        assert_eq!((account.success, account.attempt), (Some(1_700_000_000), Some(1_700_000_000)));
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
fn a_part_supplies_the_id_that_makes_its_object_an_account() {
    for (part, expected) in [
        (r#"{"id":"1"}"#, &["1 -"] as &[&str]),
        (r#"{"number":"1"}"#, &["- -"]),
        (r#"{"customerId":"5"}"#, &[]),
        (r#"{"x":"1"}"#, &[]),
    ] {
        for object in
            orders(&[r#""institutionLoginId":"9""#, &format!(r#""accountDetails":{part}"#)])
        {
            assert_eq!(states(&object), expected, "{object}");
        }
    }
    for object in
        orders(&[r#""institutionLoginId":"9""#, r#""id":"1""#, r#""accountDetails":{"x":1}"#])
    {
        assert_eq!(states(&object), ["1 -"], "{object}");
    }
}

#[test]
fn bare_ids_are_ignored_but_an_array_is_an_error() {
    assert_eq!(states(r#"{"payload":{"accounts":["1",2,null]}}"#), [] as [&str; 0]);
    let nested = r#"{"accounts":[[{"aggregationStatusCode":1},[{"x":{"aggregationStatusCode":2}}],{"accounts":{"id":"3"}}]]}"#;
    assert_eq!((read(nested).ids(), read(nested).places()), (vec![], vec!["1:14".to_owned()]));
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
