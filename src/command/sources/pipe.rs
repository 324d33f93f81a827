//! Enlarges the buffers of pipes.

#[cfg(target_os = "linux")]
use std::os::fd::AsFd;

/// Enlarges the buffer of a pipe, so that this program and the one that writes into it wait for
/// each other less often. Does nothing if the input is not a pipe, or may not grow.
#[cfg(target_os = "linux")]
pub fn enlarge(input: impl AsFd) {
    /// The limit for unprivileged users on Linux, by default.
    const SIZE: usize = 1 << 20;
    rustix::pipe::fcntl_setpipe_size(input, SIZE).ok();
}

/// Does nothing. On this system, pipes have a fixed size.
#[cfg(not(target_os = "linux"))]
pub fn enlarge<T>(_: T) {}
