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

/// What identifies the standard output, if that is a regular file.
#[cfg(unix)]
pub fn regular_output() -> Option<(u64, u64)> {
    let path = Path::new("/dev/stdout");
    path.metadata().ok().filter(std::fs::Metadata::is_file).and_then(|_| id(path))
}

/// What identifies the standard output, if that is a regular file; here it has no path.
#[cfg(not(unix))]
pub fn regular_output() -> Option<std::path::PathBuf> {
    None
}
