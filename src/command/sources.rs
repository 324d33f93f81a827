//! Where accounts come from: files, standard input, directories, and lists of files.

mod directory;
mod input;
mod list;
mod pipe;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::console::{Console, Hinted};
use super::same_file;
use crate::cli::InputArgs;
use crate::terminal::stdin_is_terminal;
pub use input::{Input, options};

/// One name on the command line or in a list, and all that is read for it: in `diff`, a snapshot.
#[derive(Debug)]
pub struct Source {
    /// The name as given.
    pub path: PathBuf,
    /// A file, standard input, or the files of a directory in the order of their names.
    pub inputs: Vec<Input>,
}

impl Source {
    /// The named sources, then those that `--files-from` lists; standard input if none are named.
    ///
    /// Files that cannot be found are errors of their own when they are opened, so that the others
    /// are read.
    pub fn all(console: Console<'_>, args: &InputArgs, paths: &[PathBuf]) -> Result<Vec<Self>> {
        let named = paths.iter().map(|path| Self::named(console, path));
        let mut sources: Vec<Self> = named.collect();
        if let Some(list) = &args.files_from {
            if is_stdin(list) && Self::inputs(&sources).any(Input::is_stdin) {
                return Err(twice("-", "--files-from - reads the list from standard input"));
            }
            let listed = list::read(list)?;
            if listed.is_empty() {
                console.note(&format!("note: {} lists no files", list.display()));
            }
            sources.extend(listed.iter().map(|path| Self::file_or_directory(console, path)));
        } else if paths.is_empty() {
            sources.push(Self { path: PathBuf::from("-"), inputs: vec![Input::Stdin] });
        }
        if Self::inputs(&sources).any(|input| matches!(input, Input::Stdin)) && stdin_is_terminal()
        {
            let hint = "name a file, or pipe data in: curl ... | statuscode triage";
            let message = "no input: standard input is a terminal";
            return Err(Hinted::new(message, Some(hint.to_owned())).into());
        }
        Ok(sources)
    }

    /// What one name on the command line stands for.
    pub fn named(console: Console<'_>, path: &Path) -> Self {
        if is_stdin(path) {
            return Self { path: path.to_owned(), inputs: vec![Input::Stdin] };
        }
        Self::file_or_directory(console, path)
    }

    /// In a list, `-` is a file of that name.
    fn file_or_directory(console: Console<'_>, path: &Path) -> Self {
        let inputs = if path.is_dir() {
            directory::files(console, path)
        } else {
            vec![Input::File(path.to_owned())]
        };
        Self { path: path.to_owned(), inputs }
    }

    /// The inputs of all these sources.
    pub fn inputs(sources: &[Self]) -> impl Iterator<Item = &Input> {
        sources.iter().flat_map(|source| &source.inputs)
    }

    /// How the user named it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// The directory among these sources of which a file of this path would be part.
    pub fn directory_of<'s>(sources: &'s [Self], path: &Path) -> Option<&'s Path> {
        directory::containing(path, sources.iter().map(|source| source.path.as_path()))
    }

    /// Refuses standard input and pipes that are named twice: there is nothing left to read the
    /// second time.
    pub fn refuse_repeated_streams(sources: &[Self]) -> Result<()> {
        let mut streams = HashSet::new();
        for input in Self::inputs(sources).filter(|input| input.size().is_none()) {
            if same_file::id(input.path()).is_some_and(|file| !streams.insert(file)) {
                return Err(twice(&input.name(), "save it to a file first"));
            }
        }
        Ok(())
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn twice(name: &str, hint: &str) -> anyhow::Error {
    Hinted::new(format!("{name} can be read only once"), Some(hint.to_owned())).into()
}
