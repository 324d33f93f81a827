//! Explains and triages the aggregation status codes of Mastercard Open Finance US (formerly Finicity).
//!
//! Data flows one way: bytes, records, accounts, findings, tally and report.
//!
//! | module | what it is |
//! |---|---|
//! | [`catalog`] | everything that is known of codes, from `codes.toml` and overlays |
//! | [`account`] | one Customer Account record, as far as it matters |
//! | [`input`] | from bytes to accounts: the JSON parser, the rule of what an account is, chunks and threads |
//! | [`pipeline`] | blocks of work in order, on several threads |
//! | [`classify`] | what the catalog says of an account |
//! | [`tally`] | the counts of a run |
//! | [`plan`], [`diff`] | the repair work; what changed between snapshots |
//! | `wire`, `render` | the objects of the JSON outputs; one file for each format |
//! | `cli`, `command` | what can be typed; what each command does |
//!
//! All but the last two rows do no printing and know no command line. An application that embeds them leaves the default feature
//! `cli` out, and with it every crate that parses arguments, draws tables or colours:
//!
//! ```toml
//! statuscode = { version = "0.1", default-features = false }
//! ```
//!
//! # Classify your own accounts
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::{Action, Catalog};
//! use statuscode::classify::Classifier;
//!
//! let classifier = Classifier::new(Catalog::built_in(), true);
//! let account = Account { id: Some("5011648377"), aggregation_status_code: Some(185), ..Account::default() };
//! let finding = classifier.classify(&account);
//! assert_eq!(finding.verdict.action, Action::ConnectFix);
//! assert_eq!(finding.verdict.title, "Security challenge encountered");
//! ```
//!
//! # Read accounts from JSON of any shape
//!
//! [`read`] gives the accounts of any reader as an iterator; [`input::scan`] does the same on several threads and
//! collects what you want to know of them.
//!
//! ```
//! let input = br#"{"accounts":[{"id":"1","aggregationStatusCode":0},{"id":"2","aggregationStatusCode":"103"}]}"#;
//! for account in statuscode::read(&input[..]) {
//!     let account = account?;
//!     println!("{:?}: {:?}", account.id, account.aggregation_status_code);
//! }
//! # Ok::<(), statuscode::input::InputError>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod account;
#[cfg(feature = "cli")]
pub mod answer;
pub mod catalog;
pub mod classify;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod command;
pub mod diff;
mod http_status;
pub mod ids;
pub mod input;
pub mod pipeline;
pub mod plan;
#[cfg(feature = "cli")]
pub mod query;
#[cfg(feature = "cli")]
pub mod render;
mod suggest;
pub mod tally;
#[cfg(feature = "cli")]
pub mod terminal;
#[cfg(feature = "cli")]
mod text;

pub use input::read;
