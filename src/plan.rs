//! Groups findings into repair work: the fewest steps that clear every failing account.
//!
//! Work for the customer is one step per login, whatever the codes of its accounts. Work on a
//! single account is one step per account. Waiting and tickets are one step per institution and
//! code.
//!
//! The last state of an account counts, so batches must be added in input order. Where the input is
//! cut into batches makes no difference.
//!
//! A record without a customer belongs to the account of the only customer that has its id; see
//! [`Customers`](crate::ids::Customers).
//!
//! An account that needs a step takes 56 bytes, 10 to 20 more while the input is read, and 32 more
//! if it is alone in its step. If some of its records lack the customer, it takes 112 bytes more. An
//! id that is not a decimal number also takes the length of its string, once. A record of an account
//! that needs no step takes 16 bytes, up to 32 MB in all: then the plan forgets them, and a record
//! without a customer is a separate account. The institution and the login of an account that needs
//! no step are not kept. If a later record fails and lacks them, its step lacks them too, unlike with
//! [`Latest`](crate::latest::Latest), which keeps them.
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
//! let steps = plan.into_steps(&classifier, None, None);
//! let step = steps.iter().next().ok_or("one login makes one step")?;
//! assert_eq!((step.action(), step.accounts(), steps.iter().len()), (Action::ConnectFix, 2, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod accounts;
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
use crate::select::Selection;
use accounts::Accounts;

/// The accounts that need a step, each in its last state.
#[derive(Debug, Default)]
pub struct Plan {
    accounts: Accounts,
}

impl Plan {
    /// Adds the next batch of the input.
    ///
    /// A record without an account id cannot be recognized again, so each one counts. So does each
    /// request error, because it says nothing about the state of the account in the request.
    pub fn extend(&mut self, batch: &Batch) {
        self.accounts.extend(batch);
    }

    /// Returns the number of accounts that may need a step, which is how many are kept in memory.
    #[must_use]
    pub const fn accounts(&self) -> u64 {
        self.accounts.len() as u64
    }

    /// Groups the accounts into steps. Accounts that wait become a ticket after the documented wait
    /// of their code, or after `escalate_after` days if that is sooner.
    ///
    /// The last state of an account decides whether it is selected. An id that the last record lacks
    /// is taken from an earlier one.
    #[must_use]
    pub fn into_steps<'c>(
        self,
        classifier: &'c Classifier<'c>,
        selection: Option<&Selection>,
        escalate_after: Option<u32>,
    ) -> Steps<'c> {
        let (ids, accounts) = self.accounts.resolve();
        let mut accounts = accounts.into_rows();
        if let Some(selection) = selection {
            accounts.retain(|state| state.is_selected(selection, &ids));
        }
        Steps::new(ids, accounts, classifier, escalate_after)
    }
}

#[cfg(test)]
mod tests;
