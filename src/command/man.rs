//! `man`: the manual page of the program or of a command, generated from the definition of the
//! command line.

use std::io::{self, Write};

use anyhow::Result;
use clap::CommandFactory;
use clap::builder::{Resettable, StyledStr};
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
    // Help lists these values as text, but a manual page has a real list.
    let unfold = |arg: clap::Arg| {
        if !arg.is_hide_possible_values_set() {
            return arg;
        }
        let help = arg.get_long_help().map(|help| StyledStr::from(without_values(help)));
        arg.hide_possible_values(false).long_help(Resettable::from(help))
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
    synopsis(&command).to_writer(&mut out)?;
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

/// A long help text without the list of possible values at its end.
fn without_values(help: &StyledStr) -> String {
    let help = help.to_string();
    let list = help.find("\n\nPossible values:").or_else(|| help.find("\n\n- "));
    help[..list.unwrap_or(help.len())].to_owned()
}

/// How the command is called, as in its help.
fn synopsis(command: &clap::Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let rest = usage.strip_prefix(name).unwrap_or(usage);
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([bold(name), roman(rest)]);
    roff
}

/// Variables, what they do, and the option without which they mean nothing. An empty variable
/// counts as unset.
const VARIABLES: &[(&str, &str, Option<&str>)] = &[
    ("STATUSCODE_CODES", "Default for --codes.", Some("codes")),
    ("STATUSCODE_PARTNER_ID", "Default for --partner-id.", Some("partner_id")),
    ("NO_COLOR", "Turns off color.", None),
    (
        "CLICOLOR_FORCE",
        "Turns on color even if the output is not a terminal; so does FORCE_COLOR.",
        None,
    ),
    ("COLUMNS", "Width of the output, unless --width sets it.", None),
    ("SOURCE_DATE_EPOCH", "The time that a web page shows, in seconds since 1970.", None),
];

fn environment(roff: &mut Roff, command: &clap::Command) {
    roff.control("SH", ["ENVIRONMENT"]);
    let has = |id: &str| {
        let mut args = command.get_arguments();
        args.any(|arg| arg.get_id() == id && !arg.is_hide_set())
    };
    for (variable, text, option) in VARIABLES {
        if option.is_none_or(has) {
            roff.control("TP", []);
            roff.text([bold(*variable)]);
            roff.text([roman(*text)]);
        }
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
