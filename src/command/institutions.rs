//! Reads the file of `--institutions`.

use std::fs::File;

use anyhow::{Context as _, Result};

use super::console::HintedError;
use crate::cli::NamesArgs;
use crate::institutions::{Institutions, InstitutionsError};

const HINT: &str = "--institutions takes the API's list of institutions, or JSON with objects that \
                    have an id and a name";

/// Returns the names of institutions; none if no file was given.
pub fn institutions(args: &NamesArgs) -> Result<Institutions> {
    let Some(path) = &args.institutions else {
        return Ok(Institutions::default());
    };
    let name = path.display();
    let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
    Institutions::read(file).map_err(|error| match error {
        InstitutionsError::Read(error) => {
            anyhow::Error::new(error).context(format!("cannot read {name}"))
        }
        InstitutionsError::TooLarge => {
            HintedError::new(format!("{name}: {error}"), Some(HINT.to_owned())).into()
        }
        error => HintedError::new(format!("{name}:{error}"), Some(HINT.to_owned())).into(),
    })
}
