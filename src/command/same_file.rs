//! Whether two paths name the same file.

use std::path::Path;

/// What identifies an existing file, through links too; `None` if there is none.
#[cfg(unix)]
pub fn id(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let metadata = path.metadata().ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// What identifies an existing file, through symbolic links too; `None` if there is none.
#[cfg(not(unix))]
pub fn id(path: &Path) -> Option<std::path::PathBuf> {
    path.canonicalize().ok()
}
