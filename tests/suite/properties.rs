//! Properties that must hold for any bytes. Fuzzers run each of them, and the tests run them on
//! seeds and on random bytes.

#[path = "reader/collected.rs"]
pub mod collected;
#[path = "reader/json.rs"]
pub mod json;
#[path = "reader/modes.rs"]
pub mod modes;
#[path = "reader/oracle.rs"]
pub mod oracle;
#[path = "properties/output.rs"]
pub mod output;
#[path = "properties/queries.rs"]
pub mod queries;
#[path = "properties/requests.rs"]
pub mod requests;
#[path = "properties/selection.rs"]
pub mod selection;
#[path = "properties/summaries.rs"]
pub mod summaries;
#[path = "properties/whole_run.rs"]
pub mod whole_run;

use std::io::{self, Read};
use std::sync::LazyLock;

use collected::{read, read_with};
use statuscode::account::{Account, Code};
use statuscode::catalog::Catalog;
use statuscode::classify::Classifier;
use statuscode::decode::{self, Content, Foreign};
use statuscode::input::{Instructions, Options};

/// A property, by the name of its fuzz target.
pub type Property = fn(&[u8]);

/// All properties.
pub const ALL: &[(&str, Property)] = &[
    ("cut", cut),
    ("decode", decode),
    ("documents", documents),
    ("explain", queries::explain),
    ("text", queries::text),
    ("overlay", overlay),
    ("sanitize", output::sanitizer),
    ("csv", output::csv),
    ("html", output::html),
    ("requests", requests::requests),
    ("selection", selection::selection),
    ("summaries", summaries::summaries),
];

/// The result does not depend on how the input is split, on the number of threads, or on the
/// instruction set.
pub fn cut(data: &[u8]) {
    // The first bytes are the options.
    let [jobs, block_size, chunk, limit, input @ ..] = data else {
        return;
    };
    let max_record_size = if *limit < 128 { u64::MAX } else { u64::from(*limit) };
    let whole = Options { block_size: input.len() + 1, max_record_size, ..Options::on_threads(1) };
    let sets = Instructions::all();
    let parts = Options {
        block_size: usize::from(*block_size) + 1,
        max_record_size,
        instructions: sets[usize::from(jobs / 3) % sets.len()],
        ..Options::on_threads(usize::from(jobs % 3) + 1)
    };
    let all = read(input, whole);
    let cut = read_with(input, usize::from(*chunk) + 1, parts);
    assert_eq!(cut, all, "{parts:?}, reads of {}", usize::from(*chunk) + 1);
}

/// The decoded text depends neither on the chunks in which the bytes arrive nor on the thread that
/// decodes them, and JSON is never mistaken for another format.
pub fn decode(data: &[u8]) {
    // The first byte is the chunk size.
    let [chunk_size, input @ ..] = data else {
        return;
    };
    let whole = decoded(input, usize::MAX, false);
    assert_decoded_alike(&decoded(input, usize::from(*chunk_size) + 1, false), &whole);
    if *chunk_size < 16 {
        assert_decoded_alike(&decoded(input, usize::from(*chunk_size) + 1, true), &whole);
    }
    // Strings and literals with tabs between them may also be the headings of a table.
    if json::split(input).is_some() && whole != Err(Foreign::Tsv) {
        assert_eq!(whole, Ok((input.to_vec(), None)));
    }
}

/// Checks that two decoders have the same result. They may return more or less of the text before
/// corrupt data, but they must report that the data is corrupt.
fn assert_decoded_alike(decoded: &Decoded, other: &Decoded) {
    let corrupt = |decoded: &Decoded| match decoded {
        Ok((text, Some(fault))) if fault.contains("corrupt") => Some(text.clone()),
        _ => None,
    };
    match (corrupt(decoded), corrupt(other)) {
        // The apparent content of a damaged archive depends on how much of it was unpacked.
        (None, None) if decoded.is_err() && other.is_err() => {}
        (None, None) => assert_eq!(decoded, other),
        (Some(text), Some(more)) => {
            assert!(text.starts_with(&more) || more.starts_with(&text), "{decoded:?} {other:?}");
        }
        _ => assert!(decoded.is_err() || other.is_err(), "{decoded:?} {other:?}"),
    }
}

/// The text and the error that ended it, or the format if it is not text.
type Decoded = Result<(Vec<u8>, Option<String>), Foreign>;

fn decoded(input: &[u8], chunk_size: usize, on_thread: bool) -> Decoded {
    match decode::decode(Chunks(input.to_vec().into(), chunk_size), on_thread) {
        Content::Foreign(foreign) => Err(foreign),
        Content::Text(mut reader) | Content::Answer(mut reader) => {
            let mut text = Vec::new();
            let fault = reader.read_to_end(&mut text).err();
            Ok((text, fault.map(|error| error.to_string())))
        }
    }
}

/// Returns at most this many bytes at a time.
struct Chunks(std::collections::VecDeque<u8>, usize);

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.1);
        self.0.read(&mut buffer[..count])
    }
}

/// Valid JSON is accepted and anything else is not. Valid JSON has the accounts
/// that the rule defines.
pub fn documents(input: &[u8]) {
    let sizes = Options {
        block_size: input.len() + 1,
        max_record_size: u64::MAX,
        ..Options::on_threads(1)
    };
    let found = read(input, sizes);
    match json::split(input) {
        None => assert!(found.is_broken(), "accepted, but is not JSON: {found:?}"),
        Some(documents) => {
            assert!(!found.is_broken(), "rejected, but is JSON: {found:?}");
            assert_eq!(found.documents, documents.len());
            assert!(!found.incomplete);
            // The oracle is recursive.
            if input.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() < 500 {
                let text = String::from_utf8_lossy(input);
                let expected = oracle::outcome(&text);
                assert_eq!(modes::found(&found), expected.accounts);
                assert_eq!(found.invalid.len(), expected.invalid, "{found:?}");
            }
        }
    }
}

/// A catalog with few entries, which is quick to copy.
static SMALL: LazyLock<Catalog> = LazyLock::new(|| {
    let codes = ["0", "185", "\"920-921\""].map(|code| {
        format!(
            "[[code]]\ncode = {code}\nname = \"n{}\"\ntitle = \"t\"\ncategory = \"support\"\n\
             action = \"support_ticket\"\nmeaning = \"m\"\nrequired_action = \"r\"\n\
             customer_message = \"c\"\n",
            code.trim_matches('"')
        )
    });
    Catalog::parse(&codes.concat()).unwrap_or_default()
});

/// An overlay is rejected with a location, or results in a consistent catalog.
pub fn overlay(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut catalog = SMALL.clone();
    if let Err(error) = catalog.overlay(text, "overlay") {
        assert!(!error.to_string().is_empty());
        return;
    }
    let codes: Vec<Code> = catalog.entries().iter().map(|entry| entry.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(codes.len() >= SMALL.entries().len());
    let classifier = Classifier::new(&catalog, true);
    for (entry, code) in catalog.entries().iter().zip(codes) {
        let account = Account { aggregation_status_code: Some(code), ..Account::default() };
        assert_eq!(classifier.classify(&account).verdict.category, entry.category);
    }
}
