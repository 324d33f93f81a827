//! Web pages as a browser shows them, for every command: wide and narrow, light and dark. They
//! can be read, searched, and sorted with the keyboard, and run nothing but their own script.

#![cfg(unix)]

mod browser;

use std::net::TcpListener;

use crate::support::{self, Folder, answer, piped_with};
use browser::Browser;
use serde_json::Value;

/// Returns a page, written by the program within this test.
fn page(line: &str, file: &str) -> String {
    let mut out = Vec::new();
    answer(&format!("{line} -f html"), ["tests/snapshots/monday.jsonl", file], &mut out);
    String::from_utf8(out).unwrap()
}

fn triage(input: &str) -> String {
    let arguments = ["triage", "-f", "html", "-", "examples/accounts.json"];
    let variables = [("SOURCE_DATE_EPOCH", "1700000000")];
    String::from_utf8(piped_with(&arguments, &variables, input.as_bytes()).stdout).unwrap()
}

fn browser() -> Option<Browser> {
    support::tool(&["chromium", "chromium-browser", "google-chrome"]).map(Browser::new)
}

/// Checks the properties that every page has at every width.
fn check(name: &str, found: &Value) {
    for nothing in [
        "headersWithoutScope",
        "tablesWithoutHeader",
        "silentPictures",
        "barsWithoutWidth",
        "inputsWithoutLabel",
        "unreachable",
        "nameless",
        "scrollersWithoutKeyboard",
        "linksToNowhere",
        "intruders",
        "overflow",
        "cutTables",
    ] {
        assert_eq!(found[nothing], 0, "{name}: {nothing}: {found}");
    }
    assert_eq!(found["addressesLoaded"], Value::Array(Vec::new()), "{name}: {found}");
    let headings: Vec<u64> = serde_json::from_value(found["headings"].clone()).unwrap();
    assert_eq!(headings[0], 1, "{name}");
    let in_order = |pair: &[u64]| pair[1] > 1 && pair[1] <= pair[0] + 1;
    assert!(headings.windows(2).all(in_order), "{name}: {headings:?}");
    assert!(found["leastContrast"].as_f64().unwrap() >= 4.5, "{name}: {found}");
    assert!(found["texts"].as_u64().unwrap() > 5, "{name}: {found}");
    if found.get("violations").is_some() {
        assert_eq!(found["violations"], Value::Array(Vec::new()), "{name}");
    }
}

#[test]
fn the_pages_of_all_commands_are_accessible_at_every_width_in_light_and_dark_mode() {
    let Some(browser) = browser() else {
        return;
    };
    let folder = Folder::new("pages");
    let shard = folder.0.join("shard.json").display().to_string();
    let mut out = Vec::new();
    let mixed = "examples/accounts.json tests/shapes/bad-lines.jsonl";
    answer(&format!("triage {mixed} -q --summary-file {shard}"), ["", ""], &mut out);
    for line in [
        &format!("triage {mixed}"),
        "plan examples/accounts.json --partner-id 1",
        "diff OLD tests/snapshots/tuesday.jsonl tests/snapshots/wednesday.jsonl",
        "diff tests/snapshots/before-outage.json tests/snapshots/outage.json",
        "list",
        "triage examples/accounts.json --by institution",
        "triage examples/accounts.json --by customer",
        "trend OLD tests/snapshots/tuesday.jsonl tests/snapshots/wednesday.jsonl",
        "trend OLD tests/snapshots/tuesday.jsonl tests/snapshots/wednesday.jsonl --by login",
        "explain 185",
        "explain 185 103 0",
        "explain 9xx",
        &format!("merge {shard}"),
        "triage tests/shapes/webhook-done.json",
    ] {
        let page = page(line, "");
        assert_eq!(browser.console(&folder, &page), [""; 0], "{line}");
        for is_dark in [false, true] {
            let all = browser.probe(&folder, &page, is_dark);
            for (found, width) in all.iter().zip(browser::WIDTHS) {
                let name = format!("{line} at {width}, dark: {is_dark}");
                assert_eq!((&found["width"], &found["dark"]), (&width.into(), &is_dark.into()));
                check(&name, found);
            }
        }
    }
}

