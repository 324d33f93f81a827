//! The exit status of a run.

use std::process::ExitCode;

/// The exit status of a run. Scripts depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The command succeeded, whatever it found.
    Done,
    /// A check failed: a gate was reached, or a code is unknown.
    CheckFailed,
    /// The command failed, or could do only part of its work.
    Failed,
}

impl Status {
    /// Returns the exit status as a number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::CheckFailed => 1,
            Self::Failed => 2,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worse_status_counts() {
        assert_eq!(
            [Status::Done, Status::CheckFailed, Status::Failed].map(Status::code),
            [0, 1, 2]
        );
        assert_eq!(Status::CheckFailed.max(Status::Failed), Status::Failed);
    }
}
