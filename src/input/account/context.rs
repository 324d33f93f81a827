//! The context that the elements of an array inherit.

use std::sync::Arc;

use super::builder::INHERITED_IDS;

/// The context of an array's elements: all that the rule needs to continue after one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::input) struct Context {
    /// The number of open levels, including the array.
    pub(in crate::input) depth: usize,
    /// The flags of the array's level.
    pub(super) flags: u16,
    /// The ids of the objects around it: the nearest of each kind.
    pub(super) ids: Ids,
}

/// The inherited `accountId`, `customerId`, `institutionId`, and `institutionLoginId`.
pub(super) type Ids = [Option<Arc<str>>; INHERITED_IDS];
