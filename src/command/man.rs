//! The `man` command: prints the manual page of the program or of a command, generated from the
//! definition of the command line.

use std::io::{self, Write};

use anyhow::Result;
use clap::CommandFactory;
use clap::builder::{Resettable, StyledStr};
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};

use super::console::HintedError;
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

fn unknown(program: &clap::Command, name: &str) -> HintedError {
    let commands = program.get_subcommands();
    let names: Vec<&str> = commands.map(clap::Command::get_name).collect();
    let hint = format!("the commands are {}", and_list(&names));
    HintedError::new(format!("unknown command {name}"), Some(hint))
}

fn write_page(
    program: &clap::Command,
    command: &clap::Command,
    mut out: &mut dyn Write,
) -> io::Result<()> {
    let name = program.get_name();
    let version = program.get_version().unwrap_or_default();
    // Undo `cli::help::fold_values`: a manual page lists the values in its own format.
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
        // Without a date, the fields that follow it would shift.
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

/// Returns a long help text without the list of possible values at its end.
fn without_values(help: &StyledStr) -> String {
    let help = help.to_string();
    let list = help.find("\n\nPossible values:").or_else(|| help.find("\n\n- "));
    help[..list.unwrap_or(help.len())].to_owned()
}

/// Returns the usage of the command, as in its help.
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

/// Environment variables: the name, the description, and the option that a command must have for
/// the variable to matter. An empty variable counts as unset.
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

/// Adds a section of preformatted lines. The first line is the heading: `Examples:`.
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
