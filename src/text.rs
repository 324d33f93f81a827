//! Numbers, counts and lists as people write them.

mod percent;

use std::fmt;

pub use percent::{bar_length, bar_lengths, bar_width, percent, precise_percent};

/// A number with its noun: "1 account", "1,234 accounts".
#[derive(Debug, Clone, Copy)]
pub struct Count<'a>(pub u64, pub &'a str);

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, noun) = *self;
        write!(f, "{} {}", grouped(number), plural(number, noun))
    }
}

/// Returns the noun of a count, without the number.
#[must_use]
pub fn plural(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{noun}{ending}")
}

/// Formats a number with a comma as the thousands separator.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Capitalizes the first letter: "wait" becomes "Wait".
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|character| character.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// Turns a phrase into a sentence: "wait" becomes "Wait."
#[must_use]
pub fn sentence(phrase: &str) -> String {
    capitalized(phrase) + "."
}

/// Joins items into a list: "a", "a and b", "a, b, and c".
#[must_use]
pub fn and_list<T: fmt::Display>(items: &[T]) -> String {
    list(items, "and")
}

/// Turns items into a list of alternatives: "a", "a or b", "a, b, or c".
#[must_use]
pub fn or_list<T: fmt::Display>(items: &[T]) -> String {
    list(items, "or")
}

fn list<T: fmt::Display>(items: &[T], conjunction: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.to_string(),
        [first, second] => format!("{first} {conjunction} {second}"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(T::to_string).collect();
            format!("{}, {conjunction} {last}", rest.join(", "))
        }
    }
}

/// Returns the start of the character that contains the byte at `index`, or the end of the text.
#[must_use]
pub fn floor_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// The characters of a sparkline, the lowest first.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The characters of a sparkline in ASCII, the lowest first.
const ASCII_LEVELS: [char; 8] = ['_', '.', ':', '-', '=', '+', '*', '#'];

/// Draws values over time as a line of at most `width` characters. If there are more values than
/// that, a character shows the largest of several neighbors. The largest value has the highest
/// character, and only 0 has the lowest.
#[must_use]
pub fn sparkline(values: &[u64], width: usize) -> String {
    let largest = values.iter().copied().max().unwrap_or_default();
    let length = values.len().min(width);
    let column = |index: usize| {
        let (from, to) = (index * values.len() / length, (index + 1) * values.len() / length);
        let value = values[from..to].iter().copied().max().unwrap_or_default();
        let level = (u128::from(value) * 7).div_ceil(u128::from(largest.max(1)));
        LEVELS[usize::try_from(level).unwrap_or_default().min(7)]
    };
    (0..length).map(column).collect()
}

/// Converts a sparkline to ASCII. Its length stays the same.
#[must_use]
pub fn ascii_sparkline(line: &str) -> String {
    let to_ascii = |character: char| {
        let level = LEVELS.iter().position(|&level| level == character);
        level.map_or(character, |level| ASCII_LEVELS[level])
    };
    line.chars().map(to_ascii).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_1_is_singular() {
        assert_eq!(Count(1, "account").to_string(), "1 account");
        assert_eq!(Count(0, "account").to_string(), "0 accounts");
        assert_eq!(Count(1_234_567, "account").to_string(), "1,234,567 accounts");
    }

    #[test]
    fn no_character_is_cut() {
        let starts: Vec<usize> = (0..=7).map(|index| floor_boundary("a€é", index)).collect();
        assert_eq!(starts, [0, 1, 1, 1, 4, 4, 6, 6]);
    }

    #[test]
    fn digits_are_grouped_by_three() {
        let cases =
            [(0, "0"), (999, "999"), (1_000, "1,000"), (u64::MAX, "18,446,744,073,709,551,615")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn a_list_of_three_has_a_serial_comma() {
        assert_eq!(and_list(&["a", "b", "c"]), "a, b, and c");
    }

    #[test]
    fn an_item_that_contains_a_conjunction_is_left_alone() {
        assert_eq!(and_list(&["expired or revoked"]), "expired or revoked");
    }

    #[test]
    fn a_sparkline_shows_only_0_at_the_lowest_level() {
        let ascii = |values: &[u64], width| ascii_sparkline(&sparkline(values, width));
        assert_eq!(sparkline(&[0, 1, 50, 100], 9), "▁▂▅█");
        assert_eq!(ascii(&[0, 1, 50, 100], 9), "_.=#");
        assert_eq!(ascii(&[0, 0, 9, 0, 0, 0], 3), "_#_");
        assert_eq!(ascii(&[7; 1000], 4), "####");
        assert_eq!(ascii(&[0, 0], 4), "__");
        assert_eq!(ascii(&[u64::MAX], 4), "#");
        assert_eq!(ascii(&[], 4), "");
    }
}
