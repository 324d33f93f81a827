//! The closed lists of the catalog: categories, actions, standings.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Defines an enum with snake-case names, the list of its variants, and a description of each.
macro_rules! enums {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal, $means:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub enum $name {
            $(#[doc = $means] #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that every output uses.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// A plain description for people.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$variant => $means),+ }
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
    /// Who an account's state belongs to. The order is that of the output's keys.
    Category {
        Ok = "ok", "code 0";
        Stale = "stale", "code 0, but the last attempt is later than the last success";
        Pending = "pending", "no code yet";
        UserAction = "user_action", "the customer must act";
        Institution = "institution", "outage, maintenance or lack of support at the institution";
        Support = "support", "a ticket to Mastercard is needed";
        Partner = "partner", "the integrator's own request is at fault";
        Unknown = "unknown", "a code in no source";
    }
}

enums! {
    /// What is required, as one value of a closed list. The order is that in which work can be done.
    Action {
        ConnectFix = "connect_fix", "send the customer through Data Connect Fix";
        SignInAtInstitution = "sign_in_at_institution", "have the customer sign in at the institution and do what it asks";
        AuthenticateEachTime = "authenticate_each_time", "have the customer authenticate whenever they want current data";
        ChangeLanguage = "change_language", "have the customer switch the institution's site to English";
        ReAdd = "re_add", "have the customer delete the account and add it again";
        DeleteDuplicate = "delete_duplicate", "have the customer keep one account and delete the others";
        RetireAccount = "retire_account", "remove the account or keep it offline";
        VerifyAccount = "verify_account", "have the customer check the account at the institution";
        CorrectRequest = "correct_request", "correct the integrator's own request";
        SupportTicket = "support_ticket", "open a support ticket with Mastercard";
        ContactInstitution = "contact_institution", "have the institution asked for support of aggregation";
        Wait = "wait", "wait for the nightly batch";
        AwaitFirstAggregation = "await_first_aggregation", "wait for the first aggregation";
        Review = "review", "look the code up";
        None = "none", "nothing to do";
    }
}

enums! {
    /// How well a code is documented.
    Standing {
        Documented = "documented", "a source gives its meaning";
        Listed = "listed", "named only in a group, or without a text of its own";
        Reported = "reported", "only third parties name it, or pages contradict each other";
    }
}
