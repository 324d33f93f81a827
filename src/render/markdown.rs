//! A report as Markdown, for tickets and wikis.

use std::io::{self, Write};

use crate::answer::{Audience, Body, Cell, Fact, Kind, Report, Section, Table};
use crate::terminal::sanitize;
use crate::text::grouped;

/// Writes a report.
///
/// # Errors
///
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let mut separator = "";
    if !report.headline.is_empty() {
        writeln!(out, "# {}", escape(&report.headline))?;
        separator = "\n";
    }
    let is_shown =
        |section: &&Section<'_>| section.audience != Audience::Page && !section.is_empty();
    let shown = report.sections.iter().filter(is_shown);
    for section in shown {
        out.write_all(separator.as_bytes())?;
        write_section(out, section)?;
        separator = "\n";
    }
    Ok(())
}

fn write_section(out: &mut dyn Write, section: &Section<'_>) -> io::Result<()> {
    if !section.heading.is_empty() {
        let code = section.code.as_ref().map(|(code, _)| format!("{code} "));
        writeln!(out, "## {}{}\n", code.unwrap_or_default(), escape(&section.heading))?;
    }
    if !section.intro.is_empty() {
        writeln!(out, "{}\n", escape(&section.intro))?;
    }
    match &section.body {
        Body::None | Body::Chart(_) => {}
        Body::Facts(facts) => facts.iter().try_for_each(|fact| write_fact(out, fact))?,
        Body::Table(table) => write_table(out, table)?,
        Body::Series(series) => write_table(out, &series.table())?,
        Body::Checklist(table) => write_checklist(out, table)?,
    }
    if section.more > 0 {
        writeln!(out, "\n… and {} more (`--limit 0` lists all)", grouped(section.more))?;
    }
    Ok(())
}

fn write_fact(out: &mut dyn Write, fact: &Fact<'_>) -> io::Result<()> {
    let text: Vec<String> = fact.text.iter().map(|paragraph| escape(paragraph)).collect();
    let url = fact.url.as_ref().map(|url| format!(" <{}>", sanitize(url).replace(['<', '>'], "")));
    writeln!(out, "- **{}:** {}{}", fact.label, text.join(" "), url.unwrap_or_default())
}

fn write_table(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    let is_text = |index: &usize| table.columns[*index].kind != Kind::Share;
    let indices: Vec<usize> = (0..table.columns.len()).filter(is_text).collect();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let heads = indices.iter().map(|&index| table.columns[index].heading.to_owned());
    out.write_all(line(heads.collect()).as_bytes())?;
    let rules = indices.iter().map(|&index| match table.columns[index].kind {
        Kind::Number => "--:".to_owned(),
        _ => "---".to_owned(),
    });
    out.write_all(line(rules.collect()).as_bytes())?;
    for row in table.rows() {
        let cells = indices.iter().map(|&index| escape(&row[index].text));
        out.write_all(line(cells.collect()).as_bytes())?;
    }
    Ok(())
}

/// Writes a task list: one item per row, with the heading of the column before each cell.
fn write_checklist(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    for row in table.rows() {
        let has_value = |cell: &Cell<'_>| !matches!(&*cell.text, "" | "-");
        let parts = table.columns.iter().zip(&row).filter(|(_, cell)| has_value(cell));
        let parts: Vec<String> = parts
            .map(|(column, cell)| {
                format!("{} {}", column.heading.to_lowercase(), escape(&cell.text))
            })
            .collect();
        writeln!(out, "- [ ] {}", parts.join(", "))?;
    }
    Ok(())
}

/// Sanitizes text, and escapes every character that Markdown or HTML interprets on its own. A word that a
/// renderer could turn into a link, such as an address or a reference to an issue, becomes code,
/// because no escape keeps every renderer from linking it.
#[must_use]
pub fn escape(text: &str) -> String {
    let words = sanitize(text);
    let words = words.split(' ').map(|word| if is_linked(word) { code(word) } else { plain(word) });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns whether a renderer could turn a word into a link: web and mail addresses, mentions of
/// people, and references to issues.
fn is_linked(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let has_issue = lower.match_indices(['#', '-']).any(|(index, sign)| {
        let is_reference = sign == "#" || lower[..index].ends_with("gh");
        is_reference && lower[index + 1..].starts_with(|next: char| next.is_ascii_digit())
    });
    has_issue
        || lower.contains('@')
        || ["://", "www.", "mailto:", "xmpp:"].iter().any(|sign| lower.contains(sign))
}

/// Formats a word as code. A vertical bar ends a table cell even in code, and renderers disagree on
/// backslashes before it, so bars stay outside the code.
fn code(word: &str) -> String {
    word.split('|').map(code_span).collect::<Vec<_>>().join("\\|")
}

/// Encloses text in more backticks than it contains.
fn code_span(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let runs = text.split(|character| character != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn plain(word: &str) -> String {
    let mut safe = String::with_capacity(word.len());
    for character in word.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // Parentheses and exclamation marks mean something only next to brackets.
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                safe.push('\\');
                safe.push(character);
            }
            _ => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_cell() {
        assert_eq!(escape("a|b`c`"), "a\\|b\\`c\\`");
        assert_eq!(escape("<img src=x onerror=alert(1)>"), "&lt;img src=x onerror=alert(1)&gt;");
        assert_eq!(escape("[x](javascript:y)"), "\\[x\\](javascript:y)");
        assert_eq!(escape("a\\|@b|"), "`a\\`\\|`@b`\\|");
        assert_eq!(escape("a\n\u{202e}b"), "a\\\\u{a}\\\\u{202e}b");
    }
}
