//! Writes the file of `--summary-file`.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use tempfile::Builder;

use super::super::console::HintedError;
use super::super::same_file;
use super::super::sources::{Input, Source};
use crate::answer::run_summary::RunSummary;

/// Returns an error if the summary would overwrite an input, another file that the run reads
/// (`others`), or the answer.
pub fn check<'a>(
    path: &Path,
    sources: &'a [Source],
    others: impl Iterator<Item = &'a Path>,
) -> Result<()> {
    let refuse = |reason: &str, hint: String| {
        let message = format!("--summary-file {}: {reason}", path.display());
        Err(HintedError::new(message, Some(hint)).into())
    };
    if path.as_os_str() == "-" {
        let hint = "name a file: standard output is for the report".to_owned();
        return refuse("this is not a file name", hint);
    }
    if let Some(root) = Source::directory_of(sources, path) {
        let hint = format!("the next run would read it as part of {}", root.display());
        return refuse("this file is in a directory of inputs", hint);
    }
    let Some(file) = same_file::id(path) else {
        return Ok(());
    };
    for input in Source::inputs(sources).map(Input::path).chain(others) {
        if same_file::id(input).as_ref() == Some(&file) {
            return refuse("this file is also an input", "name another file".to_owned());
        }
    }
    // A device such as /dev/null stores nothing, so the summary and the answer cannot mix.
    let is_stored = fs::metadata(path).is_ok_and(|metadata| !is_device(&metadata));
    if is_stored && same_file::id(Path::new("/dev/stdout")).as_ref() == Some(&file) {
        return refuse("standard output goes to this file", "name another file".to_owned());
    }
    Ok(())
}

/// Writes the summary completely or not at all: to a temporary file in the same directory, which is
/// renamed when it is complete. Anything that is not a regular file, such as a pipe, is written
/// directly.
pub fn write(path: &Path, summary: &RunSummary<'_>) -> Result<()> {
    let message = format!("cannot write the summary {}", path.display());
    let text = serde_json::to_string(summary).with_context(|| message.clone())? + "\n";
    save(path, text.as_bytes()).map_err(|error| {
        let is_denied = error.kind() == io::ErrorKind::PermissionDenied;
        let hint = "the summary is first written to a new file in the same directory; use a \
                    directory in which you may create files";
        let hint = is_denied.then(|| hint.to_owned());
        HintedError::new(format!("{message}: {error}"), hint).into()
    })
}

fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        // Keep a link, and replace its target.
        Ok(existing) if existing.is_file() => {
            replace(&fs::canonicalize(path)?, bytes, Some(&existing))
        }
        Ok(_) => File::options().write(true).open(path)?.write_all(bytes),
        Err(_) => replace(path, bytes, None),
    }
}

/// Replaces a file, and keeps its mode and, as far as the system permits, its owner.
fn replace(path: &Path, bytes: &[u8], existing: Option<&Metadata>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // The umask of the process applies to a new file.
        options.mode(if existing.is_none() { 0o666 } else { 0o600 });
    }
    // The error of the library names the temporary file, which would mean nothing to the user.
    let mut cause = None;
    let file = Builder::new().prefix(".statuscode-").make_in(folder, |path| {
        options.open(path).inspect_err(|error| cause = error.raw_os_error())
    });
    let mut file = file.map_err(|error| cause.map_or(error, io::Error::from_raw_os_error))?;
    file.as_file_mut().write_all(bytes)?;
    if let Some(existing) = existing {
        keep_access(file.as_file(), existing)?;
    }
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Gives a file the owner, the group, and the mode of the file that it replaces. Only the superuser
/// may give a file to another user. If the group cannot be kept, the new group gets no access.
#[cfg(unix)]
fn keep_access(file: &File, existing: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let new = file.metadata()?;
    let mut permissions = existing.permissions();
    if new.gid() != existing.gid() && fchown(file, None, Some(existing.gid())).is_err() {
        permissions.set_mode(permissions.mode() & !0o070);
    }
    if new.uid() != existing.uid() {
        let _ = fchown(file, Some(existing.uid()), None);
    }
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
fn keep_access(file: &File, existing: &Metadata) -> io::Result<()> {
    file.set_permissions(existing.permissions())
}

#[cfg(unix)]
fn is_device(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_char_device()
}

#[cfg(not(unix))]
fn is_device(metadata: &Metadata) -> bool {
    !metadata.is_file()
}
