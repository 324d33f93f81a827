//! Limits do not depend on where the input is split into blocks.

use statuscode::input::{MAX_DEPTH, MAX_TOKEN, Options, RecordError};

use super::collected::{Collected, read_with};

/// Reads an input with the same result on one thread and on two, in whole blocks and in chunks.
fn read(input: &str, max_record_size: u64) -> Collected {
    let options = |jobs| Options { max_record_size, ..Options::on_threads(jobs) };
    let whole = Options { block_size: input.len() + 1, ..options(1) };
    let first = read_with(input.as_bytes(), usize::MAX, whole);
    for (jobs, chunk_size) in [(1, 1000), (1, 131_071), (2, usize::MAX), (2, 70_001)] {
        let again = read_with(input.as_bytes(), chunk_size, options(jobs));
        assert!(
            again == first,
            "{jobs} threads, reads of {chunk_size}: {:?} {:?}",
            again.invalid,
            first.invalid
        );
    }
    first
}

fn account(id: &str, more: &str) -> String {
    format!("{{\"id\":{id}{more},\"aggregationStatusCode\":0}}\n")
}

#[test]
fn tokens_have_the_same_limit_wherever_a_block_ends() {
    for before in [0, 100, 60_000, 131_000] {
        let filler = format!("{{\"x\":\"{}\"}}\n", "x".repeat(before));
        for (length, ok) in [(MAX_TOKEN, true), (MAX_TOKEN + 1, false)] {
            let id = read(
                &(filler.clone() + &account(&format!("\"{}\"", "x".repeat(length)), "")),
                u64::MAX,
            );
            assert_eq!(
                id.accounts.len() == 1,
                ok,
                "id of {length} after {before}: {:?}",
                id.invalid
            );
            let digits = read(&(filler.clone() + &account(&"1".repeat(length), "")), u64::MAX);
            assert_eq!(digits.accounts.len() == 1, ok, "number of {length} after {before}");
            let member = format!(",\"x\":{}", "1".repeat(length));
            let number = read(&(filler.clone() + &account("1", &member)), u64::MAX);
            assert_eq!(number.accounts.len() == 1, ok, "member of {length} after {before}");
            let code = format!(
                "{filler}{{\"aggregationStatusCode\":\"{}\"}}",
                " ".repeat(length - 1) + "5"
            );
            let code = read(&code, u64::MAX);
            assert_eq!(code.accounts.len() == 1, ok, "code of {length} after {before}");
        }
        let escaped = format!("\"{}\"", "\\u0041".repeat(11_000));
        assert_eq!(read(&(filler + &account(&escaped, "")), u64::MAX).invalid.len(), 1);
    }
}

#[test]
fn depth_counts_from_the_beginning_of_the_document_on_every_thread() {
    let small = vec!["{\"id\":1,\"aggregationStatusCode\":0}"; 12_001].join(",");
    let after = ["{\"id\":2,\"aggregationStatusCode\":0}"; 50].join(",");
    for (deep, is_read) in [(MAX_DEPTH - 20, true), (MAX_DEPTH - 19, false)] {
        let element = "[".repeat(deep) + &"]".repeat(deep);
        let input = format!("{}{small},{element},{after}{}", "[".repeat(20), "]".repeat(20));
        let read = read(&input, u64::MAX);
        assert_eq!(read.accounts.len(), if is_read { 12_051 } else { 12_001 });
    }
}

#[test]
fn the_data_kept_for_open_objects_is_bounded() {
    let id = "x".repeat(60_000);
    let nested = format!("{{\"id\":\"{id}\",\"aggregationStatusCode\":0,\"a\":");
    let input = nested.repeat(50) + "1" + &"}".repeat(50);
    let read_all = read(&input, u64::MAX);
    assert_eq!(read_all.accounts.len(), 50);
    assert!(read_all.accounts.iter().all(|(account, _)| account.id.as_deref() == Some(&id)));
    let bounded = read(&input, 600_000);
    assert_eq!(bounded.accounts.len(), 0);
    assert!(
        bounded.invalid.iter().all(|(_, error)| *error == RecordError::RecordTooLarge(600_000))
    );
    assert_eq!(bounded.invalid.len(), 50);
    // The limit is the same for objects that are not accounts.
    let input = nested.replace("aggregationStatusCode", "x").repeat(50) + "1" + &"}".repeat(50);
    assert_eq!(read(&input, 600_000).invalid.len(), 40);
}

#[test]
fn an_object_that_repeats_an_id_keeps_one() {
    let id = format!("\"id\":\"{}\",", "A".repeat(60_000));
    let input = format!("{{{}\"aggregationStatusCode\":0}}", id.repeat(100));
    let read = read(&input, 64 << 20);
    assert_eq!(read.places(), ["1:60010"]);
}

#[test]
fn a_string_that_may_be_json_is_buffered_up_to_the_record_limit() {
    let accounts = |count: usize| {
        format!("[{}]", vec!["{\\\"id\\\":1,\\\"aggregationStatusCode\\\":0}"; count].join(","))
    };
    let read_all = read(&format!("{{\"body\":\"{}\"}}", accounts(10_000)), 1 << 20);
    assert_eq!((read_all.accounts.len(), read_all.invalid.len()), (10_000, 0));
    let rejected = read(
        &format!(
            "{{\"body\":\"{}\"}}\n{{\"id\":\"2\",\"aggregationStatusCode\":0}}",
            accounts(10_000)
        ),
        100_000,
    );
    assert_eq!(rejected.ids(), ["2"]);
    assert_eq!(rejected.invalid[0].1, RecordError::RecordTooLarge(100_000));
    let text = format!("{{\"body\":\"[this is no JSON{}\"}}", "x".repeat(500_000));
    assert_eq!(read(&text, 100_000).invalid, []);
    let noted = format!("{{\"id\":1,\"aggregationStatusCode\":0,\"note\":\"{}\"}}", accounts(1000));
    assert_eq!(read(&noted, 10_000_000).accounts.len(), 1);
}

#[test]
fn error_bodies_wait_for_the_end_of_their_object_up_to_the_record_limit() {
    let errors = vec!["{\"code\":5,\"message\":\"x\"}"; 30_000].join(",");
    let account =
        format!("{{\"customerId\":\"7\",\"results\":[{errors}],\"aggregationStatusCode\":0}}");
    let whole = read(&account, u64::MAX);
    assert_eq!((whole.accounts.len(), whole.invalid.len()), (1, 0));
    // Beyond the limit, they are reported, and the account is too large.
    let early = read(&account, 1 << 19);
    assert!(early.accounts.len() > 20_000);
    assert!(early.accounts.iter().all(|(error, _)| error.customer_id.as_deref() == Some("7")));
    assert_eq!(early.invalid.len(), 1);
}

#[test]
fn pending_entries_take_linear_time_at_any_depth() {
    let open = "{\"customerId\":\"7\",\"a\":".repeat(100_000);
    let errors = vec!["{\"code\":5,\"message\":\"x\"}"; 50_000].join(",");
    let read = read(&format!("{open}[{errors}]{}", "}".repeat(100_000)), 64 << 20);
    assert_eq!((read.accounts.len(), read.invalid.len()), (50_000, 0));
}
