//! What must hold for any bytes whatever. Each property is run by a fuzzer, and here on the corpus and on random bytes.

#[allow(dead_code, reason = "the tests of the reader use all of it")]
#[path = "../reader/collected.rs"]
pub mod collected;
#[path = "../reader/json.rs"]
pub mod json;
#[allow(dead_code, reason = "the tests of the reader use all of it")]
#[path = "../reader/oracle.rs"]
mod oracle;
#[allow(dead_code, reason = "the tests of the reader use all of it")]
#[path = "../reader/ways.rs"]
mod ways;

use std::borrow::Cow;
use std::sync::{LazyLock, Mutex};

use collected::{read, read_with};
use statuscode::account::{Account, Code};
use statuscode::asked::{self, Asked};
use statuscode::catalog::Catalog;
use statuscode::classify::Classifier;
use statuscode::cli::{Cli, ColorChoice, Command, Explain, Global};
use statuscode::command::{self, Status};
use statuscode::input::Options;
use statuscode::render::{End, Listed, Made, Page, Report, csv_row, markdown};
use statuscode::tally::Tally;
use statuscode::visible::{shortened, visible};

/// A property by the name of its fuzz target.
pub type Property = fn(&[u8]);

/// All of them.
pub const ALL: &[(&str, Property)] = &[
    ("cut", cut),
    ("documents", documents),
    ("explain", explain),
    ("overlay", overlay),
    ("visible", sanitiser),
    ("csv", csv),
    ("html", html),
];

/// However an input is cut, on however many threads, the same is read.
pub fn cut(data: &[u8]) {
    // The first bytes say how.
    let [jobs, block_size, chunk, limit, input @ ..] = data else {
        return;
    };
    let max_record_size = if *limit < 128 {
        u64::MAX
    } else {
        u64::from(*limit)
    };
    let whole = Options {
        jobs: 1,
        block_size: input.len() + 1,
        max_record_size,
    };
    let parts = Options {
        jobs: usize::from(jobs % 3) + 1,
        block_size: usize::from(*block_size) + 1,
        max_record_size,
    };
    let all = read(input, whole);
    let cut = read_with(input, usize::from(*chunk) + 1, parts);
    assert_eq!(cut, all, "{parts:?}, reads of {}", usize::from(*chunk) + 1);
}

/// Valid JSON is accepted, anything else is not; and of valid JSON the accounts are read that the rule names.
pub fn documents(input: &[u8]) {
    let found = read(
        input,
        Options {
            jobs: 1,
            block_size: input.len() + 1,
            max_record_size: u64::MAX,
        },
    );
    match json::split(input) {
        None => assert!(found.is_broken(), "accepted, but is no JSON: {found:?}"),
        Some(documents) => {
            assert!(!found.is_broken(), "refused, but is JSON: {found:?}");
            assert_eq!(found.documents, documents.len());
            assert!(!found.incomplete);
            // The oracle is recursive.
            if input
                .iter()
                .filter(|byte| matches!(byte, b'[' | b'{'))
                .count()
                < 500
            {
                let text = String::from_utf8_lossy(input);
                let expected = oracle::outcome(&text);
                assert_eq!(ways::found(&found), expected.accounts);
                assert_eq!(found.invalid.len(), expected.invalid, "{found:?}");
            }
        }
    }
}

/// Codes that are found in a text stand there in digits; and whatever is asked, the answer is one that was meant, and
/// nothing in it can act on a terminal.
pub fn explain(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let stands = |code: &Code| text.contains(&code.to_string());
    assert!(asked::codes_in(text).iter().all(stands), "{text:?}");
    match asked::read(text) {
        Asked::Code(code) => assert!(stands(&code), "{text:?}"),
        Asked::Range(first, last) => assert!(first <= last, "{text:?}"),
        Asked::Stdin => return,
        Asked::Text => {}
    }
    // The whole command takes a hundred times as long.
    if text.len() % 100 == 20 {
        answer(text);
    }
}

