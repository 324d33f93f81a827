//! The accounts that need a step, each in its last state.

use hashbrown::HashMap;

use super::state::{Batch, State};
use crate::ids::{AccountKey, AccountTable, Customers, IdPool, Keyed, Owners, PackedId};

/// The accounts that need a step, each in its last state.
///
/// Whether a record without a customer belongs to the account of a customer is known only at the
/// end: see [`Customers`].
#[derive(Debug, Default)]
pub struct Accounts {
    pub ids: IdPool,
    /// The accounts whose records name a customer, and records that cannot be recognized again.
    rows: AccountTable<State>,
    /// The ids of records that lack the customer.
    unnamed: AccountTable<Unnamed>,
    /// The customers of accounts that need no step, or that are not selected.
    others: Owners,
}

/// The two possible states of an account id that occurs without a customer.
#[derive(Debug, Clone, Copy)]
struct Unnamed {
    /// The last state without a customer, for an account that belongs to no customer.
    alone: State,
    /// The last state, with or without a customer, for the account of the only customer.
    joined: State,
}

impl Keyed for Unnamed {
    fn key(&self) -> AccountKey {
        self.alone.ids.key()
    }
}

impl Accounts {
    /// Adds the next batch of the input.
    pub fn extend(&mut self, batch: &Batch) {
        for state in batch.states() {
            match state.ids.key() {
                _ if state.is_request_error => {
                    let state = state.import(&mut self.ids, batch.ids());
                    self.rows.push_unindexed(state);
                }
                AccountKey { id: Some(id), customer: None } => {
                    // The id of an account that needs no step is not kept, unless it is known.
                    if state.needs_step() || self.ids.find_imported(batch.ids(), id).is_some() {
                        let state = state.import(&mut self.ids, batch.ids());
                        self.add_unnamed(state);
                    }
                }
                key => self.add_named(key, state, batch.ids()),
            }
        }
        for &key in batch.excluded() {
            self.others.add(key, batch.ids());
        }
    }

    /// Adds the state of an account with a customer, or of one without an id. Keys and states belong
    /// to the pool `ids`.
    fn add_named(&mut self, key: AccountKey, state: &State, ids: &IdPool) {
        if state.needs_step() {
            let mut state = state.import(&mut self.ids, ids);
            self.join(state);
            match self.rows.find(state.ids.key()) {
                Some(index) => {
                    state.ids.fill_missing(&self.rows.rows()[index].ids);
                    self.rows.replace(index, state);
                }
                None => self.rows.push(state),
            }
        } else {
            self.others.add(key, ids);
            self.remove_named(key, ids);
            let is_unnamed = |id| {
                let id = self.ids.find_imported(ids, id);
                id.is_some_and(|id| self.unnamed.find_id(id).is_some())
            };
            if !self.unnamed.is_empty() && key.id.is_some_and(is_unnamed) {
                let state = state.import(&mut self.ids, ids);
                self.join(state);
            }
        }
    }

    /// Removes the account with this key, which belongs to the pool `ids`.
    fn remove_named(&mut self, key: AccountKey, ids: &IdPool) {
        let find = |id: Option<PackedId>| self.ids.find_imported(ids, id?);
        if let (id @ Some(_), customer @ Some(_)) = (find(key.id), find(key.customer))
            && let Some(index) = self.rows.find(AccountKey { id, customer })
        {
            self.rows.swap_remove(index);
        }
    }

    /// Adds a state with a customer to the joined account of its id, if the id also occurs without a
    /// customer.
    fn join(&mut self, mut state: State) {
        if self.unnamed.is_empty() {
            return;
        }
        if let Some(index) = state.ids.id.and_then(|id| self.unnamed.find_id(id)) {
            let unnamed = &mut self.unnamed.rows_mut()[index];
            if state.needs_step() {
                state.ids.fill_missing(&unnamed.joined.ids);
            }
            unnamed.joined = state;
        }
    }

    /// Adds the state of an account without a customer.
    fn add_unnamed(&mut self, alone: State) {
        let Some(id) = alone.ids.id else { return };
        let named = self.rows.find_only(id).map(|index| self.rows.rows()[index]);
        let known = self.unnamed.find_id(id);
        if !alone.needs_step() && named.is_none() {
            // Neither account needs a step now, and an earlier state does not matter.
            if let Some(index) = known {
                self.unnamed.swap_remove(index);
            }
            return;
        }
        let mut state = Unnamed { alone, joined: alone };
        let earlier = known.map(|index| self.unnamed.rows()[index]);
        if alone.needs_step() {
            if let Some(earlier) = earlier {
                state.alone.ids.fill_missing(&earlier.alone.ids);
            }
            if let Some(earlier) = earlier.map(|earlier| earlier.joined).or(named) {
                state.joined.ids.fill_missing(&earlier.ids);
            }
        }
        match known {
            Some(index) => self.unnamed.replace(index, state),
            None => self.unnamed.push(state),
        }
    }

    /// Returns the number of accounts that are kept.
    pub const fn len(&self) -> usize {
        self.rows.len() + self.unnamed.len()
    }

    /// Decides to which accounts the records without a customer belong, and returns the accounts
    /// that need a step.
    pub fn resolve(self) -> (IdPool, AccountTable<State>) {
        let Self { mut ids, mut rows, unnamed, others } = self;
        let named = unnamed.rows().iter().filter_map(|unnamed| {
            let id = unnamed.key().id?;
            Some((id, rows.customers_of(id).collect()))
        });
        let mut customers: HashMap<PackedId, Customers> = named.collect();
        others.complete(&mut customers, &mut ids);
        for Unnamed { alone, joined } in unnamed.into_rows() {
            let found = alone.ids.id.and_then(|id| customers.get(&id)?.only());
            let mut state = if found.is_some() { joined } else { alone };
            if let Some(customer) = found {
                state.ids.customer = Some(customer);
                if let Some(index) = rows.find(state.ids.key()) {
                    rows.swap_remove(index);
                }
            }
            if state.needs_step() {
                rows.push(state);
            }
        }
        (ids, rows)
    }
}
