//! Properties that must hold for any bytes. A fuzzer runs each of them, and so do the tests, on
//! seeds and on random bytes.

#[path = "reader/collected.rs"]
pub mod collected;
#[path = "reader/json.rs"]
pub mod json;
#[path = "reader/oracle.rs"]
pub mod oracle;
#[path = "properties/requests.rs"]
pub mod requests;
#[path = "properties/summaries.rs"]
pub mod summaries;
#[path = "reader/ways.rs"]
pub mod ways;

use std::io::{self, Read};
use std::sync::{LazyLock, Mutex};

use collected::{read, read_with};
use statuscode::account::{Account, Code};
use statuscode::answer::Scope;
use statuscode::answer::triage::{ListedAccounts, Triage};
use statuscode::catalog::{Catalog, Category};
use statuscode::classify::Classifier;
use statuscode::cli::{Cli, Command, ExplainArgs, GlobalArgs};
use statuscode::command::{self, Status};
use statuscode::decode::{self, Content, Foreign};
use statuscode::input::{Instructions, Options};
use statuscode::institutions::Institutions;
use statuscode::query::{self, Finder, Mention, Query};
use statuscode::render::{PageInfo, ReportFormat, csv_row, escape_markdown};
use statuscode::tally::Tally;
use statuscode::terminal::{ColorChoice, sanitize, truncate_id};

/// A property, by the name of its fuzz target.
pub type Property = fn(&[u8]);

/// All of them.
pub const ALL: &[(&str, Property)] = &[
    ("cut", cut),
    ("decode", decode),
    ("documents", documents),
    ("explain", explain),
    ("text", text),
    ("overlay", overlay),
    ("sanitize", sanitizer),
    ("csv", csv),
    ("html", html),
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

/// Sanitized text has no effect on a terminal, and sanitizing it again changes nothing.
pub fn sanitizer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let safe = sanitize(&text);
    assert!(
        !safe
            .chars()
            .any(|character| character.is_control()
                || ('\u{202a}'..='\u{202e}').contains(&character))
    );
    assert_eq!(sanitize(&safe), safe);
    assert!(truncate_id(&text).chars().count() <= 43);
    assert_eq!(rendered(&escape_markdown(&text)), text_of(&safe), "{text:?}");
}

/// A text as GitHub would show it in the cell of a table, if it makes no link and no markup of it.
fn rendered(marked: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    let page = comrak::markdown_to_html(&format!("| x |\n| --- |\n| a {marked} b |\n"), &options);
    let cell = page.split("<td>").nth(1).and_then(|rest| rest.split("</td>").next());
    let cell = cell.unwrap_or_default().replace("<code>", "").replace("</code>", "");
    assert!(!cell.contains('<'), "{marked:?} is drawn as {page:?}");
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    text_of(&entities.iter().fold(cell, |cell, (entity, sign)| cell.replace(entity, sign)))
        .strip_prefix("a ")
        .and_then(|cell| cell.strip_suffix(" b").or(cell.strip_suffix('b')))
        .unwrap_or_default()
        .trim_ascii()
        .to_owned()
}

/// A text without repeated blanks, which no page shows.
fn text_of(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// A row is read back as it would be shown, except for the apostrophes before formulas. No part of
/// a cell begins like one, wherever a spreadsheet splits it.
pub fn csv(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let cells: Vec<String> = text.split('\u{1}').map(str::to_owned).collect();
    let row = csv_row(&cells);
    let read = unquoted(&row);
    assert_eq!(read.len(), cells.len(), "{cells:?}");
    let bare = |text: &str| text.replace('\'', "");
    for (read, cell) in read.iter().zip(cells) {
        for part in read.split(';') {
            let part = part.trim_start_matches([' ', '"']);
            assert!(!part.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝']));
        }
        assert_eq!(bare(read), bare(&sanitize(&cell)));
    }
}

/// The cells of one row by RFC 4180, in which every character is accounted for.
fn unquoted(row: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(row);
    let Some(mut rest) = text.strip_suffix("\r\n") else {
        panic!("the row is not ended: {text:?}");
    };
    let mut cells = Vec::new();
    loop {
        let mut cell = String::new();
        if let Some(mut quoted) = rest.strip_prefix('"') {
            loop {
                let Some((part, behind)) = quoted.split_once('"') else {
                    panic!("a quote is not closed: {text:?}");
                };
                cell += part;
                let Some(more) = behind.strip_prefix('"') else {
                    rest = behind;
                    break;
                };
                quoted = more;
                cell.push('"');
            }
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            cell += &rest[..end];
            rest = &rest[end..];
            assert!(!cell.contains(['"', '\r', '\n']), "{text:?}");
        }
        cells.push(cell);
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None if rest.is_empty() => return cells,
            None => panic!("something stands behind a quote: {text:?}"),
        }
    }
}

/// How much markup a page with harmless ids has.
static PLAIN: LazyLock<usize> = LazyLock::new(|| markup(body(&page("7000000001"))));

fn markup(text: &str) -> usize {
    ['<', '>', '"'].map(|letter| text.matches(letter).count()).iter().sum()
}

/// A page without its style and its script, which are the same in every page.
fn body(page: &str) -> &str {
    let (from, to) = (page.find("<body>"), page.rfind("<script>"));
    &page[from.unwrap_or_default()..to.unwrap_or(page.len())]
}

/// An id adds text to a page, but no markup.
pub fn html(data: &[u8]) {
    let id = String::from_utf8_lossy(data);
    let page = page(&id);
    let body = body(&page);
    assert_eq!(markup(body), *PLAIN, "{id:?}");
    for act in ['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\r', '\t', '\u{0}'] {
        assert!(!body.contains(act), "{id:?}");
    }
}

fn page(id: &str) -> String {
    static CLASSIFIER: LazyLock<Classifier<'static>> =
        LazyLock::new(|| Classifier::new(Catalog::built_in(), true));
    let account = Account {
        id: Some(id),
        customer_id: Some(id),
        institution_id: Some(id),
        institution_login_id: Some(id),
        aggregation_status_code: Some(185),
        ..Account::default()
    };
    let finding = CLASSIFIER.classify(&account);
    let mut tally = Tally::new(&CLASSIFIER);
    tally.add(&finding);
    let mut listed = vec![ListedAccounts::new(1); Category::ALL.len()];
    listed[finding.verdict.category as usize].add(&finding);
    // Names are as untrusted as ids.
    let list = serde_json::json!({ "id": id, "name": id }).to_string();
    let institutions = Institutions::read(list.as_bytes()).unwrap_or_default();
    let answer = Triage {
        tally: &tally,
        classifier: &CLASSIFIER,
        institutions: &institutions,
        scope: Scope::default(),
        listed: listed.into_iter().map(ListedAccounts::into_sorted).collect(),
        shown: vec![true; Category::ALL.len()],
        limit: 1,
        invalid: Vec::new(),
        page: None,
    };
    let info = PageInfo {
        generated_at: String::new(),
        inputs: vec![id.to_owned()],
        overlay: Some(id.to_owned()),
        max_size: None,
    };
    let mut out = Vec::new();
    assert!(ReportFormat::Html(info).write(&mut out, &answer).is_ok());
    String::from_utf8_lossy(&out).into_owned()
}
