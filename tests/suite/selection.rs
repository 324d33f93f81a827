//! Compares selections with an oracle that filters the output of a run without a selection.

use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Folder, answer};

/// A record with few distinct ids of accounts, customers, logins, and institutions. Some records
/// lack ids, codes, or dates.
#[derive(Debug, Clone)]
struct Record {
    id: Option<u8>,
    customer: Option<u8>,
    institution: Option<u8>,
    login: Option<u8>,
    code: Option<u32>,
    days: Option<u8>,
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let id = |max: u8| prop::option::weighted(0.9, 0..max);
    let code =
        prop::option::weighted(0.9, prop::sample::select(vec![0_u32, 103, 185, 910, 900, 10023]));
    let record = (id(12), id(4), id(3), id(5), code, id(6)).prop_map(
        |(id, customer, institution, login, code, days)| Record {
            id,
            customer,
            institution,
            login,
            code,
            days,
        },
    );
    prop::collection::vec(record, 0..60)
}

fn line(record: &Record) -> String {
    let mut members = vec!["\"accountType\":\"x\"".to_owned()];
    let mut put = |key: &str, value: Option<u64>| {
        members.extend(value.map(|value| format!("\"{key}\":\"{value}\"")));
    };
    put("id", record.id.map(u64::from));
    put("customerId", record.customer.map(u64::from));
    put("institutionId", record.institution.map(u64::from));
    put("institutionLoginId", record.login.map(u64::from));
    if let Some(days) = record.days {
        put("aggregationSuccessDate", Some(1_760_000_000));
        put("aggregationAttemptDate", Some(1_760_000_000 + 86_400 * u64::from(days)));
    }
    let code = record.code.map_or("null".to_owned(), |code| code.to_string());
    format!("{{\"aggregationStatusCode\":{code},{}}}", members.join(","))
}

/// A selection.
#[derive(Debug, Clone)]
struct Selection {
    codes: Vec<&'static str>,
    customers: Vec<u8>,
    institutions: Vec<u8>,
    logins: Vec<u8>,
    accounts: Vec<u8>,
    min_days: Option<u64>,
}

fn selection() -> impl Strategy<Value = Selection> {
    let ids =
        |max: u8| prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(0..max, 1..4)];
    let codes = prop::sample::subsequence(vec!["185", "9xx", "100-199", "pending", "10023"], 0..3);
    (codes, ids(4), ids(3), ids(5), ids(12), prop::option::weighted(0.3, 0..6_u64)).prop_map(
        |(codes, customers, institutions, logins, accounts, min_days)| Selection {
            codes,
            customers,
            institutions,
            logins,
            accounts,
            min_days,
        },
    )
}

impl Selection {
    fn options(&self) -> String {
        let mut options = String::new();
        for (name, ids) in [
            ("customer", &self.customers),
            ("institution", &self.institutions),
            ("login", &self.logins),
            ("account", &self.accounts),
        ] {
            options.extend(ids.iter().map(|id| format!(" --{name} {id}")));
        }
        if !self.codes.is_empty() {
            options += &format!(" --code {}", self.codes.join(","));
        }
        options + &self.min_days.map(|days| format!(" --min-days {days}")).unwrap_or_default()
    }

    fn has_code(&self, code: &Value) -> bool {
        self.codes.is_empty()
            || self.codes.iter().any(|selection| match (code.as_u64(), *selection) {
                (None, selection) => selection == "pending",
                (Some(code), "9xx") => (900..1000).contains(&code),
                (Some(code), "100-199") => (100..200).contains(&code),
                (Some(code), selection) => selection == code.to_string(),
            })
    }

    /// Returns whether this record of an answer is selected.
    fn has(&self, account: &Value) -> bool {
        let is_in = |key: &str, ids: &[u8]| {
            ids.is_empty() || ids.iter().any(|id| account[key].as_str() == Some(&id.to_string()))
        };
        is_in("customerId", &self.customers)
            && is_in("institutionId", &self.institutions)
            && is_in("institutionLoginId", &self.logins)
            && is_in("id", &self.accounts)
            && self.has_code(&account["aggregationStatusCode"])
            && self.min_days.is_none_or(|days| account["daysFailing"].as_u64() >= Some(days))
    }
}

fn json(line: &str, file: &str) -> Value {
    let mut out = Vec::new();
    answer(line, ["", file], &mut out);
    serde_json::from_slice(&out).unwrap()
}

