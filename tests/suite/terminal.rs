//! The program on a real terminal, which decides about width, color, and links.

use std::env;
use std::process::{Command, Output, Stdio};

use crate::support::tool;

/// Runs the program on a terminal with this number of columns. Returns `None` if no terminal can be
/// opened.
fn on_a_terminal(arguments: &str, columns: usize, variables: &[(&str, &str)]) -> Option<Output> {
    let script = tool(&["script"])?;
    let program = assert_cmd::cargo::cargo_bin!("statuscode").display();
    let command = format!("stty cols {columns} rows 24; exec {program} {arguments}");
    let mut on_terminal = Command::new(script);
    on_terminal.args(["-qec", &command, "/dev/null"]).stdin(Stdio::null());
    on_terminal.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
    on_terminal.envs([("LC_ALL", "C.UTF-8"), ("TERM", "xterm-256color")]);
    let output = on_terminal.envs(variables.iter().copied()).output().unwrap();
    let is_open = !String::from_utf8_lossy(&output.stderr).contains("pseudo-terminal");
    is_open.then_some(output)
}

fn shown(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn lines_are_as_long_as_the_terminal_is_wide() {
    for columns in [60, 110] {
        let Some(output) = on_a_terminal("explain 185", columns, &[("NO_COLOR", "1")]) else {
            return;
        };
        let shown = shown(&output);
        let longest = shown.lines().map(|line| line.trim_end().chars().count()).max().unwrap();
        assert!((columns - 10..=columns).contains(&longest), "{longest} of {columns}:\n{shown}");
    }
}

#[test]
fn a_terminal_has_color_and_links_where_it_supports_them() {
    let modern = ("VTE_VERSION", "7000");
    for (options, variables, color, links) in [
        ("", &[][..], true, false),
        ("", &[modern], true, true),
        ("", &[modern, ("NO_COLOR", "1")], false, true),
        ("--color never", &[modern], false, false),
        ("", &[modern, ("FORCE_HYPERLINK", "0")], true, false),
        ("", &[("FORCE_HYPERLINK", "1")], true, true),
        ("", &[("FORCE_HYPERLINK", "")], true, false),
    ] {
        let line = format!("explain 185 --sources {options}");
        let Some(output) = on_a_terminal(&line, 80, variables) else {
            return;
        };
        let shown = shown(&output);
        let has = [shown.contains("\u{1b}["), shown.contains("\u{1b}]8;;https://")];
        assert_eq!(has, [color, links], "{options} {variables:?}:\n{shown}");
    }
}

#[test]
fn a_terminal_as_input_is_an_error_with_a_hint() {
    let Some(output) = on_a_terminal("triage", 80, &[]) else {
        return;
    };
    assert_eq!(output.status.code(), Some(2));
    let shown = shown(&output);
    assert!(shown.contains("no input: standard input is a terminal"), "{shown}");
}
