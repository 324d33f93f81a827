//! The output formats of each command.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, Args, Command, ValueEnum};

use super::GlobalArgs;
use crate::render::Format;

/// The maximum length of the short help of `--format` that fits on one line of a narrow terminal.
const MAX_SHORT_HELP: usize = 52;
/// The number of formats to name if not all of them fit.
const COMMON: usize = 5;

/// Returns the formats that a command writes; none if its output has no format.
pub fn formats(command: &str) -> Vec<Format> {
    const WITHOUT: [&str; 3] = ["schema", "completions", "man"];
    let writes = |format: &Format| match format.commands() {
        Some(commands) => commands.contains(&command),
        None => !WITHOUT.contains(&command),
    };
    Format::ALL.iter().copied().filter(writes).collect()
}

/// Returns the `--format` option of a command, which accepts only the formats that the command
/// writes. It replaces the global option of the same id.
pub fn format_arg(command: &str) -> Arg {
    let formats = formats(command);
    let names: Vec<&str> = formats.iter().map(|format| format.as_str()).collect();
    let values = formats.iter().filter_map(ValueEnum::to_possible_value);
    let mut short = format!("Format: {}", names.join(", "));
    if short.len() > MAX_SHORT_HELP {
        // The long help names the others.
        short = format!("Format: {}, ...", names[..COMMON].join(", "));
    }
    let mut long = "Output format [default: table]\n".to_owned();
    for format in &formats {
        long += &format!("\n- {}: {}", format.as_str(), format.description());
    }
    global_args()
        .into_iter()
        .find(|arg| arg.get_id() == "format")
        .unwrap_or_else(|| Arg::new("format"))
        .hide_possible_values(true)
        .help(short)
        .long_help(long)
        .value_parser(
            PossibleValuesParser::new(values).try_map(|name| Format::from_str(&name, false)),
        )
}

/// Returns the global options, hidden, for a command on which they have no effect.
pub fn hidden_globals() -> Vec<Arg> {
    global_args().into_iter().map(|arg| arg.hide(true)).collect()
}

fn global_args() -> Vec<Arg> {
    let globals = GlobalArgs::augment_args(Command::new("globals"));
    globals.get_arguments().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_belongs_to_every_command_with_an_answer_or_to_those_it_names() {
        assert!(formats("list").contains(&Format::Sql));
        assert!(formats("triage").contains(&Format::Html));
        assert!(!formats("triage").contains(&Format::Sql));
        assert!(formats("schema").is_empty());
    }
}