fn answer(text: &str) {
    let global = Global {
        format: None,
        json: text.starts_with(|letter: char| letter.is_ascii_digit()),
        color: ColorChoice::Never,
        width: Some(80),
        ascii: true,
        codes: None,
        quiet: false,
    };
    let command = Command::Explain(Explain {
        asked: vec![text.to_owned()],
        all: false,
    });
    let cli = Cli { global, command };
    let (mut out, messages) = (Vec::new(), Mutex::new(Vec::new()));
    let status = command::run(&cli, &mut out, &messages);
    assert_ne!(status, Status::Failed);
    out.extend(messages.into_inner().unwrap_or_default());
    let said = String::from_utf8_lossy(&out);
    assert!(!said.is_empty());
    assert!(said.lines().all(|line| visible(line) == line), "{said:?}");
}

/// A catalog of a few entries, which is quickly copied.
static SMALL: LazyLock<Catalog> = LazyLock::new(|| Catalog::built_in_excerpt(&[0, 185, 920, 921]));

/// An overlay is refused with its place, or gives a catalog that still holds together.
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
        let account = Account {
            aggregation_status_code: Some(code),
            ..Account::default()
        };
        assert_eq!(
            classifier.classify(&account).verdict.category,
            entry.category
        );
    }
}

/// What is made visible does nothing, and stays what it is when it is made visible again.
pub fn sanitiser(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let safe = visible(&text);
    assert!(
        !safe
            .chars()
            .any(|character| character.is_control()
                || ('\u{202a}'..='\u{202e}').contains(&character))
    );
    assert_eq!(visible(&safe), safe);
    assert!(shortened(&text).chars().count() <= 43);
    let marked = markdown::escaped(&text);
    let mut letters = marked.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => assert!(
                letters
                    .next()
                    .is_some_and(|next| next.is_ascii_punctuation())
            ),
            '<' | '>' | '|' | '`' | '[' | ']' | '\n' | '\r' => {
                panic!("{letter:?} stands bare in {marked:?}")
            }
            _ => {}
        }
    }
}

/// A row is read back as it was written, but for the apostrophe before what would be a formula.
pub fn csv(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let cells: Vec<&str> = text.split('\u{0}').collect();
    let Ok(row) = csv_row(cells.iter().map(|cell| Cow::Borrowed(*cell))) else {
        panic!("{cells:?} could not be written");
    };
    let read = unquoted(&row);
    assert_eq!(read.len(), cells.len(), "{cells:?}");
    for (read, cell) in read.iter().zip(cells) {
        assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        assert!(
            *read == cell || read.strip_prefix('\'') == Some(cell),
            "{read:?} {cell:?}"
        );
    }
}

/// The cells of one row by RFC 4180, whose every character is accounted for.
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

/// The markup of a page whose id is a harmless one: of a whole one, and of one that has nothing but what ids stand in.
static PLAIN: LazyLock<[usize; 2]> =
    LazyLock::new(|| [false, true].map(|whole| markup(body(&page("7000000001", whole)))));

fn markup(text: &str) -> usize {
    ['<', '>', '"']
        .map(|letter| text.matches(letter).count())
        .iter()
        .sum()
}

/// A page without its style and its script, which are the same in every page.
fn body(page: &str) -> &str {
    let (from, to) = (page.find("<body>"), page.rfind("<script>"));
    &page[from.unwrap_or_default()..to.unwrap_or(page.len())]
}

/// An id adds text to a page, and no markup.
pub fn html(data: &[u8]) {
    let id = String::from_utf8_lossy(data);
    // The parts in which no id stands take most of the time.
    let whole = id.len() % 50 == 20;
    let page = page(&id, whole);
    let body = body(&page);
    assert_eq!(markup(body), PLAIN[usize::from(whole)], "{id:?}");
    for act in [
        '\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\r', '\t', '\u{0}',
    ] {
        assert!(!body.contains(act), "{id:?}");
    }
}

fn page(id: &str, whole: bool) -> String {
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
    if whole {
        tally.add(&finding);
    }
    let end = End {
        tally: &tally,
        classifier: &CLASSIFIER,
        listed: &[Listed::new(&finding)],
        listable: 1,
        invalid: &[],
    };
    let made = Made {
        at: String::new(),
        inputs: vec![id.to_owned()],
        overlay: Some(id.to_owned()),
    };
    let mut out = Vec::new();
    assert!(Page::new(made, 1).finish(&mut out, &end).is_ok());
    String::from_utf8_lossy(&out).into_owned()
}
