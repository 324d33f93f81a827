//! The sources of accounts: files, standard input, directories, and lists of files.

mod directory;
mod input;
mod list;
mod pipe;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::console::{Console, HintedError};
use super::same_file;
use crate::cli::InputArgs;
use crate::terminal::stdin_is_terminal;
use crate::text::Count;
pub use input::{Input, options};

/// One name on the command line or in a list, with its inputs. For `diff` and `trend`, each source
/// is a snapshot.
#[derive(Debug)]
pub struct Source {
    /// The name as given.
    pub path: PathBuf,
    /// A file, standard input, or the files of a directory in the order of their names.
    pub inputs: Vec<Input>,
}

impl Source {
    /// Returns the sources on the command line, then those in the list of `--files-from`; standard
    /// input if there are neither.
    ///
    /// A file that does not exist is an error only when it is opened, so that the others are still
    /// read.
    pub fn all(console: Console<'_>, args: &InputArgs, paths: &[PathBuf]) -> Result<Vec<Self>> {
        let named = paths.iter().map(|path| Self::from_arg(console, path));
        let mut sources: Vec<Self> = named.collect();
        if let Some(list) = &args.files_from {
            if is_stdin(list) && Self::inputs(&sources).any(Input::is_stdin) {
                return Err(read_twice("-", "--files-from - reads the list from standard input"));
            }
            let listed = list::read(list)?;
            if listed.is_empty() {
                console.note(&format!("note: {} lists no files", list::name(list)));
            }
            sources.extend(listed.iter().map(|path| Self::file_or_directory(console, path)));
        } else if paths.is_empty() {
            sources.push(Self { path: PathBuf::from("-"), inputs: vec![Input::Stdin] });
        }
        if Self::inputs(&sources).any(|input| matches!(input, Input::Stdin)) && stdin_is_terminal()
        {
            let hint = "pass a file, or pipe account JSON to standard input";
            let message = "no input: standard input is a terminal";
            return Err(HintedError::new(message, Some(hint.to_owned())).into());
        }
        Self::refuse_repeated_streams(&sources)?;
        Ok(sources)
    }

    /// Returns the source for a name on the command line.
    pub fn from_arg(console: Console<'_>, path: &Path) -> Self {
        if is_stdin(path) {
            return Self { path: path.to_owned(), inputs: vec![Input::Stdin] };
        }
        Self::file_or_directory(console, path)
    }

    /// Returns the source for a name in a list, where `-` is a file of that name.
    fn file_or_directory(console: Console<'_>, path: &Path) -> Self {
        let inputs = if path.is_dir() {
            directory::files(console, path)
        } else {
            vec![Input::File(path.to_owned())]
        };
        Self { path: path.to_owned(), inputs }
    }

    /// Returns the inputs of all these sources.
    pub fn inputs(sources: &[Self]) -> impl Iterator<Item = &Input> {
        sources.iter().flat_map(|source| &source.inputs)
    }

    /// Returns the name as given.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Returns the directory among these sources that would include a file with this path.
    pub fn directory_of<'s>(sources: &'s [Self], path: &Path) -> Option<&'s Path> {
        directory::containing(path, sources.iter().map(|source| source.path.as_path()))
    }

    /// Notes files that are named more than once, because they count more than once.
    pub fn note_repeated_files(console: Console<'_>, sources: &[Self]) {
        let mut files = HashSet::new();
        let is_repeated = |input: &&Input| {
            let id = input.size().and_then(|_| same_file::id(input.path()));
            id.is_some_and(|file| !files.insert(file))
        };
        let repeated: Vec<&Input> = Self::inputs(sources).filter(is_repeated).collect();
        let Some(first) = repeated.first() else {
            return;
        };
        let name = first.name();
        let files = match repeated.len() - 1 {
            0 => format!("{name} is"),
            others => format!("{name} and {} are", Count(others as u64, "other file")),
        };
        console.note(&format!("note: {files} read more than once; each time counts"));
    }

    /// Returns an error if standard input or a pipe is named twice, because nothing is left to read
    /// the second time. That applies to `-` even if it is a file.
    pub fn refuse_repeated_streams(sources: &[Self]) -> Result<()> {
        if Self::inputs(sources).filter(|input| matches!(input, Input::Stdin)).count() > 1 {
            return Err(read_twice("-", "save it to a file first"));
        }
        let mut streams = HashSet::new();
        for input in Self::inputs(sources).filter(|input| input.size().is_none()) {
            if same_file::id(input.path()).is_some_and(|file| !streams.insert(file)) {
                return Err(read_twice(&input.name(), "save it to a file first"));
            }
        }
        Ok(())
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read_twice(name: &str, hint: &str) -> anyhow::Error {
    HintedError::new(format!("{name} can be read only once"), Some(hint.to_owned())).into()
}
