//! Text from the input stays text in every format: it cannot control the terminal, hide, or become
//! a link or a formula.

use serde_json::Value;

use crate::support::{Folder, answer, answers, piped, program};

/// Control characters, characters that reorder text, and invisible characters.
const HOSTILE: &str = "7\u{1b}[2J\u{7f}\u{9b}1m\u{85}\u{202e}\u{2066}\u{2028}\u{3164}\u{fe0f}\
                       \u{34f}\u{200b}\u{ad}\u{115f}\u{e0041}\u{0}\t\r\n1";

fn account(id: &str) -> String {
    let id = serde_json::to_string(id).unwrap();
    format!(
        "{{\"id\":{id},\"customerId\":{id},\"institutionId\":{id},\"institutionLoginId\":{id},\
         \"aggregationStatusCode\":CODE}}\n"
    )
}

/// Returns every answer of every command about accounts with this id, with its command line.
fn answers_about(id: &str) -> Vec<(String, String)> {
    let folder = Folder::new("escapes");
    let name = "\u{1b}[31m\u{202e}\u{3164}.json";
    let old = folder.file("old.json", account(id).replace("CODE", "0"));
    let new = folder.file(name, account(id).replace("CODE", "185") + "{\"id\":1,]\n");
    let lines = answers().into_iter().filter(|line| line.contains("FILE"));
    lines
        .map(|line| {
            let mut out = Vec::new();
            let (_, messages) = answer(&line, [&old, &new], &mut out);
            (line, String::from_utf8(out).unwrap() + &messages)
        })
        .collect()
}

#[test]
fn no_text_in_any_format_controls_a_terminal_or_hides() {
    // Text in which only one character is hostile may take a faster path.
    let ids = [HOSTILE, "7\u{9b}1", "7\u{202e}1"];
    for (line, text) in ids.into_iter().flat_map(answers_about) {
        // The text of an overlay is trusted, and SQL has no accounts.
        let is_bad = |character: char| {
            character.is_control() && !matches!(character, '\n' | '\r')
                || "\u{202e}\u{2066}\u{2028}\u{3164}\u{fe0f}\u{34f}\u{200b}\u{ad}\u{115f}\u{e0041}"
                    .contains(character)
        };
        let bad = text.find(is_bad).map(|at| text[at..].chars().next());
        assert_eq!(bad, None, "{line}");
    }
}

#[test]
fn escapes_in_json_decode_to_the_original_id() {
    for format in ["json", "jsonl"] {
        let input = account(HOSTILE).replace("CODE", "185");
        let output = piped(&["triage", "-f", format], input.as_bytes());
        assert!(output.stdout.iter().all(|byte| matches!(byte, b'\n' | b' '..=b'~')));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let record = answer["accounts"].get(0).unwrap_or(&answer);
        assert_eq!(record["id"], HOSTILE);
        assert_eq!(record["customerId"], HOSTILE);
    }
}

#[test]
fn no_id_becomes_a_link_in_markdown() {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    for id in [
        "http://evil.example/login",
        "HTTPS://evil.example",
        "www.evil.example",
        "a@evil.example",
        "mailto:a@evil.example",
        "xmpp:a@evil.example",
        "<http://evil.example>",
        "[x](http://evil.example)",
        "`http://evil.example`",
        "x|http://evil.example|y",
        "``www.evil.example",
        "\\www.evil.example",
        "(www.evil.example)",
    ] {
        for (line, text) in answers_about(id).iter().filter(|(line, _)| line.ends_with("markdown"))
        {
            let page = comrak::markdown_to_html(text, &options);
            let links: Vec<&str> = page.match_indices("<a ").map(|(at, _)| &page[at..]).collect();
            let linked =
                links.iter().any(|link| link[..link.find("</a>").unwrap()].contains("evil"));
            assert!(!linked, "{line}: {id}: {page}");
        }
    }
    let commit = "a5c3785ed8d6a35868bc169f07e40e889087fd2e";
    for mention in [
        "#1",
        "GH-1",
        "!1",
        "&1",
        "%1",
        "PROJ-1",
        "@octocat",
        "org/repo#1",
        "$x$",
        ":smile:",
        commit,
    ] {
        let text = answers_about(mention)
            .into_iter()
            .find(|(line, _)| line.ends_with("markdown"))
            .unwrap()
            .1;
        assert!(text.contains(&format!("`{mention}`")), "{text}");
    }
}

#[test]
fn no_cell_is_a_formula_in_any_spreadsheet_locale() {
    for id in [
        "=1+1", "+1", "-1", "@A1", "\t=1", "\0=1", "\r=1", "＝1", "＋1", "－1", "＠1", "1;=1",
        "1; =1", "1\t=1",
    ] {
        for (line, text) in answers_about(id).iter().filter(|(line, _)| line.ends_with("csv")) {
            for separator in [',', ';', '\t'] {
                let cells = text.lines().flat_map(|row| row.split(separator));
                for cell in cells {
                    let cell = cell.trim_start_matches(['"', ' ']);
                    let is_formula =
                        cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\0']);
                    assert!(!is_formula, "{line}: {id:?}: {cell:?}");
                }
            }
        }
    }
}

#[test]
fn every_command_treats_an_empty_variable_as_unset() {
    let folder = Folder::new("variables");
    let file = folder.file("accounts.json", account("1").replace("CODE", "185"));
    let variables = [
        "STATUSCODE_CODES",
        "STATUSCODE_PARTNER_ID",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "FORCE_COLOR",
        "COLUMNS",
        "TERM",
        "SOURCE_DATE_EPOCH",
        "FORCE_HYPERLINK",
        "STATUSCODE_COMPLETE",
        "LC_ALL",
        "LC_CTYPE",
        "LANG",
    ];
    // Some variables matter only if another one is set: the first locale counts, and `NO_COLOR`
    // overrides what forces color.
    let others = [&[][..], &[("LANG", "C.UTF-8"), ("CLICOLOR_FORCE", "1")]];
    let mut lines = answers();
    lines.push("explain 185 --sources".to_owned());
    for (line, others) in lines.iter().flat_map(|line| others.map(|others| (line, others))) {
        let arguments = line
            .split(' ')
            .map(|argument| if matches!(argument, "FILE" | "OLD") { &*file } else { argument });
        let run = |variables: &[&str]| {
            let mut command = program();
            command.args(arguments.clone()).env_clear();
            command.envs(variables.iter().map(|name| (name, ""))).envs(others.iter().copied());
            let output = command.output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            // A page shows when it was generated.
            let parts = text.split("<time>").map(|part| part.split("</time>").last().unwrap());
            (output.status, parts.collect::<String>(), output.stderr)
        };
        assert!(run(&variables) == run(&[]), "{line} {others:?}");
    }
}
