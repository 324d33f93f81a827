//! The summary of a run in a file of its own.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use tempfile::Builder;

use crate::answer::run_summary::RunSummary;

/// Writes the summary whole or not at all: it is written beside `path`, and takes that name when all of it has arrived.
/// What is no file, such as a pipe, is written to as it is.
pub fn write(path: &Path, summary: &RunSummary<'_>) -> Result<()> {
    let message = || format!("cannot write the summary {}", path.display());
    let text = serde_json::to_string(summary).with_context(message)? + "\n";
    let is_special = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
    if is_special {
        let mut file = File::options()
            .write(true)
            .open(path)
            .with_context(message)?;
        return file.write_all(text.as_bytes()).with_context(message);
    }
    replace(path, text.as_bytes()).with_context(message)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = Builder::new();
    builder.prefix(".statuscode-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file: what the mask of the process leaves of it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
