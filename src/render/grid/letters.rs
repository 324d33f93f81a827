//! Bars of letters, a different one for each category, so that color is never the only sign.

use crate::answer::Share;
use crate::catalog::Category;
use crate::terminal::style::Style;
use crate::text::bar_lengths;

/// Returns the letter of a category.
pub const fn letter(category: Category) -> char {
    match category {
        Category::Ok => '.',
        Category::Stale => 'o',
        Category::Pending => 'p',
        Category::UserAction => 'C',
        Category::Institution => 'I',
        Category::Support => 'T',
        Category::Partner => 'R',
        Category::Unknown => '?',
    }
}

/// Returns a private use character that represents a colored letter until the table is laid out. An
/// escape sequence would count as several characters.
fn placeholder(category: Category) -> char {
    char::from_u32(0xf_0000 + category as u32).unwrap_or('?')
}

/// Returns a bar of at most `width` characters.
pub fn bar(share: &Share, width: u64, style: Style) -> String {
    let draw = if style.color { placeholder } else { letter };
    let counts: Vec<u64> = share.parts.iter().map(|part| part.1).collect();
    let parts = share.parts.iter().zip(bar_lengths(&counts, share.whole, width));
    parts.flat_map(|(&(category, _), length)| std::iter::repeat_n(draw(category), length)).collect()
}

/// Replaces the placeholders in drawn lines with letters in the colors of their categories.
pub fn paint(text: &str, style: Style) -> String {
    let mut painted = String::with_capacity(text.len());
    for character in text.chars() {
        match Category::ALL.iter().find(|category| placeholder(**category) == character) {
            Some(&category) => painted += &style.category(category, &letter(category).to_string()),
            None => painted.push(character),
        }
    }
    painted
}

/// Returns the meaning of the letters of these categories, to be painted like a bar.
pub fn legend(categories: &[Category], style: Style) -> String {
    let draw = if style.color { placeholder } else { letter };
    let words = categories.iter().map(|&category| {
        // A no-break space keeps a letter with its word.
        format!(
            "{}\u{a0}{}",
            draw(category),
            category.label().to_lowercase().replace(' ', "\u{a0}")
        )
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { color: false };

    fn drawn(parts: &[(Category, u64)], whole: u64) -> String {
        bar(&Share { parts: parts.to_vec(), whole }, 10, PLAIN)
    }

    #[test]
    fn a_bar_of_letters_is_full_and_proportional() {
        use Category::{Institution, Ok, Support, UserAction};
        assert_eq!(drawn(&[(UserAction, 5), (Ok, 5)], 10), "CCCCC.....");
        assert_eq!(drawn(&[(UserAction, 1), (Institution, 1), (Ok, 1)], 3), "CCCCIII...");
        assert_eq!(drawn(&[(Support, 1), (Ok, 99_999)], 100_000), "..........");
        assert_eq!(drawn(&[(Ok, u64::MAX)], u64::MAX), "..........");
        assert_eq!(drawn(&[], 0), "");
    }

    #[test]
    fn colored_letters_are_as_wide_as_plain_ones() {
        let share = Share { parts: vec![(Category::UserAction, 1), (Category::Ok, 1)], whole: 2 };
        let style = Style { color: true };
        colored::control::set_override(true);
        assert_eq!(bar(&share, 10, style).chars().count(), 10);
        let painted = paint(&bar(&share, 10, style), style);
        assert_eq!(painted.matches('C').count(), 5);
        assert!(painted.contains('\u{1b}'), "{painted:?}");
    }
}
