//! Completion: the candidates of the program, and how shells use them with the scripts in
//! `completions/`.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use clap::CommandFactory;
use clap::builder::PossibleValue;
use statuscode::cli::Cli;

use crate::support;

/// Returns the lines that the program offers for the last of these words.
fn candidates(words: &[&str]) -> String {
    let output = support::program().env("STATUSCODE_COMPLETE", "1").args(words).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn codes_and_values_are_offered_with_their_descriptions() {
    assert!(candidates(&["explain", "18"]).contains("185\tSecurity challenge encountered\n"));
    assert!(candidates(&["list", "--category", "user"]).contains("user_action\t"));
    assert!(candidates(&["list", "--source", "finicity-l"]).starts_with("finicity-legacy\t"));
    assert!(candidates(&["tri"]).starts_with("triage\t"));
    assert!(candidates(&["man", "me"]).starts_with("merge\t"));
    assert!(candidates(&["triage", "--only", "ok,sup"]).starts_with("ok,support\t"));
}

#[test]
fn every_command_offers_only_the_formats_that_it_writes() {
    assert!(candidates(&["list", "--format", ""]).contains("sql\t"));
    assert!(!candidates(&["triage", "--format", ""]).contains("sql\t"));
    assert!(candidates(&["schema", "--f"]).is_empty());
}

#[test]
fn file_names_are_left_to_the_shell() {
    for words in [
        &["triage", ""][..],
        &["triage", "accounts.json", "y"],
        &["diff", "old.json", ""],
        &["merge", ""],
        &["triage", "--summary-file", ""],
        &["--codes", ""],
        &["list", "--codes=over"],
    ] {
        assert_eq!(candidates(words), ":files\n", "{words:?}");
    }
    for words in [&["explain", "zz"][..], &["triage", "--only="], &["list", ""]] {
        assert!(!candidates(words).contains(":files"), "{words:?}");
    }
}

#[test]
fn options_are_offered_after_a_dash() {
    assert!(candidates(&["triage", "--su"]).starts_with("--summary-file\t"));
    assert!(!candidates(&["explain", ""]).contains("--all"));
    assert!(candidates(&["list", ""]).contains("--connect-fix\t"));
}

/// An interactive shell.
struct Shell {
    name: &'static str,
    start: &'static str,
    /// Defines a command that prints its arguments. The scripts do not call it: they call the
    /// program.
    echo: &'static str,
}

/// Returns the output of a shell when these keys are typed in this directory. `\t` is the Tab key.
/// A zsh provides the terminal. The apostrophes keep the awaited words out of the echo.
fn typed(shell: &Shell, directory: &Path, keys: &str) -> Option<String> {
    let zsh = support::tool(&["zsh"])?;
    support::tool(&[shell.name])?;
    let program = Path::new(assert_cmd::cargo::cargo_bin!("statuscode"));
    let mut path = vec![program.parent().unwrap().to_owned()];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap()));
    let Shell { name, start, echo } = shell;
    // Files in the home directory must not be candidates.
    let home = directory.file_name().unwrap().to_string_lossy();
    let home = support::Folder::new(&format!("{home}-home"));
    let completions = env::current_dir().unwrap().join("completions");
    let script = format!(
        r#"
        zmodload zsh/zpty
        zpty typed {start}
        zpty -w typed {quoted}
        zpty -r typed seen '*ready*'
        zpty -n -w typed $'{keys}'
        zpty -r typed seen '*END*'
        print -r -- "$seen"
        zpty -d typed"#,
        quoted = quote(&format!(
            "{echo}; source {}/statuscode.{name}; echo re''ady",
            completions.display()
        )),
    );
    let output = Command::new(zsh)
        .args(["-f", "-c", &script])
        .env("PATH", env::join_paths(path).unwrap())
        .env("TERM", "dumb")
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", &home.0)
        .current_dir(directory)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Quotes a word for zsh.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

