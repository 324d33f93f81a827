//! The tests of the whole program, in one binary: it is linked once, and its modules share
//! `support`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../../benches/accounts/mod.rs"]
mod accounts;
mod catalog;
mod command_line;
mod corpus;
mod documentation;
mod encodings;
mod escapes;
mod exhaustive;
mod faults;
mod grammar;
mod grouping;
mod incomplete;
mod inputs;
mod invariants;
mod lists;
mod memory;
mod metrics;
mod month;
mod notices;
mod outputs;
mod own_output;
mod page;
mod privacy;
mod process;
mod progress;
mod properties;
mod reader;
mod recipes;
mod repair;
mod requests;
mod screen;
mod selection;
mod sessions;
mod shards;
mod shells;
mod summary_file;
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod texts;
mod trend;
mod unnamed;
