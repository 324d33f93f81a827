//! Output in any format with any text.

use std::sync::LazyLock;

use statuscode::account::Account;
use statuscode::answer::Scope;
use statuscode::answer::triage::{ListedAccounts, Triage};
use statuscode::catalog::{Catalog, Category};
use statuscode::classify::Classifier;
use statuscode::institutions::Institutions;
use statuscode::render::{PageInfo, ReportFormat, csv_row, escape_markdown};
use statuscode::tally::Tally;
use statuscode::terminal::{sanitize, truncate_id};

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
    assert_eq!(rendered(&escape_markdown(&text)), collapse_spaces(&safe), "{text:?}");
}

/// Returns a text as GitHub shows it in the cell of a table. Panics if it becomes a link or markup.
fn rendered(marked: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    let page = comrak::markdown_to_html(&format!("| x |\n| --- |\n| a {marked} b |\n"), &options);
    let cell = page.split("<td>").nth(1).and_then(|rest| rest.split("</td>").next());
    let cell = cell.unwrap_or_default().replace("<code>", "").replace("</code>", "");
    assert!(!cell.contains('<'), "{marked:?} is shown as {page:?}");
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    collapse_spaces(&entities.iter().fold(cell, |cell, (entity, sign)| cell.replace(entity, sign)))
        .strip_prefix("a ")
        .and_then(|cell| cell.strip_suffix(" b").or(cell.strip_suffix('b')))
        .unwrap_or_default()
        .trim_ascii()
        .to_owned()
}

/// Returns a text without repeated spaces, which pages do not show.
fn collapse_spaces(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// A row is read back as its sanitized text, except for the apostrophes before formulas. No part of
/// a cell starts like a formula, wherever a spreadsheet splits it.
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
            assert!(!part.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']));
            assert!(!part.starts_with(['＝', '＋', '－', '＠']));
        }
        assert_eq!(bare(read), bare(&sanitize(&cell)));
    }
}

/// Parses the cells of one row according to RFC 4180, and accounts for every character.
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
                let Some((part, after)) = quoted.split_once('"') else {
                    panic!("a quote is not closed: {text:?}");
                };
                cell += part;
                let Some(more) = after.strip_prefix('"') else {
                    rest = after;
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
            None => panic!("a quote is followed by text: {text:?}"),
        }
    }
}

/// The amount of markup in a page with harmless ids.
static PLAIN: LazyLock<usize> = LazyLock::new(|| markup(body(&page("7000000001"))));

fn markup(text: &str) -> usize {
    ['<', '>', '"'].map(|sign| text.matches(sign).count()).iter().sum()
}

/// Returns a page without its style and its script, which are the same in every page.
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
    for control in ['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\r', '\t', '\u{0}'] {
        assert!(!body.contains(control), "{id:?}");
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
