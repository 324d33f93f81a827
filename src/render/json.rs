//! One JSON document. Accounts are written as they come, the summary last.

use std::io::{self, Write};

use super::jsonl::{AccountEncoder, json};
use super::{End, Place, Report};
use crate::classify::{Classifier, Finding};
use crate::wire;

/// Invalid records that the document lists; the summary counts all of them.
pub const INVALID_LISTED: usize = 10_000;

/// The format `json`.
#[derive(Debug)]
pub struct Json {
    encoder: AccountEncoder,
}

impl Json {
    /// For the verdicts of this classifier.
    #[must_use]
    pub fn new(classifier: &Classifier<'_>) -> Self {
        Self {
            encoder: AccountEncoder::new(classifier),
        }
    }
}

impl Report for Json {
    fn invalid_listed(&self) -> usize {
        INVALID_LISTED
    }

    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "{{\"schemaVersion\":{},\n\"accounts\":[\n",
            wire::SCHEMA_VERSION
        )
    }

    fn finding(&self, into: &mut Vec<u8>, finding: &Finding<'_, '_>, place: Place<'_>) {
        into.extend_from_slice(self.separator());
        self.encoder.encode(into, finding, place);
    }

    fn separator(&self) -> &'static [u8] {
        b",\n"
    }

    fn finish(&self, out: &mut dyn Write, end: &End<'_>) -> io::Result<()> {
        let summary = wire::Summary::new(end.tally, end.classifier);
        write!(
            out,
            "],\n\"invalid\":{},\n\"summary\":{}}}\n",
            json(end.invalid),
            json(&summary)
        )
    }
}
