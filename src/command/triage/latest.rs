//! `--latest`: reads everything first, and then has the last record of every account counted.

use std::io;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::super::batch::{Keep, Reader};
use super::super::context::CANNOT_WRITE;
use super::super::sources::Source;
use crate::answer::triage::Location;
use crate::classify::{Classifier, Finding};
use crate::input::RecordError;
use crate::latest::{Batch, Latest};
use crate::select::Selection;
use crate::tally::Tally;

/// Findings that are handed over at once.
const HANDED_OVER: usize = 1024;

/// Reads all sources like [`Reader::read_all`], but `keep` gets the last record of every account
/// only, if it is selected, in the order of these records. What else was read is counted as
/// unselected. Invalid records come first.
pub fn read_all<K: Keep>(
    reader: &mut Reader<'_>,
    sources: &[Source],
    selection: Option<&Selection>,
    classifier: &Classifier<'_>,
    keep: impl Fn(&Arc<str>) -> K + Sync,
    mut take: impl FnMut(K::Kept) -> io::Result<()> + Send,
) -> Result<()> {
    let mut latest = Latest::default();
    let mut names: Vec<Arc<str>> = Vec::new();
    let keep_all = |input: &Arc<str>| KeepAll {
        input: Arc::clone(input),
        batch: Batch::default(),
        inner: keep(input),
    };
    reader.read_all(sources, keep_all, |(input, batch, kept)| {
        if names.last().is_none_or(|last| !Arc::ptr_eq(last, &input)) {
            names.push(input);
        }
        latest.extend(&batch, u32::try_from(names.len() - 1).unwrap_or(u32::MAX));
        take(kept)
    })?;

    let records = reader.tally.records();
    let mut tally = Tally::new(classifier);
    (tally.documents, tally.invalid) = (reader.tally.documents, reader.tally.invalid);
    let mut keeper = keep(&Arc::from(""));
    let mut waiting = 0;
    let handed = latest.try_for_each(|account, input, line| {
        if selection.is_some_and(|selection| !selection.matches(account)) {
            return Ok(());
        }
        let finding = classifier.classify(account);
        tally.add(&finding);
        let input = names.get(input as usize).map_or("", |name| &**name);
        keeper.finding(&finding, Location { input, line, column: 1 });
        waiting += 1;
        if waiting == HANDED_OVER {
            waiting = 0;
            take(keeper.take())?;
        }
        io::Result::Ok(())
    });
    handed.and_then(|()| take(keeper.take())).context(CANNOT_WRITE)?;
    tally.unselected = records - tally.records();
    reader.tally = tally;
    Ok(())
}

/// Keeps every record that may be selected, and passes on what is invalid.
struct KeepAll<K> {
    input: Arc<str>,
    batch: Batch,
    inner: K,
}

impl<K: Keep> Keep for KeepAll<K> {
    type Kept = (Arc<str>, Batch, K::Kept);
    const LAST_RECORD_DECIDES: bool = true;

    fn finding(&mut self, finding: &Finding<'_, '_>, location: Location<'_>) {
        self.batch.add(finding, location.line);
    }

    fn invalid(&mut self, location: Location<'_>, error: &RecordError) {
        self.inner.invalid(location, error);
    }

    fn take(&mut self) -> Self::Kept {
        (Arc::clone(&self.input), std::mem::take(&mut self.batch), self.inner.take())
    }
}
