//! Uses the library in another program: reads accounts of any shape, classifies them, and lists those
//! without code 0.
//!
//! `cargo run --no-default-features --example embed < accounts.json`

#![allow(clippy::print_stdout, reason = "this is a separate program")]

use std::io;

use statuscode::catalog::Catalog;
use statuscode::classify::Classifier;
use statuscode::input::InputError;

fn main() -> Result<(), InputError> {
    let classifier = Classifier::new(Catalog::built_in(), true);
    for account in statuscode::read(io::stdin()) {
        let account = account?;
        let account = account.as_account();
        let verdict = classifier.classify(&account).verdict;
        if account.aggregation_status_code != Some(0) {
            let id = account.id.unwrap_or("-");
            println!("{id}: {}. {}", verdict.title, verdict.required_action);
        }
    }
    Ok(())
}
