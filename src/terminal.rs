//! The capabilities of a terminal, and making text safe to print on one.

mod environment;
mod sanitize;
pub mod style;

use std::io::{self, IsTerminal};

use crate::text::bar_length;
use environment::Environment;
pub use sanitize::{is_unsafe, sanitize, truncate_id};

/// When to use color.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The user's preferences for output.
#[derive(Debug, Clone, Copy, Default)]
pub struct Preferences {
    /// When to use color.
    pub color: ColorChoice,
    /// The number of columns to use; `None` for the width of the terminal.
    pub width: Option<u16>,
    /// Whether to draw with ASCII characters only.
    pub ascii: bool,
}

/// The narrowest layout, in columns. In a narrower one, a text column would wrap after every few
/// characters.
const MIN_WIDTH: u16 = 40;

/// The capabilities of an output stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is an independent capability")]
pub struct TerminalCaps {
    /// Whether to use color.
    pub color: bool,
    /// The number of columns, if there is a limit.
    pub width: Option<u16>,
    /// Whether to draw with ASCII characters only.
    pub ascii: bool,
    /// Whether the stream is a terminal, where bars and progress are useful.
    pub is_terminal: bool,
    /// Whether the terminal supports hyperlinks.
    pub links: bool,
}

impl TerminalCaps {
    /// Returns the capabilities of standard output.
    #[must_use]
    pub fn for_stdout(preferences: Preferences) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let environment = Environment::current();
        let columns = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0);
        Self {
            links: preferences.color != ColorChoice::Never
                && environment.links
                && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            ..Self::new(preferences, &environment, is_terminal, columns)
        }
    }

    /// Returns the capabilities of standard error. Nothing on it depends on the width.
    #[must_use]
    pub fn for_stderr(preferences: Preferences) -> Self {
        let is_terminal = io::stderr().is_terminal();
        Self::new(preferences, &Environment::current(), is_terminal, || None)
    }

    /// Returns the capabilities. The width is that of the preferences, of `COLUMNS`, or of the
    /// terminal, in this order. A pipe has none.
    fn new(
        preferences: Preferences,
        environment: &Environment,
        is_terminal: bool,
        columns: impl Fn() -> Option<u16>,
    ) -> Self {
        let width = preferences
            .width
            .or(environment.columns)
            .or_else(columns)
            .map(|width| width.max(MIN_WIDTH));
        Self {
            color: environment.color(preferences.color, is_terminal),
            width,
            ascii: preferences.ascii || !environment.utf8,
            is_terminal,
            links: false,
        }
    }

    /// Formats an address as a hyperlink, if the terminal supports them.
    #[must_use]
    pub fn link(self, address: &str) -> String {
        let address = sanitize(address);
        if self.links {
            format!("\u{1b}]8;;{address}\u{1b}\\{address}\u{1b}]8;;\u{1b}\\")
        } else {
            address.into_owned()
        }
    }

    /// Draws a bar of at most `width` columns for `part` of `whole`. Its length is in eighths of a
    /// column, or in columns if only ASCII may be used.
    #[must_use]
    pub fn bar(self, part: u64, whole: u64, width: u64) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let steps = if self.ascii { 1 } else { 8 };
        let length = bar_length(part, whole, width * steps);
        if self.ascii { "#".repeat(length) } else { "█".repeat(length / 8) + EIGHTHS[length % 8] }
    }
}

/// Returns whether standard input is a terminal, where the user would have to type the input.
#[must_use]
pub fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preferred_width_overrides_that_of_the_terminal_and_neither_is_too_small() {
        let width = |preferred, terminal: Option<u16>| {
            let preferences = Preferences { width: preferred, ..Preferences::default() };
            let environment = Environment::default();
            TerminalCaps::new(preferences, &environment, true, || terminal).width
        };
        assert_eq!(width(Some(120), Some(80)), Some(120));
        assert_eq!(width(None, Some(80)), Some(80));
        assert_eq!(width(None, None), None);
        assert_eq!(width(Some(1), Some(80)), Some(MIN_WIDTH));
    }

    #[test]
    fn the_length_of_a_bar_is_proportional() {
        let caps = |ascii| TerminalCaps {
            ascii,
            color: false,
            width: None,
            is_terminal: true,
            links: false,
        };
        let bars = |ascii| [0, 1, 50, 55, 100].map(|part| caps(ascii).bar(part, 100, 10));
        assert_eq!(bars(true), ["", "", "#####", "######", "##########"]);
        assert_eq!(bars(false), ["", "▏", "█████", "█████▌", "██████████"]);
        assert_eq!(caps(true).bar(u64::MAX, u64::MAX, 8), "########");
        assert_eq!(caps(true).bar(0, 0, 8), "");
    }
}
