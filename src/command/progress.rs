//! The progress bar: on standard error, only on a terminal, after a second, and erased at the end.

mod interrupt;

use std::io::{self, IsTerminal, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::sources::{Input, Source};
use crate::text::Count;

/// Shorter runs show nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows the progress of a run.
#[derive(Debug)]
pub struct Progress {
    /// `None` if nobody would see it.
    bar: Option<ProgressBar>,
    begun: Instant,
    shown: bool,
    /// Bytes as they are stored, compressed or not.
    bytes: Arc<AtomicU64>,
    inputs: u64,
    inputs_read: u64,
}

impl Progress {
    /// Progress through these sources. Nothing is shown if the user wants `quiet`, or if the answer
    /// `streams` to the same terminal.
    pub fn new(sources: &[Source], quiet: bool, streams: bool) -> Self {
        let seen = io::stderr().is_terminal() && !quiet && !(streams && io::stdout().is_terminal());
        let bar = seen.then(|| {
            let total = Source::inputs(sources).map(Input::size).sum();
            let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
            let template = match total {
                Some(_) => {
                    "{wide_bar} {bytes} of {total_bytes}, {msg}, {bytes_per_sec}, {eta} left"
                }
                None => "{bytes} so far, {msg}, {bytes_per_sec}",
            };
            bar.with_style(
                ProgressStyle::with_template(template)
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            )
        });
        Self {
            bar,
            begun: Instant::now(),
            shown: false,
            bytes: Arc::default(),
            inputs: Source::inputs(sources).count() as u64,
            inputs_read: 0,
        }
    }

    /// A reader whose bytes are counted.
    pub fn counted<R: Read>(&self, reader: R) -> Counted<R> {
        Counted { reader, bytes: Arc::clone(&self.bytes) }
    }

    /// Shows the number of accounts so far.
    pub fn update(&mut self, accounts: u64) {
        let Some(bar) = &self.bar else { return };
        if !self.shown && self.begun.elapsed() > PATIENCE {
            self.shown = true;
            bar.set_draw_target(ProgressDrawTarget::stderr());
            interrupt::erase_when_interrupted(bar);
        }
        if self.shown {
            let accounts = Count(accounts, "account");
            bar.set_message(match self.inputs {
                0 | 1 => accounts.to_string(),
                inputs => {
                    format!("{} of {}, {accounts}", self.inputs_read, Count(inputs, "file"))
                }
            });
            bar.set_position(self.bytes.load(Ordering::Relaxed));
        }
    }

    /// Notes that an input is read.
    pub const fn end_input(&mut self) {
        self.inputs_read += 1;
    }

    /// Erases it.
    pub fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Counts the bytes that pass.
#[derive(Debug)]
pub struct Counted<R> {
    reader: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
