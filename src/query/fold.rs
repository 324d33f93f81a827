//! Folds text for comparison: lower case, no accents, and plain dashes, quotes, and spaces.

use crate::text::floor_boundary;

/// Folds a character. Returns `None` for a combining accent, which is skipped.
#[inline]
pub const fn fold(character: char) -> Option<char> {
    if character.is_ascii() { Some(character.to_ascii_lowercase()) } else { fold_other(character) }
}

const fn fold_other(character: char) -> Option<char> {
    Some(match character {
        '\u{300}'..='\u{36f}' => return None,
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{3000}' | '\u{feff}' | // "Nº 185".
        '№' | 'º' | '°' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' => '-',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | 'ʼ' | '′' => '\'',
        '：' => ':',
        '＝' | '→' | '⇒' => '=',
        '＃' => '#',
        '（' | '【' => '(',
        '）' | '】' => ')',
        '，' | '、' => ',',
        _ => character,
    })
}

/// The maximum length of a word that is looked up. No keyword is longer.
const MAX_LENGTH: usize = 24;

/// A folded word, stored without an allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    bytes: [u8; MAX_LENGTH],
    length: usize,
}

impl Word {
    const EMPTY: Self = Self { bytes: [0; MAX_LENGTH], length: 0 };

    /// Returns the word; empty if it is too long.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }

    /// Returns whether the word is one of these.
    pub fn is_in(&self, words: &[&str]) -> bool {
        words.contains(&self.as_str())
    }

    fn new(text: &str) -> Self {
        let mut word = Self::EMPTY;
        if text.is_ascii() {
            if let Some(bytes) = word.bytes.get_mut(..text.len()) {
                bytes.copy_from_slice(text.as_bytes());
                bytes.make_ascii_lowercase();
                word.length = text.len();
            }
            return word;
        }
        for character in text.chars().filter_map(fold) {
            let Some(byte) = word.bytes.get_mut(word.length) else {
                return Self::EMPTY;
            };
            // No keyword has a letter of another script, so any byte that matches nothing will do.
            *byte = u8::try_from(character).ok().filter(u8::is_ascii).unwrap_or(b'?');
            word.length += 1;
        }
        word
    }
}

/// Returns whether a character belongs to a word: a letter, or a combining accent.
#[inline]
pub fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic();
    }
    character.is_alphabetic() && !matches!(character, 'º' | 'ª')
        || matches!(character, '\u{300}'..='\u{36f}')
}

/// Returns the word at the beginning of a text, and its length in bytes.
pub fn first_word(text: &str) -> (Word, usize) {
    let length = text.find(|character| !is_letter(character)).unwrap_or(text.len());
    (Word::new(&text[..length]), length)
}

/// Returns the word at the beginning of a text, up to the next capital in camelCase, and its length
/// in bytes. Reads no more than the longest keyword has.
pub fn first_part(text: &str) -> (Word, usize) {
    let mut was_lower = false;
    let is_end = |character: char| {
        let ends = !is_letter(character) || was_lower && character.is_uppercase();
        was_lower = character.is_lowercase();
        ends
    };
    let text = &text[..floor_boundary(text, 2 * MAX_LENGTH)];
    let length = text.find(is_end).unwrap_or(text.len());
    (Word::new(&text[..length]), length)
}

/// Returns the word at the end of a text, and its length in bytes.
pub fn last_word(text: &str) -> (Word, usize) {
    let start = text
        .rfind(|character| !is_letter(character))
        .map_or(0, |index| index + text[index..].chars().next().map_or(1, char::len_utf8));
    (Word::new(&text[start..]), text.len() - start)
}

/// Returns the first character, folded, and its length in bytes. A combining accent becomes a
/// space.
pub fn first(text: &str) -> Option<(char, usize)> {
    let character = text.chars().next()?;
    Some((fold(character).unwrap_or(' '), character.len_utf8()))
}

/// Returns the number of digits at the beginning of a text.
pub fn digits(text: &str) -> usize {
    text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len())
}

/// Returns a text without leading whitespace.
pub fn skip_whitespace(text: &str) -> &str {
    text.trim_start_matches(|character: char| fold(character).is_none_or(char::is_whitespace))
}
