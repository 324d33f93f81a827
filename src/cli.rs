//! What can be typed, and nothing else.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use crate::catalog::{Action, Catalog, Category, Standing};
use crate::diff::ChangeKind;

const ABOUT: &str = "Explains and triages the aggregation status codes of Mastercard Open Finance US (formerly Finicity)";

const EXAMPLES: &str = "\
Examples:
  statuscode explain 185                      what a code means, who must act, what to do
  statuscode triage accounts.json             classify every account of a file
  curl ... | statuscode triage --json         the same from a pipe, for a script

Each command has a --help of its own, with more examples.

Exit status:
  0  done, whatever was found
  1  the answer is no: the gate of --fail-on tripped, or explain met an unknown code
  2  it could not be done, or not all of it";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "statuscode", version, about = ABOUT, before_long_help = EXAMPLES, max_term_width = 100)]
#[command(
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// Options that every command has.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that stand before or after the command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// How to write the answer
    #[arg(
        short,
        long,
        global = true,
        value_name = "FORMAT",
        help_heading = "Global options"
    )]
    pub format: Option<Format>,
    /// The same as --format json
    #[arg(
        long,
        global = true,
        conflicts_with = "format",
        help_heading = "Global options"
    )]
    pub json: bool,
    /// When to colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Global options"
    )]
    pub color: ColorChoice,
    /// Columns to write in, instead of the terminal's
    #[arg(long, global = true, value_name = "N", help_heading = "Global options", value_parser = clap::value_parser!(u16).range(1..))]
    pub width: Option<u16>,
    /// Draw tables with ASCII characters only
    #[arg(long, global = true, help_heading = "Global options")]
    pub ascii: bool,
    /// A catalog of one's own, which replaces or adds codes
    #[arg(long, global = true, value_name = "FILE", env = "STATUSCODE_CODES", hide_env_values = true, value_hint = ValueHint::FilePath, help_heading = "Global options")]
    pub codes: Option<PathBuf>,
    /// Say nothing on standard error unless something failed
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

impl Global {
    /// The format that was asked for.
    #[must_use]
    pub fn format(&self) -> Format {
        if self.json {
            Format::Json
        } else {
            self.format.unwrap_or(Format::Table)
        }
    }
}

/// A way to write an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, at a terminal
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// For spreadsheets: comma-separated values, safe to open
    Csv,
    /// For tickets and wikis
    Markdown,
}

impl Format {
    /// The word that is typed.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
        }
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// At a terminal, as the environment wishes
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What a code means, who must act, what to do
    Explain(Explain),
    /// The catalog, filtered
    List(List),
    /// Classify every account
    Triage(Triage),
    /// The repair work, one step for each login, account or ticket, most accounts first
    Plan(Plan),
    /// What changed between snapshots
    Diff(Diff),
    /// The JSON Schema of an output
    Schema(Schema),
    /// What a shell needs to complete commands, options and codes
    Completions(Completions),
    /// The manual page, as roff
    Man(Man),
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  statuscode explain 185
  statuscode explain 920-929 9xx bad-credentials
  statuscode explain \"Error code 185\"
  pbpaste | statuscode explain -
  statuscode explain --all --json";

/// The codes with their titles, for completion.
fn code_candidates() -> Vec<CompletionCandidate> {
    let entries = Catalog::built_in().entries().iter();
    entries
        .map(|entry| {
            CompletionCandidate::new(entry.code.to_string()).help(Some(entry.title.clone().into()))
        })
        .collect()
}

/// The sources with their titles, for completion.
fn source_candidates() -> Vec<CompletionCandidate> {
    let sources = Catalog::built_in().sources().iter();
    sources
        .map(|source| CompletionCandidate::new(&source.id).help(Some(source.title.clone().into())))
        .collect()
}

/// What to explain.
#[derive(Debug, Args)]
#[command(before_long_help = EXPLAIN_EXAMPLES)]
pub struct Explain {
    /// A code (185), a range (920-929), a group (9xx), a name (bad-credentials), a text with codes in it, or - for a text on
    /// standard input
    #[arg(value_name = "CODE", required_unless_present = "all", add = ArgValueCandidates::new(code_candidates))]
    pub asked: Vec<String>,
    /// Every code of the catalog
    #[arg(long, conflicts_with = "asked")]
    pub all: bool,
}

const LIST_EXAMPLES: &str = "\
Examples:
  statuscode list --connect-fix
  statuscode list --category user_action --action connect_fix
  statuscode list --search oauth --json";

