//! Throughput in bytes per second for each shape of input: reading and counting on one thread and on
//! two, with each instruction set, and writing every account as JSON Lines.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark that cannot continue has failed")]

mod accounts;

use std::ops::ControlFlow;

use divan::Bencher;
use divan::counter::BytesCount;

use accounts::Shape;
use statuscode::account::Account;
use statuscode::answer::triage::Location;
use statuscode::catalog::Catalog;
use statuscode::classify::Classifier;
use statuscode::input::{Batch, Instructions, Options, Position, RecordError, Sink, scan};
use statuscode::render::{AccountEncoder, RecordFormat};
use statuscode::tally::Tally;

/// About 17 MB.
const ACCOUNTS: u64 = 20_000;

const SHAPES: [&str; 10] = Shape::NAMES;

fn main() {
    divan::main();
}

fn data(shape: &str) -> Vec<u8> {
    let mut data = Vec::new();
    accounts::write(&mut data, Shape::named(shape).unwrap(), ACCOUNTS).unwrap();
    data
}

#[divan::bench(args = SHAPES)]
fn tally_on_one_thread(bencher: Bencher<'_, '_>, shape: &str) {
    measure(bencher, shape, Options::on_threads(1), false);
}

#[divan::bench(args = Instructions::all())]
fn lines_with_each_instruction_set(bencher: Bencher<'_, '_>, instructions: Instructions) {
    let options = Options { instructions, ..Options::on_threads(1) };
    measure(bencher, "lines", options, false);
}

#[divan::bench(args = SHAPES)]
fn tally_on_two_threads(bencher: Bencher<'_, '_>, shape: &str) {
    measure(bencher, shape, Options::on_threads(2), false);
}

#[divan::bench(args = ["lines", "failing"])]
fn json_lines_on_two_threads(bencher: Bencher<'_, '_>, shape: &str) {
    measure(bencher, shape, Options::on_threads(2), true);
}

fn measure(bencher: Bencher<'_, '_>, shape: &str, options: Options, lines: bool) {
    let data = data(shape);
    let classifier = Classifier::new(Catalog::built_in(), true);
    let encoder = lines.then(|| AccountEncoder::new(RecordFormat::Jsonl, &classifier));
    bencher.counter(BytesCount::of_slice(&data)).bench_local(|| {
        let gatherer = || Counter {
            classifier: &classifier,
            encoder: encoder.as_ref(),
            tally: Tally::new(&classifier),
            encoded: Vec::new(),
        };
        let mut tally = Tally::new(&classifier);
        scan(data.as_slice(), options, gatherer, |(part, encoded)| {
            tally.merge(&part);
            divan::black_box(encoded);
            Ok::<(), ()>(())
        })
        .unwrap();
        assert_eq!(tally.accounts(), ACCOUNTS);
    });
}

struct Counter<'a> {
    classifier: &'a Classifier<'a>,
    encoder: Option<&'a AccountEncoder>,
    tally: Tally,
    encoded: Vec<u8>,
}

impl Sink for Counter<'_> {
    fn account(&mut self, account: &Account<'_>, at: Position) {
        let finding = self.classifier.classify(account);
        self.tally.add(&finding);
        if let Some(encoder) = self.encoder {
            let location = Location { input: "-", line: at.line, column: at.column() };
            encoder.encode(&mut self.encoded, &finding, location);
        }
    }

    fn invalid(&mut self, _at: Position, _problem: RecordError) -> ControlFlow<()> {
        self.tally.invalid += 1;
        ControlFlow::Continue(())
    }

    fn document(&mut self) {
        self.tally.documents += 1;
    }
}

impl Batch for Counter<'_> {
    type Output = (Tally, Vec<u8>);

    fn take(&mut self) -> Self::Output {
        let tally = std::mem::replace(&mut self.tally, Tally::new(self.classifier));
        (tally, std::mem::take(&mut self.encoded))
    }
}
