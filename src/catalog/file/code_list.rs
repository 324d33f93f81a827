//! The value of the keys `code` and `status`: a number, an array of numbers, or a range.

use crate::account::{Code, parse_range};

/// Returns the codes that a value names, or an error message.
pub(super) fn codes(value: &toml::Value) -> Result<Vec<Code>, String> {
    match value {
        toml::Value::Array(values) if !values.is_empty() => values.iter().map(number).collect(),
        toml::Value::String(text) => {
            range(text).ok_or_else(|| format!("\"{text}\" is not a range of codes"))
        }
        value => number(value).map(|code| vec![code]),
    }
}

fn number(value: &toml::Value) -> Result<Code, String> {
    value
        .as_integer()
        .and_then(|number| Code::try_from(number).ok())
        .ok_or_else(|| format!("{value} is not a status code"))
}

/// Returns the codes of a range such as `920-929`; `None` if the string is not a range, or if the
/// range is unreasonably long.
fn range(text: &str) -> Option<Vec<Code>> {
    /// Far more codes than any document lists.
    const MAX_LENGTH: Code = 10_000;
    let (first, last) = parse_range(text)?;
    (last - first < MAX_LENGTH).then(|| (first..=last).collect())
}
