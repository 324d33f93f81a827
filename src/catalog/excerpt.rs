//! A part of `codes.toml`: reading all of it takes longer than all else that explaining one code needs.

use crate::account::Code;

const TABLE: &str = "\n[[code]]\n";

/// The text without those `[[code]]` tables that name none of the wanted codes.
///
/// A table must begin with its `code`, as all of the built-in catalog do; one that does not is kept.
pub(super) fn excerpt(text: &str, wanted: &[Code]) -> String {
    let mut tables = text.split(TABLE);
    let mut kept = tables.next().unwrap_or_default().to_owned();
    for table in tables {
        if names(table, wanted).unwrap_or(true) {
            kept.push_str(TABLE);
            kept.push_str(table);
        }
    }
    kept
}

/// Whether a table names one of the codes; `None` if that cannot be told.
fn names(table: &str, wanted: &[Code]) -> Option<bool> {
    let value = table.lines().next()?.strip_prefix("code = ")?;
    let range = value.trim_matches('"').split_once('-');
    if let Some((first, last)) = range {
        let range = first.parse().ok()?..=last.parse().ok()?;
        return Some(wanted.iter().any(|code| range.contains(code)));
    }
    let mut codes = value.trim_matches(['[', ']']).split(", ").map(str::parse);
    codes.try_fold(false, |found, code| {
        Some(found || wanted.contains(&code.ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{BUILT_IN, Catalog};

    #[test]
    fn an_entry_is_the_same_in_an_excerpt_and_in_the_whole() {
        let whole = Catalog::built_in();
        for entry in whole.entries() {
            let part = Catalog::built_in_excerpt(&[entry.code]);
            assert_eq!(part.get(entry.code), Some(entry));
            assert!(
                part.entries().len() <= 10,
                "{} entries for one code",
                part.entries().len()
            );
        }
        assert!(super::excerpt(BUILT_IN, &[]).len() < BUILT_IN.len() / 10);
        assert_eq!(Catalog::built_in_excerpt(&[99_999]).entries(), []);
    }
}
