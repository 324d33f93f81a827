//! Percentages that add up.

/// Counts as percentages of their sum, in tenths. Rounded down, and what is then missing from 100%
/// goes to the largest remainders. Only nothing is 0%, and only everything is 100%.
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

/// The width of a part in a bar, in percent; at least so much that it can be seen.
#[must_use]
pub fn width(part: u64, whole: u64) -> String {
    let (part_, whole_) = (u128::from(part), u128::from(whole.max(1)));
    let tenths = (part_ * 2000 + whole_) / (whole_ * 2);
    let tenths = if part > 0 { tenths.clamp(4, 1000) } else { 0 };
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_add_up_to_a_hundred() {
        assert_eq!(percents(&[1, 1, 1]), ["33.4%", "33.3%", "33.3%"]);
        assert_eq!(percents(&[24, 2981]), ["0.8%", "99.2%"]);
        assert_eq!(percents(&[2, 1]), ["66.7%", "33.3%"]);
        assert_eq!(percents(&[3]), ["100.0%"]);
        assert_eq!(percents(&[0, 0]), ["0.0%", "0.0%"]);
        assert_eq!(percents(&[]), [""; 0]);
        assert_eq!(percents(&[u64::MAX, u64::MAX]), ["50.0%", "50.0%"]);
    }

    #[test]
    fn only_nothing_is_0_and_only_everything_is_100_percent() {
        assert_eq!(percents(&[1, 1_000_000]), ["<0.1%", ">99.9%"]);
        assert_eq!(percents(&[0, 5]), ["0.0%", "100.0%"]);
    }

    #[test]
    fn a_part_above_zero_can_be_seen_and_none_exceeds_the_whole() {
        assert_eq!(
            [width(0, 9), width(1, 1_000_000), width(1, 2), width(9, 9)],
            ["0.0%", "0.4%", "50.0%", "100.0%"]
        );
        assert_eq!(width(u64::MAX, u64::MAX), "100.0%");
    }
}
