//! The changes between two snapshots.

use std::collections::HashSet;

use super::change::{Change, ChangeKind};
use super::outage::{self, Outage};
use super::record::Record;
use crate::account::Code;
use crate::catalog::Category;
use crate::ids::{IdPool, PackedId};
use crate::select::Selection;

/// All changes: the worst kind first, then by customer and account.
#[derive(Debug)]
pub struct Changes {
    ids: IdPool,
    /// The accounts of the new snapshot, then those that disappeared.
    records: Vec<Record>,
    order: Vec<SortKey>,
    /// The number of accounts by kind of change, in the order of [`ChangeKind::ALL`].
    counts: [u64; ChangeKind::ALL.len()],
    outages: Vec<Outage>,
    /// The institution and code of every outage.
    outage_keys: HashSet<(PackedId, Code)>,
}

/// A change, and the ids by which it is sorted.
#[derive(Debug, Clone, Copy)]
struct SortKey {
    kind: ChangeKind,
    customer: Option<PackedId>,
    id: Option<PackedId>,
    index: usize,
}

impl Changes {
    pub(super) fn new(
        ids: IdPool,
        mut old: Vec<Record>,
        new: Vec<Record>,
        category: impl Fn(Option<Code>) -> Category,
        selection: &Selection,
    ) -> Self {
        let counted = new.iter().filter(|record| record.ids.are_selected(selection, &ids));
        let (mut outages, mut outage_keys) = outage::find(counted, &ids, category);
        outages.retain(|outage| selection.matches_code(Some(outage.code)));
        outage_keys.retain(|(_, code)| selection.matches_code(Some(*code)));
        let present = new.len();
        old.retain(|record| !record.is_in_next);
        let mut records = new;
        records.append(&mut old);
        let mut counts = [0; ChangeKind::ALL.len()];
        let mut order = Vec::new();
        for (index, record) in records.iter().enumerate() {
            let is_gone = index >= present;
            if !record.is_selected(is_gone, selection, &ids) {
                continue;
            }
            let kind = if is_gone {
                ChangeKind::Disappeared
            } else {
                ChangeKind::between(record.before(), record.state())
            };
            counts[kind as usize] += 1;
            if kind != ChangeKind::Unchanged {
                order.push(SortKey {
                    kind,
                    customer: record.ids.customer,
                    id: record.ids.id,
                    index,
                });
            }
        }
        order.sort_unstable_by(|a, b| {
            a.kind
                .cmp(&b.kind)
                .then_with(|| ids.compare(a.customer, b.customer))
                .then_with(|| ids.compare(a.id, b.id))
        });
        Self { ids, records, order, counts, outages, outage_keys }
    }

    /// Returns the changes in order, each built on demand. Accounts that are
    /// [`ChangeKind::Unchanged`] are not among them.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Change<'_>> {
        self.order
            .iter()
            .map(|change| Change::new(change.kind, &self.records[change.index], &self.ids))
    }

    /// Returns the number of accounts with this kind of change.
    #[must_use]
    pub const fn count(&self, kind: ChangeKind) -> u64 {
        self.counts[kind as usize]
    }

    /// Returns the likely outages, most accounts first.
    #[must_use]
    pub fn outages(&self) -> &[Outage] {
        &self.outages
    }

    /// Returns whether a change is part of one of the outages.
    #[must_use]
    pub fn is_in_outage(&self, change: &Change<'_>) -> bool {
        change.new_failure().is_some_and(|failure| self.outage_keys.contains(&failure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_takes_32_bytes() {
        assert_eq!(size_of::<SortKey>(), 32);
    }
}
