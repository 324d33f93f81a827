//! Compares groups and `--latest` with oracles over the output for every account.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Folder, answer};

/// Generates accounts with few distinct ids; some records lack ids or codes.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let id = |max: u8| prop::option::weighted(0.9, 0..max);
    let codes = vec![0_u32, 0, 0, 103, 185, 910, 910, 900, 10023, 777_777];
    let code = prop::option::weighted(0.9, prop::sample::select(codes));
    let line =
        (id(20), id(4), id(3), id(5), code).prop_map(|(id, customer, institution, login, code)| {
            json!({
            "id": id.map(|id| id.to_string()),
            "customerId": customer.map(|id| if id == 0 { "x".to_owned() } else { id.to_string() }),
            "institutionId": institution,
            "institutionLoginId": login,
            "aggregationStatusCode": code,
        })
        .to_string()
        });
    prop::collection::vec(line, 0..80)
}

fn json_of(line: &str, file: &str) -> Value {
    let mut out = Vec::new();
    answer(line, ["", file], &mut out);
    serde_json::from_slice(&out).unwrap()
}

fn array<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

fn fails(category: &str) -> bool {
    !["ok", "stale", "pending"].contains(&category)
}

/// Returns the keys of the members that identify a group, in the order of a record.
fn keys(by: &str) -> &'static [&'static str] {
    match by {
        "institution" => &["institutionId"],
        "customer" => &["customerId"],
        "login" => &["customerId", "institutionLoginId"],
        _ => &["aggregationStatusCode", "category"],
    }
}

/// The counts of a group: accounts, failing accounts, categories, and the top code with its
/// accounts.
type Counts = (u64, u64, BTreeMap<String, u64>, Option<u64>, u64);

fn naive(accounts: &[Value], by: &str) -> BTreeMap<String, Counts> {
    let mut groups: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for account in accounts {
        let key: Vec<&Value> = keys(by).iter().map(|key| &account[key]).collect();
        groups.entry(json!(key).to_string()).or_default().push(account);
    }
    let count = |accounts: Vec<&Value>| {
        let mut categories: BTreeMap<String, u64> = BTreeMap::new();
        let mut codes: BTreeMap<u64, u64> = BTreeMap::new();
        for account in &accounts {
            let category = account["category"].as_str().unwrap();
            *categories.entry(category.to_owned()).or_default() += 1;
            if let Some(code) =
                account["aggregationStatusCode"].as_u64().filter(|_| fails(category))
            {
                *codes.entry(code).or_default() += 1;
            }
        }
        let failing =
            categories.iter().filter(|(category, _)| fails(category)).map(|(_, count)| count).sum();
        let most = codes.values().max().copied();
        let top = codes.iter().find(|(_, count)| Some(**count) == most).map(|(code, _)| *code);
        (accounts.len() as u64, failing, categories, top, most.unwrap_or(0))
    };
    groups.into_iter().map(|(key, accounts)| (key, count(accounts))).collect()
}

fn counted(groups: &[Value], by: &str) -> BTreeMap<String, Counts> {
    let count = |group: &Value| {
        let categories = group["byCategory"].as_object().unwrap().iter();
        let categories = categories
            .map(|(category, count)| (category.clone(), count.as_u64().unwrap()))
            .filter(|(_, count)| *count > 0);
        (
            group["accounts"].as_u64().unwrap(),
            group["failing"].as_u64().unwrap(),
            categories.collect(),
            group["topCode"].as_u64(),
            group["topCodeAccounts"].as_u64().unwrap(),
        )
    };
    let named = |group: &Value| {
        let key: Vec<&Value> = keys(by).iter().map(|key| &group[key]).collect();
        (json!(key).to_string(), count(group))
    };
    groups.iter().map(named).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn groups_match_a_naive_count(lines in lines()) {
        let folder = Folder::new("groups");
        let file = folder.file("accounts.jsonl", lines.join("\n"));
        let all = json_of("triage --json -q FILE", &file);
        for by in ["institution", "customer", "login", "code"] {
            let expected = naive(array(&all, "accounts"), by);
            for jobs in [1, 2, 7] {
                let answer = json_of(&format!("triage --json -q FILE --by {by} -j {jobs}"), &file);
                let groups = array(&answer, "groups");
                prop_assert_eq!(counted(groups, by), expected.clone(), "{} {}", by, jobs);
                prop_assert_eq!(groups.len(), expected.len());
                prop_assert_eq!(&answer["summary"], &all["summary"]);
                let failing: Vec<u64> = groups.iter().map(|group| group["failing"].as_u64().unwrap()).collect();
                prop_assert!(failing.is_sorted_by(|a, b| a >= b), "{:?}", failing);
            }
        }
    }

    #[test]
    fn latest_keeps_only_the_last_record_of_every_account(lines in lines()) {
        // Every record names its customer. Without one, it could belong to any customer.
        let lines: Vec<String> = lines.iter().map(|line| line.replace("\"customerId\":null", "\"customerId\":\"9\"")).collect();
        let folder = Folder::new("latest");
        let file = folder.file("accounts.jsonl", lines.join("\n"));
        let all = json_of("triage --json -q FILE", &file);
        let accounts = array(&all, "accounts");
        let is_repeated = |index: usize| {
            let account = &accounts[index];
            let same = |other: &Value| ["id", "customerId"].iter().all(|key| other[key] == account[key]);
            !account["id"].is_null() && accounts[index + 1..].iter().any(same)
        };
        let expected: Vec<&Value> =
            (0..accounts.len()).filter(|index| !is_repeated(*index)).map(|index| &accounts[index]).collect();
        for jobs in [1, 2, 7] {
            let latest = json_of(&format!("triage --latest --json -q FILE -j {jobs}"), &file);
            let ids = |account: &Value| (account["line"].clone(), account["aggregationStatusCode"].clone());
            let left: Vec<_> = array(&latest, "accounts").iter().map(ids).collect();
            prop_assert_eq!(left, expected.iter().map(|account| ids(account)).collect::<Vec<_>>());
            let summary = &latest["summary"];
            prop_assert_eq!(&summary["records"], &all["summary"]["records"]);
            prop_assert_eq!(summary["unselected"].as_u64().unwrap(), (accounts.len() - expected.len()) as u64);
            let by_customer = json_of(&format!("triage --latest --by customer --json -q FILE -j {jobs}"), &file);
            let sum: u64 = array(&by_customer, "groups").iter().map(|group| group["accounts"].as_u64().unwrap()).sum();
            prop_assert_eq!(sum, expected.len() as u64);
        }
    }
}
