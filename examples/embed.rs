//! The library in another program: read accounts of any shape, classify them, and list those that
//! need someone.
//!
//! `cargo run --no-default-features --example embed < accounts.json`

#![allow(clippy::print_stdout, reason = "this is a program of its own")]

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
