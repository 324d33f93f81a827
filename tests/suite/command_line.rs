//! Help, manual pages, and usage errors.

use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use clap::CommandFactory;
use statuscode::cli::Cli;

use crate::support::{self, program};

fn statuscode(words: &[&str]) -> Command {
    let mut command = program();
    command.args(words);
    command
}

fn output(words: &[&str]) -> Output {
    statuscode(words).output().unwrap()
}

/// Returns the output of a successful run.
fn answer(words: &[&str]) -> String {
    let output = output(words);
    assert!(output.status.success(), "{words:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the message of a usage error.
fn error(words: &[&str]) -> String {
    let output = output(words);
    assert_eq!(output.status.code(), Some(2), "{words:?}");
    assert!(output.stdout.is_empty(), "{words:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The names of all commands.
fn commands() -> Vec<String> {
    let program = Cli::command();
    let commands = program.get_subcommands();
    commands.map(|command| command.get_name().to_owned()).collect()
}

#[test]
fn long_help_starts_with_examples_of_that_command() {
    for name in commands() {
        let help = answer(&[&name, "--help"]);
        let examples = help.strip_prefix("Examples:\n").unwrap();
        let first = examples.lines().next().unwrap();
        assert!(first.contains("statuscode"), "{name}: {first}");
        assert!(examples.contains(&format!("statuscode {name}")), "{name}");
        assert!(help.contains("Exit status:\n  0  "), "{name}");
    }
}

#[test]
fn every_example_of_help_is_a_valid_command_line() {
    let mut count = 0;
    for name in commands() {
        let help = answer(&[&name, "--help"]);
        let examples = help.split("\n\n").next().unwrap();
        for line in examples.lines().skip(1) {
            for call in line.split(['|', '(', '\'']).filter_map(|part| {
                part.trim()
                    .strip_prefix("statuscode ")
                    .or_else(|| part.split_once("  statuscode ").map(|(_, words)| words))
            }) {
                let call = call.split(['>', ')']).next().unwrap();
                let words = call.split('"').enumerate().flat_map(|(index, part)| {
                    if index % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
                });
                let words: Vec<OsString> =
                    std::iter::once("statuscode").chain(words).map(OsString::from).collect();
                let parsed = Cli::parse_args(&words);
                assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn every_option_takes_one_line_of_short_help_on_a_narrow_terminal() {
    for name in commands() {
        let output = statuscode(&[&name, "-h"]).env("COLUMNS", "80").output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let options = help.split_once("Options:\n").unwrap().1;
        for line in options.lines().filter(|line| line.starts_with(' ')) {
            assert!(line.trim_start().starts_with('-'), "{name}: {line}");
        }
        let has_answer = !["schema", "completions", "man"].contains(&name.as_str());
        assert_eq!(help.contains("Global options:"), has_answer, "{name}");
    }
}

#[test]
fn an_unsupported_format_is_rejected_wherever_it_is_specified() {
    for command in ["explain 185", "triage", "plan", "diff a b", "merge a"] {
        let words: Vec<&str> = command.split(' ').collect();
        let before = error(&[&["-f", "sql"], &words[..]].concat());
        let after = error(&[&words[..], &["-f", "sql"]].concat());
        assert_eq!(before, after);
        let formats = "[possible values: table, json, jsonl, csv, markdown, html";
        assert!(before.contains(formats) && !before.contains("html, sql"), "{before}");
    }
    let before = answer(&["-f", "sql", "list", "--search", "oauth"]);
    assert_eq!(before, answer(&["list", "--search", "oauth", "-f", "sql"]));
}

#[test]
fn a_command_without_an_answer_rejects_a_format() {
    for words in [
        &["schema", "triage", "--format", "csv"][..],
        &["--json", "man"],
        &["completions", "bash", "--json"],
    ] {
        assert!(error(words).contains("unexpected argument '--"), "{words:?}");
    }
}

#[test]
fn json_conflicts_with_another_format_wherever_they_are_specified() {
    for words in ["--json list -f csv", "-f csv list --json", "list -f csv --json"] {
        let words: Vec<&str> = words.split(' ').collect();
        assert!(error(&words).contains("cannot be used with"), "{words:?}");
    }
}

#[test]
fn an_argument_that_looks_like_a_code_suggests_explain() {
    for (word, suggestion) in [
        ("185", "statuscode explain 185"),
        ("0185", "statuscode explain 0185"),
        ("920-929", "statuscode explain 920-929"),
        ("9xx", "statuscode explain 9xx"),
        ("bad-credentials", "statuscode explain bad-credentials"),
        ("error code 185", "statuscode explain 'error code 185'"),
    ] {
        let message = error(&[word]);
        assert!(message.contains(&format!("tip: to explain a code: {suggestion}\n")), "{message}");
    }
    for word in ["triag", "whatever", "error code $(185)'", "-"] {
        assert!(!error(&[word]).contains("statuscode explain"), "{word}");
    }
}

/// An option suggested instead of an unknown one is an option of the command.
#[test]
fn suggested_options_exist() {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    for command in program.get_subcommands() {
        let name = command.get_name();
        let everywhere = program.get_subcommands().flat_map(clap::Command::get_arguments);
        let longs = everywhere.filter_map(|arg| arg.get_long());
        for long in longs {
            let wrong = format!("--{}x{}", &long[..2], &long[2..]);
            let message = error(&[name, &wrong]);
            assert!(!message.contains("to pass"), "{message}");
            if let Some((_, tip)) = message.split_once("a similar argument exists: '--") {
                let suggested = tip.split('\'').next().unwrap();
                let mut visible = command.get_arguments().filter(|arg| !arg.is_hide_set());
                assert!(visible.any(|arg| arg.get_long() == Some(suggested)), "{message}");
            }
        }
    }
}

#[test]
fn usage_errors_contain_no_terminal_escapes() {
    let hostile = "\u{1b}[31m\u{9b}2J\u{202e}\u{7}\n";
    for words in [
        &[hostile][..],
        &["triage", &format!("--{hostile}")],
        &["triage", &format!("-{hostile}")],
        &["triage", "--only", hostile],
        &["triage", "--limit", hostile],
        &["triage", "--max-record-size", hostile],
        &["-f", hostile, "list"],
        &["schema", "triage", hostile],
        &["list", &format!("--connect-fix={hostile}")],
    ] {
        for color in ["0", "1"] {
            let output = statuscode(words).env("CLICOLOR_FORCE", color).output().unwrap();
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{words:?}");
            for attack in ["[31m\u{9b}", "\u{1b}[31m\\", "\u{9b}", "\u{202e}", "\u{7}"] {
                assert!(!message.contains(attack), "{words:?}: {message:?}");
            }
            assert!(message.contains("\\u{1b}"), "{words:?}: {message:?}");
        }
    }
}

#[test]
fn help_and_errors_obey_the_color_option() {
    for (words, is_colored) in [
        (&["--color", "always", "--help"][..], true),
        (&["triage", "-h", "--color=always"], true),
        (&["--color", "always", "triag"], true),
        (&["--color", "never", "triag"], false),
        (&["triag"], false),
    ] {
        let output = output(words);
        let text = [output.stdout, output.stderr].concat();
        assert_eq!(text.contains(&0x1b), is_colored, "{words:?}");
    }
    let forced = statuscode(&["--color=never", "-h"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(!forced.stdout.contains(&0x1b));
}

#[test]
#[cfg(target_os = "linux")]
fn help_that_cannot_be_written_is_an_error() {
    for words in [&["--help"][..], &["--version"], &["triage", "-h"], &["man"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = statuscode(words).stdout(full).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(message.starts_with("error: cannot write"), "{words:?}: {message}");
        assert!(message.contains("No space left"), "{words:?}: {message}");
    }
}

#[test]
fn an_empty_variable_counts_as_unset() {
    for words in [&["list", "--json"][..], &["plan", "--json", "examples/accounts.json"]] {
        let output = statuscode(words)
            .env("STATUSCODE_CODES", "")
            .env("STATUSCODE_PARTNER_ID", "")
            .env("STATUSCODE_COMPLETE", "")
            .output()
            .unwrap();
        assert!(output.status.success(), "{words:?}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), answer(words));
    }
    let output = statuscode(&["list"]).env("STATUSCODE_CODES", "none.toml").output().unwrap();
    assert_eq!(output.status.code(), Some(2), "a variable that is not empty is used");
}

#[test]
fn manual_pages_have_a_name_examples_and_exit_statuses() {
    let mut pages: Vec<(String, String)> = commands()
        .iter()
        .map(|name| (format!("statuscode-{name}"), answer(&["man", name])))
        .collect();
    pages.push(("statuscode".to_owned(), answer(&["man"])));
    for (title, page) in pages {
        assert!(page.contains(&format!("\n.TH {title} 1 ")), "{title}");
        let name = title.replace('-', "\\-");
        assert!(page.contains(&format!("\n.SH NAME\n{name} \\- ")), "{title}: {page}");
        for section in ["SYNOPSIS", "OPTIONS", "EXAMPLES", "\"EXIT STATUS\""] {
            assert!(page.contains(&format!("\n.SH {section}\n")), "{title}: {section}");
        }
        assert!(!page.contains("statuscode\\-help"), "{title}");
    }
}

#[test]
fn groff_reports_nothing_about_the_manual_pages() {
    let Some(groff) = support::tool(&["groff"]) else {
        return;
    };
    for name in commands() {
        let mut child = Command::new(&groff)
            .args(["-man", "-Tutf8", "-ww", "-z"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let page = answer(&["man", &name]);
        child.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{name}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{name}");
    }
}
