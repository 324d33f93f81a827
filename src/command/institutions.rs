//! Reads the file of `--institutions`.

use anyhow::Result;

use super::console::HintedError;
use super::sources::{Input, Source};
use crate::cli::{InputArgs, NamesArgs};
use crate::decode::{Content, decode};
use crate::institutions::{Institutions, InstitutionsError};

const HINT: &str = "--institutions takes the API's list of institutions, or your own: \
                    {\"institutions\":[{\"id\":102105,\"name\":\"FinBank\"}]}";

/// Returns the names of institutions; none if no file was given. Like any input, it may be
/// compressed, or standard input, unless that is read for something else.
pub fn institutions(
    args: &NamesArgs,
    input: &InputArgs,
    sources: &[Source],
) -> Result<Institutions> {
    let Some(path) = &args.institutions else {
        return Ok(Institutions::default());
    };
    let names = Input::from_arg(path);
    let lists_files = input.files_from.as_deref().map(Input::from_arg);
    if names.is_stdin() && Source::inputs(sources).chain(&lists_files).any(Input::is_stdin) {
        let hint = "read the names of institutions from a file".to_owned();
        return Err(HintedError::new("- can be read only once", Some(hint)).into());
    }
    let name = names.name();
    let refuse = |error: String| HintedError::new(error, Some(HINT.to_owned())).into();
    let reader = match decode(names.open()?, false) {
        Content::Text(reader) | Content::Answer(reader) => reader,
        Content::Foreign(foreign) => return Err(refuse(format!("{name}: {foreign}"))),
    };
    Institutions::read(reader).map_err(|error| match error {
        InstitutionsError::Read(error) => {
            anyhow::Error::new(error).context(format!("cannot read {name}"))
        }
        InstitutionsError::TooLarge => refuse(format!("{name}: {error}")),
        error => refuse(format!("{name}:{error}")),
    })
}
