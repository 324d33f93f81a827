//! Queries and texts with any contents, as `explain` reads them.

use statuscode::account::Code;
use statuscode::cli::{Command, ExplainArgs};
use statuscode::command::Status;
use statuscode::query::{self, Finder, Mention, Query};
use statuscode::render::Format;

use super::whole_run::{self, assert_safe, is_sampled};

/// Every query has an answer about its codes, and nothing in the answer controls a terminal.
pub fn explain(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let occurs = |code: &Code| text.contains(&code.to_string());
    match query::read(text) {
        Query::Code(code) => assert!(occurs(&code), "{text:?}"),
        Query::Range(first, last) => assert!(first <= last, "{text:?}"),
        Query::Stdin => return,
        Query::Text => {}
    }
    if is_sampled(data) {
        answer(text);
    }
}

fn answer(text: &str) {
    let explain =
        ExplainArgs { query: vec![text.to_owned()], all: false, sources: false, limit: None };
    let is_json = text.starts_with(|first: char| first.is_ascii_digit());
    let format = if is_json { Format::Json } else { Format::Table };
    let (status, out, messages) =
        whole_run::run(&whole_run::cli(Command::Explain(explain), format));
    assert_ne!(status, Status::Failed);
    let output = String::from_utf8_lossy(&out);
    assert!(!output.is_empty() || !messages.is_empty());
    assert_safe(&output);
}

/// Codes that are found in a text occur in it as digits, and are the same however it is split.
pub fn text(data: &[u8]) {
    let Some((&cut, bytes)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let found: Vec<Mention> = query::codes_in(&text).iter().collect();
    let occurs = |code: Code| text.contains(&code.to_string());
    for mention in &found {
        match *mention {
            Mention::Code(code) => assert!(occurs(code), "{text:?}"),
            Mention::Range(first, last) => {
                assert!(first <= last && occurs(first) && occurs(last), "{text:?}");
            }
        }
    }
    let cuts: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
    let cut = cuts.get(usize::from(cut)).copied().unwrap_or_default();
    // With padding, the cut is far from the end of a chunk.
    for padding in ["", ". "].map(|blank| blank.repeat(300)) {
        let mut chunks = Finder::default();
        let mut whole = Finder::default();
        for chunk in [&padding, &text[..cut], &text[cut..], &padding] {
            chunks.push(chunk);
        }
        whole.push(&[&padding, &*text, &padding].concat());
        let chunks: Vec<Mention> = chunks.finish().iter().collect();
        let whole: Vec<Mention> = whole.finish().iter().collect();
        assert_eq!(chunks, whole, "{text:?} cut at {cut}");
    }
}
