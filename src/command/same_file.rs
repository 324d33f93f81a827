//! Identifies files, to decide whether two paths name the same one.

use std::path::Path;

/// Returns the identity of an existing file, following links; `None` if the file does not exist.
#[cfg(unix)]
pub fn id(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let metadata = path.metadata().ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Returns the identity of an existing file, following symbolic links; `None` if the file does not
/// exist.
#[cfg(not(unix))]
pub fn id(path: &Path) -> Option<std::path::PathBuf> {
    path.canonicalize().ok()
}

/// Returns the identity of standard output, if it is a regular file.
#[cfg(unix)]
pub fn regular_output() -> Option<(u64, u64)> {
    let path = Path::new("/dev/stdout");
    path.metadata().ok().filter(std::fs::Metadata::is_file).and_then(|_| id(path))
}

/// Returns `None`, because standard output has no path on this system.
#[cfg(not(unix))]
pub fn regular_output() -> Option<std::path::PathBuf> {
    None
}
