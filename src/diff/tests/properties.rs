use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// A record: account id, code, day of the last success, day of the last attempt.
type TestRecord = (u8, Option<Code>, Option<i64>, Option<i64>);

fn snapshots() -> impl Strategy<Value = Vec<Vec<TestRecord>>> {
    let code = prop::sample::select(vec![
        None,
        Some(0),
        Some(0),
        Some(103),
        Some(185),
        Some(185),
        Some(185),
        Some(910),
        Some(Code::MAX),
    ]);
    let day = || prop::option::of(0..6_i64);
    let snapshot = prop::collection::vec((0..6_u8, code, day(), day()), 0..12);
    prop::collection::vec(snapshot, 1..8)
}

/// Returns an independent implementation of the rules for one account: returns its change, its
/// streak, and whether one-time passcodes are likely. `seen` is its last record in each snapshot.
fn oracle(seen: &[Option<TestRecord>]) -> Option<(ChangeKind, u16, bool)> {
    let code = |back: usize| Some(seen.len().checked_sub(1 + back).and_then(|at| seen[at])?.1);
    // The last code that is not pending, unless the account was absent since.
    let last_result = |back: usize| (back..).map_while(code).flatten().next();
    let kind = match (code(1), code(0)) {
        (None, None) => return None,
        (None, Some(_)) => ChangeKind::Appeared,
        (Some(_), None) => return Some((ChangeKind::Disappeared, 0, false)),
        (Some(before), Some(after)) => match (last_result(1), after) {
            (None | Some(0), None | Some(0)) => ChangeKind::Unchanged,
            (None | Some(0), Some(_)) => ChangeKind::Broken,
            (Some(_), Some(0)) => ChangeKind::Recovered,
            (Some(_), None) if before.is_none() => ChangeKind::Unchanged,
            (Some(_), after) if before == after => ChangeKind::StillFailing,
            (Some(_), _) => ChangeKind::CodeChanged,
        },
    };
    let newest = code(0);
    let streak =
        seen.iter().rev().take_while(|record| record.map(|record| record.1) == newest).count();
    let is_185 = |at: usize| matches!(seen[at], Some((_, Some(185), ..)));
    let relapses = (1..seen.len()).any(|at| {
        let answered = is_185(at - 1) && {
            let (_, _, earlier_success, earlier_attempt) = seen[at - 1].unwrap();
            match (earlier_attempt.or(earlier_success), seen[at].and_then(|record| record.2)) {
                (Some(challenged), Some(success)) => success > challenged,
                _ => false,
            }
        };
        let fixed = at > 1 && is_185(at - 2) && matches!(seen[at - 1], Some((_, Some(0), ..)));
        is_185(at) && (answered || fixed)
    });
    let likely = newest == Some(Some(185)) && relapses;
    Some((kind, u16::try_from(streak).unwrap(), likely))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn changes_match_an_independent_implementation(month in snapshots(), batch_size in 1..5_usize) {
        let ids: Vec<String> = (0..6).map(|id| format!("{id}")).collect();
        let snapshots: Vec<Vec<_>> = month
            .iter()
            .map(|snapshot| {
                let record = |(id, code, success, attempt): &TestRecord| Account {
                    success: success.map(|day| day * DAY),
                    attempt: attempt.map(|day| day * DAY),
                    ..account(&ids[usize::from(*id)], *code)
                };
                snapshot.iter().map(record).collect()
            })
            .collect();
        let changes = changes_in_batches(&snapshots, batch_size);
        let mut counts = [0; ChangeKind::ALL.len()];
        let mut expected = BTreeMap::new();
        for id in 0..6 {
            let seen: Vec<_> = month
                .iter()
                .map(|snapshot| snapshot.iter().rev().find(|record| record.0 == id).copied())
                .collect();
            if let Some(outcome) = oracle(&seen) {
                counts[outcome.0 as usize] += 1;
                if outcome.0 != ChangeKind::Unchanged {
                    expected.insert(id.to_string(), outcome);
                }
            }
        }
        let found: BTreeMap<_, _> = changes
            .iter()
            .map(|change| {
                let likely = change.one_time_passcode_likely();
                (change.id().into_owned(), (change.kind(), change.streak(), likely))
            })
            .collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(ChangeKind::ALL.map(|kind| changes.count(kind)), counts);
    }
}
