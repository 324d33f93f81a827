//! Percentages that add up to 100%, and the widths of bars.

/// Formats counts as percentages of their sum, to a tenth, so that they add up to 100%: they are
/// rounded down, and the largest remainders get the tenths that are missing. Only 0 becomes 0%, and
/// only the whole becomes 100%.
#[must_use]
pub fn percents(counts: &[u64]) -> Vec<String> {
    let whole: u128 = counts.iter().map(|&count| u128::from(count)).sum();
    let parts = counts.iter().map(|&count| {
        let exact = u128::from(count) * 1000;
        (exact.checked_div(whole).unwrap_or_default(), exact.checked_rem(whole).unwrap_or_default())
    });
    let parts: Vec<(u128, u128)> = parts.collect();
    let mut tenths: Vec<u128> = parts.iter().map(|part| part.0).collect();
    let missing = if whole == 0 { 0 } else { 1000 - tenths.iter().sum::<u128>() };
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|&index| std::cmp::Reverse(parts[index].1));
    for index in by_remainder.into_iter().take(usize::try_from(missing).unwrap_or_default()) {
        tenths[index] += 1;
    }
    let text = |(&count, tenths): (&u64, u128)| match (count, tenths) {
        (1.., 0) => "<0.1%".to_owned(),
        (count, 1000) if u128::from(count) < whole => ">99.9%".to_owned(),
        (_, tenths) => format!("{}.{}%", tenths / 10, tenths % 10),
    };
    counts.iter().zip(tenths).map(text).collect()
}

/// Returns the width of a part of a bar as a CSS percentage. A part above 0 is wide enough to be
/// visible.
#[must_use]
pub fn bar_width(part: u64, whole: u64) -> String {
    let tenths = tenths_of_percent(part, whole);
    let tenths = if part > 0 { tenths.clamp(4, 1000) } else { 0 };
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Returns a share of a whole in tenths of a percent, rounded to the nearest one.
pub(super) fn tenths_of_percent(part: u64, whole: u64) -> u128 {
    let (part, whole) = (u128::from(part), u128::from(whole.max(1)));
    (part * 2000 + whole) / (whole * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_add_up_to_100() {
        assert_eq!(percents(&[1, 1, 1]), ["33.4%", "33.3%", "33.3%"]);
        assert_eq!(percents(&[24, 2981]), ["0.8%", "99.2%"]);
        assert_eq!(percents(&[2, 1]), ["66.7%", "33.3%"]);
        assert_eq!(percents(&[3]), ["100.0%"]);
        assert_eq!(percents(&[0, 0]), ["0.0%", "0.0%"]);
        assert_eq!(percents(&[]), [""; 0]);
        assert_eq!(percents(&[u64::MAX, u64::MAX]), ["50.0%", "50.0%"]);
    }

    #[test]
    fn only_0_is_0_percent_and_only_the_whole_is_100_percent() {
        assert_eq!(percents(&[1, 1_000_000]), ["<0.1%", ">99.9%"]);
        assert_eq!(percents(&[0, 5]), ["0.0%", "100.0%"]);
    }

    #[test]
    fn a_part_above_0_is_visible_and_none_exceeds_the_whole() {
        assert_eq!(
            [bar_width(0, 9), bar_width(1, 1_000_000), bar_width(1, 2), bar_width(9, 9)],
            ["0.0%", "0.4%", "50.0%", "100.0%"]
        );
        assert_eq!(bar_width(u64::MAX, u64::MAX), "100.0%");
    }
}
