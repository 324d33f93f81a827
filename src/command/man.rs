//! `man`: the manual page of the program or of a command, generated from the definition of the
//! command line.

use std::io::{self, Write};

use anyhow::Result;
use clap::CommandFactory;
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};

use super::console::Hinted;
use super::context::{Out, write};
use super::status::Status;
use crate::cli::{Cli, ManArgs};
use crate::text::and_list;

pub fn run(args: &ManArgs, out: &mut Out<'_>) -> Result<Status> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let command = match &args.command {
        None => &program,
        Some(name) => program.find_subcommand(name).ok_or_else(|| unknown(&program, name))?,
    };
    write(out, |out| write_page(&program, command, out))?;
    Ok(Status::Done)
}

fn unknown(program: &clap::Command, name: &str) -> Hinted {
    let commands = program.get_subcommands();
    let names: Vec<&str> = commands.map(clap::Command::get_name).collect();
    let hint = format!("the commands are {}", and_list(&names));
    Hinted::new(format!("unknown command {name}"), Some(hint))
}

fn write_page(
    program: &clap::Command,
    command: &clap::Command,
    mut out: &mut dyn Write,
) -> io::Result<()> {
    let name = program.get_name();
    let version = program.get_version().unwrap_or_default();
    // Help lists these values as text, but a page has a real list.
    let unfold = |arg: clap::Arg| {
        if arg.is_hide_possible_values_set() {
            arg.hide_possible_values(false).long_help(None)
        } else {
            arg
        }
    };
    let command = command
        .clone()
        .mut_args(unfold)
        .subcommand_help_heading("COMMANDS")
        .subcommand_value_name("command");
    let page = Page::new(command.clone())
        .source(format!("{name} {version}"))
        // An absent date would shift the fields that follow it.
        .date(" ")
        .manual("User Commands");
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    if command.has_subcommands() {
        page.render_subcommands_section(&mut out)?;
    }
    let mut roff = Roff::new();
    environment(&mut roff, &command);
    let texts = [command.get_before_long_help(), command.get_after_long_help()];
    for text in texts.into_iter().flatten() {
        section(&mut roff, &text.to_string());
    }
    if command.get_name() != name {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold(name), roman("(1)")]);
    }
    roff.to_writer(out)
}

/// The variables that set options.
fn environment(roff: &mut Roff, command: &clap::Command) {
    let with_variable = |arg: &&clap::Arg| arg.get_env().is_some() && !arg.is_hide_set();
    for (index, arg) in command.get_arguments().filter(with_variable).enumerate() {
        if index == 0 {
            roff.control("SH", ["ENVIRONMENT"]);
        }
        let variable = arg.get_env().unwrap_or_default().to_string_lossy();
        let option = format!("--{}", arg.get_long().unwrap_or_default());
        roff.control("TP", []);
        roff.text([bold(variable)]);
        roff.text([roman("Default for "), bold(option), roman(".")]);
    }
}

/// A section of preformatted lines, headed by its first line: `Examples:`.
fn section(roff: &mut Roff, text: &str) {
    let mut lines = text.lines();
    let heading = lines.next().unwrap_or_default().trim_end_matches(':');
    roff.control("SH", [heading.to_uppercase().as_str()]);
    roff.control("nf", []);
    for line in lines {
        roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    roff.control("fi", []);
}
