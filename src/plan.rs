//! From findings to repair work: the fewest steps that clear every failing account.
//!
//! What works for a login is one step for all its accounts, what works for an account is one step each, and what is one call
//! or one ticket is one step for an institution and code. Building is pure; merging two plans is associative and commutative.

mod request;

use std::cmp::Reverse;
use std::collections::BTreeMap;

pub use request::Request;

use crate::account::Code;
use crate::catalog::{Action, Category};
use crate::classify::{Finding, Verdict};

/// What a step is about. The fields that do not tell steps of its action apart are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The customer.
    pub customer_id: Option<String>,
    /// The login.
    pub institution_login_id: Option<String>,
    /// The institution.
    pub institution_id: Option<String>,
    /// The account, for what works for one account only.
    pub account_id: Option<String>,
    /// The code, for what is one call or ticket.
    pub code: Option<Code>,
}

/// One step of repair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// How many accounts it clears.
    pub accounts: u64,
    /// Their ids, ascending once the plan is finished; an error body has none.
    pub account_ids: Vec<String>,
    /// Their customers, likewise.
    pub customer_ids: Vec<String>,
    /// Their institutions, likewise.
    pub institution_ids: Vec<String>,
    /// Their codes, with the number of accounts of each.
    pub codes: BTreeMap<Code, u64>,
    /// The latest `aggregationAttemptDate` among them, epoch seconds.
    pub last_attempt: Option<i64>,
    /// Whether these accounts have waited for longer than the state should last, in days.
    pub waited: Option<u32>,
}

impl Step {
    fn merge(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.account_ids.extend(other.account_ids);
        self.customer_ids.extend(other.customer_ids);
        self.institution_ids.extend(other.institution_ids);
        for (code, accounts) in other.codes {
            *self.codes.entry(code).or_default() += accounts;
        }
        self.last_attempt = self.last_attempt.max(other.last_attempt);
        self.waited = self.waited.or(other.waited);
    }

    /// The code of most of its accounts; of several the lowest.
    #[must_use]
    pub fn main_code(&self) -> Option<Code> {
        self.codes
            .iter()
            .max_by_key(|(code, accounts)| (**accounts, Reverse(**code)))
            .map(|(code, _)| *code)
    }
}

/// All repair work of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    steps: BTreeMap<(Action, Subject), Step>,
}

impl Plan {
    /// Adds an account, if it is failing. Accounts that wait for more than the time that a source gives for their code, or
    /// else than `escalate_after` days, become work for a support ticket.
    pub fn add(&mut self, finding: &Finding<'_, '_>, escalate_after: Option<u32>) {
        let (account, verdict) = (finding.account, finding.verdict);
        let Some(code) = account
            .aggregation_status_code
            .filter(|_| is_failing(verdict))
        else {
            return;
        };
        let waited = waited(finding, escalate_after);
        let action = if waited.is_some() {
            Action::SupportTicket
        } else {
            verdict.action
        };
        let own = |id: Option<&str>| id.map(str::to_owned);
        let step = Step {
            accounts: 1,
            account_ids: own(account.id).into_iter().collect(),
            customer_ids: own(account.customer_id).into_iter().collect(),
            institution_ids: own(account.institution_id).into_iter().collect(),
            codes: BTreeMap::from([(code, 1)]),
            last_attempt: account.attempt,
            waited,
        };
        self.steps
            .entry((action, subject(action, finding, code)))
            .or_default()
            .merge(step);
    }

    /// Adds the work of another plan.
    pub fn merge(&mut self, other: Self) {
        for (key, step) in other.steps {
            self.steps.entry(key).or_default().merge(step);
        }
    }

    /// The plan with the ids of every step in order, and each only once.
    #[must_use]
    pub fn finished(mut self) -> Self {
        for step in self.steps.values_mut() {
            for ids in [
                &mut step.account_ids,
                &mut step.customer_ids,
                &mut step.institution_ids,
            ] {
                ids.sort_unstable();
                ids.dedup();
                ids.shrink_to_fit();
            }
        }
        self
    }

    /// The steps: actions in the order of what can be done now, and within one the step that clears most first.
    #[must_use]
    pub fn steps(&self) -> Vec<(Action, &Subject, &Step)> {
        let mut steps: Vec<_> = self
            .steps
            .iter()
            .map(|((action, subject), step)| (*action, subject, step))
            .collect();
        steps.sort_by(|(a, subject_a, step_a), (b, subject_b, step_b)| {
            (a, Reverse(step_a.accounts), subject_a).cmp(&(b, Reverse(step_b.accounts), subject_b))
        });
        steps
    }
}

/// Whether accounts with this verdict need work. Stale and pending ones do not: they come by themselves.
#[must_use]
pub const fn is_failing(verdict: &Verdict<'_>) -> bool {
    !matches!(
        verdict.category,
        Category::Ok | Category::Stale | Category::Pending
    )
}

/// The days after which the account should have come back, if it has waited for longer.
fn waited(finding: &Finding<'_, '_>, escalate_after: Option<u32>) -> Option<u32> {
    let verdict = finding.verdict;
    if verdict.action != Action::Wait {
        return None;
    }
    let days = verdict
        .entry
        .and_then(|entry| entry.wait_days)
        .or(escalate_after)?;
    (finding.account.days_failing()? > u64::from(days)).then_some(days)
}

