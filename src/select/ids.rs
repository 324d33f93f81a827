//! A set of ids.

use std::collections::HashSet;

/// What is known of one id of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It is another id.
    No,
    /// The record does not name it.
    Unknown,
    /// It is one of the ids.
    Yes,
}

/// The ids of one kind that are selected; all if there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ids {
    /// Any id, and none.
    #[default]
    Any,
    /// This id: comparing is faster than hashing.
    One(String),
    /// Each of these ids.
    Many(HashSet<String>),
}

impl Ids {
    /// Whether every id is selected.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }

    /// Whether an account with this id is selected. An empty id names nothing.
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
    fn no_ids_select_everything_and_one_or_many_only_themselves() {
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
