//! What a step says: its instruction, what it is about, its request.

use crate::catalog::Action;
use crate::plan::{Method, Request, RequestOptions, Step};
use crate::plural::Count;
use crate::visible::shortened;
use crate::wire;

/// A step as it is written.
pub fn step<'a>(step: Step<'a>, options: &RequestOptions) -> wire::Step<'a> {
    let parts = step.parts();
    let request = step.request(options);
    let mut codes: Vec<_> = parts.iter().map(|part| part.code).collect();
    codes.sort_unstable();
    wire::Step {
        action: step.action(),
        customer_id: step.customer_id(),
        institution_login_id: step.institution_login_id(),
        institution_id: step.institution_id(),
        codes,
        account_ids: step.account_ids().collect(),
        customer_ids: step.customer_ids(),
        accounts: step.accounts(),
        last_attempt: step.last_attempt(),
        instruction: instruction(step, request.as_ref()),
        customer_message: parts
            .first()
            .map_or("", |part| part.verdict.customer_message)
            .into(),
        request,
        verify: step.verify(),
    }
}

/// What to do for every code of the step, the first thing first.
fn instruction(step: Step<'_>, request: Option<&Request>) -> String {
    if let Some(days) = step.overdue() {
        let days = Count(u64::from(days), "day");
        return format!(
            "Open a Mastercard support ticket: this should have passed after {days}. Name the \
             customers, accounts, institution, code, and time of the last attempt."
        );
    }
    let mut texts: Vec<&str> = Vec::new();
    for part in step.parts() {
        if !texts.contains(&part.verdict.required_action) {
            texts.push(part.verdict.required_action);
        }
    }
    let mut text = texts.join(" Then: ");
    if request.is_some_and(|request| request.method == Method::Delete) {
        text.push_str(match step.action() {
            Action::RetireAccount => {
                " The request is one of two choices: it deletes the account, and its history can \
                 no longer be read."
            }
            _ => " Send the request when the customer is ready to add the account again.",
        });
    }
    text
}

/// What a step is about, in a few words. A login is at one institution only, which needs no words then.
pub fn about(step: &wire::Step<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(customer) = &step.customer_id {
        parts.push(format!("customer {}", shortened(customer)));
    } else if !step.customer_ids.is_empty() {
        parts.push(Count(step.customer_ids.len() as u64, "customer").to_string());
    }
    match (&step.institution_login_id, &step.institution_id) {
        (Some(login), _) => parts.push(format!("login {}", shortened(login))),
        (None, Some(institution)) => parts.push(format!("institution {}", shortened(institution))),
        (None, None) => {}
    }
    if let [account] = step.account_ids.as_slice() {
        parts.push(format!("account {}", shortened(account)));
    }
    if parts.is_empty() {
        "no ids in the input".to_owned()
    } else {
        parts.join(", ")
    }
}
