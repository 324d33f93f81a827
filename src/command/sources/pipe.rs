//! Pipes that hold more.

#[cfg(target_os = "linux")]
use std::os::fd::AsFd;

/// Lets the program that writes into a pipe run ahead: it and this one wait for each other far less
/// often. Anything but a pipe stays as it is, and so does a pipe that may not grow.
#[cfg(target_os = "linux")]
pub fn enlarge(input: impl AsFd) {
    /// What Linux grants every user.
    const SIZE: usize = 1 << 20;
    rustix::pipe::fcntl_setpipe_size(input, SIZE).ok();
}

/// Pipes have a fixed size here.
#[cfg(not(target_os = "linux"))]
pub fn enlarge<T>(_: T) {}
