//! Requests of a plan with any ids.

use std::sync::LazyLock;

use statuscode::account::{Account, Code};
use statuscode::catalog::{Action, Catalog};
use statuscode::classify::Classifier;
use statuscode::plan::{Batch, Method, Plan, RequestOptions, Step};
use url::Url;

static CLASSIFIER: LazyLock<Classifier<'static>> =
    LazyLock::new(|| Classifier::new(Catalog::built_in(), true));

/// No request reaches anything but the account or login of its step, and none deletes unless
/// deletions are allowed.
pub fn requests(data: &[u8]) {
    // The first bytes are the code and the options. A byte of 1 ends an id.
    let [code, options, ids @ ..] = data else {
        return;
    };
    let ids = String::from_utf8_lossy(ids);
    let mut ids = ids.split('\u{1}');
    let entries = Catalog::built_in().entries();
    let code: Code = entries[usize::from(*code) % entries.len()].code;
    let options = RequestOptions {
        partner_id: (options & 1 != 0).then(|| ids.next().unwrap_or_default().to_owned()),
        with_deletions: options & 2 != 0,
        ..RequestOptions::default()
    };
    let mut batch = Batch::default();
    for _ in 0..3 {
        let account = Account {
            id: ids.next(),
            customer_id: ids.next(),
            institution_login_id: ids.next(),
            aggregation_status_code: Some(code),
            ..Account::default()
        };
        batch.add(&CLASSIFIER.classify(&account));
    }
    let mut plan = Plan::default();
    plan.extend(&batch);
    for step in plan.into_steps(&CLASSIFIER, None, None).iter() {
        check(&step, &options);
    }
}

fn check(step: &Step<'_>, options: &RequestOptions) {
    let customer = step.customer_id().unwrap_or_default();
    let login = step.institution_login_id().unwrap_or_default();
    if let Some(verify) = step.verify() {
        assert_eq!(verify.method, Method::Get);
        let expected =
            ["aggregation", "v1", "customers", &customer, "institutionLogins", &login, "accounts"];
        assert_eq!(sent(&verify.path), expected);
    }
    let Some(request) = step.request(options) else {
        return;
    };
    match (request.method, request.body) {
        (Method::Post, Some(body)) => {
            assert_eq!(request.path, "/connect/v2/generate/fix");
            assert_eq!((&*body.customer_id, &*body.institution_login_id), (&*customer, &*login));
            assert_eq!(Some(&body.partner_id), options.partner_id.as_ref());
            assert!([body.partner_id, body.customer_id].iter().all(|id| !id.is_empty()));
        }
        (Method::Delete, None) => {
            assert!(options.with_deletions);
            assert!(matches!(step.action(), Action::ReAdd | Action::RetireAccount));
            let accounts: Vec<_> = step.account_ids().collect();
            assert_eq!((accounts.len(), step.accounts()), (1, 1));
            let expected = ["aggregation", "v1", "customers", &customer, "accounts", &accounts[0]];
            assert_eq!(sent(&request.path), expected);
        }
        (method, body) => panic!("{method:?} {} {body:?}", request.path),
    }
}

/// Returns the path as a client sends it, in decoded segments.
fn sent(path: &str) -> Vec<String> {
    let base = Url::parse("https://api.example");
    let Ok(url) = base.and_then(|base| base.join(path)) else {
        panic!("{path} is not a path");
    };
    assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("api.example"), None, None));
    let decode = |segment| percent_encoding::percent_decode_str(segment).decode_utf8_lossy();
    let segments = url.path_segments().into_iter().flatten();
    segments.map(|segment| decode(segment).into_owned()).collect()
}
