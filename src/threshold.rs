//! Thresholds for counts, such as `>10` or `>=5%`.
//!
//! ```
//! use statuscode::threshold::Threshold;
//!
//! let threshold: Threshold = "> 5%".parse()?;
//! assert!(threshold.is_reached(252, 3005));
//! assert!(!threshold.is_reached(150, 3000));
//! assert_eq!(threshold.to_string(), "5%");
//! # Ok::<(), statuscode::threshold::ThresholdError>(())
//! ```

use std::fmt;
use std::str::FromStr;

/// The maximum number of digits after the decimal point of a percentage.
const DECIMALS: usize = 6;
/// One percent, in the unit of [`Amount::Share`].
const PERCENT: u64 = 10_u64.pow(6);

/// An amount that a count must exceed or reach. The default is to exceed 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Threshold {
    /// Whether a count that equals the amount is enough.
    or_more: bool,
    amount: Amount,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amount {
    Count(u64),
    /// A share of the whole, in millionths of a percent.
    Share(u64),
}

impl Default for Amount {
    fn default() -> Self {
        Self::Count(0)
    }
}

/// The reason why a string is not a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThresholdError {
    /// The string does not begin with `>` or `>=`.
    Comparison,
    /// The comparison is followed by neither a whole number nor a percentage.
    Number,
    /// The threshold can never be reached: at least a share above 100%, or more than 100%.
    Unreachable,
    /// The threshold is always reached: 0 or more.
    Always,
}

impl fmt::Display for ThresholdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Comparison => "a threshold must begin with > or >=",
            Self::Number => "a threshold must be a whole number or a percentage",
            Self::Unreachable => "a percentage cannot exceed 100%",
            Self::Always => ">=0 is always true",
        })
    }
}

impl std::error::Error for ThresholdError {}

impl FromStr for Threshold {
    type Err = ThresholdError;

    fn from_str(text: &str) -> Result<Self, ThresholdError> {
        let after = text.trim().strip_prefix('>').ok_or(ThresholdError::Comparison)?;
        let (or_more, number) = match after.strip_prefix('=') {
            Some(number) => (true, number.trim()),
            None => (false, after.trim()),
        };
        let amount = match number.strip_suffix('%') {
            Some(number) => share(number.trim()).map(Amount::Share),
            None => digits(number).map(Amount::Count),
        };
        let threshold = Self { or_more, amount: amount.ok_or(ThresholdError::Number)? };
        match threshold {
            Self { or_more: true, amount: Amount::Count(0) | Amount::Share(0) } => {
                Err(ThresholdError::Always)
            }
            Self { or_more, amount: Amount::Share(share) }
                if share >= 100 * PERCENT + u64::from(or_more) =>
            {
                Err(ThresholdError::Unreachable)
            }
            threshold => Ok(threshold),
        }
    }
}

impl Threshold {
    /// Returns whether a count out of `whole` reaches the threshold. A count of 0 never does.
    #[must_use]
    pub fn is_reached(&self, count: u64, whole: u64) -> bool {
        let (count, limit) = match self.amount {
            Amount::Count(limit) => (u128::from(count), u128::from(limit)),
            Amount::Share(share) => {
                let unit = u128::from(100 * PERCENT);
                (u128::from(count) * unit, u128::from(share) * u128::from(whole))
            }
        };
        count > limit || (self.or_more && count == limit && count > 0)
    }

    /// Returns whether the threshold is a percentage.
    #[must_use]
    pub const fn is_share(&self) -> bool {
        matches!(self.amount, Amount::Share(_))
    }
}

/// Displays the limit that a count must not pass: "5%" or "fewer than 10".
impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (amount, below) = match self.amount {
            Amount::Count(count) => (count.to_string(), "fewer than "),
            Amount::Share(share) => {
                let text = format!("{}.{:0DECIMALS$}", share / PERCENT, share % PERCENT);
                let text = text.trim_end_matches('0').trim_end_matches('.');
                (format!("{text}%"), "less than ")
            }
        };
        write!(f, "{}{amount}", if self.or_more { below } else { "" })
    }
}

fn digits(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Parses a percentage into millionths of a percent.
fn share(text: &str) -> Option<u64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    if decimals.len() > DECIMALS {
        return None;
    }
    let decimals = digits(&format!("{decimals:0<DECIMALS$}")).filter(|_| !decimals.is_empty())?;
    digits(whole)?.checked_mul(PERCENT)?.checked_add(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threshold(text: &str) -> Threshold {
        text.parse().unwrap()
    }

    #[test]
    fn more_than_excludes_the_limit_and_or_more_includes_it() {
        for (text, below, above) in [
            (">10", (10, 100), (11, 100)),
            (">=10", (9, 100), (10, 100)),
            (">5%", (150, 3000), (151, 3000)),
            (">= 5 %", (149, 3000), (150, 3000)),
            (">0.000001%", (0, 100), (1, 100)),
            (">33.333333%", (33_333_333, 100_000_000), (1, 3)),
            (">=100%", (99, 100), (100, 100)),
            (">99.9%", (999, 1000), (u64::MAX, u64::MAX)),
        ] {
            assert!(!threshold(text).is_reached(below.0, below.1), "{text}");
            assert!(threshold(text).is_reached(above.0, above.1), "{text}");
        }
        assert!(!threshold(">=1%").is_reached(0, 0), "a count of 0 never reaches a threshold");
        assert!(Threshold::default().is_reached(1, 1) && !Threshold::default().is_reached(0, 1));
    }

    #[test]
    fn a_threshold_is_displayed_as_a_limit() {
        for (text, displayed) in [
            (">10", "10"),
            (">= 05000", "fewer than 5000"),
            (">5.50%", "5.5%"),
            (">=100%", "less than 100%"),
            (">0.05%", "0.05%"),
        ] {
            assert_eq!(threshold(text).to_string(), displayed);
        }
    }

    #[test]
    fn an_invalid_threshold_is_an_error_with_a_reason() {
        for (text, error) in [
            ("", ThresholdError::Comparison),
            ("<5", ThresholdError::Comparison),
            ("=5", ThresholdError::Comparison),
            ("5%", ThresholdError::Comparison),
            (">", ThresholdError::Number),
            (">-1", ThresholdError::Number),
            (">+1", ThresholdError::Number),
            (">1.5", ThresholdError::Number),
            (">five", ThresholdError::Number),
            (">5%%", ThresholdError::Number),
            (">.5%", ThresholdError::Number),
            (">5.%", ThresholdError::Number),
            (">0.0000001%", ThresholdError::Number),
            (">99999999999999999999", ThresholdError::Number),
            (">=0", ThresholdError::Always),
            (">=0.0%", ThresholdError::Always),
            (">100%", ThresholdError::Unreachable),
            (">=100.1%", ThresholdError::Unreachable),
        ] {
            assert_eq!(text.parse::<Threshold>(), Err(error), "{text}");
        }
    }
}