#[test]
fn a_page_can_be_searched_filtered_and_sorted_with_the_keyboard() {
    let Some(browser) = browser() else {
        return;
    };
    let folder = Folder::new("page");
    let found = &browser.probe(&folder, &triage(""), false)[0];
    assert!(found["bars"].as_u64().unwrap() > 10, "{found}");
    assert_eq!(found["rows"], 7);
    assert_eq!(found["rowsWith947"], serde_json::json!(["947"]));
    assert_eq!(found["rowsWithTwoWords"], serde_json::json!(["7000000004"]));
    assert_eq!(found["told"], "1 of 7 rows");
    assert_eq!((&found["rowsWithNothing"], &found["nothing"]), (&0.into(), &"No match".into()));
    assert_eq!(found["chosen"], serde_json::json!(["169"]));
    assert_eq!(found["canFocus"], true);
    assert_eq!(found["explained"], "169 Duplicate account");
    let sorted = |key: &str| serde_json::from_value::<Vec<String>>(found[key].clone()).unwrap();
    let (up, mut down) = (sorted("ascending"), sorted("descending"));
    assert_eq!((up[0].as_str(), down[0].as_str()), ("ascending", "descending"));
    down[1..].reverse();
    assert_eq!(up[1..], down[1..], "{found}");
}

#[test]
fn a_step_can_be_checked_off_and_a_code_can_be_found_in_the_reference() {
    let Some(browser) = browser() else {
        return;
    };
    let folder = Folder::new("ticked");
    let plan = &browser.probe(&folder, &page("plan examples/accounts.json", ""), false)[0];
    assert_eq!((&plan["done"], &plan["struck"]), (&"1 of 3 done".into(), &"line-through".into()));
    let list = &browser.probe(&folder, &page("list", ""), false)[0];
    assert_eq!(list["entries"], serde_json::json!(["931"]));
    assert_eq!((&list["synonym"], &list["linked"]), (&true.into(), &true.into()));
}

