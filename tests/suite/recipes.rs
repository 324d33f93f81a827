//! Runs the recipes in `docs/recipes.md` with a shell, as written.

#![cfg(unix)]

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::{self, Folder};

/// Returns the shell blocks under a heading of the document.
fn recipe(heading: &str) -> Vec<String> {
    let page = fs::read_to_string("docs/recipes.md").unwrap();
    let (_, section) = page.split_once(&format!("## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```sh\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

/// A directory with exports, a log, and a `curl` that returns accounts, or saves its
/// input in `sent.json`.
fn site(name: &str) -> Folder {
    let folder = Folder::new(name);
    for directory in ["exports", "summaries", "bin"] {
        fs::create_dir_all(folder.0.join(directory)).unwrap();
    }
    let nights = ["monday", "tuesday", "wednesday"].into_iter().zip(["16", "17", "18"]);
    for (night, day) in nights {
        let export = folder.0.join(format!("exports/2026-11-{day}.json"));
        fs::copy(format!("tests/snapshots/{night}.jsonl"), export).unwrap();
    }
    fs::copy("examples/accounts.json", folder.0.join("exports/today.json")).unwrap();
    folder.file("app.log", "aggregationStatusCode: 185\n");
    let curl = "#!/bin/sh\ncase \"$*\" in *--json*) cat > sent.json ;; *) cat exports/today.json ;; esac\n";
    let curl = folder.file("bin/curl", curl);
    fs::set_permissions(curl, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn run(site: &Folder, script: &str, arguments: &[&str]) -> Output {
    let program = Path::new(assert_cmd::cargo::cargo_bin!("statuscode"));
    let mut path = vec![site.0.join("bin"), program.parent().unwrap().to_owned()];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap()));
    Command::new("sh")
        .args(["-c", script, "recipe"])
        .args(arguments)
        .env_clear()
        .env("PATH", env::join_paths(path).unwrap())
        .env("LC_ALL", "C.UTF-8")
        .envs([("APP_KEY", "k"), ("APP_TOKEN", "t"), ("CUSTOMER", "5001"), ("CHAT_URL", "u")])
        .current_dir(&site.0)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_recipe_runs() {
    if support::tool(&["jq"]).is_none() {
        return;
    }
    let page = fs::read_to_string("docs/recipes.md").unwrap();
    let mut count = 0;
    for heading in page.lines().filter_map(|line| line.strip_prefix("## ")) {
        let site = site(&format!("recipe-{count}"));
        for block in recipe(heading) {
            let metrics = site.0.join("statuscode.prom").display().to_string();
            let output = run(&site, &block, &[&metrics]);
            assert!(output.status.success(), "{block}{}", text(&output.stderr));
            let messages = text(&output.stderr);
            let is_gate = |line: &str| line.starts_with("--fail-on ");
            assert!(messages.lines().all(is_gate), "{block}{messages}");
            count += 1;
        }
    }
    assert!(count > 9, "{count}");
}

#[test]
fn the_recipe_for_questions_prints_a_number() {
    if support::tool(&["jq"]).is_none() {
        return;
    }
    let site = site("recipe-number");
    let blocks = recipe("Answer one question");
    assert_eq!(text(&run(&site, &blocks[0], &[]).stdout), "6\n");
    assert!(text(&run(&site, &blocks[1], &[]).stdout).contains("Security challenge"));
    assert!(text(&run(&site, &blocks[2], &[]).stdout).starts_with("14 accounts:"));
}

#[test]
fn cron_sends_mail_only_past_the_threshold() {
    let site = site("recipe-cron");
    let script = &recipe("Get mail when a threshold is exceeded")[0];
    let mail = text(&run(&site, script, &[]).stdout);
    assert!(mail.starts_with("14 accounts:"), "{mail}");
    let today = site.0.join("exports/today.json");
    fs::write(&today, "{\"id\":\"1\",\"aggregationStatusCode\":0}").unwrap();
    assert!(run(&site, script, &[]).stdout.is_empty());
    fs::write(&today, "{\"accounts\":[]}").unwrap();
    assert!(text(&run(&site, script, &[]).stdout).contains("No accounts"), "the export failed");
    fs::remove_file(today).unwrap();
    assert!(text(&run(&site, script, &[]).stderr).contains("cannot open"));
}

#[test]
fn the_dashboard_keeps_the_last_good_numbers_when_a_run_fails() {
    let site = site("recipe-dashboard");
    let script = &recipe("Feed a dashboard")[0];
    let metrics = site.0.join("statuscode.prom");
    let name = metrics.display().to_string();
    assert!(run(&site, script, &[&name]).status.success());
    let good = fs::read_to_string(&metrics).unwrap();
    assert!(good.contains("statuscode_accounts{category=\"user_action\"} 5\n"), "{good}");
    assert_eq!(fs::metadata(&metrics).unwrap().permissions().mode() & 0o777, 0o644);
    fs::write(site.0.join("exports/today.json"), "{\"accounts\":[{\"id\":\"1\",").unwrap();
    assert_eq!(run(&site, script, &[&name]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(&metrics).unwrap(), good);
    let left = fs::read_dir(&site.0)
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().display().to_string().contains(".prom."));
    assert_eq!(left.count(), 0, "the temporary file is removed");
}

#[test]
fn the_weekly_page_has_a_chart_for_exports_and_for_summaries() {
    let site = site("recipe-week");
    let blocks = recipe("Report on the week");
    assert!(run(&site, &blocks[0], &[]).status.success());
    let week = fs::read_to_string(site.0.join("week.html")).unwrap();
    assert_eq!(week.matches("class=\"hit\"").count(), 3);
    assert!(run(&site, &blocks[1], &[]).status.success());
    assert!(fs::read_to_string(site.0.join("year.html")).unwrap().contains("1 snapshot: "));
}

#[test]
fn a_chat_receives_one_line() {
    if support::tool(&["jq"]).is_none() {
        return;
    }
    let site = site("recipe-chat");
    assert!(run(&site, &recipe("Post one line to a chat")[0], &[]).status.success());
    let sent: Value = serde_json::from_slice(&fs::read(site.0.join("sent.json")).unwrap()).unwrap();
    let line = "14 accounts: 5 ok, 5 need customer action, 1 needs a ticket, 1 has an \
                institution problem, 1 out of date, 1 pending";
    assert_eq!(sent, json!({"text": line}));
}
