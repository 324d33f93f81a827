//! What can be asked of accounts, and how they are read.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::values::{ChangeGate, Gate};
use crate::catalog::{Action, Category};
use crate::diff::ChangeKind;

const TRIAGE_EXAMPLES: &str = "\
Examples:
  statuscode triage accounts.json
  statuscode triage night-1.jsonl night-2.jsonl --only user_action --limit 0
  curl ... | statuscode triage --json | jq .summary.byCategory
  statuscode triage accounts.json --fail-on user_action,support || notify
  statuscode triage accounts.json -f html > report.html
  tail -f events.jsonl | statuscode triage -f jsonl";

/// What to triage, and what to show of it.
#[derive(Debug, Args)]
#[command(before_long_help = TRIAGE_EXAMPLES)]
pub struct Triage {
    /// Files of account JSON in any shape; - or nothing for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// List only accounts of these categories
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub only: Vec<Category>,
    /// Exit with 1 if accounts of these categories are found (any: other than ok; empty: no account at all)
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub fail_on: Vec<Gate>,
    /// Accounts that a table or page lists; 0 for all [default: 25, and 1000 in a page]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Required actions for applications that have not integrated Data Connect Fix
    #[arg(long)]
    pub no_connect_fix: bool,
    /// Write the counts of the run into this file too, as one JSON object that merge can add to others
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub summary_file: Option<PathBuf>,
    /// How input is read.
    #[command(flatten)]
    pub reading: Reading,
}

const MERGE_EXAMPLES: &str = "\
Examples:
  statuscode triage part-1.jsonl -f jsonl --summary-file part-1.summary.json > part-1.out
  statuscode merge part-*.summary.json
  statuscode merge part-*.summary.json --json | jq .summary.byCategory";

/// What to add.
#[derive(Debug, Args)]
#[command(before_long_help = MERGE_EXAMPLES)]
pub struct Merge {
    /// Files that triage --summary-file has written
    #[arg(value_name = "SUMMARY", required = true, value_hint = ValueHint::FilePath)]
    pub summaries: Vec<PathBuf>,
}

const PLAN_EXAMPLES: &str = "\
Examples:
  statuscode plan accounts.json
  statuscode plan accounts.json -f markdown > ticket.md
  statuscode plan accounts.json --only connect_fix -f jsonl --partner-id 2445583946651
  statuscode plan accounts.json --escalate-after 7";

/// Which work to plan.
#[derive(Debug, Args)]
#[command(before_long_help = PLAN_EXAMPLES)]
pub struct Plan {
    /// Files of account JSON in any shape; - or nothing for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// The partner id that goes into the requests
    #[arg(
        long,
        value_name = "ID",
        env = "STATUSCODE_PARTNER_ID",
        hide_env_values = true
    )]
    pub partner_id: Option<String>,
    /// Plan for an application that has not integrated Data Connect Fix
    #[arg(long)]
    pub no_connect_fix: bool,
    /// Only steps of these actions
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub only: Vec<Action>,
    /// Open a ticket for accounts that have waited for more than this many days, where no source gives a time
    #[arg(long, value_name = "DAYS")]
    pub escalate_after: Option<u32>,
    /// How input is read.
    #[command(flatten)]
    pub reading: Reading,
}

const DIFF_EXAMPLES: &str = "\
Examples:
  statuscode diff yesterday.json today.json
  statuscode diff monday.jsonl tuesday.jsonl wednesday.jsonl --only broken,code_changed
  statuscode diff yesterday.json today.json --fail-on broken || notify";

/// Which snapshots to compare, and what to show.
#[derive(Debug, Args)]
#[command(before_long_help = DIFF_EXAMPLES)]
pub struct Diff {
    /// Snapshots, oldest first: files of account JSON in any shape. Changes are those between the last two
    #[arg(value_name = "SNAPSHOT", required = true, num_args = 2.., value_hint = ValueHint::FilePath)]
    pub snapshots: Vec<PathBuf>,
    /// List only these changes
    #[arg(long, value_name = "CHANGE", value_delimiter = ',')]
    pub only: Vec<ChangeKind>,
    /// Exit with 1 if there are these changes (any: other than unchanged)
    #[arg(long, value_name = "CHANGE", value_delimiter = ',')]
    pub fail_on: Vec<ChangeGate>,
    /// How input is read.
    #[command(flatten)]
    pub reading: Reading,
}

/// How input is read.
#[derive(Debug, Clone, Args)]
pub struct Reading {
    /// What to do at an invalid record
    #[arg(long, value_name = "WHAT", default_value = "continue")]
    pub invalid: OnInvalid,
    /// Threads [default: the machine's cores, less one for a pipe]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Largest record that is read, such as 8MiB
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = parse_size)]
    pub max_record_size: u64,
}

/// What to do at an invalid record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnInvalid {
    /// Name it, go on, and exit with 2 at the end
    Continue,
    /// Stop at the first one
    Fail,
    /// Name it, go on, and let the run succeed
    Allow,
}

/// Bytes, with one of the usual units behind the number.
fn parse_size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = match text[digits.len()..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err("a size is a number with a unit, such as 8MiB".to_owned()),
    };
    let number: u64 = digits
        .parse()
        .map_err(|_| "a size is a number with a unit, such as 8MiB".to_owned())?;
    number
        .checked_mul(unit)
        .filter(|&size| size > 0)
        .ok_or_else(|| "a size is between 1 byte and 16 EiB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_size("8MiB"), Ok(8 << 20));
        assert_eq!(parse_size("64 kib"), Ok(64 << 10));
        assert_eq!(parse_size("1000"), Ok(1000));
        for bad in ["", "MiB", "8 parsecs", "0", "99999999999GiB", "-1"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }
}
