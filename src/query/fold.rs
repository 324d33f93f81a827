//! Text as it is compared: lower case, without accents, with plain dashes, quotes, and blanks.

use crate::text::floor_boundary;

/// A folded character; `None` for an accent that stands alone, which is skipped.
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

/// Letters in a word that is looked up; a longer word is no key word.
const LONGEST: usize = 24;

/// A folded word, without an allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    letters: [u8; LONGEST],
    length: usize,
}

impl Word {
    const EMPTY: Self = Self { letters: [0; LONGEST], length: 0 };

    /// The word; empty if it is too long or has letters that no key word has.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.letters[..self.length]).unwrap_or_default()
    }

    /// Whether it is one of these.
    pub fn is_in(&self, words: &[&str]) -> bool {
        words.contains(&self.as_str())
    }

    fn of(text: &str) -> Self {
        let mut word = Self::EMPTY;
        if text.is_ascii() {
            if let Some(letters) = word.letters.get_mut(..text.len()) {
                letters.copy_from_slice(text.as_bytes());
                letters.make_ascii_lowercase();
                word.length = text.len();
            }
            return word;
        }
        for character in text.chars().filter_map(fold) {
            let Some(place) = word.letters.get_mut(word.length) else {
                return Self::EMPTY;
            };
            // A letter of another script matches nothing.
            *place = u8::try_from(character).ok().filter(u8::is_ascii).unwrap_or(b'?');
            word.length += 1;
        }
        word
    }
}

/// Whether a character belongs to a word: a letter, or an accent on one.
#[inline]
pub fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic();
    }
    character.is_alphabetic() && !matches!(character, 'º' | 'ª')
        || matches!(character, '\u{300}'..='\u{36f}')
}

/// The word at the beginning of a text, and its length in bytes.
pub fn first_word(text: &str) -> (Word, usize) {
    let length = text.find(|character| !is_letter(character)).unwrap_or(text.len());
    (Word::of(&text[..length]), length)
}

/// The same, ending where camelCase begins a new word. No more is read than a key word has.
pub fn first_part(text: &str) -> (Word, usize) {
    let mut was_lower = false;
    let is_end = |character: char| {
        let ends = !is_letter(character) || was_lower && character.is_uppercase();
        was_lower = character.is_lowercase();
        ends
    };
    let text = &text[..floor_boundary(text, 2 * LONGEST)];
    let length = text.find(is_end).unwrap_or(text.len());
    (Word::of(&text[..length]), length)
}

/// The word at the end of a text, and its length in bytes.
pub fn last_word(text: &str) -> (Word, usize) {
    let start = text
        .rfind(|character| !is_letter(character))
        .map_or(0, |index| index + text[index..].chars().next().map_or(1, char::len_utf8));
    (Word::of(&text[start..]), text.len() - start)
}

/// The first character, folded, and its length in bytes. Accents that stand alone count as blanks.
pub fn first(text: &str) -> Option<(char, usize)> {
    let character = text.chars().next()?;
    Some((fold(character).unwrap_or(' '), character.len_utf8()))
}

/// The length in bytes of the digits at the beginning.
pub fn digits(text: &str) -> usize {
    text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len())
}

/// The text without leading blanks.
pub fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches(|character: char| fold(character).is_none_or(char::is_whitespace))
}