#[test]
fn markup_in_ids_stays_text_and_contacts_no_server() {
    let Some(browser) = browser() else {
        return;
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let server = format!("http://{}/", listener.local_addr().unwrap());
    let attacks = [
        format!("<img src={server} onerror=fetch('{server}')>"),
        format!("\"><script>fetch('{server}')</script>"),
        format!("</td></table></main><script src={server}></script>"),
        format!("<link rel=stylesheet href={server}>"),
        "javascript:alert(1)".to_owned(),
        "{{7*7}}${7*7}".to_owned(),
        "\u{202e}\u{1b}[2J".to_owned(),
    ];
    let lines = attacks.iter().map(|attack| {
        serde_json::json!({"id": attack, "customerId": attack, "institutionId": attack,
            "institutionLoginId": attack, "aggregationStatusCode": 185})
        .to_string()
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let folder = Folder::new("attack");
    let file = folder.file("attacks.jsonl", &lines);
    for page in [triage(&lines), page("plan FILE", &file), page("diff OLD FILE", &file)] {
        assert_eq!(browser.console(&folder, &page), [""; 0]);
        let found = &browser.probe(&folder, &page, true)[0];
        assert_eq!(found["intruders"], 0, "{found}");
        assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'));
    }
    let contacted = listener.accept();
    assert!(contacted.is_err(), "something was fetched: {contacted:?}");
}

#[test]
fn a_page_names_its_date_and_inputs_and_shows_every_account_without_scripts() {
    let page = triage("{\"id\":\"1\",\"aggregationStatusCode\":-1}");
    assert!(
        page.contains(
            "<time>2023-11-14 22:13 UTC</time> from standard input, examples/accounts.json"
        )
    );
    assert!(
        page.contains("15 records: 14 accounts, 0 API errors, 0 not selected, 1 invalid record."),
        "{page}"
    );
    for id in ["7000000003", "7000000007", "7000000012"] {
        assert!(page.contains(&format!("<tr><td>{id}<td>")), "{id}");
    }
    assert!(page.contains("<article id=\"185\">") && page.contains("href=\"#185\""));
    // The invalid record, with its input, line, and column.
    let invalid = page.split("<section id=\"invalid\">").nth(1).unwrap();
    assert!(invalid.contains("<tr><td>-<td>1<td>"), "{invalid}");
}

/// Accounts of every kind, some of which have been failing for so long that they need a ticket.
fn mixed(folder: &Folder) -> String {
    let codes = [0, 103, 185, 108, 169, 910, 102, 900, 949, 931, 924, 10023, 123_456];
    let line = |index: usize| {
        let code = codes[index * 7 % codes.len()];
        let days = if code == 0 { 0 } else { index % 40 };
        serde_json::json!({"id": (7_000_000_000 + index).to_string(), "customerId": index / 3,
            "institutionId": index % 11, "institutionLoginId": index / 2,
            "aggregationStatusCode": code, "aggregationAttemptDate": 1_760_000_000,
            "aggregationSuccessDate": 1_760_000_000 - days * 86_400})
        .to_string()
    };
    folder.file("mixed.jsonl", (0..2000).map(line).collect::<Vec<_>>().join("\n"))
}

fn grouped(number: &Value) -> String {
    let digits = number.as_u64().unwrap().to_string();
    if digits.len() > 3 {
        format!("{},{}", &digits[..digits.len() - 3], &digits[digits.len() - 3..])
    } else {
        digits
    }
}

#[test]
fn the_pages_of_triage_and_plan_agree_with_the_plan_on_every_figure() {
    let folder = Folder::new("agree");
    let file = mixed(&folder);
    let mut out = Vec::new();
    answer("plan --json FILE", ["", &file], &mut out);
    let plan: Value = serde_json::from_slice(&out).unwrap();
    let summary = &plan["summary"];
    let by_action = summary["byAction"].as_array().unwrap();
    let ticket = by_action.iter().find(|row| row["action"] == "support_ticket").unwrap();
    let mut by_category = Vec::new();
    answer("triage --json FILE", ["", &file], &mut by_category);
    let by_category: Value = serde_json::from_slice(&by_category).unwrap();
    let tickets = by_category["summary"]["byCategory"]["support"].as_u64().unwrap();
    let overdue = ticket["accounts"].as_u64().unwrap() - tickets;
    assert!(overdue > 0, "{summary}");

    let triage = page("triage FILE", &file);
    let work = triage.split("<section id=\"work\">").nth(1).unwrap();
    let work = work.split("</section>").next().unwrap();
    let (steps, accounts) = (grouped(&summary["steps"]), grouped(&summary["needStep"]));
    assert!(work.contains(&format!("{steps} steps repair {accounts} accounts")), "{work}");
    assert!(work.contains(&format!("{overdue} accounts need a ticket")), "{work}");
    assert_eq!(work.matches("<tr><td").count(), by_action.len());
    let plan = page("plan FILE", &file);
    assert!(plan.contains(&format!("<h1>{steps} steps for {accounts} of 2,000 accounts</h1>")));
    for row in by_action {
        let (steps, accounts) = (grouped(&row["steps"]), grouped(&row["accounts"]));
        let figures = format!("<td>{steps}<td>{accounts}<td");
        let title = format!("<td title={}>", row["action"].as_str().unwrap());
        for page in [work, &plan] {
            let line = page.lines().find(|line| line.contains(&title)).unwrap();
            assert!(line.contains(&figures), "{line}: {figures}");
        }
        let noun = if row["accounts"] == 1 { "account" } else { "accounts" };
        assert!(plan.contains(&format!("({accounts} {noun})</h2>")), "{row}");
    }
}

#[test]
fn a_page_with_the_maximum_number_of_rows_stays_below_300_kilobytes() {
    let folder = Folder::new("large");
    let line = |index: u64| {
        let code = [103, 185, 910, 108, 900][usize::try_from(index).unwrap() % 5];
        serde_json::json!({"id": (7_000_000_000 + index).to_string(), "customerId": 5_000_000_000 + index,
            "institutionId": 100_000 + index % 900, "institutionLoginId": 9_000_000_000 + index,
            "aggregationStatusCode": code,
            "aggregationAttemptDate": 1_760_000_000, "aggregationSuccessDate": 1_759_000_000})
        .to_string()
    };
    let new = folder.file("new.jsonl", (0..3000).map(line).collect::<Vec<_>>().join("\n"));
    for command in [
        "triage FILE",
        "triage --by login FILE",
        "plan --partner-id 1 FILE",
        "diff OLD FILE",
        "trend OLD FILE --by customer",
    ] {
        let page = page(command, &new);
        let rows = page.matches("<tr><td").count();
        assert!((900..1100).contains(&rows), "{command}: {rows} rows");
        assert!(page.len() < 300_000, "{command}: {} bytes", page.len());
    }
}

#[test]
fn a_page_of_long_ids_lists_as_many_rows_as_fit_and_says_how_many_there_are() {
    let folder = Folder::new("long-ids");
    let id = |index: usize| format!("{index:04}-{}", "x".repeat(200));
    let line = |index: usize| {
        serde_json::json!({"id": id(index), "customerId": id(index), "institutionId": "1",
            "institutionLoginId": id(index), "aggregationStatusCode": 185})
        .to_string()
    };
    let file = folder.file("long.jsonl", (0..900).map(line).collect::<Vec<_>>().join("\n"));
    for command in ["triage FILE", "triage --by login FILE", "trend OLD FILE --by login"] {
        let page = page(command, &file);
        assert!((250_000..300_000).contains(&page.len()), "{command}: {} bytes", page.len());
        assert!(page.contains("This page lists the first "), "{command}");
    }
    let all = page("triage --limit 0 FILE", &file);
    assert!(all.contains(&id(899)) && !all.contains("This page lists the first "));
}
