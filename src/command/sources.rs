//! Where accounts come from.

mod pipe;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context as _, Result};

use super::console::Hinted;
use super::same_file;
use crate::cli::InputArgs;
use crate::input::Options;
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
    /// The named inputs, or standard input if there are none.
    pub fn all(paths: &[PathBuf]) -> Result<Vec<Self>> {
        let mut inputs: Vec<Self> = paths
            .iter()
            .map(
                |path| {
                    if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path.clone()) }
                },
            )
            .collect();
        if inputs.is_empty() {
            inputs.push(Self::Stdin);
        }
        if inputs.iter().any(|input| matches!(input, Self::Stdin)) && stdin_is_terminal() {
            let hint = "name a file, or pipe data in: curl ... | statuscode triage";
            return Err(Hinted::new(
                "no input: standard input is a terminal",
                Some(hint.to_owned()),
            )
            .into());
        }
        Ok(inputs)
    }

    /// Refuses standard input and pipes that are named twice: there is nothing left to read the
    /// second time.
    pub fn refuse_repeated_streams(inputs: &[Self]) -> Result<()> {
        let mut streams = HashSet::new();
        for input in inputs {
            let is_stream = matches!(input, Self::Stdin) || input.size().is_none();
            let file = same_file::id(input.path()).filter(|_| is_stream);
            if file.is_some_and(|file| !streams.insert(file)) {
                let message = format!("{} can be read only once", input.name());
                let hint = "save it to a file first".to_owned();
                return Err(Hinted::new(message, Some(hint)).into());
            }
        }
        Ok(())
    }

    /// The path by which the system knows it.
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new("/dev/stdin"),
            Self::File(path) => path,
        }
    }

    /// Its size in bytes, if it is a file.
    pub fn size(&self) -> Option<u64> {
        let metadata = self.path().metadata().ok()?;
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
            pipe::enlarge(io::stdin());
            return Ok(Box::new(io::stdin()));
        };
        let name = self.name();
        let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
        if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
            let hint = format!("name the files in it: {name}/*.json");
            return Err(Hinted::new(format!("{name} is a directory"), Some(hint)).into());
        }
        pipe::enlarge(&file);
        Ok(Box::new(file))
    }
}

/// How to read an input: by default on all cores, but a pipe leaves one of them to the program that
/// writes into it.
pub fn options(args: &InputArgs, input: &Input) -> Options {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let free = if input.size().is_some() { cores } else { cores.saturating_sub(1).max(1) };
    let jobs = args.jobs.map_or(free, usize::from);
    Options { max_record_size: args.max_record_size, ..Options::on_threads(jobs) }
}
