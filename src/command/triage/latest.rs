//! Reads everything, and then counts only the last record of every account, for `--latest`.

use std::fmt::Display;
use std::io;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::super::batch::{Collect, Reader};
use super::super::context::CANNOT_WRITE;
use super::super::sources::Source;
use crate::account::Account;
use crate::answer::triage::Location;
use crate::classify::{Classifier, Finding};
use crate::latest::{Batch, Latest};
use crate::select::Selection;
use crate::tally::Tally;

/// The number of findings to collect before they are consumed.
const BATCH: usize = 1024;

/// Reads all sources like [`Reader::read_all`], but collects only the last record of every account,
/// if it is selected, in the order of these records. All other records count as unselected. Invalid
/// records come first.
pub fn read_all<C: Collect>(
    reader: &mut Reader<'_>,
    sources: &[Source],
    selection: Option<&Selection>,
    classifier: &Classifier<'_>,
    collector: impl Fn(&Arc<str>) -> C + Sync,
    mut consume: impl FnMut(C::Output) -> io::Result<()> + Send,
) -> Result<()> {
    let mut latest = Latest::default();
    let mut names: Vec<Arc<str>> = Vec::new();
    let collect_all = |input: &Arc<str>| CollectAll {
        input: Arc::clone(input),
        batch: Batch::default(),
        inner: collector(input),
    };
    reader.read_all(sources, collect_all, |(input, batch, output)| {
        if names.last().is_none_or(|last| !Arc::ptr_eq(last, &input)) {
            names.push(input);
        }
        latest.extend(&batch, u32::try_from(names.len() - 1).unwrap_or(u32::MAX));
        consume(output)
    })?;

    let (records, mut superseded) = (reader.tally.records(), latest.records());
    let mut tally = Tally::new(classifier);
    (tally.documents, tally.invalid) = (reader.tally.documents, reader.tally.invalid);
    let mut collector = collector(&Arc::from(""));
    let mut waiting = 0;
    let result = latest.try_for_each(|account, input, line| {
        superseded -= 1;
        if selection.is_some_and(|selection| !selection.matches(account)) {
            return Ok(());
        }
        let finding = classifier.classify(account);
        tally.add(&finding);
        let input = names.get(input as usize).map_or("", |name| &**name);
        collector.finding(&finding, Location { input, line, column: 1 });
        waiting += 1;
        if waiting == BATCH {
            waiting = 0;
            consume(collector.take())?;
        }
        io::Result::Ok(())
    });
    result.and_then(|()| consume(collector.take())).context(CANNOT_WRITE)?;
    tally.unselected = records - tally.records();
    reader.superseded = superseded;
    reader.tally = tally;
    Ok(())
}

/// Collects every record that may be selected, and passes invalid records to `inner`.
struct CollectAll<C> {
    input: Arc<str>,
    batch: Batch,
    inner: C,
}

impl<C: Collect> Collect for CollectAll<C> {
    type Output = (Arc<str>, Batch, C::Output);
    const LAST_RECORD_DECIDES: bool = true;

    fn finding(&mut self, finding: &Finding<'_, '_>, location: Location<'_>) {
        self.batch.add(finding, location.line);
    }

    fn excluded(&mut self, account: &Account<'_>) {
        self.batch.add_excluded(account);
    }

    fn invalid(&mut self, location: Location<'_>, error: &dyn Display) {
        self.inner.invalid(location, error);
    }

    fn take(&mut self) -> Self::Output {
        (Arc::clone(&self.input), std::mem::take(&mut self.batch), self.inner.take())
    }
}
