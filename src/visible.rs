//! Untrusted text made safe to print.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with every character made visible that would do something else than be seen: control characters (a terminal
/// obeys them), marks that turn the direction of writing, and characters without width. They become `\u{...}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if acts(character) {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

/// Letters of an id that people are shown: more than the longest real one.
const SHOWN: usize = 40;

/// An id, made visible and cut if it is absurdly long.
#[must_use]
pub fn shortened(id: &str) -> Cow<'_, str> {
    let id = visible(id);
    match id.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}...", &id[..end])),
        None => id,
    }
}

fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        for (attack, shown) in [
            ("\x1b[31mred\x1b[0m", "\\u{1b}[31mred\\u{1b}[0m"),
            ("\x1b]0;title\x07", "\\u{1b}]0;title\\u{7}"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("a\u{202e}b\u{2066}c", "a\\u{202e}b\\u{2066}c"),
            ("a\nb\rc\td\x7f", "a\\u{a}b\\u{d}c\\u{9}d\\u{7f}"),
            ("zero\u{200b}width\u{feff}", "zero\\u{200b}width\\u{feff}"),
        ] {
            assert_eq!(visible(attack), shown);
        }
    }

    #[test]
    fn an_absurdly_long_id_is_cut() {
        assert_eq!(shortened("5011648377"), "5011648377");
        assert_eq!(shortened(&"7".repeat(40)), "7".repeat(40));
        assert_eq!(shortened(&"é".repeat(10_000)), "é".repeat(40) + "...");
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in ["", "5011648377", "añb€😀", "日本"] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
    }
}
