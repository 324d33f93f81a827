//! Explains and triages the aggregation status codes of Mastercard Open Finance US (formerly Finicity).
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod account;
pub mod catalog;
pub mod classify;
pub mod cli;
pub mod command;
mod http_status;
pub mod input;
mod palette;
pub mod pipeline;
mod plural;
pub mod render;
mod suggest;
pub mod tally;
mod terminal;
mod visible;
pub mod wire;
