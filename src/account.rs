//! The fields of a Customer Account record that this crate uses.
//!
//! The record has some forty members. Names, account numbers and balances are private and are never
//! read. An [`Account`] has the ids, the code and two dates, borrowed from the input where
//! possible.
//!
//! To convert your own account type, fill in the fields:
//!
//! ```
//! use statuscode::account::{Account, parse_code};
//!
//! struct Row {
//!     account: String,
//!     status: String,
//!     tried: i64,
//!     succeeded: i64,
//! }
//!
//! let row = Row { account: "5011648377".into(), status: " 0185".into(), tried: 1_700_300_000, succeeded: 1_700_000_000 };
//! let account = Account {
//!     id: Some(&row.account),
//!     aggregation_status_code: Some(parse_code(row.status.as_bytes())?),
//!     success: Some(row.succeeded),
//!     attempt: Some(row.tried),
//!     ..Account::default()
//! };
//! assert_eq!((account.aggregation_status_code, account.days_failing()), (Some(185), Some(3)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod code;
mod date;
mod owned;

pub use code::{Code, CodeError, parse_code, parse_range};
pub use date::parse_date;
pub use owned::OwnedAccount;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// The fields of an account that decide its state and who must repair it.
///
/// Every field may be absent: a report has no logins, an account in a refresh status does not name
/// its customer, and an error body may have nothing but a code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account<'a> {
    /// `id`, or `accountId` if there is no `id`. An id keeps every digit of the input.
    pub id: Option<&'a str>,
    /// `customerId`.
    pub customer_id: Option<&'a str>,
    /// `institutionId`.
    pub institution_id: Option<&'a str>,
    /// `institutionLoginId`, which all accounts of one login share. Data Connect Fix repairs one
    /// login at a time.
    pub institution_login_id: Option<&'a str>,
    /// `aggregationStatusCode`. `None` until the first aggregation has run, which is not the same
    /// as 0.
    pub aggregation_status_code: Option<Code>,
    /// `aggregationSuccessDate`, in epoch seconds: when data last arrived.
    pub success: Option<i64>,
    /// `aggregationAttemptDate`, in epoch seconds: when data was last requested.
    pub attempt: Option<i64>,
    /// Whether this is an API error: an error body with a code, and no account. Its ids are those
    /// that the error body names, or that the objects around it name.
    pub api_error: bool,
}

impl Account<'_> {
    /// Returns whether the last attempt is later than the last success. With code 0, the data is
    /// then older than it looks.
    ///
    /// Source: Finicity's API errors page, which calls a refresh complete when the code is 0 and
    /// the success date is not before the attempt date.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!((self.attempt, self.success), (Some(attempt), Some(success)) if attempt > success)
    }

    /// Returns the whole days from the last success to the last attempt; `None` if a date is
    /// missing.
    ///
    /// It reads no clock, so that the same input always has the same result.
    #[must_use]
    pub fn days_failing(&self) -> Option<u64> {
        let seconds = self.attempt?.saturating_sub(self.success?);
        u64::try_from(seconds / SECONDS_PER_DAY).ok().or(Some(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(success: Option<i64>, attempt: Option<i64>) -> Account<'static> {
        Account { success, attempt, ..Account::default() }
    }

    #[test]
    fn an_attempt_after_the_last_success_makes_the_data_stale() {
        assert!(dated(Some(1), Some(2)).is_stale());
        assert!(!dated(Some(2), Some(2)).is_stale());
        assert!(!dated(Some(3), Some(2)).is_stale());
        assert!(!dated(None, Some(2)).is_stale());
        assert!(!dated(Some(2), None).is_stale());
    }

    #[test]
    fn days_failing_are_whole_days_and_never_negative() {
        assert_eq!(dated(Some(0), Some(SECONDS_PER_DAY * 3 - 1)).days_failing(), Some(2));
        assert_eq!(dated(Some(0), Some(SECONDS_PER_DAY * 3)).days_failing(), Some(3));
        assert_eq!(dated(Some(SECONDS_PER_DAY * 2), Some(0)).days_failing(), Some(0));
        assert_eq!(
            dated(Some(i64::MIN), Some(i64::MAX)).days_failing(),
            Some(i64::MAX as u64 / SECONDS_PER_DAY as u64)
        );
        assert_eq!(dated(None, Some(1)).days_failing(), None);
    }
}
