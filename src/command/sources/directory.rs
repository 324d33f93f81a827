//! Finds the input files in a directory.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::super::console::Console;
use super::super::first_few::FirstFew;
use super::super::same_file;
use super::Input;
use crate::text::Count;

/// The endings of files that may have accounts.
const JSON: [&str; 3] = [".json", ".jsonl", ".ndjson"];

/// The endings of compressed files. Formats that cannot be read are inputs too: skipping them would
/// silently lose accounts.
const COMPRESSED: [&str; 12] =
    [".gz", ".gzip", ".zst", ".zstd", ".bz2", ".xz", ".lz4", ".lzma", ".br", ".z", ".zip", ".7z"];

/// Returns whether a file with this name is read as part of a directory.
fn is_input_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let plain = COMPRESSED.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    JSON.iter().any(|ending| plain.ends_with(ending))
}

/// Returns the JSON files in a directory at any depth, compressed or not, in the order of their
/// names.
///
/// Links are followed, but a file or directory that can be reached in several ways is read once: a
/// link such as `latest` must not double the counts, and the ways through a tree of links can be
/// exponentially many. A link to a directory around the root is skipped: the user did not name what
/// is there. Hidden files are skipped, because other programs use them for unfinished and private
/// data. So are pipes and devices, which would block.
pub fn files(console: Console<'_>, root: &Path) -> Vec<Input> {
    let note = |text: String| console.note(&format!("note: {text}"));
    let output = same_file::regular_output();
    let (mut seen, mut repeated, mut others) = (HashSet::new(), 0_u64, 0_u64);
    let (mut directories, mut repeated_directories) = (HashSet::new(), 0_u64);
    let loops = RefCell::new(FirstFew::new());
    let skip_loop = |link: &Path, ancestor: &Path| {
        if loops.borrow_mut().add() {
            let (link, ancestor) = (link.display(), ancestor.display());
            note(format!("skipped {link}: it is a link to {ancestor}, which contains it"));
        }
    };
    let canonical_root = fs::canonicalize(root).ok();
    let leads_back = |entry: &DirEntry| {
        let ancestor = canonical_root.as_deref().and_then(|root| linked_ancestor(entry, root));
        ancestor.inspect(|ancestor| skip_loop(entry.path(), ancestor)).is_some()
    };
    let mut is_new = |entry: &DirEntry| {
        let is_repeated = entry.file_type().is_dir()
            && same_file::id(entry.path()).is_some_and(|id| !directories.insert(id));
        repeated_directories += u64::from(is_repeated);
        !is_repeated
    };
    let mut inputs = Vec::new();
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
    let is_wanted = |entry: &DirEntry| !is_hidden(entry) && !leads_back(entry) && is_new(entry);
    for entry in walk.into_iter().filter_entry(is_wanted) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root);
                if let Some(ancestor) = error.loop_ancestor() {
                    skip_loop(path, ancestor);
                } else if !is_hidden_name(path) || path == root {
                    let error = error.io_error().map(ToString::to_string).unwrap_or_default();
                    inputs.push(Input::Unlisted(path.to_owned(), error));
                }
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        if !is_input_name(entry.path()) {
            others += 1;
            continue;
        }
        let id = same_file::id(entry.path());
        if id.is_some() && id == output {
            note(format!("skipped {}: it is the output file", entry.path().display()));
        } else if id.is_some_and(|id| !seen.insert(id)) {
            repeated += 1;
        } else {
            inputs.push(Input::File(entry.into_path()));
        }
    }
    let name = root.display();
    let omitted = loops.borrow().omitted();
    if omitted > 0 {
        let links = Count(omitted, "more link");
        note(format!("{name}: skipped {links} to directories that contain them"));
    }
    if repeated_directories > 0 {
        let directory = if repeated_directories == 1 { "a directory" } else { "directories" };
        let links = Count(repeated_directories, "link");
        note(format!("{name}: skipped {links} to {directory} already read"));
    }
    if repeated > 0 {
        let file = if repeated == 1 { "a file" } else { "files" };
        note(format!("{name}: skipped {} to {file} already read", Count(repeated, "link")));
    }
    if inputs.is_empty() {
        let others = match others {
            0 => String::new(),
            others => format!(", only {}", Count(others, "other file")),
        };
        note(format!("{name} has no .json, .jsonl, or .ndjson files{others}"));
    }
    inputs
}

/// Returns the directory around the root to which an entry links.
fn linked_ancestor(entry: &DirEntry, root: &Path) -> Option<PathBuf> {
    let is_link = entry.depth() > 0 && entry.path_is_symlink() && entry.file_type().is_dir();
    let target = is_link.then(|| fs::canonicalize(entry.path()).ok()).flatten()?;
    root.starts_with(&target).then_some(target)
}

/// Returns whether an entry is hidden. The directory itself never counts as hidden, because the
/// user named it.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && is_hidden_name(entry.path())
}

fn is_hidden_name(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Returns the directory among `roots` that would include a file with this path.
pub fn containing<'r>(path: &Path, roots: impl Iterator<Item = &'r Path>) -> Option<&'r Path> {
    if !is_input_name(path) || is_hidden_name(path) {
        return None;
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = fs::canonicalize(parent.unwrap_or(Path::new("."))).ok()?;
    let mut roots = roots.filter(|root| root.is_dir());
    roots.find(|root| fs::canonicalize(root).is_ok_and(|root| parent.starts_with(root)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_files_are_recognized_by_name_compressed_or_not_in_any_case() {
        for name in
            ["a.json", "a.jsonl", "A.NDJSON", "a.json.gz", "a.jsonl.zst", "a.b.json", "a.json.bz2"]
        {
            assert!(is_input_name(Path::new(name)), "{name}");
        }
        for name in ["a.txt", "a.gz", "json", "a.json.txt", "a.json~", "a.csv", "a.json.gz.md5"] {
            assert!(!is_input_name(Path::new(name)), "{name}");
        }
    }
}
