//! The context of a command: options, catalog, console, and how to write an answer.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::{Context as _, Result};
use jiff::Timestamp;

use super::console::{Console, HintedError};
use crate::answer::Complete;
use crate::catalog::Catalog;
use crate::cli::GlobalArgs;
use crate::render::{Format, PageInfo, Renderer, ReportFormat};
use crate::terminal::TerminalCaps;
use crate::text::Count;

/// The destination of an answer.
pub type Out<'a> = dyn Write + Send + 'a;

/// The size of an output buffer, in bytes.
pub const BUFFER: usize = 64 * 1024;

/// The default limit of rows.
const LIMIT: usize = 25;
/// The default limit of rows in a table of an HTML page, which can be searched.
const PAGE_LIMIT: usize = 1000;
/// The maximum size of an HTML page in bytes, unless a limit of rows is given.
const MAX_PAGE: usize = 295_000;

/// The context of a command.
pub struct Context<'a> {
    pub global: &'a GlobalArgs,
    pub catalog: &'a Catalog,
    pub console: Console<'a>,
}

impl Context<'_> {
    /// Returns the renderer for the requested format. An HTML page names the inputs. Without a
    /// `--limit`, it lists as many rows as fit.
    pub fn renderer(&self, inputs: Vec<String>, limit: Option<usize>) -> Result<Renderer> {
        let caps = TerminalCaps::for_stdout(self.global.preferences());
        Renderer::new(self.global.format(), caps, || {
            let max_size = limit.is_none().then_some(MAX_PAGE);
            Ok(PageInfo { max_size, ..self.page_info(inputs)? })
        })
    }

    /// Writes an answer.
    pub fn answer<A: Complete>(
        &self,
        out: &mut Out<'_>,
        renderer: &Renderer,
        answer: &A,
        limit: Option<usize>,
    ) -> Result<()> {
        let omitted = write(out, |out| renderer.write(out, answer))?;
        self.note_omitted(renderer, omitted, limit);
        Ok(())
    }

    /// Prints how many rows a document omits, unless `--limit` was given or the document goes to a
    /// terminal. A user who redirects it to a file may not notice that it is incomplete.
    pub fn note_omitted(&self, renderer: &Renderer, omitted: u64, limit: Option<usize>) {
        let is_file = matches!(renderer, Renderer::Report(format) if format.is_document())
            && !io::stdout().is_terminal();
        if omitted > 0 && limit.is_none() && is_file {
            let rows = Count(omitted, "row");
            let is_markdown = matches!(renderer, Renderer::Report(ReportFormat::Markdown));
            let document = if is_markdown { "Markdown" } else { "page" };
            let are = if omitted == 1 { "is" } else { "are" };
            self.console.note(&format!(
                "note: {rows} {are} left out of the {document} (--limit 0 lists all)"
            ));
        }
    }

    /// Returns when and from what an HTML page is generated. This is the only output that reads a
    /// clock. `SOURCE_DATE_EPOCH` overrides it, so that a page is reproducible.
    fn page_info(&self, inputs: Vec<String>) -> Result<PageInfo> {
        let epoch = env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| !epoch.is_empty());
        let generated_at = match epoch {
            Some(seconds) => {
                let seconds = seconds.parse().ok();
                let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
                moment.context("SOURCE_DATE_EPOCH must be a number of seconds since 1970")?
            }
            None => Timestamp::now(),
        };
        Ok(PageInfo {
            generated_at: generated_at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            inputs,
            overlay: self.global.codes.as_ref().map(|path| path.display().to_string()),
            max_size: None,
        })
    }

    /// Returns the number of rows to list, for a given `--limit`.
    pub fn limit(&self, requested: Option<usize>) -> usize {
        match (requested, self.global.format()) {
            (Some(0), _) => usize::MAX,
            (Some(limit), _) => limit,
            (None, Format::Html) => PAGE_LIMIT,
            (None, _) => LIMIT,
        }
    }
}

/// Returns the built-in catalog, with the overlay if there is one.
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
        .map_err(|error| HintedError::new(format!("{name}:{error}"), error.hint.clone()))?;
    Ok(Cow::Owned(catalog))
}

/// Writes and flushes an answer.
pub fn write<T>(
    out: &mut Out<'_>,
    write: impl FnOnce(&mut BufWriter<&mut Out<'_>>) -> io::Result<T>,
) -> Result<T> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    let written = write(&mut out).and_then(|written| out.flush().map(|()| written));
    written.context(CANNOT_WRITE)
}

/// The error message for a failed write.
pub const CANNOT_WRITE: &str = "cannot write the output";
