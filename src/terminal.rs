//! What the terminal can show: width, colour, characters. Decided per stream, and from values that are passed in.

use std::env;
use std::ffi::OsString;
use std::io::IsTerminal;

use crate::cli::{ColorChoice, Global};
use crate::visible::visible;

/// No layout is narrower: below this a column of text would be a column of letters.
const NARROWEST: u16 = 40;

/// How text may look on one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a thing that a stream can do or not"
)]
pub struct Look {
    /// Whether to colour.
    pub color: bool,
    /// Columns, if there is a limit.
    pub width: Option<u16>,
    /// Whether only ASCII characters may be drawn.
    pub ascii: bool,
    /// Whether a person looks at a terminal, so that pictures help.
    pub terminal: bool,
    /// Whether the terminal makes links of addresses that are marked as such.
    pub links: bool,
}

/// The environment, as far as looks depend on it.
#[derive(Debug, Clone, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one variable of the environment"
)]
pub struct Environment {
    no_color: bool,
    force_color: bool,
    dumb: bool,
    columns: Option<u16>,
    utf8: bool,
}

impl Environment {
    /// The environment of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self::read(|name| env::var_os(name))
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name| variable(name).filter(|value: &OsString| !value.is_empty());
        let forced = |name| set(name).is_some_and(|value| value != "0");
        let locale = set("LC_ALL")
            .or_else(|| set("LC_CTYPE"))
            .or_else(|| set("LANG"));
        let locale = locale.map(|locale| locale.to_string_lossy().to_ascii_lowercase());
        Self {
            no_color: set("NO_COLOR").is_some(),
            force_color: forced("CLICOLOR_FORCE") || forced("FORCE_COLOR"),
            dumb: variable("TERM").is_some_and(|term| term == "dumb"),
            columns: set("COLUMNS")
                .and_then(|columns| columns.to_str()?.parse().ok())
                .filter(|&columns| columns > 0),
            utf8: locale.is_some_and(|locale| locale.contains("utf-8") || locale.contains("utf8")),
        }
    }

    /// The first of these that says something: the flag, `NO_COLOR`, a variable that forces colour, `TERM=dumb`, and
    /// whether the stream is a terminal.
    fn color(&self, choice: ColorChoice, terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if self.no_color => false,
            ColorChoice::Auto if self.force_color => true,
            ColorChoice::Auto => terminal && !self.dumb,
        }
    }
}

impl Look {
    /// Whether two columns of sentences do not fit beside each other, so that one stands under the other.
    #[must_use]
    pub fn is_narrow(self) -> bool {
        const TWO_SENTENCES: u16 = 110;
        self.width.is_some_and(|width| width < TWO_SENTENCES)
    }

    /// An address, as a link where the terminal makes one of it.
    #[must_use]
    pub fn link(self, address: &str) -> String {
        let address = visible(address);
        if self.links {
            format!("\u{1b}]8;;{address}\u{1b}\\{address}\u{1b}]8;;\u{1b}\\")
        } else {
            address.into_owned()
        }
    }

    /// A bar as long as this share of `width`, in steps of an eighth of a letter where letters for that may be drawn. What
    /// is not nothing is seen.
    #[must_use]
    pub fn bar(self, part: u64, whole: u64, width: u64) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let steps = if self.ascii { 1 } else { 8 };
        let exact = u128::from(part) * u128::from(width * steps) / u128::from(whole.max(1));
        let length = usize::try_from(exact).unwrap_or_default();
        let length = if part > 0 { length.max(1) } else { 0 };
        if self.ascii {
            "#".repeat(length)
        } else {
            "█".repeat(length / 8) + EIGHTHS[length % 8]
        }
    }

    /// How the answer may look.
    #[must_use]
    pub fn of_stdout(global: &Global) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let columns = || {
            let size = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
            size.filter(|&columns| terminal && columns > 0)
        };
        Self {
            links: global.color != ColorChoice::Never
                && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            ..Self::new(global, &Environment::of_process(), terminal, columns)
        }
    }

    /// How messages may look.
    #[must_use]
    pub fn of_stderr(global: &Global) -> Self {
        Self::new(
            global,
            &Environment::of_process(),
            std::io::stderr().is_terminal(),
            || None,
        )
    }

    /// Colour by the precedence of [`Environment`]; the width of the flag, of `COLUMNS`, of the terminal, or none: a pipe has
    /// no width.
    fn new(
        global: &Global,
        environment: &Environment,
        terminal: bool,
        columns: impl Fn() -> Option<u16>,
    ) -> Self {
        Self {
            color: environment.color(global.color, terminal),
            width: global
                .width
                .or(environment.columns)
                .or_else(columns)
                .map(|width| width.max(NARROWEST)),
            ascii: global.ascii || !environment.utf8,
            terminal,
            links: false,
        }
    }
}

/// Whether standard input is a terminal, so that nothing would come from it but keys.
#[must_use]
pub fn stdin_is_terminal() -> bool {
    std::io::stdin().is_terminal()
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
    fn the_first_word_on_colour_counts() {
        let auto = |variables: &[(&str, &str)], terminal| {
            environment(variables).color(ColorChoice::Auto, terminal)
        };
        assert!(auto(&[], true));
        assert!(!auto(&[], false));
        assert!(!auto(&[("NO_COLOR", "1")], true));
        assert!(
            auto(&[("NO_COLOR", "")], true),
            "an empty NO_COLOR says nothing"
        );
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
    fn only_a_utf8_locale_allows_more_than_ascii() {
        assert!(environment(&[("LANG", "en_US.UTF-8")]).utf8);
        assert!(environment(&[("LC_ALL", "C.utf8"), ("LANG", "C")]).utf8);
        assert!(!environment(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]).utf8);
        assert!(!environment(&[]).utf8);
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let look = |ascii| Look {
            ascii,
            color: false,
            width: None,
            terminal: true,
            links: false,
        };
        let bars = |ascii| [0, 1, 50, 55, 100].map(|part| look(ascii).bar(part, 100, 10));
        assert_eq!(bars(true), ["", "#", "#####", "#####", "##########"]);
        assert_eq!(bars(false), ["", "▏", "█████", "█████▌", "██████████"]);
        assert_eq!(look(true).bar(u64::MAX, u64::MAX, 8), "########");
        assert_eq!(look(true).bar(0, 0, 8), "");
    }

    #[test]
    fn columns_that_are_no_number_say_nothing() {
        assert_eq!(environment(&[("COLUMNS", "100")]).columns, Some(100));
        assert_eq!(environment(&[("COLUMNS", "0")]).columns, None);
        assert_eq!(environment(&[("COLUMNS", "wide")]).columns, None);
    }
}
