//! Comma-separated values that a spreadsheet can open without harm.

use std::borrow::Cow;
use std::io;

/// A row, quoted by RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it.
///
/// The first characters are those of OWASP's page on CSV injection.
///
/// # Errors
///
/// Writing to memory does not fail; the library cannot know that.
pub fn csv_row<'a>(cells: impl IntoIterator<Item = Cow<'a, str>>) -> io::Result<Vec<u8>> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .buffer_capacity(512)
        .from_writer(Vec::with_capacity(256));
    for cell in cells {
        writer
            .write_field(harmless(cell).as_bytes())
            .map_err(into_io)?;
    }
    writer.write_record(None::<&[u8]>).map_err(into_io)?;
    writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))
}

fn harmless(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        cell
    }
}

fn into_io(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&'static str]) -> String {
        String::from_utf8(csv_row(cells.iter().map(|cell| Cow::Borrowed(*cell))).unwrap()).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(row(&["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(
            row(&["a,b", "say \"hi\"", "two\nlines"]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n"
        );
    }

    #[test]
    fn nothing_begins_like_a_formula() {
        for attack in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"] {
            let text = row(&["id", attack]);
            assert!(text.contains(&format!("'{attack}")), "{text:?}");
        }
    }
}
