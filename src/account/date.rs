//! Dates as account documents write them.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The epoch seconds from the year 0 to the end of the year 9999 in every time zone, which is the
/// last moment that can be written as a date.
const YEARS: RangeInclusive<i64> = -62_167_219_200..=253_402_207_200;

/// Parses a date into epoch seconds. Digits are epoch seconds already; anything else must be ISO
/// 8601. A date without a time zone is UTC.
///
/// Returns `None` for anything else, because a date that cannot be read is worth as much as an
/// absent one. The same goes for 0, which the API writes for "never", and for a number beyond the
/// year 9999, which is probably in milliseconds.
#[must_use]
pub fn parse_date(text: &[u8]) -> Option<i64> {
    let is_date = |seconds: &i64| *seconds != 0 && YEARS.contains(seconds);
    if let Some(seconds) = seconds(text) {
        return Some(seconds).filter(is_date);
    }
    let text = std::str::from_utf8(text).ok()?.trim();
    // Some serializers write whole numbers with a fraction.
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if let Ok(seconds) = whole.parse() {
        return Some(seconds).filter(is_date);
    }
    let instant = text
        .parse::<Timestamp>()
        .or_else(|_| text.parse::<DateTime>().and_then(|date| TimeZone::UTC.to_timestamp(date)));
    instant.ok().map(Timestamp::as_second)
}

/// Parses plain epoch seconds: at most eighteen digits and nothing else, which cannot overflow.
/// This is by far the most frequent form.
fn seconds(text: &[u8]) -> Option<i64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.iter().try_fold(0, |seconds, byte| {
        byte.is_ascii_digit().then(|| seconds * 10 + i64::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epoch_seconds_and_iso_8601_give_the_same_date() {
        for text in [
            "1757484380",
            " 1757484380 ",
            "1757484380.0",
            "2025-09-10T06:06:20Z",
            "2025-09-10T06:06:20.042Z",
            "2025-09-10T08:06:20+02:00",
            "2025-09-10T06:06:20",
            "2025-09-10 06:06:20",
        ] {
            assert_eq!(parse_date(text.as_bytes()), Some(1_757_484_380), "{text}");
        }
        assert_eq!(parse_date(b"2025-09-10"), Some(1_757_462_400));
    }

    #[test]
    fn anything_else_counts_as_absent() {
        for text in ["", "yesterday", "10/09/2025", "2025-13-40", "1.5", "0", "1757484380000"] {
            assert_eq!(parse_date(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn every_date_can_be_written() {
        for bound in [*YEARS.start(), *YEARS.end()] {
            assert_eq!(parse_date(bound.to_string().as_bytes()), Some(bound));
            assert!(Timestamp::from_second(bound).is_ok());
        }
        assert!(Timestamp::from_second(YEARS.end() + 1).is_err());
        assert_eq!(parse_date(b"253402300799"), None);
    }
}
