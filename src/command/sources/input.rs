//! One file, or standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;

use anyhow::{Context as _, Result, anyhow};

use super::super::same_file;
use super::pipe;
use crate::cli::InputArgs;
use crate::input::Options;

/// A source of bytes.
#[derive(Debug, Clone)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// An entry of a directory that cannot be read, and the reason.
    Unlisted(PathBuf, String),
}

impl Input {
    /// Returns the input with this name on the command line.
    pub fn from_arg(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path.to_owned()) }
    }

    /// Returns the path of the input on this system.
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new("/dev/stdin"),
            Self::File(path) | Self::Unlisted(path, _) => path,
        }
    }

    /// Returns the size in bytes; `None` for a stream, 0 if the input cannot be read.
    pub fn size(&self) -> Option<u64> {
        match (self, self.path().metadata()) {
            (Self::Unlisted(..), _) | (Self::File(_), Err(_)) => Some(0),
            (_, Ok(metadata)) => metadata.is_file().then_some(metadata.len()),
            (Self::Stdin, Err(_)) => None,
        }
    }

    /// Returns whether the input is standard input, under any name.
    pub fn is_stdin(&self) -> bool {
        let is_same = |path: &Path| {
            same_file::id(path).is_some_and(|id| same_file::id(Self::Stdin.path()) == Some(id))
        };
        matches!(self, Self::Stdin) || self.size().is_none() && is_same(self.path())
    }

    /// Returns the name for messages and answers.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) | Self::Unlisted(path, _) => path.display().to_string(),
        }
    }

    /// Opens the input.
    pub fn open(&self) -> Result<Box<dyn Read + Send>> {
        match self {
            Self::Stdin => {
                pipe::enlarge(io::stdin());
                Ok(Box::new(io::stdin()))
            }
            Self::File(path) => {
                let file =
                    File::open(path).with_context(|| format!("cannot open {}", self.name()))?;
                pipe::enlarge(&file);
                Ok(Box::new(file))
            }
            Self::Unlisted(_, reason) => Err(anyhow!("cannot read {}: {reason}", self.name())),
        }
    }
}

/// Returns the options for reading an input. By default, it is read on all cores, but for a pipe
/// one core is left to the program that writes into it.
pub fn options(args: &InputArgs, input: &Input) -> Options {
    // The system reads several files to count them, which is slow for a million inputs.
    static CORES: LazyLock<usize> =
        LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from));
    let available = if input.size().is_some() { *CORES } else { CORES.saturating_sub(1).max(1) };
    let jobs = args.jobs.map_or(available, usize::from);
    Options { max_record_size: args.max_record_size, ..Options::on_threads(jobs) }
}
