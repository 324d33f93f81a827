//! The inputs of a command, and what is said of records that cannot be read.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context as _, Result};

use super::console::{Console, Hinted};
use super::status::Status;
use crate::cli::{OnInvalid, Reading};
use crate::input::{Options, Position, RecordError};
use crate::plural::Count;
use crate::terminal::stdin_is_terminal;

/// Where accounts come from.
#[derive(Debug, Clone)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// The inputs that were named; standard input if none was.
    pub fn all(paths: &[PathBuf]) -> Result<Vec<Self>> {
        let mut inputs: Vec<Self> = paths
            .iter()
            .map(|path| {
                if path.as_os_str() == "-" {
                    Self::Stdin
                } else {
                    Self::File(path.clone())
                }
            })
            .collect();
        if inputs.is_empty() {
            inputs.push(Self::Stdin);
        }
        if inputs.iter().any(|input| matches!(input, Self::Stdin)) && stdin_is_terminal() {
            let hint = "name a file, or pipe into it: curl ... | statuscode triage (see --help)";
            return Err(Hinted::new(
                "no input: standard input is a terminal",
                Some(hint.to_owned()),
            )
            .into());
        }
        Ok(inputs)
    }

    /// Its bytes, if it is a file.
    pub fn size(&self) -> Option<u64> {
        let path = match self {
            Self::Stdin => Path::new("/dev/stdin"),
            Self::File(path) => path,
        };
        let metadata = path.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// How the user named it.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Opens it.
    pub fn open(&self) -> Result<Box<dyn Read + Send>> {
        let Self::File(path) = self else {
            return Ok(Box::new(io::stdin()));
        };
        let name = self.name();
        let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
        if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
            let hint = format!("name the files in it: {name}/*.json");
            return Err(Hinted::new(format!("{name} is a folder"), Some(hint)).into());
        }
        Ok(Box::new(file))
    }
}

/// How an input is read. Unless it was said otherwise, on all cores; but who writes into a pipe needs one of them.
pub fn options(reading: &Reading, input: &Input) -> Options {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let free = if input.size().is_some() {
        cores
    } else {
        cores.saturating_sub(1).max(1)
    };
    let jobs = reading.jobs.map_or(free, usize::from);
    Options {
        max_record_size: reading.max_record_size,
        ..Options::on_threads(jobs)
    }
}

/// Why no more of an input is wanted.
#[derive(Debug)]
pub enum Halt {
    /// Its answer could not be written.
    Write(io::Error),
    /// An invalid record was met, and that was not to be.
    Invalid,
}

/// Invalid records that are named one by one on standard error.
const NAMED: u64 = 10;

/// Names invalid records, counts them, and decides what follows from them.
pub struct InvalidRecords<'a> {
    console: Console<'a>,
    policy: OnInvalid,
    count: u64,
    hints: BTreeSet<&'static str>,
}

impl<'a> InvalidRecords<'a> {
    /// None so far.
    pub const fn new(console: Console<'a>, policy: OnInvalid) -> Self {
        Self {
            console,
            policy,
            count: 0,
            hints: BTreeSet::new(),
        }
    }

    /// Whether reading ends at the first one.
    pub fn stops_at_first(&self) -> bool {
        self.policy == OnInvalid::Fail
    }

    /// One more.
    pub fn note(&mut self, input: &str, at: Position, problem: &RecordError) -> Result<(), Halt> {
        self.count += 1;
        if self.count <= NAMED {
            self.console
                .note(&format!("{input}:{}:{}: {problem}", at.line, at.column()));
            if let Some(hint) = problem.hint()
                && self.hints.insert(hint)
            {
                self.console.hint(hint);
            }
        }
        if self.stops_at_first() {
            Err(Halt::Invalid)
        } else {
            Ok(())
        }
    }

    /// Says how many there were, and how the run ends by that.
    pub fn close(&self) -> Status {
        if self.count > NAMED {
            self.console.note(&format!(
                "and {} more",
                Count(self.count - NAMED, "invalid record")
            ));
        }
        match self.policy {
            _ if self.count == 0 => Status::Done,
            OnInvalid::Allow => Status::Done,
            OnInvalid::Continue => {
                let told = format!("{} could not be read", Count(self.count, "record"));
                let hint = "--invalid allow accepts that, --invalid fail stops at the first";
                self.console
                    .error(&Hinted::new(told, Some(hint.to_owned())).into());
                Status::Failed
            }
            OnInvalid::Fail => {
                self.console
                    .error(&Hinted::new("stopped at the first invalid record", None).into());
                Status::Failed
            }
        }
    }
}
