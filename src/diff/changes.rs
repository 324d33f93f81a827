//! The changes between two snapshots, which are views of their accounts.

use std::collections::HashSet;

use super::change::{Change, ChangeKind};
use super::outage::{self, Outage};
use super::record::Record;
use crate::account::Code;
use crate::catalog::Category;
use crate::ids::{IdPool, PackedId};
use crate::select::Selection;

/// All changes: the worst first, then by customer and account.
#[derive(Debug)]
pub struct Changes {
    ids: IdPool,
    /// The accounts of the new snapshot, then those that disappeared.
    records: Vec<Record>,
    listed: Vec<Listed>,
    /// Accounts by what became of them, in the order of [`ChangeKind::ALL`].
    counts: [u64; ChangeKind::ALL.len()],
    outages: Vec<Outage>,
    /// Institution and code of every outage.
    down: HashSet<(PackedId, Code)>,
}

/// A change, and the ids that it is sorted by.
#[derive(Debug, Clone, Copy)]
struct Listed {
    kind: ChangeKind,
    customer: Option<PackedId>,
    id: Option<PackedId>,
    index: usize,
}

impl Changes {
    pub(super) fn new(
        ids: IdPool,
        mut gone: Vec<Record>,
        new: Vec<Record>,
        category: impl Fn(Option<Code>) -> Category,
        selection: &Selection,
    ) -> Self {
        let counted = new.iter().filter(|record| record.ids.are_selected(selection, &ids));
        let (mut outages, mut down) = outage::find(counted, &ids, category);
        outages.retain(|outage| selection.code(Some(outage.code)));
        down.retain(|(_, code)| selection.code(Some(*code)));
        let present = new.len();
        gone.retain(|record| !record.is_followed);
        let mut records = new;
        records.append(&mut gone);
        let mut counts = [0; ChangeKind::ALL.len()];
        let mut listed = Vec::new();
        for (index, record) in records.iter().enumerate() {
            let is_gone = index >= present;
            if !record.is_selected(is_gone, selection, &ids) {
                continue;
            }
            let kind = if is_gone {
                ChangeKind::Disappeared
            } else {
                let before = record.was_present.then_some(record.before());
                ChangeKind::between(before, record.code())
            };
            counts[kind as usize] += 1;
            if kind != ChangeKind::Unchanged {
                listed.push(Listed {
                    kind,
                    customer: record.ids.customer,
                    id: record.ids.id,
                    index,
                });
            }
        }
        listed.sort_unstable_by(|a, b| {
            a.kind
                .cmp(&b.kind)
                .then_with(|| ids.compare(a.customer, b.customer))
                .then_with(|| ids.compare(a.id, b.id))
        });
        Self { ids, records, listed, counts, outages, down }
    }

    /// The changes in order, without accounts that are [`ChangeKind::Unchanged`]. None of them is
    /// built before it is asked for.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Change<'_>> {
        self.listed
            .iter()
            .map(|listed| Change::new(listed.kind, &self.records[listed.index], &self.ids))
    }

    /// How many accounts of the two snapshots this became of.
    #[must_use]
    pub const fn count(&self, kind: ChangeKind) -> u64 {
        self.counts[kind as usize]
    }

    /// Likely outages, most accounts first.
    #[must_use]
    pub fn outages(&self) -> &[Outage] {
        &self.outages
    }

    /// Whether an account is one of those that an outage counts.
    #[must_use]
    pub fn is_in_outage(&self, change: &Change<'_>) -> bool {
        change.new_failure().is_some_and(|failure| self.down.contains(&failure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_takes_32_bytes() {
        assert_eq!(size_of::<Listed>(), 32);
    }
}