/// What tells the steps of an action apart.
fn subject(action: Action, finding: &Finding<'_, '_>, code: Code) -> Subject {
    let account = finding.account;
    let own = |id: Option<&str>| id.map(str::to_owned);
    let customer = Subject {
        customer_id: own(account.customer_id),
        ..Subject::default()
    };
    match action {
        Action::ConnectFix
        | Action::SignInAtInstitution
        | Action::AuthenticateEachTime
        | Action::ChangeLanguage
        | Action::ReAdd => Subject {
            institution_login_id: own(account.institution_login_id),
            // Without a login, the institution is what is left to tell the customer's accounts apart.
            institution_id: if account.institution_login_id.is_none() {
                own(account.institution_id)
            } else {
                None
            },
            ..customer
        },
        Action::DeleteDuplicate | Action::RetireAccount | Action::VerifyAccount => Subject {
            institution_login_id: own(account.institution_login_id),
            institution_id: own(account.institution_id),
            account_id: own(account.id),
            ..customer
        },
        _ => Subject {
            institution_id: own(account.institution_id),
            code: Some(code),
            ..Subject::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::catalog::Catalog;
    use crate::classify::Classifier;

    fn account<'a>(id: &'a str, login: &'a str, code: Code, days: i64) -> Account<'a> {
        Account {
            id: Some(id),
            customer_id: Some("5001"),
            institution_id: Some("102105"),
            institution_login_id: Some(login),
            aggregation_status_code: Some(code),
            success: Some(0),
            attempt: Some(days * 86_400),
            api_error: false,
        }
    }

    fn plan(accounts: &[Account<'_>], escalate_after: Option<u32>) -> Plan {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let mut plan = Plan::default();
        for account in accounts {
            plan.add(&classifier.classify(account), escalate_after);
        }
        plan.finished()
    }

    fn shape(plan: &Plan) -> Vec<(Action, u64)> {
        plan.steps()
            .iter()
            .map(|(action, _, step)| (*action, step.accounts))
            .collect()
    }

    #[test]
    fn a_login_is_one_step_whatever_the_codes_of_its_accounts() {
        let plan = plan(
            &[
                account("1", "a", 103, 1),
                account("2", "a", 185, 1),
                account("3", "b", 185, 1),
            ],
            None,
        );
        assert_eq!(
            shape(&plan),
            [(Action::ConnectFix, 2), (Action::ConnectFix, 1)]
        );
        let steps = plan.steps();
        assert_eq!(
            steps[0].2.codes.keys().copied().collect::<Vec<_>>(),
            [103, 185]
        );
        assert_eq!(steps[0].2.main_code(), Some(103));
    }

    #[test]
    fn an_account_that_needs_two_actions_of_one_login_is_in_each_once() {
        let plan = plan(
            &[
                account("1", "a", 103, 1),
                account("2", "a", 108, 1),
                account("3", "a", 169, 1),
            ],
            None,
        );
        assert_eq!(
            shape(&plan),
            [
                (Action::ConnectFix, 1),
                (Action::SignInAtInstitution, 1),
                (Action::DeleteDuplicate, 1)
            ]
        );
    }

    #[test]
    fn a_ticket_is_one_step_for_an_institution_and_code() {
        let mut other = account("3", "c", 900, 1);
        other.institution_id = Some("102106");
        let plan = plan(
            &[
                account("1", "a", 900, 1),
                account("2", "b", 900, 2),
                other,
                account("4", "d", 147, 1),
            ],
            None,
        );
        assert_eq!(shape(&plan).len(), 3);
        let steps = plan.steps();
        assert_eq!(steps[0].2.account_ids.len(), 2);
        assert_eq!(steps[0].2.last_attempt, Some(2 * 86_400));
    }

    #[test]
    fn waiting_has_an_end() {
        // 910: 3 to 5 days. 102 has no time of its own.
        let accounts = [
            account("1", "a", 910, 5),
            account("2", "a", 910, 6),
            account("3", "a", 905, 8),
            account("4", "a", 102, 40),
        ];
        assert_eq!(
            shape(&plan(&accounts, None)),
            [
                (Action::SupportTicket, 1),
                (Action::SupportTicket, 1),
                (Action::Wait, 1),
                (Action::Wait, 1)
            ]
        );
        assert_eq!(
            shape(&plan(&accounts, Some(39))),
            [
                (Action::SupportTicket, 1),
                (Action::SupportTicket, 1),
                (Action::SupportTicket, 1),
                (Action::Wait, 1)
            ]
        );
    }

    #[test]
    fn every_code_of_the_catalog_gives_its_action_one_step() {
        for entry in Catalog::built_in().entries() {
            let plan = plan(&[account("1", "a", entry.code, 1)], None);
            let expected: &[(Action, u64)] = if entry.category == Category::Ok {
                &[]
            } else {
                &[(entry.action, 1)]
            };
            assert_eq!(shape(&plan), expected, "{}", entry.code);
        }
    }

    #[test]
    fn merging_gives_the_same_plan_in_any_order() {
        let codes = [103, 185, 900, 910, 169, 99_999, 0, 949];
        let ids: Vec<String> = (0..40).map(|id| id.to_string()).collect();
        let accounts: Vec<Account<'_>> = ids
            .iter()
            .zip(0_u8..)
            .map(|(id, n)| {
                account(
                    id,
                    &ids[usize::from(n) / 3],
                    codes[usize::from(n) % codes.len()],
                    i64::from(n),
                )
            })
            .collect();
        let whole = plan(&accounts, Some(20));
        let mut backwards = Plan::default();
        for part in accounts.chunks(7).rev() {
            backwards.merge(plan(part, Some(20)));
        }
        let backwards = backwards.finished();
        assert_eq!(backwards, whole);
        let cleared: u64 = whole.steps().iter().map(|(_, _, step)| step.accounts).sum();
        assert_eq!(
            cleared,
            accounts
                .iter()
                .filter(|account| account.aggregation_status_code != Some(0))
                .count() as u64
        );
    }
}
