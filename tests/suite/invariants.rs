//! Invariants of every answer: the ledger adds up in every format, and machine formats depend only
//! on the input.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use crate::accounts::Shape;
use crate::support::{self, Folder, answer};
use serde_json::Value;
use statuscode::catalog::Action;

fn output(line: &str, files: [&str; 2]) -> String {
    let mut out = Vec::new();
    answer(line, files, &mut out);
    String::from_utf8(out).unwrap()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

/// Made-up accounts with invalid records among them.
fn mixed(folder: &Folder) -> String {
    let mut bytes = Vec::new();
    crate::accounts::write(&mut bytes, Shape::Failing, 500).unwrap();
    let lines = String::from_utf8(bytes).unwrap();
    let lines: Vec<String> = lines
        .lines()
        .enumerate()
        .map(|(place, line)| match place % 50 {
            7 => line.replace("\"aggregationStatusCode\":", "\"aggregationStatusCode\":-"),
            9 => line.replace("\"aggregationStatusCode\":", "\"aggregationStatusCode\":99"),
            11 => line[..line.len() / 2].to_owned(),
            _ => line.to_owned(),
        })
        .collect();
    folder.file("mixed.jsonl", lines.join("\n"))
}

#[test]
fn the_ledger_of_triage_adds_up_in_every_format() {
    let folder = Folder::new("ledger");
    let file = mixed(&folder);
    let answer: Value = serde_json::from_str(&output("triage --json FILE", ["", &file])).unwrap();
    let summary = &answer["summary"];
    let (all, invalid) = (number(&summary["accounts"]), number(&summary["invalid"]));
    assert_eq!(number(&summary["records"]), all + invalid);
    assert_eq!((all + invalid, invalid > 10), (500, true));
    let sum = |list: &Value| list.as_object().unwrap().values().map(number).sum::<u64>();
    assert_eq!(sum(&summary["byCategory"]), all);
    let by_code = summary["byCode"].as_array().unwrap().iter();
    assert_eq!(by_code.map(|row| number(&row["accounts"])).sum::<u64>(), all);
    assert_eq!(answer["accounts"].as_array().unwrap().len() as u64, all);
    assert_eq!(answer["invalid"].as_array().unwrap().len() as u64, invalid);

    assert_eq!(output("triage -f jsonl FILE", ["", &file]).lines().count() as u64, all + invalid);
    assert_eq!(output("triage -f csv FILE", ["", &file]).lines().count() as u64, all + 1);
    let needy = ["user_action", "support", "partner", "unknown", "institution"];
    let needy: u64 = needy.iter().map(|category| number(&summary["byCategory"][category])).sum();
    let markdown = output("triage -f markdown --limit 0 FILE", ["", &file]);
    let accounts = markdown.rsplit("\n\n").next().unwrap().lines().count() as u64;
    assert_eq!(accounts, needy + 2);
    let html = output("triage -f html --limit 0 FILE", ["", &file]);
    let accounts = html.split("<section id=\"accounts\">").nth(1).unwrap();
    let accounts = accounts.split("</section>").next().unwrap();
    assert_eq!(accounts.matches("<tr><td").count() as u64, needy);
    let table = output("triage --limit 0 FILE", ["", &file]);
    let ends_with_action = |line: &&str| {
        Action::ALL.iter().any(|action| line.ends_with(&format!("  {}", action.label())))
    };
    let listed = table.split("Accounts that need attention").nth(1).unwrap();
    assert_eq!(listed.lines().filter(ends_with_action).count() as u64, needy);
    let table = output("triage --limit 7 FILE", ["", &file]);
    assert!(table.contains(&format!("and {} more", needy - 7)), "{table}");
}

#[test]
fn plan_and_diff_account_for_every_account() {
    let folder = Folder::new("lost");
    let file = mixed(&folder);
    let triage: Value = serde_json::from_str(&output("triage --json FILE", ["", &file])).unwrap();
    let plan: Value = serde_json::from_str(&output("plan --json FILE", ["", &file])).unwrap();
    for count in ["documents", "records", "accounts", "invalid"] {
        assert_eq!(plan["summary"][count], triage["summary"][count]);
    }
    let steps = plan["steps"].as_array().unwrap();
    let in_steps: u64 = steps.iter().map(|step| number(&step["accounts"])).sum();
    let waits_by_itself = ["ok", "stale", "pending"]
        .map(|category| number(&triage["summary"]["byCategory"][category]));
    assert_eq!(in_steps, number(&plan["summary"]["needStep"]));
    assert_eq!(
        in_steps,
        number(&triage["summary"]["accounts"]) - waits_by_itself.iter().sum::<u64>()
    );

    // Invalid lines are left out, and so is every third valid one: those accounts have disappeared.
    let lines = fs::read_to_string(&file).unwrap();
    let later: Vec<&str> = lines
        .lines()
        .enumerate()
        .filter(|(place, _)| place % 3 > 0)
        .map(|(_, line)| line)
        .collect();
    let later = folder.file("later.jsonl", later.join("\n"));
    let diff: Value =
        serde_json::from_str(&output("diff --json OLD FILE", [&file, &later])).unwrap();
    let by_change = diff["summary"]["byChange"].as_object().unwrap();
    let changes: u64 = by_change.values().map(number).sum();
    assert_eq!(changes, number(&triage["summary"]["accounts"]));
    let listed = diff["changes"].as_array().unwrap().len() as u64;
    assert_eq!(listed, changes - number(&by_change["unchanged"]));
}

#[test]
fn machine_formats_depend_only_on_the_input() {
    let folder = Folder::new("same");
    let file = mixed(&folder);
    let run = |arguments: &[&str], environment: &[(&str, &str)]| {
        let output = support::program()
            .env_clear()
            .args(arguments)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        (output.status.code(), output.stdout)
    };
    let environments: [&[(&str, &str)]; 5] = [
        &[("LC_ALL", "C"), ("TZ", "UTC")],
        &[("LC_ALL", "de_DE.UTF-8"), ("TZ", "Pacific/Kiritimati"), ("COLUMNS", "40")],
        &[("LANG", "tr_TR.ISO-8859-9"), ("TERM", "xterm-256color"), ("CLICOLOR_FORCE", "1")],
        &[("FORCE_COLOR", "3"), ("FORCE_HYPERLINK", "1"), ("COLUMNS", "10000")],
        &[("SOURCE_DATE_EPOCH", "0"), ("HOME", "/nowhere"), ("NO_COLOR", "")],
    ];
    for format in ["json", "jsonl", "csv", "markdown"] {
        for command in ["triage", "plan"] {
            let first = run(&[command, "-q", "-f", format, &file], &[]);
            assert_eq!(first.0, Some(2), "there are invalid records");
            for environment in environments {
                for jobs in ["1", "2", "5"] {
                    let again = run(&[command, "-q", "-f", format, "-j", jobs, &file], environment);
                    assert!(again == first, "{command} {format} {environment:?} {jobs}");
                }
            }
        }
    }
}

#[test]
fn only_the_days_between_two_dates_matter_and_not_the_days_until_now() {
    let folder = Folder::new("days");
    let mut bytes = Vec::new();
    crate::accounts::write(&mut bytes, Shape::Failing, 100).unwrap();
    let lines = String::from_utf8(bytes).unwrap();
    let dates = ["aggregationSuccessDate", "aggregationAttemptDate"];
    let days = |name: &str, shift: i64| {
        let shifted = lines.lines().map(|line| {
            let mut account: Value = serde_json::from_str(line).unwrap();
            for date in dates {
                if let Some(seconds) = account[date].as_i64() {
                    account[date] = (seconds + shift * 86_400).into();
                }
            }
            account.to_string() + "\n"
        });
        let file = folder.file(name, shifted.collect::<String>());
        ["triage", "triage --min-days 2", "plan", "diff OLD", "trend OLD"].map(|command| {
            let text = output(&format!("{command} -f json FILE"), [&file, &file]);
            let mut answer: Value = serde_json::from_str(&text.replace(&file, "FILE")).unwrap();
            for list in ["accounts", "steps"] {
                for record in answer[list].as_array_mut().into_iter().flatten() {
                    for date in ["lastSuccess", "lastAttempt"] {
                        record.as_object_mut().unwrap().remove(date);
                    }
                }
            }
            answer
        })
    };
    let now = days("now", 0);
    assert!(now[0]["accounts"][0]["daysFailing"].as_u64().is_some(), "{}", now[0]);
    for shift in [-10_000, -1, 1, 10_000] {
        assert_eq!(days("shifted", shift), now, "{shift} days");
    }
}

#[test]
fn a_terminated_run_ends_at_once() {
    let Some(kill) = support::tool(&["kill"]) else {
        return;
    };
    let mut child = support::program()
        .args(["triage", "-f", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{{\"id\":\"1\",\"aggregationStatusCode\":0}}").unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("\"id\":\"1\""), "it is at work: {line}");
    Command::new(kill).args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "it was ended by the signal");
}
