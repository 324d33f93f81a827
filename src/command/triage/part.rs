//! What is gathered of one part of an input: counts always, accounts as far as the report shows them.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::account::Account;
use crate::catalog::Category;
use crate::classify::Classifier;
use crate::input::{Batch, Position, RecordError, Sink};
use crate::render::{Listed, Place, Report};
use crate::tally::Tally;

/// Which accounts a report shows.
#[derive(Debug, Clone)]
pub struct Listing {
    /// By category.
    shown: Vec<bool>,
    /// How many of each category are shown at the end.
    limit: usize,
    encodes: bool,
}

impl Listing {
    /// All accounts for a report that has one object or row for each; those that need someone for a report that shows some at
    /// its end; and of these only the categories `only`, if there are any.
    pub fn new(report: &dyn Report, only: &[Category]) -> Self {
        let needs_someone =
            |category| !matches!(category, Category::Ok | Category::Stale | Category::Pending);
        let shown = Category::ALL.iter().map(|category| {
            if only.is_empty() {
                report.encodes() || needs_someone(*category)
            } else {
                only.contains(category)
            }
        });
        Self {
            shown: shown.collect(),
            limit: report.listed(),
            encodes: report.encodes(),
        }
    }
}

/// What was gathered.
#[derive(Debug)]
pub struct Part {
    pub tally: Tally,
    pub encoded: Vec<u8>,
    /// By category.
    pub listed: Vec<Vec<Listed>>,
    pub invalid: Vec<(Position, RecordError)>,
}

impl Part {
    fn new(classifier: &Classifier<'_>) -> Self {
        Self {
            tally: Tally::new(classifier),
            encoded: Vec::new(),
            listed: vec![Vec::new(); Category::ALL.len()],
            invalid: Vec::new(),
        }
    }
}

/// Gathers the findings of a part for a report.
pub struct Gatherer<'a> {
    classifier: &'a Classifier<'a>,
    report: &'a dyn Report,
    listing: &'a Listing,
    input: Arc<str>,
    part: Part,
}

impl<'a> Gatherer<'a> {
    pub fn new(
        classifier: &'a Classifier<'a>,
        report: &'a dyn Report,
        listing: &'a Listing,
        input: Arc<str>,
    ) -> Self {
        let part = Part::new(classifier);
        Self {
            classifier,
            report,
            listing,
            input,
            part,
        }
    }
}

impl Sink for Gatherer<'_> {
    #[inline]
    fn account(&mut self, account: &Account<'_>, at: Position) {
        let finding = self.classifier.classify(account);
        self.part.tally.add(&finding);
        let category = finding.verdict.category as usize;
        if !self.listing.shown[category] {
            return;
        }
        if self.listing.encodes {
            let place = Place {
                input: &self.input,
                line: at.line,
                column: at.column(),
            };
            self.report.finding(&mut self.part.encoded, &finding, place);
        } else if self.part.listed[category].len() < self.listing.limit {
            self.part.listed[category].push(Listed::new(&finding));
        }
    }

    fn invalid(&mut self, at: Position, problem: RecordError) -> ControlFlow<()> {
        self.part.tally.invalid += 1;
        let place = Place {
            input: &self.input,
            line: at.line,
            column: at.column(),
        };
        self.report.invalid(&mut self.part.encoded, place, &problem);
        self.part.invalid.push((at, problem));
        ControlFlow::Continue(())
    }

    fn document(&mut self) {
        self.part.tally.documents += 1;
    }
}

impl Batch for Gatherer<'_> {
    type Output = Part;

    fn take(&mut self) -> Part {
        std::mem::replace(&mut self.part, Part::new(self.classifier))
    }
}
