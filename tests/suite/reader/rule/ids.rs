//! Accounts and error bodies inherit ids from the objects around them.

use super::{all_ids, ids, orders, read};

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
fn ids_of_siblings_later_members_and_other_documents_are_not_inherited() {
    let later = r#"{"accounts":[{"id":"1"}],"customerId":"5"}"#;
    assert_eq!(all_ids(later), [["1", "-", "-", "-"]]);
    let sibling = r#"[{"customerId":"5"},{"id":"1","aggregationStatusCode":0}]"#;
    assert_eq!(all_ids(sibling), [["1", "-", "-", "-"]]);
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
fn documents_after_an_array_inherit_nothing_from_it_in_any_block() {
    let account = r#"{"id":"1","aggregationStatusCode":0}"#;
    let array = format!("{{\"customerId\":\"5\",\"a\":[{}]}}\n", [account; 30].join(","));
    let lines = format!("{account}\n").repeat(30);
    let found = all_ids(&(array + &lines).repeat(10));
    for (index, [_, customer, ..]) in found.iter().enumerate() {
        assert_eq!(customer, if index % 60 < 30 { "5" } else { "-" }, "{index}");
    }
}

#[test]
fn a_part_passes_its_ids_only_to_its_account() {
    let envelope = r#"{"balanceDetails":{"customerId":"19"},"accounts":[{"id":"1"}]}"#;
    assert_eq!(all_ids(envelope), [["1", "-", "-", "-"].map(str::to_owned)]);
    let both = r#"{"balanceDetails":{"customerId":"19"},"customerId":"5","accounts":[{"id":"1"}]}"#;
    assert_eq!(all_ids(both), [["1", "5", "-", "-"].map(str::to_owned)]);
}

#[test]
fn accounts_in_strings_inherit_ids_from_the_objects_around_the_string() {
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
