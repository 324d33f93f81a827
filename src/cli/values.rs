//! The values of options.

use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::gate::Subject;
use crate::catalog::{Action, Category, Standing};
use crate::diff::ChangeKind;
use crate::plan::Language;
use crate::render::Format;
use crate::terminal::ColorChoice;

/// Returns the name of an environment variable for `clap`; `None` if the variable is empty, which
/// counts as unset.
pub fn env(variable: &'static str) -> Option<&'static str> {
    std::env::var_os(variable).is_none_or(|value| !value.is_empty()).then_some(variable)
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.description()))
    }
}

impl ValueEnum for ColorChoice {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Auto => PossibleValue::new("auto")
                .help("On a terminal, unless the environment turns it off"),
            Self::Always => PossibleValue::new("always").help("Always"),
            Self::Never => PossibleValue::new("never").help("Never"),
        })
    }
}

/// The subject of `triage --fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingGate {
    /// The accounts and API errors of this category.
    Category(Category),
    /// The accounts and API errors of any category except `ok`.
    Any,
    /// Whether there are no accounts.
    Empty,
}

impl ValueEnum for FindingGate {
    fn value_variants<'a>() -> &'a [Self] {
        const VARIANTS: [FindingGate; Category::ALL.len() + 2] = {
            let mut variants = [FindingGate::Any; Category::ALL.len() + 2];
            let mut index = 0;
            while index < Category::ALL.len() {
                variants[index] = FindingGate::Category(Category::ALL[index]);
                index += 1;
            }
            variants[index + 1] = FindingGate::Empty;
            variants
        };
        &VARIANTS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Category(category) => {
                PossibleValue::new(category.as_str()).help(category.description())
            }
            Self::Any => PossibleValue::new("any").help("any category except ok"),
            Self::Empty => PossibleValue::new("empty").help("no accounts at all"),
        })
    }
}

macro_rules! value_enums {
    ($($name:ident),+) => {$(
        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                Self::ALL
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(self.as_str()).help(self.description()))
            }
        }
    )+};
}

value_enums!(Category, Action, Standing, Language);

/// Parses a number of rows.
pub fn rows(text: &str) -> Result<usize, String> {
    number(text).ok_or_else(|| "expected a whole number, such as 100; 0 for all".to_owned())
}

/// Parses a width in columns.
pub fn columns(text: &str) -> Result<u16, String> {
    let columns = number(text).filter(|&columns| columns > 0);
    columns.ok_or_else(|| format!("must be a whole number of columns, from 1 to {}", u16::MAX))
}

/// Parses a number of days.
pub fn days(text: &str) -> Result<u32, String> {
    number(text).ok_or_else(|| "expected a whole number of days, such as 3".to_owned())
}

fn number<N: FromStr>(text: &str) -> Option<N> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Parses a partner id: letters and digits. The API would refuse anything else.
pub fn partner_id(text: &str) -> Result<String, String> {
    let id = text.trim();
    if !id.is_empty() && id.chars().all(|character| character.is_ascii_alphanumeric()) {
        Ok(id.to_owned())
    } else {
        Err("expected letters and digits, such as 2445583946651".to_owned())
    }
}

/// Schemes of URLs that a browser runs or shows instead of opening a page or an app.
const UNSAFE_SCHEMES: [&str; 7] =
    ["javascript", "vbscript", "data", "blob", "file", "about", "view-source"];

/// Checks that a URL is absolute, and that it can be a page or an app: its scheme is `https`,
/// `http`, or one that an app has registered. The API decides which hosts and schemes are allowed.
pub fn url(text: &str) -> Result<String, String> {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    let is_absolute = scheme.is_some_and(|scheme| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    let is_unsafe = |scheme: &str| UNSAFE_SCHEMES.contains(&&*scheme.to_ascii_lowercase());
    if let Some(scheme) = scheme.filter(|scheme| is_unsafe(scheme)) {
        return Err(format!("a {scheme} URL is neither a page nor an app"));
    }
    if is_absolute && text.chars().all(|character| character.is_ascii_graphic()) {
        Ok(text.to_owned())
    } else {
        Err("expected an absolute URL, such as https://app.example/done".to_owned())
    }
}

/// The subject of `diff --fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeGate {
    /// The changes of this kind.
    Kind(ChangeKind),
    /// The changes of any kind.
    Any,
    /// Whether the newest snapshot has no accounts.
    Empty,
}

impl ValueEnum for ChangeGate {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Kind(ChangeKind::Broken),
            Self::Kind(ChangeKind::CodeChanged),
            Self::Kind(ChangeKind::StillFailing),
            Self::Kind(ChangeKind::Appeared),
            Self::Kind(ChangeKind::Disappeared),
            Self::Kind(ChangeKind::Recovered),
            Self::Any,
            Self::Empty,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Kind(kind) => kind.to_possible_value(),
            Self::Any => Some(PossibleValue::new("any").help("any of the above")),
            Self::Empty => {
                Some(PossibleValue::new("empty").help("no accounts in the newest snapshot"))
            }
        }
    }
}

impl Subject for FindingGate {
    fn is_count(self) -> bool {
        self != Self::Empty
    }
}

impl Subject for ChangeGate {
    fn is_count(self) -> bool {
        self != Self::Empty
    }
}

impl ValueEnum for ChangeKind {
    fn value_variants<'a>() -> &'a [Self] {
        // Unchanged accounts are only counted.
        &Self::ALL[..Self::ALL.len() - 1]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(match self {
            Self::Broken => "did not fail before, but fails now",
            Self::CodeChanged => "failed before, and fails with another code or is pending now",
            Self::StillFailing => "fails with the same code",
            Self::Appeared => "only in the newer snapshot",
            Self::Disappeared => "only in the older snapshot",
            Self::Recovered => "failed before, but is ok or stale now",
            Self::Unchanged => "unchanged",
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_a_page_or_an_app_and_never_a_script() {
        for good in ["https://app.example/done", "HTTP://localhost:80", "myapp://done", "x-app:y"] {
            assert_eq!(url(good), Ok(good.to_owned()));
        }
        for bad in ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "app.example", ""] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }
}
