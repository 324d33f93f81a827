//! The closed lists of the catalog: categories, actions, and standings.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Defines an enum whose variants each have a `snake_case` name, a label, and a description.
macro_rules! enums {
    ($(#[$about:meta])* $name:ident {
        $($variant:ident = $text:literal, $label:literal, $description:literal;)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub enum $name {
            $(#[doc = $description] #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// All variants, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the name that machine formats use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Returns the name that formats for people use: a few words, short enough for a
            /// column.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// Returns the meaning as a phrase for help and tooltips.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$variant => $description),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

enums! {
    /// Who must act on a state, in the order of the keys in the output.
    Category {
        Ok = "ok", "OK", "code 0";
        Stale = "stale", "Out of date",
            "code 0, but the last attempt is later than the last success";
        Pending = "pending", "Pending", "no result yet";
        UserAction = "user_action", "Customer action",
            "the customer must act, or your application on their behalf";
        Institution = "institution", "Institution problem",
            "outage, maintenance, or lack of support at the institution";
        Support = "support", "Ticket needed", "Mastercard asks for a support ticket";
        Partner = "partner", "Request error", "your own API request is at fault";
        Unknown = "unknown", "Unknown code", "a code that no source lists";
    }
}

impl Category {
    /// All categories by urgency: those for which someone must act come first.
    pub const BY_URGENCY: [Self; Self::ALL.len()] = [
        Self::UserAction,
        Self::Support,
        Self::Partner,
        Self::Unknown,
        Self::Institution,
        Self::Stale,
        Self::Pending,
        Self::Ok,
    ];

    /// Returns the failing categories by urgency.
    pub fn failing_by_urgency() -> impl Iterator<Item = Self> {
        Self::BY_URGENCY.into_iter().filter(|category| category.is_failing())
    }

    /// Returns the place of the category in [`Self::BY_URGENCY`], from 0, the most urgent one.
    #[must_use]
    pub fn urgency(self) -> usize {
        Self::BY_URGENCY.iter().take_while(|&&category| category != self).count()
    }

    /// Returns whether data has stopped. A stale account has data, and a pending one has not failed
    /// yet.
    #[must_use]
    pub const fn is_failing(self) -> bool {
        !matches!(self, Self::Ok | Self::Stale | Self::Pending)
    }
}

enums! {
    /// The required action, in the order of the work: what can be done right away comes first.
    Action {
        ConnectFix = "connect_fix", "Data Connect Fix",
            "send the customer through Data Connect Fix";
        ReconnectInApp = "reconnect_in_app", "Reconnect in the app",
            "have the customer reconnect in Data Connect or your own sign-in flow";
        SignInAtInstitution = "sign_in_at_institution", "Sign in at institution",
            "have the customer sign in at the institution and complete what it asks for";
        AuthenticateEachTime = "authenticate_each_time", "Authenticate each time",
            "have the customer authenticate each time they want current data";
        ChangeLanguage = "change_language", "Change the language",
            "have the customer switch their language at the institution to English";
        ReAdd = "re_add", "Add the account again",
            "have the customer delete the account and add it again";
        DeleteDuplicate = "delete_duplicate", "Delete the duplicate",
            "have the customer keep one account and delete the duplicates";
        RetireAccount = "retire_account", "Remove or keep offline",
            "remove the account, or keep it offline";
        VerifyAccount = "verify_account", "Check the account",
            "have the customer check the account at the institution";
        CorrectRequest = "correct_request", "Correct the request", "correct your own API request";
        SupportTicket = "support_ticket", "Open a ticket",
            "open a support ticket with Mastercard";
        ContactInstitution = "contact_institution", "Contact institution",
            "have the customer ask the institution to support aggregation";
        Wait = "wait", "Wait", "wait, then check again";
        AwaitFirstAggregation = "await_first_aggregation", "Wait for first data",
            "wait for the first aggregation";
        Review = "review", "Look up the code", "look up the code";
        None = "none", "Nothing to do", "nothing to do";
    }
}

enums! {
    /// How well a code is documented.
    Standing {
        Documented = "documented", "Documented", "a source gives its meaning";
        Listed = "listed", "Listed without a meaning",
            "a source names it only in a group or without a description";
        Reported = "reported", "Reported by third parties",
            "only third parties name it, or sources contradict each other";
    }
}
