//! What a step says: its instruction, what it is about, its request.

use crate::account::Account;
use crate::catalog::Action;
use crate::classify::{Classifier, Verdict};
use crate::plan::{Request, Step, Subject};
use crate::terminal::truncate_id;
use crate::text::Count;
use crate::wire;

/// A step as it is written.
pub fn step<'a>(
    action: Action,
    subject: &'a Subject,
    step: &'a Step,
    classifier: &'a Classifier<'_>,
    partner_id: Option<&str>,
) -> wire::Step<'a> {
    let verdict = verdict(step, classifier);
    let request = Request::of(action, subject, step, verdict.connect_fix, partner_id);
    let texts = |ids: &'a Vec<String>| ids.iter().map(|id| id.as_str().into()).collect();
    let only = |ids: &'a Vec<String>| {
        if ids.len() == 1 { ids.first() } else { None }
    };
    let institution = subject
        .institution_id
        .as_ref()
        .or_else(|| only(&step.institution_ids));
    let customer = subject
        .customer_id
        .as_ref()
        .or_else(|| only(&step.customer_ids));
    wire::Step {
        action,
        customer_id: customer.map(|id| id.as_str().into()),
        institution_login_id: subject.institution_login_id.as_deref().map(Into::into),
        institution_id: institution.map(|id| id.as_str().into()),
        codes: step.codes.keys().copied().collect(),
        account_ids: texts(&step.account_ids),
        customer_ids: texts(&step.customer_ids),
        accounts: step.accounts,
        last_attempt: step.last_attempt,
        instruction: instruction(action, subject, step, &verdict, request.as_ref()),
        customer_message: verdict.customer_message.into(),
        request: request.map(wire_request),
    }
}

/// What the catalog says of the code that most accounts of the step have.
fn verdict<'a>(step: &Step, classifier: &'a Classifier<'_>) -> Verdict<'a> {
    let account = Account {
        aggregation_status_code: step.main_code(),
        ..Account::default()
    };
    *classifier.classify(&account).verdict
}

fn instruction(
    action: Action,
    subject: &Subject,
    step: &Step,
    verdict: &Verdict<'_>,
    request: Option<&Request>,
) -> String {
    let mut text = match step.waited {
        Some(days) if action == Action::SupportTicket => format!(
            "Open a Mastercard support ticket. The state should have passed after {}, and has not. It needs customer ids, \
             account ids, institution id, code and time of the last attempt.",
            Count(u64::from(days), "day")
        ),
        _ => verdict.required_action.to_owned(),
    };
    let for_login =
        matches!(action, Action::ConnectFix | Action::SignInAtInstitution) && verdict.connect_fix;
    if for_login && request.is_none() {
        let missing = match (&subject.customer_id, &subject.institution_login_id) {
            (None, None) => "customer id and institution login id are",
            (None, _) => "the customer id is",
            _ => "the institution login id is",
        };
        text.push_str(&format!(" There is no request, because {missing} missing in the input: read the account by its id first."));
    }
    if action == Action::ReAdd && step.accounts > 1 {
        text.push_str(" Each account is deleted by a request of its own.");
    }
    if action == Action::DeleteDuplicate && request.is_some() {
        text.push_str(" The request deletes this one: send it only if another one is kept.");
    }
    text
}

fn wire_request(request: Request) -> wire::StepRequest {
    let (method, path) = (request.method().to_owned(), request.path());
    let body = match request {
        Request::ConnectFix {
            partner_id,
            customer_id,
            institution_login_id,
        } => Some(wire::FixBody {
            partner_id,
            customer_id,
            institution_login_id,
        }),
        Request::DeleteAccount { .. } => None,
    };
    wire::StepRequest { method, path, body }
}

/// What a step is about, in a few words. A login is at one institution only, which needs no words then.
pub fn about(step: &wire::Step<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(customer) = &step.customer_id {
        parts.push(format!("customer {}", truncate_id(customer)));
    } else if !step.customer_ids.is_empty() {
        parts.push(Count(step.customer_ids.len() as u64, "customer").to_string());
    }
    match (&step.institution_login_id, &step.institution_id) {
        (Some(login), _) => parts.push(format!("login {}", truncate_id(login))),
        (None, Some(institution)) => {
            parts.push(format!("institution {}", truncate_id(institution)));
        }
        (None, None) => {}
    }
    if let [account] = step.account_ids.as_slice() {
        parts.push(format!("account {}", truncate_id(account)));
    }
    if parts.is_empty() {
        "no ids in the input".to_owned()
    } else {
        parts.join(", ")
    }
}
