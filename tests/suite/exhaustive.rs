//! Every case instead of samples: every code in every spelling, shape, and format, and every
//! truncation of every shape.

use std::fs;

use crate::properties::collected::{Chunks, Collected, read, read_failing, read_with};
use crate::properties::json;
use crate::support::{self, Folder, answer, piped};
use serde_json::Value;
use statuscode::catalog::{Catalog, Entry};
use statuscode::command::Status;
use statuscode::input::Options;

/// The spellings of a code.
const SPELLINGS: &[&str] = &["CODE", "\"CODE\"", "\" 0CODE \""];

/// The JSON around each account (`ACCOUNT`), or around all accounts, separated by commas
/// (`ACCOUNTS`).
const SHAPES: &[&str] = &[
    "ACCOUNT\n",
    "ACCOUNT",
    "{\"accounts\": [\n  ACCOUNT\n]}\n",
    "[ACCOUNTS]",
    "{\"accounts\":[ACCOUNTS]}",
    "{\"institutions\":[{\"id\":102105,\"name\":\"Bank\",\"accounts\":[ACCOUNTS]}]}",
    "{\"type\":\"x\",\"event\":{\"class\":\"y\",\"records\":[ACCOUNTS]}}",
    "{\"eventType\":\"added\",\"payload\":{\"accounts\":[ACCOUNTS]}}",
    "{\"method\":\"POST\",\"body\":{\"payload\":{\"accounts\":[ACCOUNTS]}}}",
    "{\"ours\":[{\"deeper\":[ACCOUNTS]}]}",
];

/// Accounts with the code in different places.
const PLACES: &[&str] = &[
    "{\"id\":\"aID\",\"customerId\":5,\"aggregationStatusCode\":SPELLED}",
    "{\"aggregationStatusCode\":SPELLED,\"accountId\":\"aID\",\"name\":\"x\"}",
    "{\"id\":\"aID\",\"institutionLoginId\":7,\"balanceDetails\":{\"aggregationStatusCode\":SPELLED}}",
];

fn input(shape: &str, place: &str, spelling: &str) -> String {
    let accounts: Vec<String> = Catalog::built_in()
        .entries()
        .iter()
        .map(|entry| {
            let code = entry.code.to_string();
            place.replace("SPELLED", &spelling.replace("CODE", &code)).replace("ID", &code)
        })
        .collect();
    if shape.contains("ACCOUNTS") {
        shape.replace("ACCOUNTS", &accounts.join(","))
    } else {
        accounts.iter().map(|account| shape.replace("ACCOUNT", account)).collect()
    }
}

/// Returns whether an answer describes an entry.
fn describes(format: &str, text: &str, entry: &Entry) -> bool {
    let (code, category, action) = (entry.code, entry.category.as_str(), entry.action.as_str());
    match format {
        "table" => text.lines().any(|line| {
            let rest = line.strip_prefix(entry.category.label()).unwrap_or_default();
            let words: Vec<&str> = rest.split_whitespace().collect();
            let meaning = entry.title.split_whitespace().next();
            words.first() == Some(&code.to_string().as_str()) && words.get(2).copied() == meaning
        }),
        "markdown" => {
            let category = entry.category.label();
            text.contains(&format!("\n| {category} | {code} | 1 | "))
        }
        "html" => text.contains(&format!("<article id=\"{code}\">")),
        "csv" => {
            text.contains(&format!(",{category},{action},{},", entry.connect_fix))
                && text.contains(&format!("\r\na{code},"))
        }
        _ => {
            let account = |value: &Value| {
                value["id"] == format!("a{code}")
                    && value["aggregationStatusCode"] == code
                    && value["title"] == entry.title.as_str()
                    && value["category"] == category
                    && value["action"] == action
                    && value["connectFix"] == entry.connect_fix
                    && value["requiredAction"] == entry.required_action.as_str()
            };
            accounts(text).iter().any(account)
        }
    }
}

/// Returns the accounts of a `json` or `jsonl` answer.
fn accounts(text: &str) -> Vec<Value> {
    match serde_json::from_str::<Value>(text) {
        Ok(whole) if whole["accounts"].is_array() => whole["accounts"].as_array().unwrap().clone(),
        _ => text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    }
}

#[test]
fn every_code_in_every_spelling_place_and_shape_is_reported_in_every_format() {
    let folder = Folder::new("every");
    let mut cases = 0;
    for shape in SHAPES {
        for (place, spelling) in
            PLACES.iter().flat_map(|place| SPELLINGS.iter().map(move |spelling| (place, spelling)))
        {
            let file = folder.file("input.json", input(shape, place, spelling));
            for format in ["table", "markdown", "html", "csv", "json", "jsonl"] {
                let mut out = Vec::new();
                let line = format!("triage --limit 0 --invalid continue -f {format} FILE");
                let (status, messages) = answer(&line, ["", &file], &mut out);
                assert_eq!(
                    (status, messages.as_str()),
                    (Status::Done, ""),
                    "{shape} {place} {spelling}"
                );
                let text = String::from_utf8(out).unwrap();
                let is_parsed_whole = matches!(format, "json" | "jsonl");
                // To look up every account takes long. The number of accounts, checked below,
                // excludes any others.
                let entries = Catalog::built_in().entries().iter();
                for entry in
                    entries.step_by(if is_parsed_whole && !support::is_long_run() { 53 } else { 1 })
                {
                    assert!(
                        describes(format, &text, entry),
                        "{format}: {} in {shape} {place} {spelling}: {text}",
                        entry.code
                    );
                    cases += 1;
                }
                if is_parsed_whole {
                    assert_eq!(accounts(&text).len(), Catalog::built_in().entries().len());
                }
            }
        }
    }
    assert!(cases > 50_000, "{cases}");
}

