//! Compares a month of snapshots with a second implementation of the rules, which keeps every
//! record.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Folder, answer};
use proptest::prelude::*;
use serde_json::{Value, json};

const NIGHTS: usize = 30;
const ACCOUNTS: usize = 48;
const DAY: i64 = 86_400;

/// What happens to one account in one night.
#[derive(Debug, Clone, Copy)]
struct Event {
    /// The result of the aggregation: 0 if it is healthy, which is the most frequent case.
    outcome: u8,
    /// Whether the customer repaired the account during the day, with data before the night.
    repaired: bool,
    /// Whether the snapshot names the customer.
    names_customer: bool,
    /// Whether an outdated record of the account comes first.
    repeated: bool,
}

/// A record of an account.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Record {
    code: Option<u32>,
    success: i64,
    attempt: i64,
}

fn event() -> impl Strategy<Value = Event> {
    let outcome = prop_oneof![6 => Just(0_u8), 4 => 1..8_u8];
    (outcome, any::<bool>(), prop::bool::weighted(0.9), prop::bool::weighted(0.1)).prop_map(
        |(outcome, repaired, names_customer, repeated)| Event {
            outcome,
            repaired,
            names_customer,
            repeated,
        },
    )
}

fn month() -> impl Strategy<Value = Vec<Vec<Event>>> {
    let account = prop::collection::vec(event(), NIGHTS);
    prop::collection::vec(account, ACCOUNTS)
}

/// Returns the records of an account, night by night; `None` where it is absent.
fn records(events: &[Event], is_down: bool) -> Vec<Option<Record>> {
    let mut success = -DAY;
    let mut before = None;
    let nights = events.iter().zip(0..);
    nights
        .map(|(event, night)| {
            let attempt = night * DAY;
            let code = match event.outcome {
                _ if is_down && night + 1 == i64::try_from(NIGHTS).unwrap() => Some(910),
                0 => Some(0),
                1..=3 => before.flatten().or(Some(185)).filter(|code| *code > 0).or(Some(185)),
                4 => Some(103),
                5 => Some(102),
                6 => None,
                _ => {
                    before = None;
                    return None;
                }
            };
            if code == Some(0) {
                success = attempt;
            } else if event.repaired {
                success = success.max(attempt - DAY / 2);
            }
            before = Some(code);
            Some(Record { code, success, attempt })
        })
        .collect()
}

fn line(account: usize, record: Record, names_customer: bool) -> String {
    let mut members = json!({
        "id": format!("{account}"),
        "institutionId": format!("{}", account % 2),
        "institutionLoginId": account / 2,
        "aggregationStatusCode": record.code,
        "aggregationSuccessDate": record.success,
        "aggregationAttemptDate": record.attempt,
    });
    if names_customer {
        members["customerId"] = json!(format!("{}", account % 7));
    }
    format!("{members}\n")
}

