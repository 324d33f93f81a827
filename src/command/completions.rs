//! `completions`: what a shell needs. But for Nushell, shells ask the program itself, so codes and values are always those of
//! the program that is installed; what is printed here only registers that.

use std::io::Write;

use anyhow::Result;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::context::{Out, write};
use super::status::Status;
use crate::cli::{CompletionsArgs, Shell};

/// The variable by which a shell asks.
pub const VARIABLE: &str = "COMPLETE";

const NAME: &str = env!("CARGO_PKG_NAME");

/// Nushell has no way to ask; its definitions are written by hand and held to the command line by a test.
const NUSHELL: &str = include_str!("../../completions/statuscode.nu");

pub fn run(what: &CompletionsArgs, out: &mut Out<'_>) -> Result<Status> {
    let shell: &dyn EnvCompleter = match what.shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Elvish => &Elvish,
        Shell::PowerShell => &Powershell,
        Shell::Nushell => {
            write(out, |out| out.write_all(NUSHELL.as_bytes()))?;
            return Ok(Status::Done);
        }
    };
    write(out, |out| {
        shell.write_registration(VARIABLE, NAME, NAME, NAME, out)
    })?;
    Ok(Status::Done)
}
