//! Options of the commands that read accounts.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::help;

/// How to read accounts.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Input options", mut_args = help::fold_values)]
pub struct InputArgs {
    /// Also read the inputs listed in this file
    ///
    /// The file lists one file or directory per line, or names separated by NUL bytes, as find
    /// -print0 writes them, at most 1,000,000. FILE may be - for standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
    /// Policy for invalid records
    #[arg(long, value_name = "POLICY", default_value = "continue")]
    pub invalid: InvalidPolicy,
    /// Number of threads [default: one per core]
    ///
    /// When reading from a pipe, the default leaves one core to the program that writes to the pipe.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Maximum size of a record
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = parse_size)]
    pub max_record_size: u64,
}

/// Names for ids.
#[derive(Debug, Clone, Default, Args)]
pub struct NamesArgs {
    /// JSON file with the names of institutions
    ///
    /// FILE contains the API's list of institutions, or any JSON with objects that have an id and a
    /// name. Names of accounts, customers, and owners are skipped.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub institutions: Option<PathBuf>,
}

/// What to do about an invalid record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InvalidPolicy {
    /// Report each one, continue, and exit with 2 at the end
    Continue,
    /// Stop at the first one and exit with 2
    Fail,
    /// Report each one, continue, and fail only if an input is not JSON at all
    Allow,
}

const SIZE_SYNTAX: &str = "expected a number and a unit, such as 8MiB";

/// Parses a number with an optional unit into bytes.
fn parse_size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = match text[digits.len()..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        "p" | "pib" => 1 << 50,
        "e" | "eib" => 1 << 60,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "tb" => 1_000_000_000_000,
        "pb" => 1_000_000_000_000_000,
        "eb" => 1_000_000_000_000_000_000,
        _ => return Err(SIZE_SYNTAX.to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| SIZE_SYNTAX.to_owned())?;
    number
        .checked_mul(unit)
        .filter(|&size| size > 0)
        .ok_or_else(|| "a size must be at least 1 byte and less than 16 EiB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_may_have_a_unit() {
        assert_eq!(parse_size("8MiB"), Ok(8 << 20));
        assert_eq!(parse_size("64 kib"), Ok(64 << 10));
        assert_eq!(parse_size("2mb"), Ok(2_000_000));
        assert_eq!(parse_size("1000"), Ok(1000));
        assert_eq!(parse_size("1TiB"), Ok(1 << 40));
        assert_eq!(parse_size("1P"), Ok(1 << 50));
        assert_eq!(parse_size("15 EiB"), Ok(15 << 60));
        assert_eq!(parse_size("18EB"), Ok(18_000_000_000_000_000_000));
    }

    #[test]
    fn a_size_without_a_number_or_with_an_unknown_unit_is_an_error() {
        for bad in ["", "MiB", "8 parsecs", "0", "99999999999GiB", "16EiB", "-1"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }
}
