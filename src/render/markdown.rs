//! Markdown for tickets and wikis.

use crate::terminal::sanitize;

/// Text that cannot leave its place in Markdown: made visible, and with every character escaped that Markdown or HTML obeys.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in sanitize(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '|' | '!' | '~' => {
                safe.push('\\');
                safe.push(character);
            }
            _ => safe.push(character),
        }
    }
    safe
}

/// A table. The cells are text; they are escaped here.
#[must_use]
pub fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(header.iter().map(|cell| (*cell).to_owned()).collect());
    text.push_str(&line(header.iter().map(|_| "---".to_owned()).collect()));
    for row in rows {
        text.push_str(&line(row.iter().map(|cell| escaped(cell)).collect()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_cell() {
        assert_eq!(escaped("a|b`c`"), "a\\|b\\`c\\`");
        assert_eq!(
            escaped("<img src=x onerror=alert(1)>"),
            "&lt;img src=x onerror=alert\\(1\\)&gt;"
        );
        assert_eq!(escaped("[x](javascript:y)"), "\\[x\\]\\(javascript:y\\)");
        assert_eq!(escaped("a\n\u{202e}b"), "a\\\\u\\{a\\}\\\\u\\{202e\\}b");
        assert_eq!(
            table(&["Id"], [vec!["a|b".to_owned()]]),
            "| Id |\n| --- |\n| a\\|b |\n"
        );
    }
}
