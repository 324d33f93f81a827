//! Options that work before and after every command.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::values;
use crate::render::Format;
use crate::terminal::{ColorChoice, Preferences};

/// Options that work before and after every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Format: table, json, jsonl, csv, markdown, html, ...
    #[arg(short, long, global = true, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<Format>,
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
    /// Use color: auto, always, never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true)]
    pub color: ColorChoice,
    /// Output width in columns
    #[arg(long, global = true, value_name = "N")]
    #[arg(value_parser = values::columns, allow_negative_numbers = true)]
    pub width: Option<u16>,
    /// Use only ASCII characters to draw
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Overlay catalog of codes
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(env = values::env("STATUSCODE_CODES"), hide_env_values = true)]
    pub codes: Option<PathBuf>,
    /// Suppress notes and warnings, but not errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

impl GlobalArgs {
    /// Returns the requested format.
    #[must_use]
    pub fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format.unwrap_or(Format::Table) }
    }

    /// Returns the user's preferences for output.
    #[must_use]
    pub const fn preferences(&self) -> Preferences {
        Preferences { color: self.color, width: self.width, ascii: self.ascii }
    }
}
