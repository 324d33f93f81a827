//! Collects the findings of each block: encoded records, or the accounts that a report lists.

use std::fmt::Display;
use std::sync::Arc;

use super::super::batch::Collect;
use super::page::PageBatch;
use crate::answer::invalid::InvalidLine;
use crate::answer::triage::{ListedAccounts, Location};
use crate::catalog::Category;
use crate::classify::Finding;
use crate::render::{AccountEncoder, RecordFormat};

/// Decides which findings an answer lists.
pub struct ListOptions {
    /// By category, whether its accounts are listed.
    pub categories: Vec<bool>,
    /// The number of accounts of each category that a report lists.
    pub limit: usize,
    /// The encoder, for formats that have records.
    pub encoder: Option<AccountEncoder>,
    /// Whether the answer is an HTML page.
    pub is_page: bool,
}

impl ListOptions {
    /// Returns an empty list of accounts for each category.
    pub fn empty_lists(&self) -> Vec<ListedAccounts> {
        vec![ListedAccounts::new(self.limit); Category::ALL.len()]
    }
}

/// The findings of one block.
pub struct FindingBatch {
    /// Encoded records.
    pub encoded: Vec<u8>,
    /// Accounts to list, by category.
    pub listed: Vec<ListedAccounts>,
    /// What only an HTML page needs.
    pub page: Option<PageBatch>,
}

impl FindingBatch {
    fn new(options: &ListOptions) -> Self {
        Self {
            encoded: Vec::new(),
            listed: options.empty_lists(),
            page: options.is_page.then(PageBatch::default),
        }
    }
}

/// Collects the findings that an answer lists.
pub struct CollectFindings<'a> {
    options: &'a ListOptions,
    format: Option<RecordFormat>,
    input: Arc<str>,
    batch: FindingBatch,
}

impl<'a> CollectFindings<'a> {
    pub fn new(options: &'a ListOptions, format: Option<RecordFormat>, input: &Arc<str>) -> Self {
        let batch = FindingBatch::new(options);
        Self { options, format, input: Arc::clone(input), batch }
    }
}

impl Collect for CollectFindings<'_> {
    type Output = FindingBatch;

    #[inline]
    fn finding(&mut self, finding: &Finding<'_, '_>, location: Location<'_>) {
        if let Some(page) = &mut self.batch.page {
            page.add(finding);
        }
        let category = finding.verdict.category as usize;
        if !self.options.categories[category] {
            return;
        }
        match &self.options.encoder {
            Some(encoder) => encoder.encode(&mut self.batch.encoded, finding, location),
            None => self.batch.listed[category].add(finding),
        }
    }

    fn invalid(&mut self, location: Location<'_>, error: &dyn Display) {
        if let Some(format) = self.format {
            let line = InvalidLine {
                error: error.to_string().into(),
                input: (&*self.input).into(),
                line: location.line,
            };
            format.invalid(&mut self.batch.encoded, &line);
        }
    }

    fn take(&mut self) -> FindingBatch {
        std::mem::replace(&mut self.batch, FindingBatch::new(self.options))
    }
}
