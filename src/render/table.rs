//! A report for a terminal.

use std::io::{self, Write};

use super::grid;
use crate::answer::{Audience, Body, Fact, Report, Section};
use crate::terminal::style::Style;
use crate::terminal::{TerminalCaps, sanitize};
use crate::text::grouped;

/// Writes a report.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, caps: TerminalCaps, report: &Report<'_>) -> io::Result<()> {
    let terminal = Terminal { caps, style: Style { color: caps.color } };
    let mut separator = "";
    if !report.headline.is_empty() {
        out.write_all(terminal.strong(&report.headline).as_bytes())?;
        separator = "\n";
    }
    let is_shown =
        |section: &&Section<'_>| section.audience == Audience::Everyone && !section.is_empty();
    let shown = report.sections.iter().filter(is_shown);
    for section in shown {
        out.write_all(separator.as_bytes())?;
        terminal.section(out, section)?;
        separator = "\n";
    }
    Ok(())
}

struct Terminal {
    caps: TerminalCaps,
    style: Style,
}

impl Terminal {
    fn section(&self, out: &mut dyn Write, section: &Section<'_>) -> io::Result<()> {
        if let Some((code, category)) = &section.code {
            let code = self.style.category(*category, code);
            writeln!(out, "{code}  {}", self.style.strong(&sanitize(&section.heading)))?;
            let about = grid::paragraph(self.caps, &self.plain(&section.intro));
            writeln!(out, "{}\n", self.style.faint(about.trim_end()))?;
        } else {
            if !section.heading.is_empty() {
                out.write_all(self.strong(&section.heading).as_bytes())?;
            }
            if !section.intro.is_empty() {
                let intro = grid::paragraph(self.caps, &self.plain(&section.intro));
                out.write_all(intro.as_bytes())?;
            }
        }
        match &section.body {
            Body::None | Body::Chart(_) => {}
            Body::Facts(facts) => out.write_all(self.facts(facts).as_bytes())?,
            Body::Table(table) | Body::Checklist(table) => grid::write(out, self.caps, table)?,
            Body::Series(series) => grid::write(out, self.caps, &series.table())?,
        }
        if section.more > 0 {
            let more = format!("… and {} more (--limit 0 lists all)", grouped(section.more));
            writeln!(out, "{}", self.style.faint(&self.plain(&more)))?;
        }
        Ok(())
    }

    /// Returns labels with text. Addresses are never wrapped, so that they can be clicked.
    fn facts(&self, facts: &[Fact<'_>]) -> String {
        let label_width = facts.iter().map(|fact| fact.label.len()).max().unwrap_or_default();
        let mut text = String::new();
        let mut rows: Vec<(&str, &str)> = Vec::new();
        for fact in facts {
            let labels = std::iter::once(fact.label).chain(std::iter::repeat(""));
            rows.extend(labels.zip(fact.text.iter().map(|paragraph| &**paragraph)));
            if let Some(url) = &fact.url
                && fact.url_audience == Audience::Everyone
            {
                text += &grid::facts(self.caps, label_width, &std::mem::take(&mut rows));
                let link = self.style.faint(&self.caps.link(url));
                text += &format!("{:1$}{link}\n", "", label_width + 2);
            }
        }
        if !rows.is_empty() {
            text += &grid::facts(self.caps, label_width, &rows);
        }
        text
    }

    /// Returns a bold paragraph, wrapped to the width.
    fn strong(&self, text: &str) -> String {
        let lines = grid::paragraph(self.caps, &self.plain(text));
        lines.lines().map(|line| self.style.strong(line) + "\n").collect()
    }

    /// Replaces the program's punctuation with ASCII, if the terminal shows nothing else.
    fn plain(&self, text: &str) -> String {
        if self.caps.ascii {
            text.replace('·', "-").replace('…', "...")
        } else {
            text.to_owned()
        }
    }
}
