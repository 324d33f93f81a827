//! The code table for other programs: spreadsheets, warehouses, tickets.

use std::borrow::Cow;

use anyhow::Result;

use crate::render::{csv_row, markdown};
use crate::wire::CodeRow;

/// The name of the table in SQL.
const TABLE: &str = "aggregation_status_codes";

/// The types of [`CodeRow::COLUMNS`] in SQL.
const TYPES: [&str; 12] = [
    "INTEGER NOT NULL",
    "VARCHAR(100) NOT NULL",
    "VARCHAR(200) NOT NULL",
    "VARCHAR(20) NOT NULL",
    "VARCHAR(20) NOT NULL",
    "VARCHAR(40) NOT NULL",
    "BOOLEAN NOT NULL",
    "VARCHAR(100)",
    "VARCHAR(2000) NOT NULL",
    "VARCHAR(2000) NOT NULL",
    "VARCHAR(40)",
    "VARCHAR(100)",
];

pub fn csv(rows: &[CodeRow<'_>]) -> Result<String> {
    let mut text = csv_row(CodeRow::COLUMNS.map(Cow::Borrowed))?;
    for row in rows {
        let cells = cells(row).map(|cell| Cow::Owned(cell.unwrap_or_default()));
        text.extend(csv_row(cells)?);
    }
    Ok(String::from_utf8(text)?)
}

pub fn json_lines(rows: &[CodeRow<'_>]) -> Result<String> {
    let mut text = String::new();
    for row in rows {
        text += &(serde_json::to_string(row)? + "\n");
    }
    Ok(text)
}

pub fn markdown(rows: &[CodeRow<'_>]) -> String {
    let rows = rows
        .iter()
        .map(|row| cells(row).map(Option::unwrap_or_default).to_vec());
    markdown::table(&CodeRow::COLUMNS, rows)
}

/// A table and its rows in the SQL that `DuckDB`, `PostgreSQL`, Snowflake and Spark SQL have in common. So names are not quoted
/// (each of them finds `connectFix` whatever its case), and there is no key (Spark has none).
pub fn sql(rows: &[CodeRow<'_>]) -> String {
    let columns = CodeRow::COLUMNS.iter().zip(TYPES);
    let columns: Vec<String> = columns
        .map(|(name, kind)| format!("  {name} {kind}"))
        .collect();
    let mut text = format!("CREATE TABLE {TABLE} (\n{}\n);\n", columns.join(",\n"));
    if rows.is_empty() {
        return text;
    }
    let rows: Vec<String> = rows
        .iter()
        .map(|row| {
            let [
                code,
                name,
                title,
                standing,
                category,
                action,
                connect_fix,
                others @ ..,
            ] = cells(row);
            let texts = [name, title, standing, category, action].map(literal);
            let bare = |cell: Option<String>| cell.unwrap_or_default();
            let others = others.map(literal).join(", ");
            format!(
                "({}, {}, {}, {others})",
                bare(code),
                texts.join(", "),
                bare(connect_fix)
            )
        })
        .collect();
    text += &format!("INSERT INTO {TABLE} VALUES\n{};\n", rows.join(",\n"));
    text
}

/// A text in SQL. An apostrophe is written as a character of its own, because Spark before 4.0 drops one that is doubled; so
/// is a backslash, which only Spark and Snowflake obey.
fn literal(text: Option<String>) -> String {
    let Some(text) = text else {
        return "NULL".to_owned();
    };
    let parts: Vec<String> = text
        .split_inclusive(['\'', '\\'])
        .flat_map(|part| {
            let end = part.len() - usize::from(part.ends_with(['\'', '\\']));
            let special = part[end..]
                .bytes()
                .next()
                .map(|byte| format!("CHR({byte})"));
            let plain = (end > 0).then(|| format!("'{}'", &part[..end]));
            plain.into_iter().chain(special)
        })
        .collect();
    if parts.is_empty() {
        "''".to_owned()
    } else {
        parts.join(" || ")
    }
}

/// A row as cells.
fn cells(row: &CodeRow<'_>) -> [Option<String>; 12] {
    let text = |text: &Cow<'_, str>| Some(text.clone().into_owned());
    [
        Some(row.code.to_string()),
        text(&row.name),
        text(&row.title),
        Some(row.standing.to_string()),
        Some(row.category.to_string()),
        Some(row.action.to_string()),
        Some(row.connect_fix.to_string()),
        row.remediation_category.as_ref().and_then(text),
        text(&row.meaning),
        text(&row.required_action),
        row.fallback_action.map(|action| action.to_string()),
        row.source.as_ref().and_then(text),
    ]
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn no_text_ends_its_literal_or_is_changed_by_one() {
        let sql = |text: &str| literal(Some(text.to_owned()));
        assert_eq!(sql("plain"), "'plain'");
        assert_eq!(sql("bank's site"), "'bank' || CHR(39) || 's site'");
        assert_eq!(
            sql("'); DROP TABLE x; --"),
            "CHR(39) || '); DROP TABLE x; --'"
        );
        assert_eq!(sql("a\\'b"), "'a' || CHR(92) || CHR(39) || 'b'");
        assert_eq!(
            (sql(""), literal(None)),
            ("''".to_owned(), "NULL".to_owned())
        );
    }
}
