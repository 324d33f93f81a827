//! One Customer Account record, as far as it matters here.
//!
//! The record has some forty members; names, numbers and balances among them are private and are
//! never read. What is left are ids, the code and two dates, borrowed from the input wherever that
//! is possible.
//!
//! An account of your own becomes one by naming its fields:
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

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// The fields of an account that decide what its state is and whom to ask for repair.
///
/// Every field may be absent: reports have no login, refresh status has no customer, an error body
/// has nothing but its code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account<'a> {
    /// `id`, or `accountId` where there is no `id`. Ids keep every digit that the input has.
    pub id: Option<&'a str>,
    /// `customerId`.
    pub customer_id: Option<&'a str>,
    /// `institutionId`.
    pub institution_id: Option<&'a str>,
    /// `institutionLoginId`: the key of a Data Connect Fix, shared by all accounts of one login.
    pub institution_login_id: Option<&'a str>,
    /// `aggregationStatusCode`; `None` until the first aggregation has run. Never the same as 0.
    pub aggregation_status_code: Option<Code>,
    /// `aggregationSuccessDate`, epoch seconds: the last time that data came.
    pub success: Option<i64>,
    /// `aggregationAttemptDate`, epoch seconds: the last time that data was asked for.
    pub attempt: Option<i64>,
    /// Whether this is an API error: an error body with a code, and no account. Its ids are those
    /// of the account, customer, institution and login that it names or is found inside of.
    pub api_error: bool,
}

impl Account<'_> {
    /// Whether the last attempt is later than the last success: under code 0 the data is older than
    /// it looks.
    ///
    /// Source: Finicity's API errors page calls a refresh complete when the code is 0 and the
    /// success date is not before the attempt date.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!((self.attempt, self.success), (Some(attempt), Some(success)) if attempt > success)
    }

    /// Whole days from the last success to the last attempt, `None` where a date is missing.
    ///
    /// No clock is read, so a run can be repeated and gives the same answer.
    #[must_use]
    pub fn days_failing(&self) -> Option<u64> {
        let seconds = self.attempt?.saturating_sub(self.success?);
        u64::try_from(seconds / DAY).ok().or(Some(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(success: Option<i64>, attempt: Option<i64>) -> Account<'static> {
        Account { success, attempt, ..Account::default() }
    }

    #[test]
    fn an_attempt_behind_the_last_success_makes_the_data_stale() {
        assert!(dated(Some(1), Some(2)).is_stale());
        assert!(!dated(Some(2), Some(2)).is_stale());
        assert!(!dated(Some(3), Some(2)).is_stale());
        assert!(!dated(None, Some(2)).is_stale());
        assert!(!dated(Some(2), None).is_stale());
    }

    #[test]
    fn days_failing_are_whole_days_and_never_negative() {
        assert_eq!(dated(Some(0), Some(DAY * 3 - 1)).days_failing(), Some(2));
        assert_eq!(dated(Some(0), Some(DAY * 3)).days_failing(), Some(3));
        assert_eq!(dated(Some(DAY * 2), Some(0)).days_failing(), Some(0));
        assert_eq!(
            dated(Some(i64::MIN), Some(i64::MAX)).days_failing(),
            Some(i64::MAX as u64 / DAY as u64)
        );
        assert_eq!(dated(None, Some(1)).days_failing(), None);
    }
}
