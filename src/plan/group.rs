//! Which accounts share a step.

use std::cmp::Ordering;

use super::state::State;
use crate::account::Code;
use crate::catalog::{Action, Category};
use crate::ids::{IdPool, PackedId};

/// What a step of some action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One login: the customer acts once for all its accounts.
    Login,
    /// One account.
    Account,
    /// One institution and code: nobody but the institution, Mastercard or the integrator acts.
    Institution,
}

impl Scope {
    pub const fn of(action: Action) -> Self {
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

/// Orders the actions of one login by what must come first: what the institution wants, before the
/// customer can reconnect there.
pub fn precedence(action: Action) -> impl Ord {
    let at_institution = matches!(action, Action::SignInAtInstitution | Action::ChangeLanguage);
    (!at_institution, action)
}

/// What accounts of one step have in common; whatever tells no steps apart is `None`.
#[derive(PartialEq, Eq)]
struct Group {
    scope: Scope,
    customer: Option<PackedId>,
    institution: Option<PackedId>,
    login: Option<PackedId>,
    account: Option<PackedId>,
    /// An error body can have an HTTP status as its code, which means something else as the code of
    /// an account.
    code: Option<(Code, Category)>,
}

impl Group {
    fn of(state: &State) -> Self {
        let scope = Scope::of(state.action);
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
                    // Without a login, the accounts of a customer at one institution are one step;
                    // without a customer as well, nothing says whose accounts they are.
                    institution: if is_login { None } else { all.institution },
                    account: if is_login || all.customer.is_some() { None } else { all.account },
                    code: None,
                    ..all
                }
            }
        }
    }
}

/// Whether two accounts share a step.
pub fn is_same(a: &State, b: &State) -> bool {
    Group::of(a) == Group::of(b)
}

/// Brings the accounts of a step together, ascending by their ids. The order depends on the ids
/// alone.
pub fn compare(a: &State, b: &State, ids: &IdPool) -> Ordering {
    let (x, y) = (Group::of(a), Group::of(b));
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
