//! Summaries with any contents, as `merge` reads them.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;
use statuscode::answer::run_summary::fingerprint;
use statuscode::catalog::Catalog;
use statuscode::cli::{Command, MergeArgs};
use statuscode::command::Status;
use statuscode::render::Format;

use super::whole_run::{self, File};

/// Stands for the fingerprint of the built-in catalog, which changes with every text in it.
const FINGERPRINT: &[u8] = b"0000000000000000";

static CURRENT: LazyLock<String> = LazyLock::new(|| fingerprint(Catalog::built_in()));

/// The number of summaries that were not rejected.
pub static ACCEPTED: AtomicU64 = AtomicU64::new(0);

/// A summary is rejected with a message that is safe to print, or its counts are preserved.
pub fn summaries(data: &[u8]) {
    let mut data = data.to_vec();
    if let Some(at) = data.windows(FINGERPRINT.len()).position(|bytes| bytes == FINGERPRINT) {
        data[at..at + FINGERPRINT.len()].copy_from_slice(CURRENT.as_bytes());
    }
    let file = File::new(&data);
    let merge = MergeArgs { summaries: vec![file.0.clone()], allow_repeated: false, limit: None };
    let (status, out, _) = whole_run::run(&whole_run::cli(Command::Merge(merge), Format::Json));
    if status == Status::Failed {
        assert!(out.is_empty());
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