/// The expected change of an account: kind, code before, code after, streak, and whether a one-time
/// passcode is likely.
type Outcome = (&'static str, Option<u32>, Option<u32>, u64, bool);

fn expected(seen: &[Option<Record>]) -> Option<Outcome> {
    let [.., old, new] = seen else { return None };
    // A failure continues while the account is pending.
    let known =
        seen[..seen.len() - 1].iter().rev().map_while(|record| record.map(|seen| seen.code));
    let had_failure = known.flatten().next().is_some_and(|code| code > 0);
    let change = match (old, new) {
        (None, None) => return None,
        (None, Some(_)) => "appeared",
        (Some(old), None) => return Some(("disappeared", old.code, None, 0, false)),
        (Some(old), Some(new)) => match (had_failure, new.code) {
            (false, Some(1..)) => "broken",
            (true, Some(0)) => "recovered",
            (true, Some(_)) if old.code == new.code => "still_failing",
            (true, Some(_)) => "code_changed",
            (true, None) if old.code.is_some() => "code_changed",
            _ => return None,
        },
    };
    let code = new.unwrap().code;
    let same = |record: &&Option<Record>| record.is_some_and(|record| record.code == code);
    let streak = seen.iter().rev().take_while(same).count() as u64;
    let code_at = |night: usize| seen[night].map(|record| record.code);
    let relapsed = (1..seen.len()).any(|night| {
        if code_at(night) != Some(Some(185)) {
            return false;
        }
        let answered = code_at(night - 1) == Some(Some(185))
            && seen[night].unwrap().success > seen[night - 1].unwrap().attempt;
        let healthy_between = night > 1
            && code_at(night - 1) == Some(Some(0))
            && code_at(night - 2) == Some(Some(185));
        answered || healthy_between
    });
    let passcode = code == Some(185) && relapsed;
    Some((change, old.and_then(|old| old.code), code, streak, passcode))
}

/// Returns the institution and code of every outage, with its accounts and logins.
fn expected_outages(month: &[Vec<Option<Record>>]) -> BTreeMap<(u64, u64), (u64, u64)> {
    let mut all: BTreeMap<u64, u64> = BTreeMap::new();
    let mut failed: BTreeMap<(u64, u64), (u64, BTreeSet<usize>)> = BTreeMap::new();
    for (account, seen) in month.iter().enumerate() {
        let [.., old, Some(new)] = seen.as_slice() else {
            continue;
        };
        let institution = (account % 2) as u64;
        *all.entry(institution).or_default() += 1;
        let is_new = old.is_none_or(|old| old.code != new.code);
        if let Some(code @ (102 | 910)) = new.code
            && is_new
        {
            let group = failed.entry((institution, u64::from(code))).or_default();
            group.0 += 1;
            group.1.insert(account / 2);
        }
    }
    failed.retain(|(institution, _), (accounts, logins)| {
        logins.len() >= 10 && *accounts * 5 >= all[institution]
    });
    let counted = failed.into_iter();
    counted.map(|(key, (accounts, logins))| (key, (accounts, logins.len() as u64))).collect()
}

fn diff(folder: &Folder, events: &[Vec<Event>], month: &[Vec<Option<Record>>]) -> Value {
    let mut names = Vec::new();
    for night in 0..NIGHTS {
        let mut text = String::new();
        for (account, seen) in month.iter().enumerate() {
            let (event, Some(record)) = (events[account][night], seen[night]) else {
                continue;
            };
            if event.repeated {
                let outdated = Record { code: Some(947), ..record };
                text += &line(account, outdated, event.names_customer);
            }
            text += &line(account, record, event.names_customer);
        }
        names.push(folder.file(&format!("{night:02}.jsonl"), text));
    }
    let mut out = Vec::new();
    answer(&format!("diff --json -q {}", names.join(" ")), ["", ""], &mut out);
    serde_json::from_slice(&out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn diff_over_a_month_of_snapshots_matches_their_records(events in month(), down in 0..ACCOUNTS) {
        let folder = Folder::new("month");
        // In the last night, these accounts of one institution are down.
        let is_down = |account: usize| account.is_multiple_of(2) && account < down;
        let month: Vec<_> = events
            .iter()
            .enumerate()
            .map(|(account, events)| records(events, is_down(account)))
            .collect();
        let diff = diff(&folder, &events, &month);
        let found: BTreeMap<usize, _> = diff["changes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|change| {
                let code = |name: &str| change[name].as_u64().map(|code| u32::try_from(code).unwrap());
                let outcome = (
                    change["change"].as_str().unwrap().to_owned(),
                    code("before"),
                    code("after"),
                    change["streak"].as_u64().unwrap(),
                    change["oneTimePasscodeLikely"].as_bool().unwrap(),
                );
                (change["id"].as_str().unwrap().parse().unwrap(), outcome)
            })
            .collect();
        let expected: BTreeMap<usize, _> = month
            .iter()
            .enumerate()
            .filter_map(|(account, seen)| {
                let (change, before, after, streak, passcode) = expected(seen)?;
                Some((account, (change.to_owned(), before, after, streak, passcode)))
            })
            .collect();
        prop_assert_eq!(found, expected);
        let outages: BTreeMap<(u64, u64), (u64, u64)> = diff["outages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|outage| {
                let number = |name: &str| outage[name].as_u64().unwrap();
                let institution = outage["institutionId"].as_str().unwrap().parse().unwrap();
                let key = (institution, number("aggregationStatusCode"));
                (key, (number("accounts"), number("logins")))
            })
            .collect();
        prop_assert_eq!(outages, expected_outages(&month));
    }
}
