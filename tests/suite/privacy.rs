//! Names, numbers, balances, owners, and addresses never appear in the output of any command,
//! in any format, including errors.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Folder, answer, answers, piped, program};

/// The content of private fields, which must not appear in any output.
const CANARY: &str = "canary";

/// Private fields of accounts, reports, owners, and error bodies.
const PRIVATE: &[&str] = &[
    "name",
    "accountName",
    "accountNickname",
    "number",
    "accountNumberDisplay",
    "realAccountNumber",
    "realAccountNumberLast4",
    "balance",
    "availableBalance",
    "type",
    "currency",
    "ownerName",
    "ownerAddress",
    "owners",
    "email",
    "phone",
    "address",
    "ssn",
    "userName",
    "memo",
    "detail",
    "message",
    "title",
    "description",
    "institution",
    "error",
    "marketSegment",
];

fn members() -> String {
    let members = PRIVATE.iter().map(|key| format!(",\"{key}\":\"{CANARY}\""));
    members.collect::<String>()
        + &format!(",\"accountDetails\":{{\"x\":\"{CANARY}\"}},\"{CANARY}\":1")
}

/// Records that are valid, and records that are invalid in every way, with private fields before
/// and after the error.
fn records() -> Vec<String> {
    let members = members();
    let account = |id: &str, rest: &str| {
        format!(
            "{{\"id\":\"{id}\"{members},\"customerId\":\"5\",\"institutionId\":\"6\",\"institutionLoginId\":\"7\",{rest}}}"
        )
    };
    let codes = [
        "-5",
        "1.5",
        "true",
        "\"a word\"",
        "{\"canary\":1}",
        "[1]",
        "99999999999999999999",
        "null",
        "185",
    ];
    let mut records: Vec<String> = codes
        .iter()
        .enumerate()
        .map(|(id, code)| account(&id.to_string(), &format!("\"aggregationStatusCode\":{code}")))
        .collect();
    records.extend([
        account("20", "\"aggregationStatusCode\":0,\"aggregationStatusCode\":0"),
        account("21", &format!("\"aggregationStatusCode\":185,\"x\":\"{CANARY}\u{1}\"")),
        account("22", &format!("\"aggregationStatusCode\":185,\"x\":\"{CANARY}\\x\"")),
        account("23", &format!("\"aggregationStatusCode\":103 {CANARY}")),
        account(
            "24",
            &format!("\"aggregationSuccessDate\":\"{CANARY}\",\"aggregationStatusCode\":900"),
        ),
        format!("{{\"accounts\":[[{{\"id\":\"1\"{members}}}]]}}"),
        format!("{{\"code\":185{members}}}"),
        format!("{{\"accounts\":[\"{CANARY}\",{{\"id\":\"30\"{members}}}]}}"),
        format!("{{\"id\":[\"{CANARY}\"],\"aggregationStatusCode\":185}}"),
        format!("\"{CANARY}\" {CANARY}"),
        format!("{{\"id\":\"40\"{members} {CANARY}"),
    ]);
    records
}

#[test]
fn private_fields_never_appear_in_output() {
    let folder = Folder::new("privacy");
    let records = records().join("\n");
    let file = folder.file("new.jsonl", &records);
    let old = folder.file("old.jsonl", records.replace(":185", ":0"));
    let mut answers_with_accounts = 0;
    for line in answers().iter().filter(|line| line.contains("FILE")) {
        for options in ["", " --invalid allow", " --invalid fail", " --max-record-size 64"] {
            let line = format!("{line}{options}");
            let mut out = Vec::new();
            let (_, messages) = answer(&line, [&old, &file], &mut out);
            let text = String::from_utf8(out).unwrap() + &messages;
            assert!(!text.to_lowercase().contains(CANARY), "{line}: {text}");
            answers_with_accounts += usize::from(text.contains("185"));
        }
    }
    let summary = folder.0.join("summary.json").display().to_string();
    answer("triage FILE --summary-file OLD", [&summary, &file], &mut Vec::new());
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.contains("185") && !text.contains(CANARY), "{text}");
    assert!(answers_with_accounts > 30, "{answers_with_accounts}");
}

#[test]
fn an_error_has_a_kind_and_a_location_and_never_quotes_the_input() {
    // The JSON around a private text. The error must not depend on the text itself.
    let broken = [
        r#"{"name":@}"#,
        r#"{"name":"x"@}"#,
        r#"{"id":"1","aggregationStatusCode":185,"name":@@}"#,
        r#"{"accounts":[{"id":"1","aggregationStatusCode":"@"}]}"#,
        r#"{"accounts":[{"id":"1","code":"@"}]}"#,
        r#"{"accounts":[{"id":"1","aggregationStatusCode":"@ 4111"}]}"#,
        r#"{"accounts":[{"id":{"@":1},"aggregationStatusCode":185}]}"#,
        r#"{"accounts":[["@"]]}"#,
        r"[@]",
        r"@",
        r#"{"x":t@}"#,
        r#"{"x":"\@"}"#,
    ];
    let errors = |text: &str| -> Vec<String> {
        let inputs = broken.iter().map(|broken| broken.replace('@', text));
        let outputs = inputs.map(|input| {
            let output = piped(&["triage", "--json"], input.as_bytes());
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
        });
        outputs.collect()
    };
    let expected = errors("S");
    for private in ["K", "Z", "G"] {
        assert_eq!(errors(private), expected);
    }
    let iban = r#"{"accounts":[{"id":"1","code":"GB29NWBK60161331926819"}]}"#;
    let output = piped(&["triage"], iban.as_bytes());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("-:1:31: status code is text"), "{message}");
    assert!(!message.contains("GB29"), "{message}");
}

