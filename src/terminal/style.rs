//! Colors and their meaning. Color is never the only sign: a word always says the same.

use colored::{Color, ColoredString, Colorize};

use crate::catalog::Category;

/// The style of one stream; without color, every method returns the plain text.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use color.
    pub color: bool,
}

impl Style {
    /// Titles and headlines.
    #[must_use]
    pub fn strong(self, text: &str) -> String {
        self.paint(text, Colorize::bold)
    }

    /// Labels and secondary text.
    #[must_use]
    pub fn faint(self, text: &str) -> String {
        self.paint(text, Colorize::dimmed)
    }

    /// The word before an error.
    #[must_use]
    pub fn error(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Red).bold())
    }

    /// The word before a warning.
    #[must_use]
    pub fn warning(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Yellow).bold())
    }

    /// The word before a hint.
    #[must_use]
    pub fn hint(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Cyan).bold())
    }

    /// Text about this category.
    #[must_use]
    pub fn category(self, category: Category, text: &str) -> String {
        self.paint(text, |text| text.color(color(category)))
    }

    fn paint(self, text: &str, paint: impl Fn(ColoredString) -> ColoredString) -> String {
        if self.color { paint(text.normal()).to_string() } else { text.to_owned() }
    }
}

/// The color of a category. Blue, yellow, magenta, and cyan differ even for people who cannot tell
/// red from green.
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
