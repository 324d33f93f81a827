//! What the terminal can show: width, colour, characters. Decided per stream, and from values that are passed in.

mod environment;

use std::io::IsTerminal;

use crate::cli::{ColorChoice, Global};
use crate::visible::visible;
use environment::Environment;

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
}
