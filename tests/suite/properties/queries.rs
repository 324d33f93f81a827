//! Queries and texts with any contents, as `explain` reads them.

use std::sync::Mutex;

use statuscode::account::Code;
use statuscode::cli::{Cli, Command, ExplainArgs, GlobalArgs};
use statuscode::command::{self, Status};
use statuscode::query::{self, Finder, Mention, Query};
use statuscode::terminal::{ColorChoice, sanitize};

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
    // A whole run takes a hundred times as long. The sum of the bytes selects few inputs of any kind,
    // while fuzzers would come to prefer a length.
    if text.bytes().map(u32::from).sum::<u32>() % 100 == 0 {
        answer(text);
    }
}

fn answer(text: &str) {
    let global = GlobalArgs {
        format: None,
        json: text.starts_with(|first: char| first.is_ascii_digit()),
        color: ColorChoice::Never,
        width: Some(80),
        ascii: true,
        codes: None,
        quiet: false,
    };
    let command = Command::Explain(ExplainArgs {
        query: vec![text.to_owned()],
        all: false,
        sources: false,
        limit: None,
    });
    let cli = Cli { global, command };
    let (mut out, messages) = (Vec::new(), Mutex::new(Vec::new()));
    let status = command::run(&cli, &mut out, &messages);
    assert_ne!(status, Status::Failed);
    out.extend(messages.into_inner().unwrap_or_default());
    let output = String::from_utf8_lossy(&out);
    assert!(!output.is_empty());
    assert!(output.lines().all(|line| sanitize(line) == line), "{output:?}");
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
