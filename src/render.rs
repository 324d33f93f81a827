//! How the findings of a run are written: one trait, one file for each format.

mod csv;
mod digest;
mod json;
mod jsonl;
mod layout;
pub mod markdown;
mod page;
mod sheet;
mod table;
mod ticket;

use std::io::{self, Write};

pub use csv::Csv;
pub use json::Json;
pub use jsonl::JsonLines;
pub use layout::{Cell, Column, Grid, wrapped_headline};
pub use page::{Made, Page};
pub use sheet::csv_row;
pub use table::Table;
pub use ticket::Ticket;

use crate::catalog::Category;
use crate::classify::{Classifier, Finding};
use crate::input::RecordError;
use crate::tally::Tally;
use crate::wire;

/// Where a record was found.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The input as it was named; `-` for standard input.
    pub input: &'a str,
    /// The line, from 1.
    pub line: u64,
    /// The column in bytes, from 1.
    pub column: u64,
}

/// An account that a report shows at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The account's ids: account, customer, institution, login.
    pub ids: [Option<String>; 4],
    /// The code.
    pub code: Option<crate::account::Code>,
    /// The place of the verdict in the classifier.
    pub verdict: usize,
    /// Whole days from the last success to the last attempt.
    pub days_failing: Option<u64>,
}

impl Listed {
    /// What a report shows of a finding.
    #[must_use]
    pub fn new(finding: &Finding<'_, '_>) -> Self {
        let account = finding.account;
        let ids = [
            account.id,
            account.customer_id,
            account.institution_id,
            account.institution_login_id,
        ];
        Self {
            ids: ids.map(|id| id.map(str::to_owned)),
            code: account.aggregation_status_code,
            verdict: finding.verdict.place,
            days_failing: account.days_failing(),
        }
    }
}

/// All that is known at the end of a run.
#[derive(Debug)]
pub struct End<'a> {
    /// The counts.
    pub tally: &'a Tally,
    /// What the counts are of.
    pub classifier: &'a Classifier<'a>,
    /// The accounts that the report asked for, the most urgent category first, then in the order of the input.
    pub listed: &'a [Listed],
    /// How many accounts would be listed without a limit.
    pub listable: u64,
    /// The first invalid records, if the report asked for them.
    pub invalid: &'a [wire::Invalid<'static>],
}

impl End<'_> {
    /// Accounts that would be listed, if there were no limit.
    #[must_use]
    pub fn not_listed(&self) -> u64 {
        self.listable - self.listed.len() as u64
    }
}

/// A format.
///
/// Findings are encoded by several workers at once, each into a buffer of its own; the buffers are then written in the order
/// of the input. A format that shows accounts at its end asks for them with [`Report::listed`].
pub trait Report: Sync {
    /// How many accounts of each category the report wants to have at its end.
    fn listed(&self) -> usize {
        0
    }

    /// How many invalid records the report wants to have at its end.
    fn invalid_listed(&self) -> usize {
        0
    }

    /// Whether findings are encoded at all.
    fn encodes(&self) -> bool {
        true
    }

    /// Whether every finding is to be seen at once, as it comes.
    fn is_live(&self) -> bool {
        false
    }

    /// Writes what stands before the findings.
    ///
    /// # Errors
    ///
    /// When writing fails.
    fn begin(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Encodes one finding.
    fn finding(&self, _into: &mut Vec<u8>, _finding: &Finding<'_, '_>, _place: Place<'_>) {}

    /// Encodes one invalid record.
    fn invalid(&self, _into: &mut Vec<u8>, _place: Place<'_>, _problem: &RecordError) {}

    /// What every encoded finding begins with, but the first must not.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// Writes what stands behind the findings.
    ///
    /// # Errors
    ///
    /// When writing fails.
    fn finish(&self, _out: &mut dyn Write, _end: &End<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// The categories by urgency: those first for which somebody must act.
pub const BY_URGENCY: [Category; Category::ALL.len()] = [
    Category::UserAction,
    Category::Support,
    Category::Partner,
    Category::Unknown,
    Category::Institution,
    Category::Stale,
    Category::Pending,
    Category::Ok,
];
