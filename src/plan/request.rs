//! The API calls that carry out a step, and those that verify it.
//!
//! Source: Mastercard's API description of Open Finance US. A call is written only if the API would
//! accept it, and if its path can reach nothing but the account or login that it is meant for.

use serde::{Deserialize, Serialize};

use super::path::{is_usable, segment};

/// An API call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path. Every id in it is percent-encoded.
    pub path: String,
    /// The body; absent if the call has none, because the API rejects `null`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<FixBody>,
}

/// A read-only API call without a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The HTTP method.
    pub method: Method,
    /// The path. Every id in it is percent-encoded.
    pub path: String,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the methods of HTTP")]
pub enum Method {
    Get,
    Post,
    Delete,
}

/// The body of `POST /connect/v2/generate/fix`, which generates a Data Connect Fix URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FixBody {
    /// Your partner id.
    pub partner_id: String,
    /// The customer id.
    pub customer_id: String,
    /// The institution login id. It is a string here, although accounts have it as a number.
    pub institution_login_id: String,
    /// The language of Connect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Where Connect redirects the customer afterward. Required unless Connect is embedded in a
    /// frame or a native application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<String>,
    /// The URL to which Connect sends its events, such as `done`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<String>,
}

/// A language of Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "their ISO 639-1 codes say it")]
pub enum Language {
    En,
    Es,
    Fr,
}

impl Language {
    /// All languages.
    pub const ALL: &'static [Self] = &[Self::En, Self::Es, Self::Fr];

    /// Returns the ISO 639-1 code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Fr => "fr",
        }
    }

    /// Returns the English name of the language.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Spanish",
            Self::Fr => "French",
        }
    }
}

/// The settings of requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestOptions {
    /// The integrator's partner id. Without it, the API refuses a Data Connect Fix.
    pub partner_id: Option<String>,
    /// Where Connect redirects the customer at the end.
    pub redirect_uri: Option<String>,
    /// Where Connect sends its events.
    pub webhook: Option<String>,
    /// The language of Connect. Without it, Connect chooses.
    pub language: Option<Language>,
    /// Whether requests may delete accounts. The data of a deleted account is no longer accessible.
    pub with_deletions: bool,
}

impl Request {
    /// Returns `POST /connect/v2/generate/fix` for a login; `None` without a partner id, or if an
    /// id is not usable.
    #[must_use]
    pub fn connect_fix(
        customer_id: &str,
        institution_login_id: &str,
        options: &RequestOptions,
    ) -> Option<Self> {
        let partner_id = options.partner_id.as_ref()?;
        let ids = [partner_id, customer_id, institution_login_id];
        ids.into_iter().all(is_usable).then(|| Self {
            method: Method::Post,
            path: "/connect/v2/generate/fix".to_owned(),
            body: Some(FixBody {
                partner_id: partner_id.clone(),
                customer_id: customer_id.to_owned(),
                institution_login_id: institution_login_id.to_owned(),
                language: options.language,
                redirect_uri: options.redirect_uri.clone(),
                webhook: options.webhook.clone(),
            }),
        })
    }

    /// Returns `DELETE /aggregation/v1/customers/{customerId}/accounts/{accountId}`, which deletes
    /// one account; `None` if an id is not usable.
    #[must_use]
    pub fn delete_account(customer_id: &str, account_id: &str) -> Option<Self> {
        Some(Self {
            method: Method::Delete,
            path: format!(
                "/aggregation/v1/customers/{}/accounts/{}",
                segment(customer_id)?,
                segment(account_id)?
            ),
            body: None,
        })
    }
}

impl Call {
    /// Returns `GET
    /// /aggregation/v1/customers/{customerId}/institutionLogins/{institutionLoginId}/accounts`,
    /// which reads the accounts of a login; `None` if an id is not usable.
    #[must_use]
    pub fn login_accounts(customer_id: &str, institution_login_id: &str) -> Option<Self> {
        Some(Self {
            method: Method::Get,
            path: format!(
                "/aggregation/v1/customers/{}/institutionLogins/{}/accounts",
                segment(customer_id)?,
                segment(institution_login_id)?
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_not_usable_gets_no_request() {
        let options = RequestOptions {
            partner_id: Some("2445583946651".to_owned()),
            ..RequestOptions::default()
        };
        for bad in ["", ".", ".."] {
            assert_eq!(Request::connect_fix(bad, "1", &options), None);
            assert_eq!(Request::connect_fix("1", bad, &options), None);
        }
        assert!(Request::connect_fix("1", "1", &options).is_some());
        assert_eq!(Request::connect_fix("1", "1", &RequestOptions::default()), None);
    }

    #[test]
    fn a_fix_request_has_the_required_members_and_the_given_options() {
        let mut options = RequestOptions {
            partner_id: Some("2445583946651".to_owned()),
            ..RequestOptions::default()
        };
        let body = |options: &RequestOptions| {
            let request = Request::connect_fix("5001", "9001", options).unwrap();
            assert_eq!(
                (request.method, &*request.path),
                (Method::Post, "/connect/v2/generate/fix")
            );
            serde_json::to_value(request.body).unwrap()
        };
        assert_eq!(
            body(&options),
            serde_json::json!({
                "partnerId": "2445583946651", "customerId": "5001", "institutionLoginId": "9001"
            })
        );
        options.redirect_uri = Some("https://app.example/done".to_owned());
        options.webhook = Some("https://app.example/hook".to_owned());
        options.language = Some(Language::Es);
        assert_eq!(
            body(&options),
            serde_json::json!({
                "partnerId": "2445583946651", "customerId": "5001", "institutionLoginId": "9001",
                "language": "es", "redirectUri": "https://app.example/done",
                "webhook": "https://app.example/hook"
            })
        );
    }

    #[test]
    fn a_request_without_a_body_has_no_member_for_it() {
        let request = Request::delete_account("5001", "50/01").unwrap();
        assert_eq!(
            serde_json::to_string(&request).unwrap(),
            r#"{"method":"DELETE","path":"/aggregation/v1/customers/5001/accounts/50%2F01"}"#
        );
    }
}
