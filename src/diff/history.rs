//! What earlier snapshots add to an account: how long it has had its code, and whether it has
//! relapsed.

use hashbrown::HashMap;

use super::record::Record;
use crate::account::Code;
use crate::ids::{Accounts, Customers, IdPool, Keyed as _, Owners, PackedId};

/// The code of a security challenge. Where the institution demands a one-time passcode for each
/// aggregation, an account gets it again and again.
pub const SECURITY_CHALLENGE: Code = 185;

/// The accounts of a snapshot.
pub type Snapshot = Accounts<Record>;

/// Adds the history of every account to the new snapshot, and marks the accounts of the old
/// snapshot that the new one also has. `absent` has accounts of snapshots before the old one.
pub fn compare(old: &mut Snapshot, new: &mut Snapshot, absent: &Snapshot) {
    if old.has_unnamed || new.has_unnamed || absent.has_unnamed {
        join(old, new, absent);
    }
    for index in 0..new.rows.len() {
        let key = new.rows.rows()[index].key();
        if let Some(earlier) = old.rows.find(key) {
            let earlier = &mut old.rows.rows_mut()[earlier];
            earlier.is_in_next = true;
            inherit(&mut new.rows.rows_mut()[index], earlier);
        } else if absent.rows.find(key).is_some() {
            new.rows.rows_mut()[index].has_relapsed = true;
        }
    }
    for record in new.joined.rows_mut() {
        let Some(id) = record.ids.id else { continue };
        if let Some(earlier) = old.joined.find_id(id) {
            let earlier = &mut old.joined.rows_mut()[earlier];
            earlier.is_in_next = true;
            inherit(record, earlier);
        } else if let Some(earlier) = old.rows.find_only(id) {
            inherit(record, &old.rows.rows()[earlier]);
        } else if let Some(earlier) = absent.joined.find_id(id) {
            record.has_relapsed = absent.joined.rows()[earlier].has_relapsed;
        } else {
            record.has_relapsed = absent.rows.find_only(id).is_some();
        }
    }
}

/// Adds a joined account for each id that occurs with a customer in one snapshot, and without one
/// in another.
fn join(old: &Snapshot, new: &mut Snapshot, absent: &Snapshot) {
    for index in 0..new.rows.len() {
        let mut record = new.rows.rows()[index];
        let Some(id) = record.ids.id else { continue };
        if new.joined.find_id(id).is_some() || new.rows.find_only(id).is_none() {
            continue;
        }
        let (in_old, in_absent) = (with_id(old, id), with_id(absent, id));
        let Some((earlier, is_joined)) = in_old.or(in_absent) else { continue };
        let belongs = match (record.ids.customer, earlier.ids.customer) {
            (None, None) => false,
            (Some(customer), Some(earlier)) => is_joined && customer == earlier,
            (Some(_), None) | (None, Some(_)) => true,
        };
        if belongs {
            record.ids.customer = record.ids.customer.or(earlier.ids.customer);
            new.joined.push(record);
        }
    }
}

/// Returns the account with this id, if there is only one, and whether it is joined.
fn with_id(snapshot: &Snapshot, id: PackedId) -> Option<(&Record, bool)> {
    let joined = snapshot.joined.find_id(id).map(|index| (&snapshot.joined.rows()[index], true));
    joined
        .or_else(|| snapshot.rows.find_only(id).map(|index| (&snapshot.rows.rows()[index], false)))
}

fn inherit(new: &mut Record, old: &Record) {
    new.has_relapsed = old.has_relapsed || is_relapse(old, new);
    new.streak = if new.code() == old.code() { old.streak.saturating_add(1) } else { 1 };
    new.set_before(old.state());
    new.ids.fill_missing(&old.ids);
}

/// Returns whether a security challenge is back although the account succeeded in between: either
/// the last success is later than the earlier challenge, or there is one snapshot in between in
/// which the account is ok.
///
/// Without a success in between, nobody answered the challenge. With more than one snapshot of
/// success, the institution does not demand a passcode each time.
fn is_relapse(old: &Record, new: &Record) -> bool {
    if new.code() != Some(SECURITY_CHALLENGE) {
        return false;
    }
    if old.code() == Some(SECURITY_CHALLENGE) {
        let challenged = old.attempt().or(old.success());
        return challenged.is_some() && new.success() > challenged;
    }
    old.state().is_healthy() && old.code_before() == Some(SECURITY_CHALLENGE)
}

/// Remembers what matters of the accounts that the newer snapshot does not have: whether they have
/// relapsed, and their customers.
pub fn remember(old: &Snapshot, absent: &mut Snapshot, customers: &mut Owners, ids: &IdPool) {
    for record in old.rows.rows().iter().filter(|record| !record.is_in_next) {
        let key = record.key();
        customers.add(key, ids);
        if record.has_relapsed && absent.rows.find(key).is_none() {
            absent.rows.push(*record);
        }
    }
    for record in old.joined.rows().iter().filter(|record| !record.is_in_next) {
        match record.ids.id.and_then(|id| absent.joined.find_id(id)) {
            Some(index) => absent.joined.replace(index, *record),
            None => absent.joined.push(*record),
        }
    }
    absent.has_unnamed |= old.has_unnamed;
}

/// Decides to which accounts the records without a customer belong, and returns the accounts of the
/// old and the new snapshot.
pub fn resolve(
    mut old: Snapshot,
    mut new: Snapshot,
    customers: &Owners,
    ids: &mut IdPool,
) -> (Vec<Record>, Vec<Record>) {
    let joined = old.joined.rows().iter().chain(new.joined.rows());
    let mut ids_without_customer: Vec<PackedId> =
        joined.filter_map(|record| record.ids.id).collect();
    if !customers.is_empty() {
        let unnamed = old.rows.rows().iter().chain(new.rows.rows());
        let unnamed = unnamed.filter(|record| record.ids.customer.is_none());
        ids_without_customer.extend(unnamed.filter_map(|record| record.ids.id));
    }
    let customers_of = |id| old.rows.customers_of(id).chain(new.rows.customers_of(id));
    let with_customers =
        ids_without_customer.into_iter().map(|id| (id, customers_of(id).collect()));
    let mut found: HashMap<PackedId, Customers> = with_customers.collect();
    customers.complete(&mut found, ids);
    for (id, customers) in found {
        let Some(customer) = customers.only() else { continue };
        let (is_old, is_new) = (old.joined.find_id(id), new.joined.find_id(id));
        if is_old.is_some() || is_new.is_some() {
            old.rows.remove_id(id);
            new.rows.remove_id(id);
        }
        if let Some(index) = is_new {
            new.rows.push(new.joined.rows()[index]);
        } else if let Some(index) = is_old {
            old.rows.push(old.joined.rows()[index]);
        }
        for rows in [&mut old.rows, &mut new.rows] {
            if let Some(index) = rows.find_only(id) {
                rows.rows_mut()[index].ids.customer = Some(customer);
            }
        }
    }
    (old.rows.into_rows(), new.rows.into_rows())
}
