//! Summaries with any contents, as `merge` reads them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};
use std::{env, fs, process};

use serde_json::Value;
use statuscode::answer::run_summary::fingerprint;
use statuscode::catalog::Catalog;
use statuscode::cli::{Cli, Command, GlobalArgs, MergeArgs};
use statuscode::command::{self, Status};
use statuscode::render::Format;
use statuscode::terminal::{ColorChoice, sanitize};

/// Stands for the fingerprint of the built-in catalog, which changes with every text in it.
const FINGERPRINT: &[u8] = b"0000000000000000";

static CURRENT: LazyLock<String> = LazyLock::new(|| fingerprint(Catalog::built_in()));

/// The number of files written, used in their names.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The number of summaries that were not rejected.
pub static ACCEPTED: AtomicU64 = AtomicU64::new(0);

/// A summary is rejected with a message that is safe to print, or its counts are preserved.
pub fn summaries(data: &[u8]) {
    let mut data = data.to_vec();
    if let Some(at) = data.windows(FINGERPRINT.len()).position(|bytes| bytes == FINGERPRINT) {
        data[at..at + FINGERPRINT.len()].copy_from_slice(CURRENT.as_bytes());
    }
    let name =
        format!("statuscode-{}-{}.json", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let path = env::temp_dir().join(name);
    assert!(fs::write(&path, &data).is_ok(), "cannot write {}", path.display());
    let global = GlobalArgs {
        format: Some(Format::Json),
        json: false,
        color: ColorChoice::Never,
        width: Some(80),
        ascii: true,
        codes: None,
        quiet: false,
    };
    let merge = MergeArgs { summaries: vec![path.clone()], allow_repeated: false, limit: None };
    let cli = Cli { global, command: Command::Merge(merge) };
    let (mut out, messages) = (Vec::new(), Mutex::new(Vec::new()));
    let status = command::run(&cli, &mut out, &messages);
    let _ = fs::remove_file(&path);
    let messages = messages.into_inner().unwrap_or_default();
    let messages = String::from_utf8_lossy(&messages);
    assert!(messages.lines().all(|line| sanitize(line) == line), "{messages:?}");
    if status == Status::Failed {
        assert!(messages.starts_with("error: ") && out.is_empty(), "{messages:?}");
        return;
    }
    ACCEPTED.fetch_add(1, Ordering::Relaxed);
    let (Ok(given), Ok(sum)) = (serde_json::from_slice(&data), serde_json::from_slice(&out)) else {
        panic!("no JSON: {}", String::from_utf8_lossy(&out));
    };
    let (given, sum): (Value, Value) = (given, sum);
    for count in ["documents", "records", "accounts", "apiErrors", "unselected", "invalid"] {
        assert_eq!(given["summary"][count], sum["summary"][count], "{count}");
    }
    assert_eq!(given["summary"]["byCategory"], sum["summary"]["byCategory"]);
}
