//! Selects the accounts that a run is about.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::select::Selection;
//!
//! let mut selection = Selection { customers: ["5001"].into_iter().collect(), ..Selection::default() };
//! selection.codes.add(920, 929);
//! let account = |customer_id, code| Account {
//!     customer_id: Some(customer_id),
//!     aggregation_status_code: Some(code),
//!     ..Account::default()
//! };
//! assert!(selection.matches(&account("5001", 924)));
//! assert!(!selection.matches(&account("5001", 185)));
//! assert!(!selection.matches(&account("5002", 924)));
//! ```

mod codes;
mod ids;

pub use codes::Codes;
pub use ids::{Ids, Match};

use crate::account::{Account, Code};

/// Conditions, all of which an account must meet. The default selects every account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The selected codes; all if empty.
    pub codes: Codes,
    /// The least number of whole days from the last success to the last attempt. With this
    /// condition, an account that lacks either date is not selected.
    pub min_days: Option<u64>,
    /// `id`.
    pub accounts: Ids,
    /// `customerId`.
    pub customers: Ids,
    /// `institutionId`.
    pub institutions: Ids,
    /// `institutionLoginId`.
    pub logins: Ids,
}

impl Selection {
    /// Returns whether there are no conditions.
    #[must_use]
    pub fn selects_all(&self) -> bool {
        *self == Self::default()
    }

    /// Returns whether a record meets all conditions. A record does not if it lacks an id that a
    /// condition needs.
    #[must_use]
    #[inline]
    pub fn matches(&self, account: &Account<'_>) -> bool {
        self.match_ids(account) == Match::Yes && self.matches_state(account)
    }

    /// Returns whether a record would meet all conditions if its customer were a selected one.
    #[must_use]
    pub fn matches_but_for_customer(&self, account: &Account<'_>) -> bool {
        let matches = [
            self.accounts.matches(account.id),
            self.institutions.matches(account.institution_id),
            self.logins.matches(account.institution_login_id),
        ];
        matches.iter().all(|&found| found == Match::Yes) && self.matches_state(account)
    }

    fn matches_state(&self, account: &Account<'_>) -> bool {
        self.matches_code(account.aggregation_status_code)
            && self.matches_days(|| account.days_failing())
    }

    /// Returns whether another record of the same account may meet the conditions. State,
    /// institution and login of an account may change, and the other record may have ids that this
    /// one lacks.
    #[must_use]
    #[inline]
    pub fn may_match(&self, account: &Account<'_>) -> bool {
        self.customers.matches(account.customer_id) != Match::No
            && self.accounts.matches(account.id) != Match::No
    }

    /// Returns whether only the customer of a record excludes it, so that a record without a
    /// customer may be of the same account.
    #[must_use]
    #[inline]
    pub fn has_other_customer(&self, account: &Account<'_>) -> bool {
        self.customers.matches(account.customer_id) == Match::No
            && self.accounts.matches(account.id) != Match::No
    }

    /// Returns whether there are conditions on ids.
    #[must_use]
    pub const fn has_id_conditions(&self) -> bool {
        !(self.accounts.is_any()
            && self.customers.is_any()
            && self.institutions.is_any()
            && self.logins.is_any())
    }

    /// Returns whether all accounts of an institution are selected, or none.
    #[must_use]
    pub fn selects_whole_institutions(&self) -> bool {
        let Self { codes, min_days, accounts, customers, institutions: _, logins } = self;
        codes.is_empty()
            && min_days.is_none()
            && accounts.is_any()
            && customers.is_any()
            && logins.is_any()
    }

    /// Compares the ids of a record with the conditions, and returns the worst result.
    #[must_use]
    #[inline]
    pub fn match_ids(&self, account: &Account<'_>) -> Match {
        let matches = [
            self.customers.matches(account.customer_id),
            self.accounts.matches(account.id),
            self.institutions.matches(account.institution_id),
            self.logins.matches(account.institution_login_id),
        ];
        matches.into_iter().min().unwrap_or(Match::Yes)
    }

    /// Returns whether accounts with this code are selected.
    #[must_use]
    #[inline]
    pub fn matches_code(&self, code: Option<Code>) -> bool {
        self.codes.is_empty() || self.codes.contains(code)
    }

    /// Returns whether accounts without data for this many days are selected. `days` is
    /// called only if there is such a condition.
    #[must_use]
    #[inline]
    pub fn matches_days(&self, days: impl FnOnce() -> Option<u64>) -> bool {
        self.min_days.is_none_or(|least| days().is_some_and(|days| days >= least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: Account<'_> = Account {
        id: Some("7001"),
        customer_id: Some("5001"),
        institution_id: Some("102105"),
        institution_login_id: Some("9001"),
        aggregation_status_code: Some(185),
        success: Some(1_760_000_000),
        attempt: Some(1_760_000_000 + 3 * 86_400),
        api_error: false,
    };

    fn one(id: &str) -> Ids {
        [id].into_iter().collect()
    }

    #[test]
    fn a_selection_without_conditions_selects_every_account() {
        let all = Selection::default();
        assert!(all.selects_all() && !all.has_id_conditions());
        assert!(all.matches(&ACCOUNT) && all.matches(&Account::default()));
    }

    #[test]
    fn every_condition_must_be_met() {
        let mut selection = Selection {
            min_days: Some(3),
            accounts: one("7001"),
            customers: one("5001"),
            institutions: one("102105"),
            logins: one("9001"),
            ..Selection::default()
        };
        selection.codes.add(185, 185);
        assert!(selection.matches(&ACCOUNT));
        for other in [
            Account { id: Some("7002"), ..ACCOUNT },
            Account { customer_id: Some("5002"), ..ACCOUNT },
            Account { institution_id: Some("102106"), ..ACCOUNT },
            Account { institution_login_id: Some("9002"), ..ACCOUNT },
            Account { aggregation_status_code: Some(103), ..ACCOUNT },
            Account { aggregation_status_code: None, ..ACCOUNT },
            Account { attempt: Some(1_760_000_000 + 3 * 86_400 - 1), ..ACCOUNT },
            Account { success: None, ..ACCOUNT },
        ] {
            assert!(!selection.matches(&other), "{other:?}");
        }
    }

    #[test]
    fn a_record_without_the_id_is_not_selected_but_another_record_of_the_account_may_be() {
        let selection = Selection { customers: one("5001"), ..Selection::default() };
        let without_customer = Account { customer_id: None, ..ACCOUNT };
        assert!(!selection.matches(&without_customer) && selection.may_match(&without_customer));
        let other = Account { customer_id: Some("5002"), ..ACCOUNT };
        assert!(!selection.may_match(&other));
        assert!(selection.has_other_customer(&other));
        assert!(selection.matches_but_for_customer(&without_customer));
        let both = Selection { accounts: one("7002"), ..selection };
        assert!(!both.may_match(&without_customer), "the account id differs");
        assert!(!both.has_other_customer(&other), "the account id differs");
        let elsewhere =
            Selection { institutions: one("1"), logins: one("2"), ..Selection::default() };
        assert!(
            !elsewhere.matches(&ACCOUNT) && elsewhere.may_match(&ACCOUNT),
            "an account can move"
        );
    }
}