fn write(folder: &Folder, records: &[Record]) -> String {
    let lines: Vec<String> = records.iter().map(line).collect();
    folder.file("accounts.jsonl", lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn triage_selects_the_same_accounts_as_a_filter_of_all_accounts(records in records(), selection in selection()) {
        let folder = Folder::new("select-triage");
        let file = write(&folder, &records);
        let all = json("triage --json -q FILE", &file);
        let expected: Vec<&Value> =
            all["accounts"].as_array().unwrap().iter().filter(|account| selection.has(account)).collect();
        for jobs in [1, 2, 7] {
            let line = format!("triage --json -q FILE -j {jobs}{}", selection.options());
            let some = json(&line, &file);
            let selected: Vec<&Value> = some["accounts"].as_array().unwrap().iter().collect();
            prop_assert_eq!(&selected, &expected, "{}", line);
            let summary = &some["summary"];
            prop_assert_eq!(&summary["records"], &all["summary"]["records"]);
            prop_assert_eq!(
                summary["unselected"].as_u64().unwrap(),
                (records.len() - expected.len()) as u64
            );
        }
    }

    #[test]
    fn plan_has_steps_for_accounts_selected_by_their_last_state(records in records(), selection in selection()) {
        // Every record has every id. The last one has the whole state of the account.
        let whole: Vec<Record> = records
            .iter()
            .map(|record| {
                let id = record.id.unwrap_or_default();
                Record {
                    id: Some(id),
                    customer: Some(id % 4),
                    institution: Some(id % 3),
                    login: Some(id % 5),
                    ..record.clone()
                }
            })
            .collect();
        let folder = Folder::new("select-plan");
        let file = write(&folder, &whole);
        let all = json("triage --json -q FILE", &file);
        let mut last = std::collections::BTreeMap::new();
        for account in all["accounts"].as_array().unwrap() {
            last.insert(account["id"].as_str().unwrap(), account);
        }
        let fails = |account: &Value| !["ok", "pending"].contains(&account["category"].as_str().unwrap());
        let mut expected: Vec<&str> = last
            .iter()
            .filter(|(_, account)| fails(account) && selection.has(account))
            .map(|(id, _)| *id)
            .collect();
        expected.sort_unstable();
        let plan = json(&format!("plan --json -q FILE{}", selection.options()), &file);
        let steps = plan["steps"].as_array().unwrap();
        let mut planned: Vec<&str> = steps
            .iter()
            .flat_map(|step| step["accountIds"].as_array().unwrap())
            .map(|id| id.as_str().unwrap())
            .collect();
        planned.sort_unstable();
        prop_assert_eq!(planned, expected);
    }

    #[test]
    fn diff_shows_changes_of_accounts_selected_before_or_after(
        old in records(),
        new in records(),
        selection in selection(),
    ) {
        let whole = |records: &[Record]| -> Vec<Record> {
            let mut records: Vec<Record> = records
                .iter()
                .filter_map(|record| {
                    let id = record.id?;
                    Some(Record { customer: Some(id % 4), institution: Some(id % 3), login: Some(id % 5), days: None, ..record.clone() })
                })
                .collect();
            records.sort_by_key(|record| record.id);
            records.dedup_by_key(|record| record.id);
            records
        };
        let folder = Folder::new("select-diff");
        let lines = |records: Vec<Record>| records.iter().map(line).collect::<Vec<_>>().join("\n");
        let files = [folder.file("old.jsonl", lines(whole(&old))), folder.file("new.jsonl", lines(whole(&new)))];
        let diff = |options: &str| -> Value {
            let mut out = Vec::new();
            answer(&format!("diff --json -q OLD FILE{options}"), [&files[0], &files[1]], &mut out);
            serde_json::from_slice(&out).unwrap()
        };
        let selection = Selection { min_days: None, ..selection };
        let all = diff("");
        let is_selected = |change: &&Value| {
            let ids = |code: &Value| {
                let mut account = (*change).clone();
                account["aggregationStatusCode"] = code.clone();
                selection.has(&account)
            };
            let kind = change["change"].as_str().unwrap();
            (kind != "appeared" && ids(&change["before"])) || (kind != "disappeared" && ids(&change["after"]))
        };
        let expected: Vec<&Value> = all["changes"].as_array().unwrap().iter().filter(is_selected).collect();
        let some = diff(&selection.options());
        let shown: Vec<&Value> = some["changes"].as_array().unwrap().iter().collect();
        prop_assert_eq!(shown, expected);
    }
}

#[test]
fn an_account_that_moved_is_selected_by_its_latest_record() {
    let folder = Folder::new("moved");
    let record = |institution: &str, login: &str, code: u32| {
        format!(
            "{{\"id\":\"1\",\"customerId\":\"5\",\"institutionId\":\"{institution}\",\
             \"institutionLoginId\":\"{login}\",\"aggregationStatusCode\":{code}}}\n"
        )
    };
    let file = folder.file("moved.jsonl", record("2000", "70", 948) + &record("3000", "90", 0));
    let count = |line: &str, member: &str| {
        let mut out = Vec::new();
        answer(line, ["", &file], &mut out);
        let found: Value = serde_json::from_slice(&out).unwrap();
        found[member].as_array().unwrap().len()
    };
    for old in ["--institution 2000", "--login 70"] {
        assert_eq!(count(&format!("triage --json -q --latest {old} FILE"), "accounts"), 0, "{old}");
        assert_eq!(count(&format!("plan --json -q {old} FILE"), "steps"), 0, "{old}");
    }
    assert_eq!(count("triage --json -q --latest --institution 3000 FILE", "accounts"), 1);
}