/// Reads everything at once, on one thread.
fn whole(input: &[u8]) -> Collected {
    let block_size = input.len() + 1;
    read(input, Options { block_size, ..Options::on_threads(1) })
}

/// Reads an input in four modes, from one block on one thread to many small chunks on two.
fn read_in_four_modes(input: &[u8]) -> Collected {
    let first = whole(input);
    for (jobs, chunk, block_size) in [(1, 1, 1), (2, 1, 7), (2, usize::MAX, 32)] {
        let options = Options { jobs, block_size, ..Options::on_threads(jobs) };
        assert_eq!(read_with(input, chunk, options), first, "{}", String::from_utf8_lossy(input));
    }
    first
}

fn shapes() -> Vec<Vec<u8>> {
    let files = fs::read_dir("tests/shapes").unwrap();
    let mut shapes: Vec<Vec<u8>> =
        files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    shapes.sort();
    shapes
}

#[test]
fn every_truncation_of_every_shape_has_one_result_in_every_mode_and_is_rejected_if_it_is_not_json()
{
    let mut cases = 0;
    for shape in shapes() {
        for end in 0..=shape.len() {
            let cut = &shape[..end];
            let found = read_in_four_modes(cut);
            assert_eq!(
                found.is_broken(),
                json::split(cut).is_none(),
                "{}",
                String::from_utf8_lossy(cut)
            );
            cases += 1;
        }
    }
    assert!(cases > 8_000, "{cases}");
}

#[test]
fn a_read_error_at_any_byte_is_reported_and_the_records_before_it_count() {
    for shape in shapes() {
        for end in (0..shape.len()).step_by(if support::is_long_run() { 1 } else { 5 }) {
            for (jobs, chunk) in [(1, 1), (2, 9)] {
                let options = Options { block_size: 32, ..Options::on_threads(jobs) };
                let (failing, failed) = read_failing(Chunks::new(&shape[..end], chunk), options);
                assert!(failed);
                let whole = whole(&shape[..end]);
                // At most one account is missing, and there is never one too many.
                let (few, all) = (failing.accounts.len(), whole.accounts.len());
                assert!(few <= all && failing.accounts[..] == whole.accounts[..few], "{end}");
                assert!(all - few <= 1, "{few} of {all}");
            }
        }
    }
}

#[test]
fn every_truncation_exits_with_the_same_status_from_a_file_and_a_pipe() {
    let folder = Folder::new("pipe");
    let stride = if support::is_long_run() { 1 } else { 61 };
    for shape in shapes() {
        for end in (0..=shape.len()).step_by(stride) {
            let file = folder.file("cut.json", &shape[..end]);
            let mut by_file = Vec::new();
            let (status, _) = answer("triage --json -j 2 FILE", ["", &file], &mut by_file);
            let by_pipe = piped(&["triage", "--json", "-q"], &shape[..end]);
            assert_eq!(by_pipe.status.code(), Some(i32::from(status.code())));
            let by_file = String::from_utf8(by_file).unwrap().replace(&file, "-");
            assert_eq!(by_file, String::from_utf8(by_pipe.stdout).unwrap());
        }
    }
}

/// A byte for each case of the grammar.
const ALPHABET: &[u8; 16] = b"{}[]\":,\\ \n0-.etx";

/// Returns every text of this length over an alphabet.
fn texts(alphabet: &[u8], length: u32) -> impl Iterator<Item = Vec<u8>> + '_ {
    let count = alphabet.len();
    (0..count.pow(length)).map(move |mut number| {
        let bytes = (0..length).map(|_| {
            let byte = alphabet[number % count];
            number /= count;
            byte
        });
        bytes.collect()
    })
}

/// Checks that a text is accepted if and only if it is JSON, alone and as an element after
/// `before` bytes, with the same result wherever it is split.
fn assert_accepted_iff_json(text: &[u8], before: usize, cuts: bool) {
    let options = Options { block_size: 100, ..Options::on_threads(1) };
    let found = read(text, options);
    let shown = String::from_utf8_lossy(text);
    assert_eq!(!found.is_broken(), json::split(text).is_some(), "{shown:?}");
    let filler = "_".repeat(before);
    let inside = [b"[\"", filler.as_bytes(), b"\",", text, b",\"", &[b'_'; 40], b"\"]"].concat();
    let element = read(&inside, options);
    assert_eq!(!element.is_broken(), json::split(&inside).is_some(), "{shown:?} after {before}");
    if cuts {
        for chunk in 1..=text.len() {
            assert_eq!(read_with(text, chunk, options), found, "{shown:?}");
        }
    }
}

#[test]
fn every_short_input_is_accepted_if_and_only_if_it_is_json() {
    // The blocks of bytes that the parser examines together end at every position of a text.
    let mut before = (0..40).cycle();
    let mut next = || before.next().unwrap_or_default();
    for text in texts(&(0..=255).collect::<Vec<u8>>(), 2) {
        assert_accepted_iff_json(&text, next(), true);
    }
    let longest = if support::is_long_run() { 5 } else { 4 };
    for length in 0..=longest {
        for text in texts(ALPHABET, length) {
            assert_accepted_iff_json(&text, next(), length < 4);
        }
    }
}
