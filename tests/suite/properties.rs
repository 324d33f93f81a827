//! Properties that must hold for any bytes. A fuzzer runs each of them, and so do the tests, on
//! seeds and on random bytes.

#[path = "reader/collected.rs"]
pub mod collected;
#[path = "reader/json.rs"]
pub mod json;
#[path = "reader/oracle.rs"]
pub mod oracle;
#[path = "properties/output.rs"]
pub mod output;
#[path = "properties/queries.rs"]
pub mod queries;
#[path = "properties/requests.rs"]
pub mod requests;
#[path = "properties/summaries.rs"]
pub mod summaries;
#[path = "reader/ways.rs"]
pub mod ways;

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

/// All of them.
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
    ("summaries", summaries::summaries),
];

/// The same is read however the input is split, on any number of threads, with any instructions.
pub fn cut(data: &[u8]) {
    // The first bytes say how.
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

/// What is decoded depends neither on the pieces in which the bytes arrive nor on the thread that
/// decodes them, and JSON is never taken for something else.
pub fn decode(data: &[u8]) {
    // The first byte is the size of the pieces.
    let [piece, input @ ..] = data else {
        return;
    };
    let whole = decoded(input, usize::MAX, false);
    assert_decoded_alike(&decoded(input, usize::from(*piece) + 1, false), &whole);
    if *piece < 16 {
        assert_decoded_alike(&decoded(input, usize::from(*piece) + 1, true), &whole);
    }
    if json::split(input).is_some() {
        assert_eq!(whole, Ok((input.to_vec(), None)));
    }
}

/// Whether two ways to decode give the same. How much a decompressor gives of what comes before
/// corrupt data is its own affair, but it must say that the data is corrupt.
fn assert_decoded_alike(decoded: &Decoded, other: &Decoded) {
    let corrupt = |decoded: &Decoded| match decoded {
        Ok((text, Some(fault))) if fault.contains("corrupt") => Some(text.clone()),
        _ => None,
    };
    match (corrupt(decoded), corrupt(other)) {
        // What a damaged archive seems to hold depends on how much of it was unpacked.
        (None, None) if decoded.is_err() && other.is_err() => {}
        (None, None) => assert_eq!(decoded, other),
        (Some(text), Some(more)) => {
            assert!(text.starts_with(&more) || more.starts_with(&text), "{decoded:?} {other:?}");
        }
        _ => assert!(decoded.is_err() || other.is_err(), "{decoded:?} {other:?}"),
    }
}

/// The text and the fault that ended it, or what it is instead of text.
type Decoded = Result<(Vec<u8>, Option<String>), Foreign>;

fn decoded(input: &[u8], piece: usize, beside: bool) -> Decoded {
    match decode::decode(Pieces(input.to_vec().into(), piece), beside) {
        Content::Foreign(foreign) => Err(foreign),
        Content::Text(mut reader) | Content::Answer(mut reader) => {
            let mut text = Vec::new();
            let fault = reader.read_to_end(&mut text).err();
            Ok((text, fault.map(|error| error.to_string())))
        }
    }
}

/// Gives so many bytes at a time.
struct Pieces(std::collections::VecDeque<u8>, usize);

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.1);
        self.0.read(&mut buffer[..count])
    }
}

/// Valid JSON is accepted and anything else is not. The accounts in valid JSON are those of the
/// rule.
pub fn documents(input: &[u8]) {
    let sizes = Options {
        block_size: input.len() + 1,
        max_record_size: u64::MAX,
        ..Options::on_threads(1)
    };
    let found = read(input, sizes);
    match json::split(input) {
        None => assert!(found.is_broken(), "accepted, but is no JSON: {found:?}"),
        Some(documents) => {
            assert!(!found.is_broken(), "refused, but is JSON: {found:?}");
            assert_eq!(found.documents, documents.len());
            assert!(!found.incomplete);
            // The oracle is recursive.
            if input.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() < 500 {
                let text = String::from_utf8_lossy(input);
                let expected = oracle::outcome(&text);
                assert_eq!(ways::found(&found), expected.accounts);
                assert_eq!(found.invalid.len(), expected.invalid, "{found:?}");
            }
        }
    }
}

/// A catalog of a few entries, which is quick to copy.
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

/// An overlay is refused with a location, or results in a consistent catalog.
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