const SHELLS: [Shell; 3] = [
    Shell {
        name: "bash",
        start: "bash --norc --noprofile -i",
        echo: r#"statuscode() { printf '<%s>' "$@"; echo EN''D; }"#,
    },
    Shell {
        name: "zsh",
        start: "zsh -f -i",
        echo: r#"statuscode() { printf '<%s>' "$@"; echo EN''D; }; autoload -U compinit; compinit -u -D"#,
    },
    Shell {
        name: "fish",
        start: "fish --no-config -i",
        echo: "function statuscode; printf '<%s>' $argv; echo EN''D; end",
    },
];

#[test]
fn shells_complete_codes_commands_options_and_values() {
    let directory = support::Folder::new("completion-words");
    for shell in &SHELLS {
        for (keys, arguments) in [
            (r"statuscode tri\t\n", "<triage>"),
            (r"statuscode explain 18001\t\n", "<explain><18001>"),
            (r"statuscode triage --summ\t\n", "<triage><--summary-file>"),
            (r"statuscode list --cat\tsup\t\n", "<list><--category><support>"),
            (r"statuscode list --category=sup\t\n", "<list><--category=support>"),
            (r"statuscode -f ht\ttri\t\n", "<-f><html><triage>"),
        ] {
            let Some(screen) = typed(shell, &directory.0, keys) else {
                continue;
            };
            assert!(screen.contains(arguments), "{}: {keys}: {screen}", shell.name);
        }
    }
}

#[test]
fn shells_complete_hostile_file_names() {
    for shell in &SHELLS {
        for name in [
            "accounts.json",
            "two words.json",
            "$(touch pwned).json",
            "`touch pwned`.json",
            "it's \"quoted\".json",
            "a;touch pwned&.json",
            "*.json",
            "a:b=c.json",
            "-dash.json",
            "ünï.json",
        ] {
            let directory = support::Folder::new(&format!("completion-{}", shell.name));
            directory.file(name, "");
            let Some(screen) = typed(shell, &directory.0, r"statuscode triage ./\t\n") else {
                continue;
            };
            let arguments = format!("<triage><./{name}>");
            assert!(screen.contains(&arguments), "{}: {name}: {screen}", shell.name);
            assert!(!directory.0.join("pwned").exists(), "{}: {name}", shell.name);
        }
    }
}

/// Returns the words of a list `def "NAME" [] { [a b c] }` in the definitions for Nushell.
fn list<'a>(definitions: &'a str, name: &str) -> BTreeSet<&'a str> {
    let start = definitions.find(&format!("def \"{name}\" []")).unwrap();
    let body = definitions[start..].split_once('{').unwrap().1;
    let words = body.split_once('[').unwrap().1.split_once(']').unwrap().0;
    words.split_whitespace().collect()
}

/// Nushell cannot query the program, so its definitions repeat the command line.
#[test]
fn the_nushell_definitions_match_the_command_line() {
    let definitions = fs::read_to_string("completions/statuscode.nu").unwrap();
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    for command in program.get_subcommands() {
        let name = command.get_name();
        let start =
            format!("# {}\nexport extern \"statuscode {name}\" [", command.get_about().unwrap());
        let body = definitions.split_once(&start).expect(&start).1;
        let body = body.split_once("\n]").unwrap().0;
        let defined: BTreeSet<&str> = body
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--"))
            .map(|line| line.split(['(', ':']).next().unwrap())
            .collect();
        let visible = || command.get_arguments().filter(|arg| !arg.is_hide_set());
        let expected: BTreeSet<&str> = visible().filter_map(|arg| arg.get_long()).collect();
        assert_eq!(defined, expected, "{name}");
        for arg in visible().filter(|arg| arg.get_action().takes_values()) {
            let values = arg.get_possible_values();
            let Some(long) = arg.get_long().filter(|_| !values.is_empty()) else {
                continue;
            };
            let line = body.lines().find(|line| line.contains(&format!("--{long}"))).unwrap();
            let completer = line.split('"').nth(1).expect(line);
            let expected: BTreeSet<&str> = values.iter().map(PossibleValue::get_name).collect();
            assert_eq!(list(&definitions, completer), expected, "{name} --{long}");
        }
    }
}
