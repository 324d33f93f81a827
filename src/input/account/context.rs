//! What an array's elements take over from around it.

use std::sync::Arc;

use super::builder::SURROUNDING_IDS;

/// The surroundings of an array's elements: all that the rule must know to go on after one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::input) struct Context {
    /// Open levels, the array included.
    pub(in crate::input) depth: usize,
    /// The flags of the array's level.
    pub(super) flags: u16,
    /// The ids of the objects around it: the nearest of each kind.
    pub(super) ids: Ids,
}

/// `accountId`, `customerId`, `institutionId` and `institutionLoginId` of the surroundings.
pub(super) type Ids = [Option<Arc<str>>; SURROUNDING_IDS];
