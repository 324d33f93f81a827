//! What can be asked of the program itself.

use clap::{Args, ValueEnum};

const SCHEMA_EXAMPLES: &str = "\
Examples:
  statuscode schema triage > triage.schema.json";

/// Whose output.
#[derive(Debug, Args)]
#[command(before_long_help = SCHEMA_EXAMPLES)]
pub struct Schema {
    /// The command
    pub name: SchemaName,
}

/// A command with JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// explain --json
    Explain,
    /// list --json
    List,
    /// triage --json
    Triage,
    /// plan --json
    Plan,
    /// diff --json
    Diff,
    /// merge --json
    Merge,
    /// The file of triage --summary-file
    Summary,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  bash        echo 'source <(statuscode completions bash)' >> ~/.bashrc
  zsh         echo 'source <(statuscode completions zsh)' >> ~/.zshrc
  fish        statuscode completions fish > ~/.config/fish/completions/statuscode.fish
  elvish      echo 'eval (statuscode completions elvish | slurp)' >> ~/.elvish/rc.elv
  powershell  statuscode completions powershell | Out-String | Invoke-Expression
  nushell     statuscode completions nushell | save -f ~/.config/nushell/statuscode.nu";

/// For which shell.
#[derive(Debug, Args)]
#[command(before_long_help = COMPLETIONS_EXAMPLES)]
pub struct Completions {
    /// The shell
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
    #[value(name = "powershell")]
    PowerShell,
    /// Nushell
    Nushell,
}

const MAN_EXAMPLES: &str = "\
Examples:
  statuscode man | man -l -
  statuscode man triage > /usr/local/share/man/man1/statuscode-triage.1";

/// Whose page.
#[derive(Debug, Args)]
#[command(before_long_help = MAN_EXAMPLES)]
pub struct Man {
    /// A command; without one, the program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
