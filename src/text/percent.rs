//! Percentages, and the lengths of bars.

/// Formats a share of a whole as a percentage, rounded to the nearest tenth. Nothing else changes
/// it, so equal shares always look equal, and a column of shares may add up to 99.9%.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    let tenths = rounded(part, 1000, whole);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Formats a share of a whole as a percentage, rounded to the first of up to nine digits after the
/// point for which `is_precise` returns true. It is called with the rounded share, as a part and its
/// whole.
#[must_use]
pub fn precise_percent(part: u64, whole: u64, is_precise: impl Fn(u64, u64) -> bool) -> String {
    const MAX_DIGITS: u32 = 9;
    let scale = |digits| 100 * 10_u64.pow(digits);
    let found = (1..MAX_DIGITS).find(|&digits| {
        let rounded = rounded(part, scale(digits), whole);
        is_precise(u64::try_from(rounded).unwrap_or(u64::MAX), scale(digits))
    });
    let digits = found.unwrap_or(MAX_DIGITS);
    let (rounded, unit) = (rounded(part, scale(digits), whole), 10_u128.pow(digits));
    format!("{}.{:0width$}%", rounded / unit, rounded % unit, width = digits as usize)
}

/// Returns the width of a part of a bar as a CSS percentage. A part above 0 is wide enough to be
/// visible.
#[must_use]
pub fn bar_width(part: u64, whole: u64) -> String {
    let tenths = rounded(part, 1000, whole);
    let tenths = if part > 0 { tenths.clamp(4, 1000) } else { 0 };
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Returns the number of cells that a part takes in a bar, whose whole takes `cells`.
#[must_use]
pub fn bar_length(part: u64, whole: u64, cells: u64) -> usize {
    usize::try_from(rounded(part.min(whole), cells, whole)).unwrap_or_default()
}

/// Returns the number of cells that each part takes in a bar, whose whole takes `cells`. Together
/// they have the length of their sum. The cells that rounding down leaves over go to the parts that
/// lost most, so a part that is smaller than half a cell usually has none.
#[must_use]
pub fn bar_lengths(parts: &[u64], whole: u64, cells: u64) -> Vec<usize> {
    let sum = parts.iter().copied().fold(0, u64::saturating_add);
    let exact = |part: u64| u128::from(part) * u128::from(cells);
    let divisor = u128::from(whole.max(1));
    let down = |&part: &u64| usize::try_from(exact(part) / divisor).unwrap_or_default();
    let mut lengths: Vec<usize> = parts.iter().map(down).collect();
    let mut by_loss: Vec<usize> = (0..parts.len()).collect();
    by_loss.sort_by_key(|&index| std::cmp::Reverse(exact(parts[index]) % divisor));
    let left = bar_length(sum, whole, cells).saturating_sub(lengths.iter().sum());
    for index in by_loss.into_iter().take(left) {
        lengths[index] += 1;
    }
    lengths
}

/// Returns `part` of `whole` on a scale on which the whole is `scale`, rounded to the nearest whole
/// number.
fn rounded(part: u64, scale: u64, whole: u64) -> u128 {
    let (part, whole) = (u128::from(part), u128::from(whole.max(1)));
    (part * u128::from(scale) * 2 + whole) / (whole * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_to_the_nearest_tenth() {
        for (part, whole, text) in [
            (1, 3, "33.3%"),
            (2, 3, "66.7%"),
            (3, 7, "42.9%"),
            (2, 7, "28.6%"),
            (3, 1198, "0.3%"),
            (24, 3005, "0.8%"),
            (1, 2000, "0.1%"),
            (3, 3, "100.0%"),
            (1, 1_000_000, "0.0%"),
            (999_999, 1_000_000, "100.0%"),
            (0, 0, "0.0%"),
            (u64::MAX, u64::MAX, "100.0%"),
        ] {
            assert_eq!(percent(part, whole), text, "{part} of {whole}");
        }
    }

    #[test]
    fn a_part_above_0_is_visible_and_none_exceeds_the_whole() {
        assert_eq!(
            [bar_width(0, 9), bar_width(1, 1_000_000), bar_width(1, 2), bar_width(9, 9)],
            ["0.0%", "0.4%", "50.0%", "100.0%"]
        );
        assert_eq!(bar_width(u64::MAX, u64::MAX), "100.0%");
    }

    #[test]
    fn the_parts_of_a_bar_are_proportional_and_as_long_as_their_sum() {
        for (parts, whole, lengths) in [
            (&[5, 5][..], 10, &[5, 5][..]),
            (&[1, 1, 1], 3, &[4, 3, 3]),
            (&[1, 99], 100, &[0, 10]),
            (&[6, 94], 100, &[1, 9]),
            (&[4, 4, 4, 88], 100, &[1, 0, 0, 9]),
            (&[20, 5], 100, &[2, 1]),
            (&[u64::MAX], u64::MAX, &[10]),
            (&[0, 0], 0, &[0, 0]),
            (&[], 0, &[]),
        ] {
            assert_eq!(bar_lengths(parts, whole, 10), lengths, "{parts:?} of {whole}");
        }
        assert_eq!(
            [bar_length(1, 100, 10), bar_length(5, 100, 10), bar_length(7, 0, 10)],
            [0, 1, 0]
        );
    }
}
