//! Outages between two snapshots.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::record::Record;
use crate::account::Code;
use crate::catalog::Category;
use crate::ids::{IdPool, PackedId};
use crate::outage::{self, Login};
use crate::tally;

/// A code of [`Category::Institution`] that is new for 10 logins or more, and for a fifth or more
/// of the institution's accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Outage {
    /// The institution.
    pub institution_id: String,
    /// The code.
    pub code: Code,
    /// The number of accounts that have the code, and did not have it in the old snapshot.
    pub accounts: u64,
    /// The number of their logins.
    pub logins: u64,
    /// The share of these accounts in all accounts of the institution in the new snapshot, 0 to 1.
    pub share: f64,
}

/// Returns the outages of the new snapshot, most accounts first, and the institution and code of
/// each.
pub fn find<'r>(
    new: impl Iterator<Item = &'r Record>,
    ids: &IdPool,
    category: impl Fn(Option<Code>) -> Category,
) -> (Vec<Outage>, HashSet<(PackedId, Code)>) {
    let mut totals: HashMap<PackedId, u64> = HashMap::new();
    let mut failures: HashMap<_, (u64, HashSet<Login>)> = HashMap::new();
    for record in new {
        if let Some(institution) = record.ids.institution {
            *totals.entry(institution).or_default() += 1;
        }
        if let Some(failure) = new_failure(record)
            && category(record.code()) == Category::Institution
        {
            let (accounts, logins) = failures.entry(failure).or_default();
            *accounts += 1;
            logins.insert(Login::new(&record.ids));
        }
    }
    failures.retain(|(institution, _), (accounts, logins)| {
        let total = totals.get(institution).copied().unwrap_or_default();
        outage::is_likely(logins.len(), *accounts, total)
    });
    let outage_keys = failures.keys().copied().collect();
    let sorted: BTreeMap<_, _> = failures
        .into_iter()
        .map(|((institution, code), (accounts, logins))| {
            let total = totals.get(&institution).copied().unwrap_or(accounts);
            let outage = Outage {
                institution_id: ids.resolve(institution).into_owned(),
                code,
                accounts,
                logins: logins.len() as u64,
                share: tally::share(accounts, total).unwrap_or_default(),
            };
            ((Reverse(accounts), outage.institution_id.clone(), code), outage)
        })
        .collect();
    (sorted.into_values().collect(), outage_keys)
}

/// Returns the institution and the code of an account that did not have this code in the previous
/// snapshot.
pub fn new_failure(record: &Record) -> Option<(PackedId, Code)> {
    let code = record.code()?;
    (record.code_before() != Some(code)).then_some((record.ids.institution?, code))
}
