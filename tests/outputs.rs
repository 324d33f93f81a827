//! Every JSON output is what its schema and its wire type say, and what shells and readers are given is true.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;
use serde_json::Value;
use statuscode::catalog::Catalog;
use statuscode::wire;

fn run(arguments: &[&str]) -> String {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("statuscode"))
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .env_remove("STATUSCODE_CODES")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Holds an output to its schema and to its type; unknown members are denied by both.
fn hold<T: DeserializeOwned>(name: &str, text: &str) {
    let schema: Value = serde_json::from_str(&run(&["schema", name])).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
    serde_json::from_value::<T>(value).unwrap();
}

#[test]
fn every_json_output_is_valid_by_its_schema() {
    hold::<wire::Explanation<'static>>("explain", &run(&["explain", "--all", "--json"]));
    hold::<wire::Explanation<'static>>("explain", &run(&["explain", "185", "99999", "--json"]));
    hold::<wire::Explanation<'static>>(
        "explain",
        &run(&[
            "explain",
            "777",
            "--json",
            "--codes",
            "tests/overlays/good.toml",
        ]),
    );
    hold::<wire::Listing<'static>>("list", &run(&["list", "--json"]));
    let mut shapes: Vec<String> = fs::read_dir("tests/shapes")
        .unwrap()
        .map(|shape| shape.unwrap().path().display().to_string())
        .collect();
    shapes.push("examples/accounts.json".to_owned());
    for shape in &shapes {
        hold::<wire::Triage<'static>>("triage", &run(&["triage", "--json", "-q", shape]));
        hold::<wire::Plan<'static>>("plan", &run(&["plan", "--json", "-q", shape]));
        hold::<wire::Changes<'static>>(
            "diff",
            &run(&["diff", "--json", "-q", shape, "examples/accounts.json"]),
        );
    }
}

#[test]
fn every_line_of_json_lines_is_an_object_of_its_type() {
    for line in run(&[
        "triage",
        "-f",
        "jsonl",
        "-q",
        "examples/accounts.json",
        "tests/shapes/bad-lines.jsonl",
    ])
    .lines()
    {
        let account = serde_json::from_str::<wire::Account<'static>>(line).is_ok();
        assert!(
            account || serde_json::from_str::<wire::InvalidLine<'static>>(line).is_ok(),
            "{line}"
        );
    }
    for line in run(&["list", "-f", "jsonl"]).lines() {
        serde_json::from_str::<wire::CodeRow<'static>>(line).unwrap();
    }
}

/// The cells of a CSV text, header included.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn csv_has_a_row_for_each_code_and_account_and_every_row_has_every_column() {
    let codes = cells(&run(&["list", "-f", "csv"]));
    assert_eq!(codes.len(), Catalog::built_in().entries().len() + 1);
    let header = "code,name,title,standing,category,action,connectFix,remediationCategory,meaning,requiredAction,fallbackAction,source";
    assert_eq!(codes[0].join(","), header);
    let accounts = cells(&run(&[
        "triage",
        "-f",
        "csv",
        "-q",
        "examples/accounts.json",
    ]));
    assert_eq!(accounts.len(), 15);
    assert!(accounts.iter().all(|row| row.len() == 13));
}

#[test]
fn what_is_printed_for_shells_is_what_is_kept() {
    let files = [
        ("bash", "bash"),
        ("zsh", "zsh"),
        ("fish", "fish"),
        ("elvish", "elv"),
        ("powershell", "ps1"),
        ("nushell", "nu"),
    ];
    for (shell, ending) in files {
        let path = format!("completions/statuscode.{ending}");
        let printed = run(&["completions", shell]);
        assert!(!printed.is_empty());
        if std::env::var_os("STATUSCODE_WRITE_COMPLETIONS").is_some() {
            fs::write(&path, &printed).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            printed,
            "run with STATUSCODE_WRITE_COMPLETIONS=1 to write {path}"
        );
    }
}

#[test]
fn the_definitions_for_nushell_name_every_command_option_and_word() {
    let definitions = fs::read_to_string("completions/statuscode.nu").unwrap();
    let mut command = <statuscode::cli::Cli as clap::CommandFactory>::command();
    command.build();
    let commands = command.get_subcommands();
    for subcommand in commands.filter(|subcommand| subcommand.get_name() != "help") {
        let name = subcommand.get_name();
        let from = definitions
            .find(&format!("export extern \"statuscode {name}\" ["))
            .unwrap();
        let own = &definitions[from..from + definitions[from..].find(']').unwrap()];
        for argument in subcommand.get_arguments() {
            if let Some(long) = argument.get_long() {
                assert!(own.contains(&format!("--{long}")), "{name} --{long}");
            }
            let values = argument.get_possible_values();
            for value in values
                .iter()
                .filter(|_| argument.get_action().takes_values())
            {
                assert!(
                    definitions.contains(value.get_name()),
                    "{name}: {}",
                    value.get_name()
                );
            }
        }
    }
}

#[test]
fn completion_offers_codes_with_their_titles() {
    let complete = |words: &[&str]| {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("statuscode"))
            .env("COMPLETE", "fish")
            .args(["--", "statuscode"])
            .args(words)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(complete(&["explain", "18"]).contains("185\tSecurity challenge encountered"));
    assert!(
        complete(&["list", "--category", "user"]).contains("user_action\tthe customer must act")
    );
    assert!(complete(&["triage", "--format", "j"]).contains("jsonl"));
    assert!(complete(&["list", "--source", "finicity-l"]).contains("finicity-legacy"));
    assert!(complete(&["tri"]).contains("triage"));
}

#[test]
fn every_command_has_a_manual_page_and_help_with_examples_first() {
    let command = <statuscode::cli::Cli as clap::CommandFactory>::command();
    assert!(run(&["man"]).contains(".TH statuscode 1"));
    for subcommand in command.get_subcommands() {
        let name = subcommand.get_name();
        assert!(
            run(&["man", name]).contains(&format!(".TH statuscode-{name} 1")),
            "{name}"
        );
        assert!(run(&[name, "--help"]).starts_with("Examples:"), "{name}");
        assert!(run(&[name, "-h"]).contains("Usage:"), "{name}");
    }
}
