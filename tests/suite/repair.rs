//! Plans and comparisons lose no account, and do not depend on the order of the input.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::Value;

/// An account of a snapshot: its number, its login, its code (`None` is pending).
type Made = (u16, u8, Option<u32>);

fn accounts() -> impl Strategy<Value = Vec<Made>> {
    let codes = prop::sample::select(vec![
        None,
        Some(0),
        Some(0),
        Some(103),
        Some(185),
        Some(108),
        Some(169),
        Some(900),
        Some(910),
        Some(99_999),
    ]);
    prop::collection::btree_map(0..60_u16, (0..12_u8, codes), 0..50).prop_map(|accounts| {
        accounts.into_iter().map(|(id, (login, code))| (id, login, code)).collect()
    })
}

struct File(PathBuf);

impl File {
    fn new(name: &str, accounts: &[Made]) -> Self {
        let path = std::env::temp_dir()
            .join(format!("statuscode-repair-{}-{name}.jsonl", std::process::id()));
        let line = |(id, login, code): &Made| {
            let code = code.map_or_else(|| "null".to_owned(), |code| code.to_string());
            format!(
                "{{\"id\":\"{id}\",\"customerId\":\"{}\",\"institutionLoginId\":{login},\"aggregationStatusCode\":{code}}}\n",
                login / 3
            )
        };
        fs::write(&path, accounts.iter().map(line).collect::<Vec<_>>().concat()).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn answer(arguments: &[&str], files: &[&File]) -> Value {
    let mut command = crate::support::program();
    command.args(arguments).args(["--json", "-q"]).args(files.iter().map(|file| &file.0));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn the_steps_of_a_plan_contain_every_failing_account_exactly_once(mut accounts in accounts()) {
        let plan = answer(&["plan"], &[&File::new("plan", &accounts)]);
        let mut planned: Vec<u16> = Vec::new();
        for step in plan["steps"].as_array().unwrap() {
            let ids = step["accountIds"].as_array().unwrap();
            prop_assert_eq!(step["accounts"].as_u64().unwrap(), ids.len() as u64);
            planned.extend(ids.iter().map(|id| id.as_str().unwrap().parse::<u16>().unwrap()));
        }
        planned.sort_unstable();
        let failing: Vec<u16> =
            accounts.iter().filter(|(_, _, code)| !matches!(code, None | Some(0))).map(|(id, ..)| *id).collect();
        prop_assert_eq!(plan["summary"]["needStep"].as_u64().unwrap(), failing.len() as u64);
        prop_assert_eq!(planned, failing);
        accounts.reverse();
        prop_assert_eq!(answer(&["plan"], &[&File::new("plan-reversed", &accounts)]), plan);
    }

    #[test]
    fn changes_partition_the_union_of_two_snapshots(old in accounts(), mut new in accounts()) {
        let (old_file, new_file) = (File::new("old", &old), File::new("new", &new));
        let diff = answer(&["diff"], &[&old_file, &new_file]);
        let key = |(id, login, code): &Made| ((login / 3, *id), *code);
        let old: BTreeMap<_, _> = old.iter().map(key).collect();
        let now: BTreeMap<_, _> = new.iter().map(key).collect();
        let union = old.keys().chain(now.keys()).collect::<std::collections::BTreeSet<_>>();
        let counted: u64 = diff["summary"]["byChange"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
        prop_assert_eq!(counted, union.len() as u64);
        for change in diff["changes"].as_array().unwrap() {
            let text = |name: &str| change[name].as_str().unwrap().to_owned();
            let account = (text("customerId").parse::<u8>().unwrap(), text("id").parse::<u16>().unwrap());
            let code = |name: &str| change[name].as_u64().map(|code| u32::try_from(code).unwrap());
            prop_assert_eq!(code("before"), old.get(&account).copied().flatten());
            prop_assert_eq!(code("after"), now.get(&account).copied().flatten());
        }
        new.reverse();
        prop_assert_eq!(&answer(&["diff"], &[&old_file, &File::new("new-reversed", &new)]), &diff);
        let same = answer(&["diff"], &[&new_file, &new_file]);
        let changed = same["changes"].as_array().unwrap().iter().filter(|change| change["change"] != "still_failing").count();
        prop_assert_eq!(changed, 0);
    }
}

#[test]
fn of_several_codes_of_an_account_the_one_to_repair_first_counts() {
    for (code, error, expected) in [
        (44_000, 110_039, 110_039),
        (185, 102, 185),
        (102, 185, 185),
        (0, 44_000, 44_000),
        (103, 185, 103),
    ] {
        let input = format!(
            r#"{{"id":"1","customerId":"2","aggregationStatusCode":{code},"errors":[{{"code":{error}}}]}}"#
        );
        let in_string = serde_json::json!({ "body": input }).to_string();
        for input in [input, in_string] {
            let output = crate::support::piped(&["triage", "--json"], input.as_bytes());
            let triage: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(triage["accounts"][0]["aggregationStatusCode"], expected, "{input}");
        }
    }
}
