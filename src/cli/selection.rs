//! Options that select accounts.

use std::fmt;

use clap::Args;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use super::{candidates, values};
use crate::account::Code;
use crate::query::{self, Query};

/// Which accounts count.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Selection options")]
pub struct SelectionArgs {
    /// Only accounts with these codes
    ///
    /// A code is a number (185), a range (920-929), a pattern (9xx), the name of an entry
    /// (bad-credentials), or "pending" for accounts without a code.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    #[arg(add = ArgValueCandidates::new(code_candidates))]
    pub code: Vec<CodeQuery>,
    /// Only accounts with these ids
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = id)]
    pub account: Vec<String>,
    /// Only accounts of these customers
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = id)]
    pub customer: Vec<String>,
    /// Only accounts at these institutions
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = id)]
    pub institution: Vec<String>,
    /// Only accounts of these institution logins
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = id)]
    pub login: Vec<String>,
    /// Only accounts without data for N days or more
    ///
    /// Days are counted from the last success to the last attempt. Accounts without these dates are
    /// not selected.
    #[arg(long, value_name = "N", value_parser = values::days, allow_negative_numbers = true)]
    pub min_days: Option<u32>,
}

/// Codes to select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeQuery {
    /// All codes from the first to the last.
    Range(Code, Code),
    /// Accounts without a code.
    Pending,
    /// The code of the entry with this name.
    Name(String),
}

impl fmt::Display for CodeQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range(first, last) if first == last => write!(f, "{first}"),
            Self::Range(first, last) => write!(f, "{first}-{last}"),
            Self::Pending => f.write_str(PENDING),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// The value that selects accounts without a code.
const PENDING: &str = "pending";

fn code_candidates() -> Vec<CompletionCandidate> {
    let pending = CompletionCandidate::new(PENDING).help(Some("accounts without a code".into()));
    candidates::codes().into_iter().chain([pending]).collect()
}

fn code(text: &str) -> Result<CodeQuery, String> {
    let text = text.trim();
    let is_name = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.chars().all(|character| character.is_ascii_alphanumeric() || character == '-')
    };
    let is_reversed = |text: &str| {
        let ends = text.split_once('-').map(|(first, last)| [first, last].map(str::parse::<Code>));
        matches!(ends, Some([Ok(first), Ok(last)]) if first > last)
    };
    match query::read(text) {
        Query::Code(code) => Ok(CodeQuery::Range(code, code)),
        Query::Range(first, last) => Ok(CodeQuery::Range(first, last)),
        _ if text.eq_ignore_ascii_case(PENDING) => Ok(CodeQuery::Pending),
        _ if is_reversed(text) => {
            Err("the range is reversed: write the lower code first, such as 920-929".to_owned())
        }
        _ if is_name(text) => Ok(CodeQuery::Name(text.to_ascii_lowercase())),
        _ => Err("expected a code (185), a range (920-929), a pattern (9xx), a name \
                  (bad-credentials), or pending"
            .to_owned()),
    }
}

fn id(text: &str) -> Result<String, String> {
    let id = text.trim();
    if id.is_empty() { Err("an id cannot be empty".to_owned()) } else { Ok(id.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_same_syntax_as_in_explain() {
        assert_eq!(code("0185"), Ok(CodeQuery::Range(185, 185)));
        assert_eq!(code(" 920-929"), Ok(CodeQuery::Range(920, 929)));
        assert_eq!(code("9xx"), Ok(CodeQuery::Range(900, 999)));
        assert_eq!(code("Pending"), Ok(CodeQuery::Pending));
        assert_eq!(code("Bad-Credentials"), Ok(CodeQuery::Name("bad-credentials".to_owned())));
        for invalid in ["", "-", "-185", "1.5", "929-920", "error 185", "x\u{1b}[0m"] {
            assert!(code(invalid).is_err(), "{invalid}");
        }
        assert!(code("929-920").unwrap_err().starts_with("the range is reversed"));
    }
}
