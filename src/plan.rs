//! Groups findings into repair work: the fewest steps that clear every failing account.
//!
//! Work for the customer is one step per login, whatever the codes of its accounts. Work on a
//! single account is one step per account. Waiting and tickets are one step per institution and
//! code.
//!
//! The last state of an account counts, so batches must be added in input order. Where the input is
//! cut into batches makes no difference.
//!
//! An account that needs a step takes 56 bytes, 10 to 20 more while the input is read, and 32 more
//! if it is alone in its step. An id that is not a decimal number also takes the length of its
//! string, once. An account that needs no step takes nothing.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::{Action, Catalog};
//! use statuscode::classify::Classifier;
//! use statuscode::plan::{Batch, Plan};
//!
//! let classifier = Classifier::new(Catalog::built_in(), true);
//! let mut batch = Batch::default();
//! for (id, code) in [("1", 103), ("2", 185), ("3", 185), ("3", 0)] {
//!     let account = Account {
//!         id: Some(id),
//!         customer_id: Some("5001"),
//!         institution_login_id: Some("9001"),
//!         aggregation_status_code: Some(code),
//!         ..Account::default()
//!     };
//!     batch.add(&classifier.classify(&account));
//! }
//! let mut plan = Plan::default();
//! plan.extend(&batch);
//! let steps = plan.into_steps(&classifier, None);
//! let step = steps.iter().next().ok_or("one login makes one step")?;
//! assert_eq!((step.action(), step.accounts(), steps.len()), (Action::ConnectFix, 2, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod group;
mod path;
mod request;
mod state;
mod step;
mod steps;
mod wait;

pub use request::{Call, FixBody, Language, Method, Request, RequestOptions};
pub use state::Batch;
pub use step::{CodeCount, Step};
pub use steps::{Steps, Totals};

use crate::classify::Classifier;
use crate::ids::{AccountTable, IdPool};
use crate::select::Selection;
use state::State;

/// The accounts that need a step, each in its last state.
#[derive(Debug, Default)]
pub struct Plan {
    ids: IdPool,
    accounts: AccountTable<State>,
}

impl Plan {
    /// Adds the next batch of the input.
    ///
    /// A record without an account id cannot be recognized again, so each one counts. So does each
    /// request error, because it says nothing about the state of the account in the request.
    pub fn extend(&mut self, batch: &Batch) {
        for state in batch.states() {
            if state.needs_step() {
                let state = state.import(&mut self.ids, batch.ids());
                self.upsert(state);
            } else if self.has_id(state, batch.ids()) {
                let state = state.import(&mut self.ids, batch.ids());
                if let Some(index) = self.accounts.find(state.ids.key()) {
                    self.accounts.swap_remove(index);
                }
            }
        }
    }

    fn upsert(&mut self, mut state: State) {
        if state.is_request_error {
            return self.accounts.push_unindexed(state);
        }
        match self.accounts.find(state.ids.key()) {
            Some(index) => {
                state.ids.fill_missing(&self.accounts.rows()[index].ids);
                self.accounts.replace(index, state);
            }
            None => self.accounts.push(state),
        }
    }

    /// Returns whether the plan has an account with this id. If not, a healthy account need not be
    /// imported.
    fn has_id(&self, state: &State, ids: &IdPool) -> bool {
        let id = state.ids.id.and_then(|id| self.ids.find_imported(ids, id));
        id.is_some_and(|id| self.accounts.has_id(id))
    }

    /// Returns the number of accounts that need a step.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.accounts.len() as u64
    }

    /// Removes the accounts whose last state is not selected. An id that the last record lacks is
    /// taken from an earlier one.
    pub fn select(&mut self, selection: &Selection) {
        for index in (0..self.accounts.len()).rev() {
            if !self.accounts.rows()[index].is_selected(selection, &self.ids) {
                self.accounts.swap_remove(index);
            }
        }
    }

    /// Groups the accounts into steps. Accounts that wait become a ticket after the documented wait
    /// of their code, or after `escalate_after` days if that is sooner.
    #[must_use]
    pub fn into_steps<'c>(
        self,
        classifier: &'c Classifier<'c>,
        escalate_after: Option<u32>,
    ) -> Steps<'c> {
        Steps::new(self.ids, self.accounts.into_rows(), classifier, escalate_after)
    }
}

#[cfg(test)]
mod tests;
