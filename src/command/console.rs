//! Standard error: errors with their hints, warnings, and notes.

use std::fmt;
use std::io::Write;
use std::sync::Mutex;

use crate::terminal::TerminalCaps;
use crate::terminal::sanitize;
use crate::terminal::style::Style;

/// An error with a hint about what to do.
#[derive(Debug)]
pub struct Hinted {
    message: String,
    hint: Option<String>,
}

impl Hinted {
    /// An error with a hint, if there is one.
    pub fn new(message: impl Into<String>, hint: Option<String>) -> Self {
        Self { message: message.into(), hint }
    }
}

impl fmt::Display for Hinted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Hinted {}

/// Where messages go.
pub type Messages<'a> = &'a Mutex<dyn Write + Send>;

/// Writes messages, which may contain untrusted text. There is nowhere to report a failed write.
#[derive(Clone, Copy)]
pub struct Console<'a> {
    messages: Messages<'a>,
    style: Style,
    quiet: bool,
}

impl<'a> Console<'a> {
    /// A console with this style. A quiet one shows only errors.
    pub const fn new(messages: Messages<'a>, caps: TerminalCaps, quiet: bool) -> Self {
        Self { messages, style: Style { color: caps.color }, quiet }
    }

    /// Why the run failed.
    pub fn error(self, error: &anyhow::Error) {
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        self.line(&self.style.error("error:"), &causes.join(": "));
        if let Some(hint) =
            error.chain().find_map(|cause| cause.downcast_ref::<Hinted>()?.hint.as_deref())
        {
            self.line(&self.style.hint("hint:"), hint);
        }
    }

    /// Something that the user should know.
    pub fn warning(self, text: &str) {
        if !self.quiet {
            self.line(&self.style.warning("warning:"), text);
        }
    }

    /// What to do about the last message.
    pub fn hint(self, text: &str) {
        if !self.quiet {
            self.line(&self.style.hint("hint:"), text);
        }
    }

    /// A line without a label.
    pub fn note(self, text: &str) {
        if !self.quiet {
            self.write(&sanitize(text));
        }
    }

    /// Why a check failed. Being quiet does not hide it: it explains the exit status.
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
