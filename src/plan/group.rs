//! Decides which accounts share a step.

use std::cmp::Ordering;

use super::state::State;
use crate::account::Code;
use crate::catalog::{Action, Category};
use crate::ids::{IdPool, PackedId};

/// What one step of an action covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One login: the customer acts once for all its accounts.
    Login,
    /// One account.
    Account,
    /// One institution and code: the institution, Mastercard or the integrator acts, not the
    /// customer.
    Institution,
}

impl Scope {
    pub const fn for_action(action: Action) -> Self {
        match action {
            Action::DeleteDuplicate | Action::RetireAccount | Action::VerifyAccount => {
                Self::Account
            }
            Action::CorrectRequest
            | Action::SupportTicket
            | Action::ContactInstitution
            | Action::Wait
            | Action::AwaitFirstAggregation
            | Action::Review
            | Action::None => Self::Institution,
            _ => Self::Login,
        }
    }
}

/// Orders the actions of one login by what must come first. The customer must do what the
/// institution asks for before they can reconnect.
pub fn precedence(action: Action) -> impl Ord {
    let at_institution = matches!(action, Action::SignInAtInstitution | Action::ChangeLanguage);
    (!at_institution, action)
}

/// The values that the accounts of one step share. Those that do not matter for the scope are
/// `None`.
#[derive(PartialEq, Eq)]
struct Group {
    scope: Scope,
    customer: Option<PackedId>,
    institution: Option<PackedId>,
    login: Option<PackedId>,
    account: Option<PackedId>,
    /// With the category, because a number can be an HTTP status in an error body, and mean
    /// something else as the code of an account.
    code: Option<(Code, Category)>,
}

impl Group {
    fn new(state: &State) -> Self {
        let scope = Scope::for_action(state.action);
        let all = Self {
            scope,
            customer: state.ids.customer,
            institution: state.ids.institution,
            login: state.ids.login,
            account: state.ids.id,
            code: Some((state.code, state.category)),
        };
        match scope {
            Scope::Account => all,
            Scope::Institution => Self { customer: None, login: None, account: None, ..all },
            Scope::Login => {
                let is_login = state.ids.login.is_some();
                Self {
                    // Without a login, the accounts of a customer at one institution share a step.
                    // Without a customer too, each account is a step, because nothing says whose it
                    // is.
                    institution: if is_login { None } else { all.institution },
                    account: if is_login || all.customer.is_some() { None } else { all.account },
                    code: None,
                    ..all
                }
            }
        }
    }
}

/// Returns whether two accounts share a step.
pub fn is_same(a: &State, b: &State) -> bool {
    Group::new(a) == Group::new(b)
}

/// Orders accounts so that those of a step are neighbors, ascending by their ids. The order depends
/// only on ids and codes, not on the order of the input.
pub fn compare(a: &State, b: &State, ids: &IdPool) -> Ordering {
    let (x, y) = (Group::new(a), Group::new(b));
    x.scope
        .cmp(&y.scope)
        .then_with(|| ids.compare(x.customer, y.customer))
        .then_with(|| ids.compare(x.institution, y.institution))
        .then_with(|| ids.compare(x.login, y.login))
        .then_with(|| ids.compare(x.account, y.account))
        .then_with(|| x.code.cmp(&y.code))
        .then_with(|| ids.compare(a.ids.id, b.ids.id))
        .then_with(|| ids.compare(a.ids.customer, b.ids.customer))
}
