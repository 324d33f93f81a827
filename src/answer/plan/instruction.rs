//! The instruction of a step.

use crate::catalog::Action;
use crate::plan::{Method, Request, Step};
use crate::text::Count;

/// What to do after a Data Connect Fix. Source: the current document.
const AFTER_FIX: &str = "Then wait for Connect's done event. The accounts are refreshed \
    automatically: read them again and check that their codes are 0.";
/// What a ticket must contain.
const TICKET: &str = "Include the customer ids, account ids, institution id, code, and time of the \
    last attempt.";

/// The message for the customers of accounts that have waited too long. That of the code would say
/// to wait.
pub const OVERDUE_MESSAGE: &str = "The connection to your bank is still not working. We have asked \
    for support. You do not need to do anything.";

/// Returns what to know about all steps of an action; may be empty.
pub const fn for_action(action: Action) -> &'static str {
    match action {
        Action::ConnectFix => AFTER_FIX,
        Action::SupportTicket => TICKET,
        _ => "",
    }
}

/// Returns what to do for every code of a step, in order.
pub fn for_step(step: Step<'_>, request: Option<&Request>) -> String {
    if let Some(days) = step.overdue() {
        let days = Count(u64::from(days), "day");
        return format!(
            "Open a support ticket: the state has lasted for more than {days}, or no aggregation has \
             ever succeeded. {TICKET}"
        );
    }
    let mut text = for_every_code(step);
    if step.uses_connect_fix() {
        match missing_for_fix(step) {
            Some(missing) => {
                push(&mut text, "There is no request because the input has no ");
                text.push_str(missing);
                text.push('.');
            }
            None if step.verify().is_some() => push(&mut text, AFTER_FIX),
            None => push(&mut text, "There is no request because an id is not safe to use in one."),
        }
    }
    if request.is_some_and(|request| request.method == Method::Delete) {
        push(&mut text, before_deletion(step.action()));
    }
    text
}

/// Returns the required actions; if there are several, each with its code.
fn for_every_code(step: Step<'_>) -> String {
    let codes = step.codes();
    let [first, others @ ..] = codes.as_slice() else {
        return String::new();
    };
    let action = first.verdict.required_action;
    if others.iter().all(|other| other.verdict.required_action == action) {
        return action.to_owned();
    }
    let mut text = format!("First, for code {}: {action}", first.code);
    for other in others {
        let action = other.verdict.required_action;
        text.push_str(&format!(" Then, for code {}: {action}", other.code));
    }
    text
}

fn missing_for_fix(step: Step<'_>) -> Option<&'static str> {
    match (step.customer_id(), step.institution_login_id()) {
        (None, None) => Some("customer id and no institution login id"),
        (None, Some(_)) => Some("customer id"),
        (Some(_), None) => Some("institution login id"),
        (Some(_), Some(_)) => None,
    }
}

/// Returns what to know before an account is deleted.
const fn before_deletion(action: Action) -> &'static str {
    match action {
        Action::RetireAccount => {
            "You have two choices: keep the account offline and do not send the request, or send \
             it and lose access to the account's data for good."
        }
        _ => "Send the request only when the customer is ready to add the account again.",
    }
}

fn push(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}
