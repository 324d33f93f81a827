//! Web pages as a browser shows them: they can be read, searched, and sorted, and nothing in them
//! can act.

#![cfg(unix)]

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{self, Folder, piped_with};
use serde_json::Value;

fn page(input: &str) -> String {
    let arguments = ["triage", "-f", "html", "-", "examples/accounts.json"];
    let made = [("SOURCE_DATE_EPOCH", "1700000000")];
    String::from_utf8(piped_with(&arguments, &made, input.as_bytes()).stdout).unwrap()
}

/// Opens a page in a headless browser. Returns the final document and the output of the console.
fn opened(browser: &Path, folder: &Folder, page: &str, options: &[&str]) -> Output {
    let file = folder.0.join("page.html");
    fs::write(&file, page).unwrap();
    Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--enable-logging=stderr",
        ])
        .arg(format!("--user-data-dir={}", folder.0.join("profile").display()))
        .args(options)
        .arg("--dump-dom")
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap()
}

fn console(output: &Output) -> Vec<String> {
    let said = String::from_utf8_lossy(&output.stderr);
    said.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect()
}

/// What the probe finds in a page. It may run because it replaces the policy.
fn probed(browser: &Path, folder: &Folder, page: &str, options: &[&str]) -> Value {
    let policy = page.find("script-src 'sha256-").unwrap();
    let end = policy + page[policy..].find('"').unwrap();
    let open = format!("{}script-src 'unsafe-inline'{}", &page[..policy], &page[end..]);
    let probe = format!("<script>{}</script></body>", include_str!("page/probe.js"));
    let output = opened(browser, folder, &open.replace("</body>", &probe), options);
    let dom = String::from_utf8(output.stdout).unwrap();
    let from = dom.find("<pre id=\"found\">").unwrap() + "<pre id=\"found\">".len();
    let found = &dom[from..from + dom[from..].find("</pre>").unwrap()];
    serde_json::from_str(&found.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        .unwrap()
}

const PHONE: &[&str] = &["--window-size=390,844"];
const DARK: &[&str] = &["--window-size=1280,900", "--blink-settings=preferredColorScheme=0"];

#[test]
fn a_page_can_be_read_searched_and_sorted_by_day_by_night_and_on_a_phone() {
    let Some(browser) = support::tool(&["chromium", "chromium-browser", "google-chrome"]) else {
        return;
    };
    let folder = Folder::new("page");
    let page = page("");
    let plain = opened(&browser, &folder, &page, &[]);
    assert_eq!(console(&plain), [""; 0]);
    let dom = String::from_utf8(plain.stdout).unwrap();
    assert!(dom.contains("aria-sort=\"none\""), "the page's own script did not run: {dom}");

    for (options, dark) in [(PHONE, false), (DARK, true)] {
        let found = probed(&browser, &folder, &page, options);
        assert_eq!(found["dark"], dark, "{found}");
        for nothing in [
            "headersWithoutScope",
            "tablesWithoutHeader",
            "silentPictures",
            "inputsWithoutLabel",
            "scrollersWithoutKeyboard",
            "linksToNowhere",
            "intruders",
            "overflow",
            "rowsWithNothing",
        ] {
            assert_eq!(found[nothing], 0, "{nothing}: {found}");
        }
        assert_eq!(found["addressesLoaded"], Value::Array(Vec::new()), "{found}");
        let headings: Vec<u64> = serde_json::from_value(found["headings"].clone()).unwrap();
        assert_eq!((headings[0], headings[1]), (1, 2));
        assert!(
            headings[1..].windows(2).all(|pair| pair[0] > 1 && pair[1] <= pair[0] + 1),
            "{headings:?}"
        );
        assert!(found["leastContrast"].as_f64().unwrap() >= 4.5, "{found}");
        assert!(found["texts"].as_u64().unwrap() > 100);
        let bars: Vec<f64> = serde_json::from_value(found["bars"].clone()).unwrap();
        assert!(bars.len() > 10 && bars.iter().all(|&width| width > 0.0), "{bars:?}");
        assert_eq!(found["rows"], 7);
        assert_eq!(found["rowsWith947"], serde_json::json!(["947"]));
        assert_eq!(found["rowsWithTwoWords"], serde_json::json!(["7000000004"]));
        assert_eq!(found["told"], "1 of 7 rows");
        assert_eq!(found["canFocus"], true);
        let sorted = |key: &str| serde_json::from_value::<Vec<String>>(found[key].clone()).unwrap();
        let (up, mut down) = (sorted("ascending"), sorted("descending"));
        assert_eq!((up[0].as_str(), down[0].as_str()), ("ascending", "descending"));
        down[1..].reverse();
        assert_eq!(up[1..], down[1..], "{found}");
    }
}

#[test]
fn markup_in_ids_is_text_and_reaches_no_one() {
    let Some(browser) = support::tool(&["chromium", "chromium-browser", "google-chrome"]) else {
        return;
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let there = format!("http://{}/", listener.local_addr().unwrap());
    let attacks = [
        format!("<img src={there} onerror=fetch('{there}')>"),
        format!("\"><script>fetch('{there}')</script>"),
        format!("</td></table></main><script src={there}></script>"),
        format!("<link rel=stylesheet href={there}>"),
        "javascript:alert(1)".to_owned(),
        "{{7*7}}${7*7}".to_owned(),
        "\u{202e}\u{1b}[2J".to_owned(),
    ];
    let lines = attacks.iter().map(|attack| {
        serde_json::json!({"id": attack, "customerId": attack, "institutionId": attack,
            "institutionLoginId": attack, "aggregationStatusCode": 185})
        .to_string()
    });
    let page = page(&lines.collect::<Vec<_>>().join("\n"));
    let folder = Folder::new("attack");
    let plain = opened(&browser, &folder, &page, &[]);
    assert_eq!(console(&plain), [""; 0]);
    let found = probed(&browser, &folder, &page, DARK);
    assert_eq!((&found["intruders"], &found["rows"]), (&0.into(), &14.into()), "{found}");
    assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'));
    let contacted = listener.accept();
    assert!(contacted.is_err(), "something was fetched: {contacted:?}");
}

#[test]
fn a_page_says_when_and_from_what_it_was_made_and_holds_every_account_without_a_script() {
    let page = page("{\"id\":\"1\",\"aggregationStatusCode\":-1}");
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
        assert!(page.contains(&format!("<td class=\"id\">{id}</td>")), "{id}");
    }
    assert!(page.contains("<article id=\"185\">") && page.contains("href=\"#185\""));
}
