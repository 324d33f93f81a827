//! Explains and triages the aggregation status codes of Mastercard Open Finance US (formerly
//! Finicity).
//!
//! Data flows one way: bytes become accounts, accounts become findings, findings become an answer,
//! and an answer is written in a format.
//!
//! | module | what it does |
//! |---|---|
//! | [`input`] | finds accounts in JSON of any shape and size |
//! | [`account`] | holds the fields of a Customer Account that decide its state |
//! | [`catalog`] | explains every code, from `codes.toml` and overlays |
//! | [`select`] | selects the accounts that a run is about |
//! | [`institutions`] | reads the names of institutions from a list |
//! | [`classify`] | applies the catalog to an account: the result is a finding |
//! | [`tally`] | counts findings |
//! | [`threshold`] | decides whether a count is too large |
//! | [`latest`] | keeps only the last record of every account |
//! | [`group`] | counts findings by institution, customer, or login |
//! | [`spread`] | counts failing accounts by institution and by days failing |
//! | [`plan`] | groups findings into repair work |
//! | [`diff`] | compares snapshots of accounts |
//! | [`trend`] | follows accounts over many snapshots |
//! | [`ids`] | keeps millions of ids in little memory |
//! | [`pipeline`] | processes blocks on several threads, in order |
//! | `answer` | defines the answer of each command, independent of the format |
//! | `render` | writes any answer in any format, one file per format |
//! | `decode` | decompresses input, and converts UTF-16 |
//! | `query` | parses the arguments of `explain`, and finds codes in text |
//! | `cli`, `command` | define the command line, and run its commands |
//! | `terminal` | detects what a terminal can show, and makes untrusted text safe to print |
//!
//! The linked modules do not need the command line. An application that embeds them disables the
//! default feature `cli`, and with it every crate that parses arguments or draws tables:
//!
//! ```toml
//! statuscode = { version = "0.1", default-features = false }
//! ```
//!
//! `docs/embedding.md` in the repository has more examples than this page.
//!
//! # Classify your own accounts
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::{Action, Catalog};
//! use statuscode::classify::Classifier;
//!
//! let classifier = Classifier::new(Catalog::built_in(), true);
//! let account = Account {
//!     id: Some("5011648377"),
//!     aggregation_status_code: Some(185),
//!     ..Account::default()
//! };
//! let finding = classifier.classify(&account);
//! assert_eq!(finding.verdict.action, Action::ConnectFix);
//! assert_eq!(finding.verdict.title, "Security challenge encountered");
//! ```
//!
//! # Read accounts from JSON of any shape
//!
//! [`read`] iterates over the accounts in any input. [`input::scan`] does the same on several
//! threads, with a callback for every account.
//!
//! ```
//! let input = br#"{"accounts":[
//!     {"id":"1","aggregationStatusCode":0},
//!     {"id":"2","aggregationStatusCode":"103"}
//! ]}"#;
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
#[cfg(feature = "cli")]
pub mod decode;
pub mod diff;
pub mod group;
mod http_status;
pub mod ids;
pub mod input;
pub mod institutions;
pub mod latest;
mod outage;
pub mod pipeline;
pub mod plan;
#[cfg(feature = "cli")]
pub mod query;
#[cfg(feature = "cli")]
pub mod render;
pub mod select;
pub mod spread;
mod suggest;
pub mod tally;
#[cfg(feature = "cli")]
pub mod terminal;
#[cfg(feature = "cli")]
mod text;
pub mod threshold;
pub mod trend;

pub use input::read;

/// The examples of `docs/embedding.md`, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/embedding.md")]
pub mod embedding {}
