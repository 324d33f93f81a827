//! Completions in the shells themselves, with the files that are kept in `completions/`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tools;

use std::path::Path;
use std::process::{Command, Stdio};

use statuscode::catalog::Catalog;

/// What a shell says to a script, with this program on its path.
fn said(shell: &Path, arguments: &[&str], script: &str) -> String {
    let program = Path::new(assert_cmd::cargo::cargo_bin!("statuscode"));
    let path = std::env::var_os("PATH").unwrap();
    let folders =
        std::iter::once(program.parent().unwrap().to_owned()).chain(std::env::split_paths(&path));
    let output = Command::new(shell)
        .args(arguments)
        .args(["-c", script])
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env("TERM", "xterm")
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", std::env::temp_dir())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn bash_completes_codes_commands_and_categories() {
    let Some(bash) = tools::tool(&["bash"]) else {
        return;
    };
    let complete = |words: &[&str]| {
        let line = words.join(" ");
        let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
        let script = format!(
            "source completions/statuscode.bash
             COMP_WORDS=({line}); COMP_CWORD={}; COMP_TYPE=9
             [[ $(complete -p statuscode) =~ -F\\ ([a-z_]+) ]] && ${{BASH_REMATCH[1]}} statuscode {last} {before}
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.len() - 1
        );
        said(&bash, &["--norc", "--noprofile"], &script)
    };
    let codes: String = Catalog::built_in()
        .entries()
        .iter()
        .map(|entry| format!("{}\n", entry.code))
        .filter(|code| code.starts_with("18"))
        .collect();
    assert!(codes.contains("185"));
    assert_eq!(complete(&["statuscode", "explain", "18"]), codes);
    assert!(complete(&["statuscode", "tri"]).contains("triage"));
    assert!(complete(&["statuscode", "list", "--category", "sup"]).contains("support"));
}

#[test]
fn fish_offers_codes_with_their_titles() {
    let Some(fish) = tools::tool(&["fish"]) else {
        return;
    };
    let script = "source completions/statuscode.fish; complete -C 'statuscode explain 18'";
    let text = said(&fish, &["--no-config"], script);
    assert!(
        text.contains("185\tSecurity challenge encountered\n"),
        "{text}"
    );
    let script = "source completions/statuscode.fish; complete -C 'statuscode triage --fail-on '";
    let text = said(&fish, &["--no-config"], script);
    assert!(
        text.contains("empty") && text.contains("user_action\tthe customer must act"),
        "{text}"
    );
}

#[test]
fn zsh_offers_codes_with_their_titles_when_tab_is_pressed() {
    let Some(zsh) = tools::tool(&["zsh"]) else {
        return;
    };
    // A second zsh, in a terminal of its own, is typed at; the pattern ends the wait for its list.
    let script = r#"
        zmodload zsh/zpty
        zpty typed zsh -f -i
        zpty -w typed "unset zle_bracketed_paste; PS1='%% '; COLUMNS=100"
        zpty -w typed "autoload -U compinit; compinit -u -D; source completions/statuscode.zsh; echo re''ady"
        zpty -r typed seen '*ready*'
        zpty -n -w typed $'statuscode explain 18\t\t'
        zpty -r typed seen '*187*answers*'
        print -r -- "$seen"
        zpty -d typed"#;
    let text = said(&zsh, &["-f"], script);
    assert!(
        text.contains("185    -- Security challenge encountered"),
        "{text}"
    );
}