#[test]
fn an_export_is_not_mistaken_for_a_list_of_files_which_errors_would_quote() {
    let folder = Folder::new("no-list");
    for export in [
        "{\"id\":\"1\",\"name\":\"canary\"}\n",
        "{\n  \"id\": \"1\",\n  \"name\": \"canary\"\n}\n",
        "\u{feff}{\"id\":\"1\",\n\"name\":\"canary\"}\n",
        "[\n  {\n    \"name\": \"canary\"\n  }\n]\n",
        "\n[ [\n\"canary\"\n]]\n",
        "id,name\n1,canary\n",
        "id\tname\r\n1\tcanary\r\n",
        "<html>\n<p>canary</p>\n</html>\n",
        "<?xml version=\"1.0\"?>\n<name>\ncanary\n</name>\n",
        "---\n- id: \"1\"\n  name: canary\n",
    ] {
        let file = folder.file("export", export);
        for (list, input) in [(&*file, ""), ("-", export)] {
            let output = piped(&["triage", "--files-from", list], input.as_bytes());
            let messages = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{export}");
            assert!(messages.contains(", not a list of files\n"), "{export}: {messages}");
            assert!(!messages.contains(CANARY), "{messages}");
        }
    }
    // The names of files can look like cells, or begin with a bracket.
    let account = "{\"id\":\"1\",\"aggregationStatusCode\":0}";
    let names = ["a,b.json", "c,d.json", "[1].json"].map(|name| folder.file(name, account));
    let names = names.map(|name| name.rsplit('/').next().unwrap().to_owned());
    for list in [names.join("\n"), names.join("\0"), format!("[1].json\n{}", names[0])] {
        let list = folder.file("list", list);
        let mut command = program();
        let command = command.args(["triage", "--files-from", &list]).current_dir(&folder.0);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Returns the text of every source file in a directory, by path.
fn sources(directory: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

#[test]
fn nothing_in_the_program_opens_connections() {
    let sources = sources(Path::new("src"));
    assert!(sources.len() > 100, "{}", sources.len());
    for (path, text) in sources {
        for module in ["std::net", "core::net", "unix::net", "rustix::net"] {
            assert!(!text.contains(module), "{}: {module}", path.display());
        }
    }
    // The crates on which those that open connections are based.
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    for base in ["mio", "socket2", "async-io", "ureq", "minreq", "attohttpc", "curl-sys", "rustls"]
    {
        assert!(!lock.contains(&format!("name = \"{base}\"\n")), "{base}");
    }
}

#[test]
fn a_text_that_explain_cannot_read_is_not_quoted_if_it_could_be_private() {
    for text in [
        "{\"name\":\"CANARY\",\"balance\":12}",
        "[\"CANARY\"]",
        "name=CANARY",
        "2026-11-27T09:00:00Z INFO CANARY",
        "CANARY@example.com",
        "the account of CANARY could not be read today",
        "CANARY 4111111111111111",
    ] {
        for arguments in [["explain", text], ["explain", "-"]] {
            let output = piped(&arguments, text.as_bytes());
            let message = String::from_utf8(output.stderr).unwrap();
            assert!(message.starts_with("warning: no code found in "), "{message}");
            assert!(!message.contains("CANARY") && !message.contains("4111"), "{message}");
            assert!(output.stdout.is_empty());
            assert_eq!(output.status.code(), Some(1));
        }
    }
    let output = piped(&["explain", "bad-credntials"], b"");
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("warning: no code found in bad-credntials\n"), "{message}");
}

#[test]
fn names_of_accounts_and_customers_are_not_names_of_institutions() {
    let folder = Folder::new("wrong-names");
    let accounts = folder.file(
        "accounts.json",
        r#"{"id":"1","customerId":"5001","institutionId":"7001","aggregationStatusCode":185}"#,
    );
    for (kind, text) in [
        ("accounts", r#"[{"id":"7001","name":"CANARY","aggregation_status_code":0}]"#),
        ("accounts", r#"[{"id":"7001","name":"CANARY","type":"savings","currency":"USD"}]"#),
        ("accounts", r#"{"accounts":[{"id":"7001","name":"CANARY"}]}"#),
        ("customers", r#"{"customers":[{"id":"7001","username":"x","name":"CANARY"}]}"#),
        ("customers", r#"[{"id":"7001","name":"CANARY","email":"x","phone":"x"}]"#),
        ("owners", r#"{"id":"7001","owner":{"id":"7001","name":"CANARY"}}"#),
        ("payees", r#"{"transactions":[{"payee":{"id":7001,"name":"CANARY"}}]}"#),
    ] {
        let names = folder.file("names.json", text);
        for command in ["triage", "plan"] {
            let output = piped(&[command, &accounts, "--institutions", &names], b"");
            let shown = [output.stdout, output.stderr].concat();
            let shown = String::from_utf8(shown).unwrap();
            assert!(!shown.contains("CANARY"), "{kind}: {shown}");
            assert!(shown.contains("no institution with an id and a name\nhint: "), "{shown}");
            assert_eq!(output.status.code(), Some(2));
        }
    }
}
