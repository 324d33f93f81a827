//! A condition on one kind of id.

use std::collections::HashSet;

/// The result of comparing an id of a record with a condition, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The id is not one of the selected ids.
    No,
    /// The record lacks the id.
    Unknown,
    /// The id is one of the selected ids, or there is no condition.
    Yes,
}

/// The selected ids of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ids {
    /// No condition: any id is selected, and so is a record without one.
    #[default]
    Any,
    /// One id. Comparing is faster than hashing.
    One(String),
    /// Several ids.
    Many(HashSet<String>),
}

impl Ids {
    /// Returns whether there is no condition.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }

    /// Returns the selected ids in order; `None` if there is no condition.
    #[must_use]
    pub fn sorted(&self) -> Option<Vec<&str>> {
        let mut ids: Vec<&str> = match self {
            Self::Any => return None,
            Self::One(one) => vec![one],
            Self::Many(many) => many.iter().map(String::as_str).collect(),
        };
        ids.sort_unstable();
        Some(ids)
    }

    /// Compares an id with the condition. An empty id counts as absent.
    #[must_use]
    #[inline]
    pub fn matches(&self, id: Option<&str>) -> Match {
        let is_selected = match (self, id) {
            (Self::Any, _) => true,
            (_, None | Some("")) => return Match::Unknown,
            (Self::One(one), Some(id)) => one == id,
            (Self::Many(many), Some(id)) => many.contains(id),
        };
        if is_selected { Match::Yes } else { Match::No }
    }
}

impl<S: Into<String>> FromIterator<S> for Ids {
    fn from_iter<I: IntoIterator<Item = S>>(ids: I) -> Self {
        let mut many: HashSet<String> = ids.into_iter().map(Into::into).collect();
        match many.len() {
            0 => Self::Any,
            1 => many.drain().next().map_or(Self::Any, Self::One),
            _ => Self::Many(many),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_ids_select_everything_and_one_or_more_select_only_themselves() {
        let any: Ids = [""; 0].into_iter().collect();
        assert_eq!([any.matches(None), any.matches(Some("1"))], [Match::Yes; 2]);
        for selected in [&["7"][..], &["7", "7"], &["7", "8", "x"]] {
            let ids: Ids = selected.iter().copied().collect();
            assert!(selected.iter().all(|id| ids.matches(Some(id)) == Match::Yes));
            assert_eq!(ids.matches(Some("07")), Match::No, "every digit counts");
            assert_eq!([ids.matches(None), ids.matches(Some(""))], [Match::Unknown; 2]);
        }
    }
}
