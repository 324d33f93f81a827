//! Makes untrusted text safe to print.

use std::borrow::Cow;
use std::fmt::Write;

/// Escapes every unsafe character as `\u{...}`.
#[must_use]
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_unsafe(character) {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

/// The maximum length of an id in formats for people, in characters. Real ids are shorter.
const MAX_ID: usize = 40;

/// Sanitizes an id, and truncates it if it is absurdly long.
#[must_use]
pub fn truncate_id(id: &str) -> Cow<'_, str> {
    let id = sanitize(id);
    match id.char_indices().nth(MAX_ID) {
        Some((end, _)) => Cow::Owned(format!("{}...", &id[..end])),
        None => id,
    }
}

/// Returns whether a character is not simply visible: terminals interpret control characters,
/// directional marks reorder text, and invisible characters make two different ids look the same.
#[must_use]
pub fn is_unsafe(character: char) -> bool {
    character.is_control()
        || is_layout(character)
        || is_invisible(character)
        || is_noncharacter(character)
        // Blanks of another width look like a space.
        || (character.is_whitespace() && !matches!(character, ' ' | '\u{a0}'))
}

/// Returns whether a character is a line or paragraph separator, an interlinear annotation, or an
/// Egyptian hieroglyph format control.
const fn is_layout(character: char) -> bool {
    matches!(
        character,
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}'
    )
}

/// Returns whether a character is in Unicode's `Default_Ignorable_Code_Point`
/// (`DerivedCoreProperties.txt`), which includes directional marks, or is one of the blank
/// characters that it lacks.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{16fe4}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d159}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Returns whether Unicode reserves the code point forever, so that no font shows it.
const fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{fdd0}'..='\u{fdef}') || character as u32 & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_a_terminal_would_interpret_are_escaped() {
        for (attack, escaped) in [
            ("\x1b[31mred\x1b[0m", "\\u{1b}[31mred\\u{1b}[0m"),
            ("\x1b]0;title\x07", "\\u{1b}]0;title\\u{7}"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("a\u{202e}b\u{2066}c", "a\\u{202e}b\\u{2066}c"),
            ("a\nb\rc\td\x7f", "a\\u{a}b\\u{d}c\\u{9}d\\u{7f}"),
            ("a\u{2028}b", "a\\u{2028}b"),
        ] {
            assert_eq!(sanitize(attack), escaped);
        }
    }

    #[test]
    fn invisible_characters_are_escaped() {
        for invisible in [
            '\u{ad}',
            '\u{34f}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{17b5}',
            '\u{180b}',
            '\u{200b}',
            '\u{2060}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{e0001}',
            '\u{e0100}',
            '\u{e01ef}',
            '\u{2003}',
            '\u{202f}',
            '\u{3000}',
            '\u{fdd0}',
            '\u{fffe}',
            '\u{10ffff}',
        ] {
            let escaped = format!("1\\u{{{:x}}}", u32::from(invisible));
            assert_eq!(sanitize(&format!("1{invisible}")), escaped);
        }
    }

    #[test]
    fn all_other_characters_stay_as_they_are() {
        for text in ["", "5011648377", "añb€😀", "日本", "e\u{301}", "a b\u{a0}c"] {
            assert!(matches!(sanitize(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn an_absurdly_long_id_is_truncated() {
        assert_eq!(truncate_id("5011648377"), "5011648377");
        assert_eq!(truncate_id(&"7".repeat(40)), "7".repeat(40));
        assert_eq!(truncate_id(&"é".repeat(10_000)), "é".repeat(40) + "...");
    }
}
