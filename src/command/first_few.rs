//! Keeps standard error short.

/// Counts messages of one kind, of which only the first few are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct FirstFew {
    count: u64,
}

impl FirstFew {
    /// The number of messages that are written.
    pub const MAX: u64 = 3;

    /// Returns a count of none.
    pub const fn new() -> Self {
        Self { count: 0 }
    }

    /// Counts a message, and returns whether to write it.
    pub const fn add(&mut self) -> bool {
        self.count += 1;
        self.count <= Self::MAX
    }

    /// Returns the number of messages so far.
    pub const fn count(self) -> u64 {
        self.count
    }

    /// Returns the number of messages that were not written.
    pub const fn omitted(self) -> u64 {
        self.count.saturating_sub(Self::MAX)
    }
}
