//! Colors and their meaning. Color is never the only sign of anything: there is always a word too.

use colored::{Color, ColoredString, Colorize};

use crate::catalog::Category;

/// The style of one stream. Without color, every method returns the text unchanged.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use color.
    pub color: bool,
}

impl Style {
    /// Styles a title or a headline.
    #[must_use]
    pub fn strong(self, text: &str) -> String {
        self.paint(text, Colorize::bold)
    }

    /// Styles a label or secondary text.
    #[must_use]
    pub fn faint(self, text: &str) -> String {
        self.paint(text, Colorize::dimmed)
    }

    /// Styles the label of an error.
    #[must_use]
    pub fn error(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Red).bold())
    }

    /// Styles the label of a warning.
    #[must_use]
    pub fn warning(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Yellow).bold())
    }

    /// Styles the label of a hint.
    #[must_use]
    pub fn hint(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Cyan).bold())
    }

    /// Styles text about a category.
    #[must_use]
    pub fn category(self, category: Category, text: &str) -> String {
        self.paint(text, |text| text.color(color(category)))
    }

    fn paint(self, text: &str, paint: impl Fn(ColoredString) -> ColoredString) -> String {
        if self.color { paint(text.normal()).to_string() } else { text.to_owned() }
    }
}

/// Returns the color of a category. Blue, yellow, magenta and cyan differ even for people who
/// cannot tell red from green.
#[must_use]
pub const fn color(category: Category) -> Color {
    match category {
        Category::Ok => Color::Green,
        Category::Stale | Category::Pending => Color::Cyan,
        Category::UserAction => Color::Yellow,
        Category::Institution => Color::BrightBlue,
        Category::Support => Color::Magenta,
        Category::Partner | Category::Unknown => Color::Red,
    }
}
