//! A report as Markdown, for tickets and wikis.

use std::collections::HashSet;
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

/// Sanitizes text, and escapes every character that Markdown or HTML interprets on its own. A word
/// that a renderer could replace becomes code, because no escape works in every renderer: a link,
/// such as an address or a reference to an issue, a formula, or an emoji.
#[must_use]
pub fn escape(text: &str) -> String {
    let words = sanitize(text);
    let words = words.split(' ').map(|word| if is_active(word) { code(word) } else { plain(word) });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns whether a renderer could replace a word.
fn is_active(word: &str) -> bool {
    is_linked(word) || word.contains('$') || has_emoji(word) || has_commit(word)
}

/// Returns whether a word has the code of an emoji between colons: `:smile:`, `:+1:`. Times have
/// digits between colons, as in `03:12:44`.
fn has_emoji(word: &str) -> bool {
    let is_code = |name: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
        let is_other = |byte: u8| !byte.is_ascii_digit();
        let is_number = matches!(name, "100" | "1234");
        !name.is_empty() && name.bytes().all(is_part) && (name.bytes().any(is_other) || is_number)
    };
    // What comes before the first colon or after the last one is not between colons.
    let names: Vec<&str> = word.split(':').collect();
    names.len() > 2 && names[1..names.len() - 1].iter().any(|name| is_code(name))
}

/// Returns whether a word has a run of letters and digits that a forge could link as the id of a
/// commit: 7 to 64 hexadecimal digits, some of them letters.
fn has_commit(word: &str) -> bool {
    let mut parts = word.split(|character: char| !character.is_ascii_alphanumeric());
    parts.any(|part| {
        let is_hexadecimal = part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let has = |is: fn(&u8) -> bool| part.as_bytes().iter().any(is);
        (7..=64).contains(&part.len())
            && is_hexadecimal
            && has(u8::is_ascii_digit)
            && has(u8::is_ascii_alphabetic)
    })
}

/// Returns whether a renderer could turn a word into a link: web and mail addresses, mentions of
/// people, and references to issues, requests, or milestones (`#1`, `!1`, `&1`, `%1`, `GH-1`,
/// `PROJ-1`).
fn is_linked(word: &str) -> bool {
    let has_reference = word.match_indices(['#', '!', '&', '%', '-']).any(|(index, sign)| {
        let before = word[..index].rsplit(|character: char| !character.is_ascii_alphanumeric());
        let is_key = sign != "-" || before.take(1).any(is_project_key);
        is_key && word[index + 1..].starts_with(|next: char| next.is_ascii_digit())
    });
    let lower = word.to_ascii_lowercase();
    has_reference
        || lower.contains('@')
        || ["//", "www.", "mailto:", "xmpp:"].iter().any(|sign| lower.contains(sign))
}

/// Returns whether a word is `GH`, which means this repository, or like a key of a Jira project: two
/// or more upper-case letters and digits, the first of them a letter.
fn is_project_key(word: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let is_key = word.starts_with(|first: char| first.is_ascii_uppercase());
    word.eq_ignore_ascii_case("gh") || (is_key && word.len() > 1 && word.bytes().all(is_part))
}

/// Formats a word as code. A vertical bar ends a table cell even in code, and renderers disagree on
/// backslashes before it, so bars stay outside the code.
fn code(word: &str) -> String {
    word.split('|').map(code_span).collect::<Vec<_>>().join("\\|")
}

/// Encloses text in the shortest run of backticks that it does not contain. A run that is longer
/// than any in the text could exceed what renderers accept, which may be only 80.
fn code_span(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let runs: HashSet<usize> = text.split(|character| character != '`').map(str::len).collect();
    let length = (1..=text.len() + 1).find(|length| !runs.contains(length)).unwrap_or_default();
    let fence = "`".repeat(length);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn plain(word: &str) -> String {
    let mut safe = String::with_capacity(word.len());
    let mut characters = word.chars().peekable();
    let mut previous = None;
    while let Some(character) = characters.next() {
        match character {
            '_' => {
                let mut run = 1;
                while characters.next_if_eq(&'_').is_some() {
                    run += 1;
                }
                // Between letters or digits, underscores are never emphasis.
                let is_part = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
                let is_inside = is_part(previous) && is_part(characters.peek().copied());
                safe.push_str(&(if is_inside { "_" } else { "\\_" }).repeat(run));
            }
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // Parentheses and exclamation marks mean something only next to brackets.
            '\\' | '`' | '*' | '[' | ']' | '#' | '|' | '~' => {
                safe.push('\\');
                safe.push(character);
            }
            _ => safe.push(character),
        }
        previous = Some(character);
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
        assert_eq!(escape("&lt; &amp;"), "&amp;lt; &amp;amp;");
        assert_eq!(escape("`@ @`"), "`` `@ `` `` @` ``");
        assert_eq!(escape("a\\|@b|"), "`a\\`\\|`@b`\\|");
        assert_eq!(escape("a\n\u{202e}b"), "a\\\\u{a}\\\\u{202e}b");
    }

    #[test]
    fn formulas_and_emoji_codes_become_code() {
        for active in ["$x$", "$5", "a:smile:b", ":+1:", ":100:"] {
            assert_eq!(escape(active), format!("`{active}`"));
        }
        for plain in ["03:12:44", "a:b", "12:", "::", "a:\u{fc}:b"] {
            assert_eq!(escape(plain), plain);
        }
    }

    #[test]
    fn references_of_forges_and_trackers_become_code() {
        let digest = "9ba12248".repeat(8);
        for active in [
            "#1", "a/b#1", "!12", "&12", "%12", "GH-1", "gh-1", "PROJ-12", "//x.y", "9ba12248",
            &digest,
        ] {
            assert_eq!(escape(active), format!("`{active}`"));
        }
        let longer = format!("{digest}a1");
        for plain in ["acct-1", "A-1", "2026-11-27", "5011648377", "deadbeef", "9ba122", &longer] {
            assert_eq!(escape(plain), plain);
        }
    }

    #[test]
    fn a_code_span_is_enclosed_in_the_shortest_run_of_backticks_that_it_lacks() {
        assert_eq!(escape("a`@``"), "``` a`@`` ```");
        let long = "`".repeat(84);
        assert_eq!(escape(&format!("@{long}")), format!("` @{long} `"));
    }

    #[test]
    fn an_underscore_inside_a_word_needs_no_escape() {
        for plain in ["user_action", "a__b", "é_1"] {
            assert_eq!(escape(plain), plain);
        }
        assert_eq!(escape("_a_ b_"), "\\_a\\_ b\\_");
        assert_eq!(escape("a_-b"), "a\\_-b");
    }
}
