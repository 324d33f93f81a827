//! The arguments of `completions`.

use clap::{Args, ValueEnum};

use super::{help, output};

const EXAMPLES: &str = "\
Examples:
  echo 'source <(statuscode completions bash)' >> ~/.bashrc
  echo 'source <(statuscode completions zsh)' >> ~/.zshrc
  statuscode completions fish > ~/.config/fish/completions/statuscode.fish
  echo 'eval (statuscode completions elvish | slurp)' >> ~/.elvish/rc.elv
  statuscode completions powershell | Out-String | Invoke-Expression
  statuscode completions nushell | save -f ~/.config/nushell/statuscode.nu";

/// Which shell to set up.
#[derive(Debug, Args)]
#[command(before_long_help = EXAMPLES, args = output::hidden_globals())]
#[command(after_long_help = help::EXIT_PRINTED)]
pub struct CompletionsArgs {
    /// The shell to set up
    pub shell: Shell,
}

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU Bash
    Bash,
    /// Z shell
    Zsh,
    /// fish
    Fish,
    /// Elvish
    Elvish,
    /// `PowerShell`
    #[value(name = "powershell", help = "PowerShell")]
    PowerShell,
    /// Nushell
    Nushell,
}
