//! The calls of Mastercard's API that a step can be done with. None is made up: each is described in Mastercard's documents.

use super::{Step, Subject};
use crate::catalog::Action;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// `POST /connect/v2/generate/fix`: a Data Connect Fix for a login. Ids are strings in its body.
    ConnectFix {
        /// The integrator's partner id, if it is known.
        partner_id: Option<String>,
        /// The customer.
        customer_id: String,
        /// The login.
        institution_login_id: String,
    },
    /// `DELETE /aggregation/v1/customers/{customerId}/accounts/{accountId}`: deletes one account.
    DeleteAccount {
        /// The customer.
        customer_id: String,
        /// The account.
        account_id: String,
    },
}

impl Request {
    /// The call for a step, if there is one. `connect_fix` tells whether Data Connect Fix repairs the step's codes.
    #[must_use]
    pub fn of(
        action: Action,
        subject: &Subject,
        step: &Step,
        connect_fix: bool,
        partner_id: Option<&str>,
    ) -> Option<Self> {
        let customer_id = subject.customer_id.clone()?;
        match action {
            Action::ConnectFix | Action::SignInAtInstitution if connect_fix => {
                Some(Self::ConnectFix {
                    partner_id: partner_id.map(str::to_owned),
                    customer_id,
                    institution_login_id: subject.institution_login_id.clone()?,
                })
            }
            Action::DeleteDuplicate | Action::RetireAccount => Some(Self::DeleteAccount {
                customer_id,
                account_id: subject.account_id.clone()?,
            }),
            // A call deletes one account; a login with several is more than one call.
            Action::ReAdd if step.accounts == 1 => Some(Self::DeleteAccount {
                customer_id,
                account_id: step.account_ids.first()?.clone(),
            }),
            _ => None,
        }
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        match self {
            Self::ConnectFix { .. } => "POST",
            Self::DeleteAccount { .. } => "DELETE",
        }
    }

    /// The path, ids percent-encoded.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::ConnectFix { .. } => "/connect/v2/generate/fix".to_owned(),
            Self::DeleteAccount {
                customer_id,
                account_id,
            } => {
                format!(
                    "/aggregation/v1/customers/{}/accounts/{}",
                    encoded(customer_id),
                    encoded(account_id)
                )
            }
        }
    }
}

/// Percent-encodes everything but the characters that RFC 3986 calls unreserved.
fn encoded(id: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    id.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_paths_are_percent_encoded() {
        let request = Request::DeleteAccount {
            customer_id: "50/01".to_owned(),
            account_id: "ä ?#..%".to_owned(),
        };
        assert_eq!(
            request.path(),
            "/aggregation/v1/customers/50%2F01/accounts/%C3%A4%20%3F%23..%25"
        );
    }
}
