//! Writes generated Customer Account JSON of any size, with the same bytes in every run: data for
//! benchmarks, for the comparison script, and for experiments.
//!
//! `cargo run --release --example generate -- SHAPE ACCOUNTS > accounts.json`

#![allow(clippy::print_stderr, clippy::exit, reason = "this is a separate program")]

use std::io::{self, BufWriter, Write};

#[path = "../benches/accounts/mod.rs"]
mod accounts;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let shape = arguments.next().unwrap_or_default();
    let count = arguments.next().and_then(|count| count.parse().ok());
    let (Some(shape), Some(count)) = (accounts::Shape::named(&shape), count) else {
        eprintln!("usage: generate {} ACCOUNTS", accounts::Shape::NAMES.join("|"));
        std::process::exit(2);
    };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    accounts::write(&mut out, shape, count)?;
    out.flush()
}
