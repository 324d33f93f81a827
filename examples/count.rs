//! Counts the codes in a file that is already in memory: the speed of the parser without the time
//! of the kernel, for a fair comparison with parsers that read only from memory.
//!
//! `cargo run --release --example count -- THREADS PASSES FILE`
//!
//! Prints the median time of a pass in seconds.

#![allow(clippy::print_stdout, reason = "this is a separate program")]

use std::collections::BTreeMap;
use std::error::Error;
use std::ops::ControlFlow;
use std::time::Instant;

use statuscode::account::{Account, Code};
use statuscode::input::{Batch, Options, Position, RecordError, Sink, scan};

/// The number of accounts with each code.
#[derive(Default)]
struct Counts(BTreeMap<Option<Code>, u64>);

impl Sink for Counts {
    fn account(&mut self, account: &Account<'_>, _at: Position) {
        *self.0.entry(account.aggregation_status_code).or_default() += 1;
    }

    fn invalid(&mut self, _at: Position, _error: RecordError) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn document(&mut self) {}
}

impl Batch for Counts {
    type Output = Self;

    fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

fn count(bytes: &[u8], threads: usize) -> Counts {
    let mut all = Counts::default();
    let result = scan(bytes, Options::on_threads(threads), Counts::default, |part| {
        for (code, accounts) in part.0 {
            *all.0.entry(code).or_default() += accounts;
        }
        Ok::<(), ()>(())
    });
    debug_assert!(result.is_ok(), "reading from memory and counting cannot fail");
    all
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("usage: count THREADS PASSES FILE");
    let (threads, passes): (usize, usize) = (next()?.parse()?, next()?.parse()?);
    let bytes = std::fs::read(next()?)?;
    count(&bytes, threads);
    let pass = || {
        let begun = Instant::now();
        std::hint::black_box(count(&bytes, threads));
        begun.elapsed().as_secs_f64()
    };
    let mut seconds: Vec<f64> = (0..passes.max(1)).map(|_| pass()).collect();
    seconds.sort_by(f64::total_cmp);
    println!("{}", seconds[seconds.len() / 2]);
    Ok(())
}
