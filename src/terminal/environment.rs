//! The environment variables that affect output.

use std::env;
use std::ffi::OsString;

use super::ColorChoice;

/// The values of the environment variables that affect output.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one variable")]
pub struct Environment {
    no_color: bool,
    force_color: bool,
    dumb: bool,
    pub(super) columns: Option<u16>,
    pub(super) utf8: bool,
    /// Whether there may be hyperlinks. To the library that decides about them, an empty
    /// `FORCE_HYPERLINK` is one that forces them.
    pub(super) links: bool,
}

impl Environment {
    /// Reads the environment of this process.
    #[must_use]
    pub fn current() -> Self {
        Self::read(|name| env::var_os(name))
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name| variable(name).filter(|value: &OsString| !value.is_empty());
        let forces = |name| set(name).is_some_and(|value| value != "0");
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
        let locale = locale.map(|locale| locale.to_string_lossy().to_ascii_lowercase());
        Self {
            no_color: set("NO_COLOR").is_some(),
            force_color: forces("CLICOLOR_FORCE") || forces("FORCE_COLOR"),
            dumb: variable("TERM").is_some_and(|term| term == "dumb"),
            columns: set("COLUMNS")
                .and_then(|columns| columns.to_str()?.parse().ok())
                .filter(|&columns| columns > 0),
            utf8: locale.is_some_and(|locale| locale.contains("utf-8") || locale.contains("utf8")),
            links: variable("FORCE_HYPERLINK").is_none_or(|value| !value.is_empty()),
        }
    }

    /// Returns whether to use color. The first of these that applies decides: the flag, `NO_COLOR`,
    /// a variable that forces color, `TERM=dumb`, whether the stream is a terminal.
    pub(super) fn color(&self, choice: ColorChoice, is_terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if self.no_color => false,
            ColorChoice::Auto if self.force_color => true,
            ColorChoice::Auto => is_terminal && !self.dumb,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        let variables = variables.to_vec();
        Environment::read(move |name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_flag_overrides_the_environment_which_overrides_the_terminal() {
        let auto = |variables: &[(&str, &str)], is_terminal| {
            environment(variables).color(ColorChoice::Auto, is_terminal)
        };
        assert!(auto(&[], true));
        assert!(!auto(&[], false));
        assert!(!auto(&[("NO_COLOR", "1")], true));
        assert!(auto(&[("NO_COLOR", "")], true), "an empty NO_COLOR counts as unset");
        assert!(auto(&[("CLICOLOR_FORCE", "1")], false));
        assert!(auto(&[("FORCE_COLOR", "1")], false));
        assert!(!auto(&[("CLICOLOR_FORCE", "0")], false));
        assert!(!auto(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true));
        assert!(!auto(&[("TERM", "dumb")], true));
        assert!(auto(&[("TERM", "dumb"), ("FORCE_COLOR", "1")], true));
        assert!(environment(&[("NO_COLOR", "1")]).color(ColorChoice::Always, false));
        assert!(!environment(&[("FORCE_COLOR", "1")]).color(ColorChoice::Never, true));
    }

    #[test]
    fn only_a_utf8_locale_allows_non_ascii_characters() {
        assert!(environment(&[("LANG", "en_US.UTF-8")]).utf8);
        assert!(environment(&[("LC_ALL", "C.utf8"), ("LANG", "C")]).utf8);
        assert!(!environment(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]).utf8);
        assert!(!environment(&[]).utf8);
    }

    #[test]
    fn columns_that_are_not_a_number_are_ignored() {
        assert_eq!(environment(&[("COLUMNS", "100")]).columns, Some(100));
        assert_eq!(environment(&[("COLUMNS", "0")]).columns, None);
        assert_eq!(environment(&[("COLUMNS", "wide")]).columns, None);
    }
}
