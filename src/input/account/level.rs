//! Open arrays and objects.

use super::super::json::Position;

/// An open array or object. There may be a million, so the flags share eight bytes with the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub(super) offset: u64,
    line_start: u64,
    line_and_flags: u64,
}

const FLAG_BITS: u32 = 16;

impl Level {
    pub(super) const fn new(at: Position, flags: u16) -> Self {
        Self {
            offset: at.offset,
            line_start: at.line_start,
            line_and_flags: at.line << FLAG_BITS | flags as u64,
        }
    }

    pub(super) const fn at(&self) -> Position {
        Position {
            offset: self.offset,
            line: self.line_and_flags >> FLAG_BITS,
            line_start: self.line_start,
        }
    }

    #[inline(always)]
    pub(super) const fn flags(&self) -> u16 {
        (self.line_and_flags & 0xffff) as u16
    }

    #[inline(always)]
    pub(super) const fn is(&self, flag: u16) -> bool {
        self.flags() & flag != 0
    }

    #[inline(always)]
    pub(super) const fn set(&mut self, flag: u16) {
        self.line_and_flags |= flag as u64;
    }

    pub(super) const fn clear(&mut self, flag: u16) {
        self.line_and_flags &= !(flag as u64);
    }
}

/// Flags of a [`Level`].
pub(super) mod flag {
    /// An object; an array otherwise.
    pub const OBJECT: u16 = 1;
    /// The value of a member called `accounts`, or an element of it.
    pub const IN_ACCOUNTS: u16 = 1 << 1;
    /// The value of a member called `accountDetails` or `balanceDetails`, or an element of it.
    pub const PART: u16 = 1 << 2;
    /// The value of a member called `error`, or an element of it.
    pub const IN_ERROR: u16 = 1 << 3;
    /// The value of a member called `errors`, or an element of it.
    pub const IN_ERRORS: u16 = 1 << 4;
    /// The value of a member called `institutions`, or an element of it.
    pub const INSTITUTION: u16 = 1 << 5;
    /// It contains an account.
    pub const HAS_ACCOUNT: u16 = 1 << 6;
    /// Nothing inside counts.
    pub const IGNORED: u16 = 1 << 7;
    /// The topmost builder belongs to this level: to an object, or to an array of parts for its
    /// first element.
    pub const BUILDER: u16 = 1 << 8;
    /// Inside an event about deleted accounts.
    pub const DELETED: u16 = 1 << 9;
    /// An array of parts that has had an element.
    pub const HAD_PART: u16 = 1 << 10;
    /// An object with `"type":"deleted"`.
    pub const DELETES: u16 = 1 << 11;
    /// Inside an object.
    pub const IN_OBJECT: u16 = 1 << 12;
    /// Inside the `records` of an event that may still turn out to be about deleted accounts.
    pub const PROVISIONAL: u16 = 1 << 13;
    /// The flags that the elements of an array inherit.
    pub const INHERITED: u16 = IN_ACCOUNTS | IN_ERROR | IN_ERRORS | INSTITUTION;
}
