//! One account of a snapshot, as small as a comparison needs it.

use crate::account::{Account, Code};
use crate::ids::{AccountKey, IdPool, Keyed, PackedId};

/// What a snapshot says about an account, and what earlier snapshots add to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub key: AccountKey,
    pub institution: Option<PackedId>,
    pub login: Option<PackedId>,
    /// Epoch seconds, [`NO_DATE`] if absent.
    success: i64,
    attempt: i64,
    /// 0 if the account is pending.
    code: Code,
    /// The code in the snapshot before; 0 if the account was pending or absent.
    before: Code,
    /// Snapshots in a row with this code.
    pub streak: u16,
    is_pending: bool,
    was_pending: bool,
    /// Whether the snapshot before this one (in an old snapshot: the one after it) has the account.
    pub is_matched: bool,
    /// Whether it has ever relapsed.
    pub has_relapsed: bool,
}
