//! Queries and texts with any contents, as `explain` reads them.

use std::sync::Mutex;

use statuscode::account::Code;
use statuscode::cli::{Cli, Command, ExplainArgs, GlobalArgs};
use statuscode::command::{self, Status};
use statuscode::query::{self, Finder, Mention, Query};
use statuscode::terminal::{ColorChoice, sanitize};

/// Whatever is asked, the answer is one that was meant, and nothing in it can act on a terminal.
pub fn explain(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let stands = |code: &Code| text.contains(&code.to_string());
    match query::read(text) {
        Query::Code(code) => assert!(stands(&code), "{text:?}"),
        Query::Range(first, last) => assert!(first <= last, "{text:?}"),
        Query::Stdin => return,
        Query::Text => {}
    }
    // The whole command takes a hundred times as long.
    if text.len() % 100 == 20 {
        answer(text);
    }
}

fn answer(text: &str) {
    let global = GlobalArgs {
        format: None,
        json: text.starts_with(|letter: char| letter.is_ascii_digit()),
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
    let said = String::from_utf8_lossy(&out);
    assert!(!said.is_empty());
    assert!(said.lines().all(|line| sanitize(line) == line), "{said:?}");
}

/// Codes that are found in a text stand there in digits, and are the same however the text is cut.
pub fn text(data: &[u8]) {
    let Some((&cut, bytes)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let found: Vec<Mention> = query::codes_in(&text).iter().collect();
    let stands = |code: Code| text.contains(&code.to_string());
    for mention in &found {
        match *mention {
            Mention::Code(code) => assert!(stands(code), "{text:?}"),
            Mention::Range(first, last) => {
                assert!(first <= last && stands(first) && stands(last), "{text:?}");
            }
        }
    }
    let cuts: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
    let cut = cuts.get(usize::from(cut)).copied().unwrap_or_default();
    // Far from the end of a piece, too.
    for padding in ["", ". "].map(|blank| blank.repeat(300)) {
        let mut pieces = Finder::default();
        let mut whole = Finder::default();
        for piece in [&padding, &text[..cut], &text[cut..], &padding] {
            pieces.push(piece);
        }
        whole.push(&[&padding, &*text, &padding].concat());
        let pieces: Vec<Mention> = pieces.finish().iter().collect();
        let whole: Vec<Mention> = whole.finish().iter().collect();
        assert_eq!(pieces, whole, "{text:?} cut at {cut}");
    }
}
