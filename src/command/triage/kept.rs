//! What `triage` keeps of each block: encoded records, or the accounts that a report lists.

use std::sync::Arc;

use super::super::batch::Keep;
use super::page::PageBatch;
use crate::answer::triage::{InvalidLine, Listed, Location};
use crate::catalog::Category;
use crate::classify::Finding;
use crate::input::RecordError;
use crate::render::{AccountEncoder, RecordFormat};

/// Which findings an answer lists.
pub struct Shown {
    /// By category, whether its accounts are listed.
    pub categories: Vec<bool>,
    /// How many of each category a report lists.
    pub limit: usize,
    /// The encoder, for formats that have records.
    pub encoder: Option<AccountEncoder>,
    /// Whether the answer is a page.
    pub is_page: bool,
}

/// What was kept of one block.
#[derive(Default)]
pub struct Kept {
    /// Encoded records.
    pub encoded: Vec<u8>,
    /// Accounts to list, by category.
    pub listed: Vec<Vec<Listed>>,
    /// What a page draws.
    pub page: Option<PageBatch>,
}

impl Kept {
    fn new(is_page: bool) -> Self {
        Self {
            encoded: Vec::new(),
            listed: vec![Vec::new(); Category::ALL.len()],
            page: is_page.then(PageBatch::default),
        }
    }
}

/// Keeps the findings that an answer lists.
pub struct KeepFindings<'a> {
    shown: &'a Shown,
    format: Option<RecordFormat>,
    input: Arc<str>,
    kept: Kept,
}

impl<'a> KeepFindings<'a> {
    pub fn new(shown: &'a Shown, format: Option<RecordFormat>, input: &Arc<str>) -> Self {
        Self { shown, format, input: Arc::clone(input), kept: Kept::new(shown.is_page) }
    }
}

impl Keep for KeepFindings<'_> {
    type Kept = Kept;

    #[inline]
    fn finding(&mut self, finding: &Finding<'_, '_>, location: Location<'_>) {
        if let Some(page) = &mut self.kept.page {
            page.add(finding);
        }
        let category = finding.verdict.category as usize;
        if !self.shown.categories[category] {
            return;
        }
        match &self.shown.encoder {
            Some(encoder) => encoder.encode(&mut self.kept.encoded, finding, location),
            None if self.kept.listed[category].len() < self.shown.limit => {
                self.kept.listed[category].push(Listed::new(finding));
            }
            None => {}
        }
    }

    fn invalid(&mut self, location: Location<'_>, error: &RecordError) {
        if let Some(format) = self.format {
            let line = InvalidLine {
                error: error.to_string().into(),
                input: (&*self.input).into(),
                line: location.line,
            };
            format.invalid(&mut self.kept.encoded, &line);
        }
    }

    fn take(&mut self) -> Kept {
        std::mem::replace(&mut self.kept, Kept::new(self.shown.is_page))
    }
}
