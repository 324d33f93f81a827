//! Parts of the help that several commands share.

use clap::Arg;

/// The exit statuses of a command that only prints.
pub const EXIT_PRINTED: &str = "\
Exit status:
  0  Success
  2  Failure: a usage error or a failed write";

/// The exit statuses of a command that reads input and checks nothing.
pub const EXIT: &str = "\
Exit status:
  0  Success, whatever was found
  2  Failure: a usage error, unreadable input, invalid records, or a failed write";

/// The exit statuses of a command with `--fail-on`.
pub const EXIT_CHECKED: &str = "\
Exit status:
  0  Success, whatever was found
  1  A check failed: --fail-on found something
  2  Failure: a usage error, unreadable input, invalid records, or a failed write";

/// The exit statuses of `explain`.
pub const EXIT_EXPLAINED: &str = "\
Exit status:
  0  Success
  1  A code is unknown, or no code was found in the text
  2  Failure: a usage error, unreadable input, or a failed write";

/// The exit statuses of all commands.
pub const EXIT_ALL: &str = "\
Exit status:
  0  Success, whatever was found
  1  A check failed: --fail-on found something, or explain found an unknown code
  2  Failure: a usage error, unreadable input, invalid records, or a failed write";

/// Removes the values of an option from its short help if there are many, and lists them in the
/// long help only.
#[must_use]
pub fn fold_values(arg: Arg) -> Arg {
    const MAX_INLINE: usize = 2;
    let values = arg.get_possible_values();
    if arg.is_positional() || arg.is_hide_possible_values_set() || values.len() <= MAX_INLINE {
        return arg;
    }
    let widest = values.iter().map(|value| value.get_name().len()).max();
    let mut long =
        arg.get_long_help().or(arg.get_help()).map(ToString::to_string).unwrap_or_default();
    long += "\n\nPossible values:";
    for value in &values {
        long += &match value.get_help() {
            Some(help) => {
                let name = format!("{}:", value.get_name());
                format!("\n- {name:width$} {help}", width = widest.unwrap_or(0) + 1)
            }
            None => format!("\n- {}", value.get_name()),
        };
    }
    arg.hide_possible_values(true).long_help(long)
}
