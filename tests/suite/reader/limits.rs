//! Limits do not depend on where the input is split into blocks.

use statuscode::input::{MAX_DEPTH, MAX_TOKEN, Options, RecordError};

use super::collected::{Collected, read_with};
use super::modes::read_in_every_mode;

/// Reads an input with the same result on one thread and on two, in whole blocks and in chunks.
fn read(input: &str, max_record_size: u64) -> Collected {
    let usual = Options::on_threads(1).block_size;
    let options =
        |jobs, block_size| Options { max_record_size, block_size, ..Options::on_threads(jobs) };
    let first = read_with(input.as_bytes(), usize::MAX, options(1, input.len() + 1));
    for (jobs, block_size, chunk_size) in [
        (1, usual, 1000),
        (1, usual, 131_071),
        (2, usual, usize::MAX),
        (2, usual, 70_001),
        (2, 10_000, usize::MAX),
    ] {
        let again = read_with(input.as_bytes(), chunk_size, options(jobs, block_size));
        assert!(
            again == first,
            "{jobs} threads, blocks of {block_size}, reads of {chunk_size}: {:?} {:?}",
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
    // It includes the ids that an object takes from its parts,
    let parts =
        format!("{{\"accountDetails\":{{\"customerId\":\"{id}\"}},\"institutionId\":\"{id}\"}}");
    assert_eq!(read(&parts, 100_000).invalid.len(), 1);
    // and those around an array, on every thread.
    let account = format!("{{\"id\":\"{id}\",\"aggregationStatusCode\":0}}");
    let around = format!("{{\"customerId\":\"{id}\",\"a\":[{}]}}", vec![account; 50].join(","));
    assert_eq!(read(&around, 100_000).invalid.len(), 50);
    assert_eq!(read(&around, u64::MAX).accounts.len(), 50);
}

#[test]
fn ids_of_open_objects_are_kept_up_to_exactly_the_limit() {
    let digits = "7".repeat(60);
    let spellings =
        [digits.clone(), format!("\"{digits}\""), format!("\"\\u0037{}\"", &digits[1..])];
    for outer in &spellings {
        for inner in &spellings {
            let input = format!(
                "{{\"customerId\":{outer},\"a\":{{\"id\":{inner},\"aggregationStatusCode\":0}}}}"
            );
            let kept = read_in_every_mode(input.as_bytes(), 120);
            assert_eq!((kept.accounts.len(), kept.invalid), (1, vec![]), "{input}");
            let bounded = read_in_every_mode(input.as_bytes(), 119);
            assert_eq!((bounded.accounts.len(), bounded.invalid.len()), (0, 1), "{input}");
            assert_eq!(bounded.invalid[0].1, RecordError::RecordTooLarge(119), "{input}");
        }
    }
}

#[test]
fn a_record_may_be_exactly_as_large_as_the_limit() {
    let text = serde_json::Value::from(account("1", "").trim_end());
    for record in [
        account("1", ",\"x\":\"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\""),
        "{\"code\":5,\"message\":\"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\"}"
            .to_owned(),
        text.to_string(),
    ] {
        let record = record.trim_end();
        let size = record.trim_matches('"').len() as u64;
        // The position in the input does not matter.
        let input = format!("{{\"x\":[{}]}}\n[[[{record}]]]", "0,".repeat(500) + "0");
        let whole = read_in_every_mode(input.as_bytes(), size);
        assert_eq!((whole.accounts.len(), whole.invalid), (1, vec![]), "{record}");
        let rejected = read_in_every_mode(input.as_bytes(), size - 1);
        assert_eq!((rejected.accounts.len(), rejected.invalid.len()), (0, 1), "{record}");
        assert_eq!(rejected.invalid[0].1, RecordError::RecordTooLarge(size - 1), "{record}");
    }
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
    // While it waits, each takes as much as 256 bytes.
    let two = "{\"a\":[{\"code\":5,\"message\":\"x\"},{\"code\":5,\"message\":\"x\"}],\"aggregationStatusCode\":0}";
    for (limit, count) in [(512, 1), (511, 3)] {
        assert_eq!(read_in_every_mode(two.as_bytes(), limit).accounts.len(), count, "{limit}");
    }
}

#[test]
fn what_no_longer_waits_has_its_ids_and_its_place_on_every_thread() {
    let error = "{\"code\":5,\"message\":\"x\"}";
    let text = serde_json::Value::from(account("1", "").trim_end()).to_string();
    let documents = |element: &str| {
        let document = |customer| {
            format!(
                "{{\"customerId\":\"{customer}\",\"a\":[{error},{}]}}\n",
                vec![element; 100].join(",")
            )
        };
        (0..5).map(document).collect::<String>()
    };
    for element in [error, &text, account("1", "").trim_end()] {
        let read = read_in_every_mode(documents(element).as_bytes(), 2000);
        assert_eq!((read.accounts.len(), read.invalid), (505, vec![]), "{element}");
        for (index, (account, _)) in read.accounts.iter().enumerate() {
            assert_eq!(account.customer_id, Some((index / 101).to_string()), "{element}");
        }
        assert!(read.accounts.is_sorted_by_key(|(_, at)| at.offset), "{element}");
    }
}

#[test]
fn errors_of_an_account_count_in_every_block() {
    let errors = [vec!["{\"code\":0}"; 300].join(","), "{\"code\":185}".to_owned()].join(",");
    for account in [
        format!("{{\"id\":1,\"aggregationStatusCode\":0,\"errors\":[{errors}]}}"),
        format!("{{\"errors\":[{errors}],\"id\":1,\"aggregationStatusCode\":0}}"),
    ] {
        assert_eq!(read_in_every_mode(account.as_bytes(), u64::MAX).states(), ["1 185"]);
    }
}

#[test]
fn pending_entries_take_linear_time_at_any_depth() {
    let open = "{\"customerId\":\"7\",\"a\":".repeat(100_000);
    let errors = vec!["{\"code\":5,\"message\":\"x\"}"; 50_000].join(",");
    let read = read(&format!("{open}[{errors}]{}", "}".repeat(100_000)), 64 << 20);
    assert_eq!((read.accounts.len(), read.invalid.len()), (50_000, 0));
}
