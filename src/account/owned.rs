//! An account with owned ids.

use super::{Account, Code};

/// An [`Account`] that owns its ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnedAccount {
    /// See [`Account::id`].
    pub id: Option<String>,
    /// See [`Account::customer_id`].
    pub customer_id: Option<String>,
    /// See [`Account::institution_id`].
    pub institution_id: Option<String>,
    /// See [`Account::institution_login_id`].
    pub institution_login_id: Option<String>,
    /// See [`Account::aggregation_status_code`].
    pub aggregation_status_code: Option<Code>,
    /// See [`Account::success`].
    pub success: Option<i64>,
    /// See [`Account::attempt`].
    pub attempt: Option<i64>,
    /// See [`Account::api_error`].
    pub api_error: bool,
}

impl OwnedAccount {
    /// Borrows the account, as [`Classifier::classify`](crate::classify::Classifier::classify)
    /// needs it.
    #[must_use]
    pub fn as_account(&self) -> Account<'_> {
        Account {
            id: self.id.as_deref(),
            customer_id: self.customer_id.as_deref(),
            institution_id: self.institution_id.as_deref(),
            institution_login_id: self.institution_login_id.as_deref(),
            aggregation_status_code: self.aggregation_status_code,
            success: self.success,
            attempt: self.attempt,
            api_error: self.api_error,
        }
    }
}

impl From<&Account<'_>> for OwnedAccount {
    fn from(account: &Account<'_>) -> Self {
        let owned = |id: Option<&str>| id.map(str::to_owned);
        Self {
            id: owned(account.id),
            customer_id: owned(account.customer_id),
            institution_id: owned(account.institution_id),
            institution_login_id: owned(account.institution_login_id),
            aggregation_status_code: account.aggregation_status_code,
            success: account.success,
            attempt: account.attempt,
            api_error: account.api_error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converting_to_an_owned_account_and_back_loses_nothing() {
        let account = Account {
            id: Some("1"),
            customer_id: None,
            institution_id: Some(""),
            institution_login_id: Some("9"),
            aggregation_status_code: Some(185),
            success: Some(-1),
            attempt: None,
            api_error: true,
        };
        assert_eq!(OwnedAccount::from(&account).as_account(), account);
    }
}
