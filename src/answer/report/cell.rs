//! The cells of a table.

use std::borrow::Cow;

use super::Share;
use crate::catalog::{Action, Category};
use crate::text::sparkline;

/// A cell. Its text may be untrusted, so every format escapes it.
#[derive(Debug, Clone, Default)]
pub struct Cell<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// A shorter text for a narrow terminal.
    pub brief: Option<Cow<'a, str>>,
    /// The name that machine formats use for the value.
    pub name: Option<&'static str>,
    /// The category that colors the cell.
    pub category: Option<Category>,
    /// A share of a whole, drawn as a bar.
    pub share: Option<Share>,
    /// Whether a terminal draws the bar with a different letter for each category.
    pub is_mix: bool,
    /// Counts over time, drawn as a sparkline. The text is the same sparkline in characters.
    pub line: Option<Vec<u64>>,
    /// The id of the section that explains the cell, for a link within an HTML page.
    pub target: Option<String>,
}

/// The maximum length of a sparkline, in characters.
const MAX_SPARKLINE: usize = 30;

impl<'a> Cell<'a> {
    /// Returns a cell with only text.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Returns a sparkline of counts over time.
    #[must_use]
    pub fn line(values: Vec<u64>) -> Self {
        Self {
            text: sparkline(&values, MAX_SPARKLINE).into(),
            line: Some(values),
            ..Self::default()
        }
    }

    /// Returns the cell of an id, or a dash if there is none.
    #[must_use]
    pub fn id(id: Option<&'a str>) -> Self {
        Self::new(id.unwrap_or("-"))
    }

    /// Returns the cell of a category, in its color.
    #[must_use]
    pub fn category(category: Category) -> Self {
        Self { name: Some(category.as_str()), ..Self::new(category.label()) }.colored(category)
    }

    /// Returns the cell of an action.
    #[must_use]
    pub fn action(action: Action) -> Self {
        Self { name: Some(action.as_str()), ..Self::new(action.label()) }
    }

    /// Returns a bar for a share of a whole, in the color of its largest category.
    #[must_use]
    pub fn share(share: Share) -> Self {
        let category = share.parts.iter().max_by_key(|part| part.1).map(|part| part.0);
        Self { share: Some(share), category, ..Self::default() }
    }

    /// Returns a bar for a share of several categories.
    #[must_use]
    pub fn mix(share: Share) -> Self {
        Self { is_mix: true, share: Some(share), ..Self::default() }
    }

    /// Adds a shorter text for a narrow terminal.
    #[must_use]
    pub fn with_brief(mut self, brief: impl Into<Cow<'a, str>>) -> Self {
        self.brief = Some(brief.into());
        self
    }

    /// Colors the cell by a category.
    #[must_use]
    pub const fn colored(mut self, category: Category) -> Self {
        self.category = Some(category);
        self
    }

    /// Links the cell to the section that explains it.
    #[must_use]
    pub fn linked(mut self, target: Option<String>) -> Self {
        self.target = target;
        self
    }
}
