//! When and from what a report page is made: the one answer that reads a clock.

use std::env;

use anyhow::{Context as _, Result};
use jiff::Timestamp;

use super::super::Shell;
use super::super::inputs::Input;
use crate::render::Made;

/// The moment is that of `SOURCE_DATE_EPOCH` if it is set, so that a page can be made again to the letter.
pub fn made(shell: &Shell<'_>, inputs: &[Input]) -> Result<Made> {
    let at = match env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let seconds = seconds.parse().ok();
            let at = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
            at.context("SOURCE_DATE_EPOCH must be a number of seconds since 1970")?
        }
        Err(_) => Timestamp::now(),
    };
    Ok(Made {
        at: at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        inputs: inputs.iter().map(Input::name).collect(),
        overlay: shell
            .global
            .codes
            .as_ref()
            .map(|path| path.display().to_string()),
    })
}