/// Which entries to list.
#[derive(Debug, Args)]
#[command(before_long_help = LIST_EXAMPLES)]
pub struct List {
    /// Only these categories
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub category: Vec<Category>,
    /// Only these actions
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub action: Vec<Action>,
    /// Only codes that this source speaks of
    #[arg(long, value_name = "SOURCE", value_delimiter = ',', add = ArgValueCandidates::new(source_candidates))]
    pub source: Vec<String>,
    /// Only codes that are documented this well
    #[arg(long, value_name = "STANDING", value_delimiter = ',')]
    pub standing: Vec<Standing>,
    /// Only codes that Data Connect Fix can normally repair
    #[arg(long)]
    pub connect_fix: bool,
    /// Only codes with this text in their name, title, meaning, action or notes
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}

const TRIAGE_EXAMPLES: &str = "\
Examples:
  statuscode triage accounts.json
  statuscode triage night-1.jsonl night-2.jsonl --only user_action --limit 0
  curl ... | statuscode triage --json | jq .summary.byCategory
  statuscode triage accounts.json --fail-on user_action,support || notify
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
    /// Rows of accounts in the table; 0 for all
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub limit: usize,
    /// Required actions for applications that have not integrated Data Connect Fix
    #[arg(long)]
    pub no_connect_fix: bool,
    /// How input is read.
    #[command(flatten)]
    pub reading: Reading,
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

/// What trips the gate of `diff --fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeGate {
    /// A change of this kind.
    Kind(ChangeKind),
    /// Any change.
    Any,
}

impl ValueEnum for ChangeGate {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Kind(ChangeKind::Broken),
            Self::Kind(ChangeKind::CodeChanged),
            Self::Kind(ChangeKind::StillFailing),
            Self::Kind(ChangeKind::Appeared),
            Self::Kind(ChangeKind::Disappeared),
            Self::Kind(ChangeKind::Recovered),
            Self::Any,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Kind(kind) => kind.word(),
            Self::Any => "any",
        }))
    }
}

impl ValueEnum for ChangeKind {
    fn value_variants<'a>() -> &'a [Self] {
        // What is unchanged is counted, never listed.
        &Self::ALL[..Self::ALL.len() - 1]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

const SCHEMA_EXAMPLES: &str = "\
Examples:
  statuscode schema triage > triage.schema.json";

/// Whose output.
#[derive(Debug, Args)]
#[command(before_long_help = SCHEMA_EXAMPLES)]
pub struct Schema {
    /// The command
    pub name: SchemaName,
}

/// A command with JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// explain --json
    Explain,
    /// list --json
    List,
    /// triage --json
    Triage,
    /// plan --json
    Plan,
    /// diff --json
    Diff,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  bash        echo 'source <(statuscode completions bash)' >> ~/.bashrc
  zsh         echo 'source <(statuscode completions zsh)' >> ~/.zshrc
  fish        statuscode completions fish > ~/.config/fish/completions/statuscode.fish
  elvish      echo 'eval (statuscode completions elvish | slurp)' >> ~/.elvish/rc.elv
  powershell  statuscode completions powershell | Out-String | Invoke-Expression
  nushell     statuscode completions nushell | save -f ~/.config/nushell/statuscode.nu";

/// For which shell.
#[derive(Debug, Args)]
#[command(before_long_help = COMPLETIONS_EXAMPLES)]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU Bash
    Bash,
    /// Z shell
    Zsh,
    /// fish
    Fish,
    /// Elvish
    Elvish,
    /// `PowerShell`
    #[value(name = "powershell")]
    PowerShell,
    /// Nushell
    Nushell,
}

const MAN_EXAMPLES: &str = "\
Examples:
  statuscode man | man -l -
  statuscode man triage > /usr/local/share/man/man1/statuscode-triage.1";

/// Whose page.
#[derive(Debug, Args)]
#[command(before_long_help = MAN_EXAMPLES)]
pub struct Man {
    /// A command; without one, the program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
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

/// What trips the gate of `--fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// An account of this category.
    Category(Category),
    /// An account of any category but `ok`.
    Any,
    /// No account at all.
    Empty,
}

impl ValueEnum for Gate {
    fn value_variants<'a>() -> &'a [Self] {
        const VARIANTS: [Gate; Category::ALL.len() + 2] = {
            let mut variants = [Gate::Any; Category::ALL.len() + 2];
            let mut place = 0;
            while place < Category::ALL.len() {
                variants[place] = Gate::Category(Category::ALL[place]);
                place += 1;
            }
            variants[place + 1] = Gate::Empty;
            variants
        };
        &VARIANTS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Category(category) => PossibleValue::new(category.word()).help(category.means()),
            Self::Any => PossibleValue::new("any").help("any category but ok"),
            Self::Empty => PossibleValue::new("empty").help("no account at all"),
        })
    }
}

macro_rules! typed_words {
    ($($name:ident),+) => {$(
        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                Self::ALL
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(self.word()).help(self.means()))
            }
        }
    )+};
}

typed_words!(Category, Action, Standing);

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
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

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
