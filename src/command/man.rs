//! `man`: the manual page of the program or of a command, made from the definition of the command line.

use anyhow::Result;
use clap::CommandFactory;
use clap_mangen::Man as Page;

use super::console::Hinted;
use super::context::{Out, write};
use super::status::Status;
use crate::cli::{Cli, ManArgs};
use crate::text::and_list;

pub fn run(what: &ManArgs, out: &mut Out<'_>) -> Result<Status> {
    let mut program = Cli::command();
    program.build();
    let command = match &what.command {
        None => program,
        Some(name) => find(&program, name)?,
    };
    write(out, |out| Page::new(command).render(out))?;
    Ok(Status::Done)
}

fn find(program: &clap::Command, name: &str) -> Result<clap::Command> {
    if let Some(command) = program.find_subcommand(name) {
        // A page is called by its whole name: statuscode-triage(1).
        return Ok(command
            .clone()
            .name(format!("{}-{}", program.get_name(), command.get_name())));
    }
    let names: Vec<&str> = program
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    let hint = format!("the commands are {}", and_list(&names));
    Err(Hinted::new(format!("no command is called {name}"), Some(hint)).into())
}
