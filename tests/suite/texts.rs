//! Codes in text, case by case: `tests/texts.toml`.

use std::collections::BTreeMap;

use crate::support::{Folder, piped};
use statuscode::catalog::Catalog;
use statuscode::query::{Finder, Mention, Mentions, codes_in};

fn cases() -> Vec<(String, String)> {
    let text = std::fs::read_to_string("tests/texts.toml").unwrap();
    let groups: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&text).unwrap();
    groups.into_values().flatten().collect()
}

fn joined(mentions: &Mentions) -> String {
    let codes = mentions.iter().map(|mention| match mention {
        Mention::Code(code) => code.to_string(),
        Mention::Range(first, last) => format!("{first}-{last}"),
    });
    codes.collect::<Vec<_>>().join(" ")
}

#[test]
fn codes_are_found_next_to_a_keyword_and_nowhere_else() {
    let cases = cases();
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, codes)| (text, codes, joined(&codes_in(text))))
        .filter(|(_, codes, found)| *codes != found)
        .map(|(text, codes, found)| format!("{text:?}: expected {codes:?}, found {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    let traps = cases.iter().filter(|(_, codes)| codes.is_empty()).count();
    assert!(traps > 100 && cases.len() > 2 * traps, "{traps} of {}", cases.len());
}

#[test]
fn every_code_is_found_before_its_title() {
    for entry in Catalog::built_in().entries() {
        let (code, title) = (entry.code, &entry.title);
        for text in [
            format!("Error {code} {title}"),
            format!("Error code {code} {title}"),
            format!("code: {code} {title}"),
            format!("Status {code} {title}"),
        ] {
            assert_eq!(joined(&codes_in(&text)), code.to_string(), "{text}");
        }
    }
}

#[test]
fn a_text_that_arrives_in_chunks_has_the_same_codes() {
    for (text, codes) in cases() {
        for (cut, _) in text.char_indices() {
            let mut finder = Finder::default();
            finder.push(&text[..cut]);
            finder.push(&text[cut..]);
            assert_eq!(joined(&finder.finish()), codes, "{text:?} cut at {cut}");
        }
    }
}

#[test]
fn a_line_break_counts_as_a_space() {
    for (text, codes) in cases() {
        if !text.contains(['\n', '|', '-', '/']) {
            assert_eq!(joined(&codes_in(&text.replace(' ', "\n"))), codes, "{text:?}");
        }
    }
}

#[test]
fn surrounding_sentences_make_no_difference() {
    for (text, codes) in cases() {
        if !text.starts_with(|first: char| first.is_ascii_digit() || "-[#$\u{1b}".contains(first)) {
            let long = "Nothing of it helps here. ".repeat(40);
            let around = format!("{long}\n\n{text}\n\n{long}");
            assert_eq!(joined(&codes_in(&around)), codes, "{text:?}");
        }
    }
}

#[test]
fn standard_error_stays_short_for_any_text() {
    let many: Vec<String> =
        (1_000_000..1_020_000).map(|code| format!("error code {code}")).collect();
    let many = many.join("\n");
    let nothing: Vec<String> = (0..2_000).map(|word| format!("word{word}")).collect();
    let nothing = std::iter::once("explain").chain(nothing.iter().map(String::as_str));
    for output in [
        piped(&["explain", "-"], many.as_bytes()),
        piped(&nothing.collect::<Vec<_>>(), b""),
        piped(&["explain", "zip code 84101 ".repeat(5_000).trim()], b""),
        piped(&["explain", "-"], b"\xff\xfe\0\x1b[31m"),
    ] {
        assert_eq!(output.status.code(), Some(1));
        let messages = String::from_utf8(output.stderr).unwrap();
        assert!((1..=10).contains(&messages.lines().count()), "{messages}");
        assert!(messages.len() < 3_000 && !messages.contains('\x1b'), "{messages}");
    }
}

#[test]
fn explain_names_a_binary_format_that_has_no_code() {
    for (bytes, name, hint) in [
        (&b"PK\x05\x06\0\0\0\0"[..], "a ZIP archive", "unzip -p FILE | statuscode explain -"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image", "paste the text instead"),
    ] {
        let output = piped(&["explain", "-"], bytes);
        assert_eq!(output.status.code(), Some(1));
        let messages = String::from_utf8(output.stderr).unwrap();
        let expected = format!("no code found in standard input, which is not text but {name}\n");
        assert!(messages.contains(&expected) && messages.contains(hint), "{messages}");
    }
}

#[test]
fn a_message_quotes_tabs_and_line_breaks_as_blanks() {
    let output = piped(&["explain", "185\tSecurity\nchallenge"], b"");
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(messages.contains("no code found in 185 Security challenge\n"), "{messages}");
}

#[test]
fn explain_accepts_common_names_of_codes() {
    let cases: &[(&str, &[u64])] = &[
        ("mfa", &[185, 187, 931]),
        ("OTP", &[185, 187, 931]),
        ("password", &[103, 109]),
        ("outage", &[102, 905, 910]),
        ("closed", &[913, 946]),
        ("duplicate", &[169]),
        ("oauth", &[945, 947, 948]),
        ("consent", &[945, 947]),
        ("wrong password", &[103]),
        ("token expired", &[947]),
    ];
    for (text, expected) in cases {
        let output = piped(&["explain", text, "--json"], b"");
        assert!(output.status.success(), "{text}");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let codes = answer["codes"].as_array().unwrap();
        let codes: Vec<u64> = codes.iter().filter_map(|entry| entry["code"].as_u64()).collect();
        for &code in *expected {
            assert!(codes.contains(&code), "{text} does not find {code}: {codes:?}");
        }
        assert!(codes.len() < 30, "{text}: {codes:?}");
    }
    for text in ["the", "bank", "it failed", "locked out of my account", "please help", "x"] {
        assert_eq!(piped(&["explain", text], b"").status.code(), Some(1), "{text}");
    }
}

#[test]
fn a_hint_to_read_a_file_has_no_name_that_a_shell_would_run() {
    let folder = Folder::new("hint");
    for (name, hinted) in [("app.log", None), ("a;touch b", Some("FILE")), ("$(b)", Some("FILE"))] {
        let path = folder.file(name, "error 185");
        let output = piped(&["explain", &path], b"");
        let messages = String::from_utf8(output.stderr).unwrap();
        let hint = format!("statuscode explain - < {}\n", hinted.unwrap_or(&path));
        assert!(messages.ends_with(&hint), "{messages}");
    }
}
