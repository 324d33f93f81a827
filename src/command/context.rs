//! What every command works with: options, catalog, console, and how to write an answer.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::io::{self, BufWriter, Write};

use anyhow::{Context as _, Result};
use jiff::Timestamp;

use super::console::{Console, Hinted};
use crate::catalog::Catalog;
use crate::cli::GlobalArgs;
use crate::render::{Format, PageInfo, Renderer};
use crate::terminal::TerminalCaps;

/// Where an answer goes.
pub type Out<'a> = dyn Write + Send + 'a;

/// The size of an output buffer, in bytes.
pub const BUFFER: usize = 64 * 1024;

/// The default limit of rows.
const LIMIT: usize = 25;
/// The default limit of rows in a page, which can be searched.
const PAGE_LIMIT: usize = 1000;

/// What every command works with.
pub struct Context<'a> {
    pub global: &'a GlobalArgs,
    pub catalog: &'a Catalog,
    pub console: Console<'a>,
}

impl Context<'_> {
    /// The renderer for the requested format. A page names the inputs.
    pub fn renderer(&self, inputs: Vec<String>) -> Result<Renderer> {
        let caps = TerminalCaps::of_stdout(self.global.preferences());
        Renderer::new(self.global.format(), caps, || self.page_info(inputs))
    }

    /// When and from what a page is generated: the only output that reads a clock. If
    /// `SOURCE_DATE_EPOCH` is set it replaces the current time, so that a page is reproducible.
    fn page_info(&self, inputs: Vec<String>) -> Result<PageInfo> {
        let epoch = env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| !epoch.is_empty());
        let made_at = match epoch {
            Some(seconds) => {
                let seconds = seconds.parse().ok();
                let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
                moment.context("SOURCE_DATE_EPOCH must be a number of seconds since 1970")?
            }
            None => Timestamp::now(),
        };
        Ok(PageInfo {
            made_at: made_at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            inputs,
            overlay: self.global.codes.as_ref().map(|path| path.display().to_string()),
        })
    }

    /// How many rows a report shows.
    pub fn limit(&self, asked: Option<usize>) -> usize {
        match (asked, self.global.format()) {
            (Some(0), _) => usize::MAX,
            (Some(limit), _) => limit,
            (None, Format::Html) => PAGE_LIMIT,
            (None, _) => LIMIT,
        }
    }
}

/// The built-in catalog, with the overlay if there is one.
pub fn catalog(global: &GlobalArgs) -> Result<Cow<'static, Catalog>> {
    let Some(path) = &global.codes else {
        return Ok(Cow::Borrowed(Catalog::built_in()));
    };
    let name = path.display().to_string();
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read the catalog {name}"))?;
    let mut catalog = Catalog::built_in().clone();
    catalog
        .overlay(&text, &name)
        .map_err(|error| Hinted::new(format!("{name}:{error}"), error.hint.clone()))?;
    Ok(Cow::Owned(catalog))
}

/// Writes an answer to the last byte.
pub fn write(
    out: &mut Out<'_>,
    write: impl FnOnce(&mut BufWriter<&mut Out<'_>>) -> io::Result<()>,
) -> Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    write(&mut out).and_then(|()| out.flush()).context(CANNOT_WRITE)
}

/// The error message for a failed write.
pub const CANNOT_WRITE: &str = "cannot write the output";
