//! The progress bar. It appears on standard error after a second, only on a terminal, and is erased
//! at the end.

mod interrupt;

use std::io::{self, IsTerminal, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::sources::{Input, Source};
use crate::text::Count;

/// Runs shorter than this show no progress.
const DELAY: Duration = Duration::from_secs(1);

/// Shows the progress of a run.
#[derive(Debug)]
pub struct Progress {
    /// `None` if nobody would see it.
    bar: Option<ProgressBar>,
    started: Instant,
    is_shown: bool,
    /// The number of bytes read, before decompression.
    bytes: Arc<AtomicU64>,
    inputs: u64,
    inputs_read: u64,
}

impl Progress {
    /// Returns the progress through these sources. Nothing is shown if `quiet` is true, or if the
    /// answer streams to the same terminal.
    pub fn new(sources: &[Source], quiet: bool, streams: bool) -> Self {
        let is_visible =
            io::stderr().is_terminal() && !quiet && !(streams && io::stdout().is_terminal());
        let bar = is_visible.then(|| {
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
            started: Instant::now(),
            is_shown: false,
            bytes: Arc::default(),
            inputs: Source::inputs(sources).count() as u64,
            inputs_read: 0,
        }
    }

    /// Wraps a reader to count its bytes.
    pub fn counted<R: Read>(&self, reader: R) -> CountingReader<R> {
        CountingReader { reader, bytes: Arc::clone(&self.bytes) }
    }

    /// Shows the number of accounts so far.
    pub fn update(&mut self, accounts: u64) {
        let Some(bar) = &self.bar else { return };
        if !self.is_shown && self.started.elapsed() > DELAY {
            self.is_shown = true;
            bar.set_draw_target(ProgressDrawTarget::stderr());
            interrupt::erase_when_interrupted(bar);
        }
        if self.is_shown {
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

    /// Counts an input as read.
    pub const fn end_input(&mut self) {
        self.inputs_read += 1;
    }

    /// Erases the bar, for good.
    pub fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Counts the bytes that are read through it.
#[derive(Debug)]
pub struct CountingReader<R> {
    reader: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
