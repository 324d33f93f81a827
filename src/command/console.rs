//! Messages on standard error: errors with hints, warnings, and notes.

use std::fmt;
use std::io::Write;
use std::sync::Mutex;

use crate::terminal::TerminalCaps;
use crate::terminal::sanitize;
use crate::terminal::style::Style;

/// An error with an optional hint about what to do.
#[derive(Debug)]
pub struct HintedError {
    message: String,
    hint: Option<String>,
}

impl HintedError {
    /// Returns an error.
    pub fn new(message: impl Into<String>, hint: Option<String>) -> Self {
        Self { message: message.into(), hint }
    }
}

impl fmt::Display for HintedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for HintedError {}

/// The destination of messages.
pub type Messages<'a> = &'a Mutex<dyn Write + Send>;

/// Writes messages, and escapes untrusted text in them. Ignores failed writes, because there is
/// nowhere to report them.
#[derive(Clone, Copy)]
pub struct Console<'a> {
    messages: Messages<'a>,
    style: Style,
    quiet: bool,
}

impl<'a> Console<'a> {
    /// Returns a console. A quiet one writes only errors, invalid records, and failed checks.
    pub const fn new(messages: Messages<'a>, caps: TerminalCaps, quiet: bool) -> Self {
        Self { messages, style: Style { color: caps.color }, quiet }
    }

    /// Writes the error that made the run fail, with its causes and its hint.
    pub fn error(self, error: &anyhow::Error) {
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        self.line(&self.style.error("error:"), &causes.join(": "));
        if let Some(hint) =
            error.chain().find_map(|cause| cause.downcast_ref::<HintedError>()?.hint.as_deref())
        {
            self.line(&self.style.hint("hint:"), hint);
        }
    }

    /// Writes a warning.
    pub fn warning(self, text: &str) {
        if !self.quiet {
            self.line(&self.style.warning("warning:"), text);
        }
    }

    /// Writes what to do about the last message.
    pub fn hint(self, text: &str) {
        if !self.quiet {
            self.line(&self.style.hint("hint:"), text);
        }
    }

    /// Writes a line without a label.
    pub fn note(self, text: &str) {
        if !self.quiet {
            self.write(&sanitize(text));
        }
    }

    /// Writes why a check failed, or where a record is invalid, even if the console is quiet: it
    /// explains the exit status.
    pub fn failed(self, text: &str) {
        self.write(&sanitize(text));
    }

    fn line(self, label: &str, text: &str) {
        self.write(&format!("{label} {}", sanitize(text)));
    }

    fn write(self, text: &str) {
        if let Ok(mut messages) = self.messages.lock() {
            let _ = writeln!(messages, "{text}");
        }
    }
}
