//! Recognizes inputs that are certainly not account data, and says what to do about them.
//!
//! The parser would report an error for every line of them. They are recognized by their first
//! bytes, and only if nothing else is possible: broken JSON and logs that contain JSON must reach
//! the parser, which reports their faults precisely.

mod answer;
mod csv;
mod magic;
mod markup;
mod yaml;

use std::fmt;
use std::ops::ControlFlow;

/// The maximum number of bytes to inspect.
pub const SAMPLE: usize = 4096;

/// The character before each record of a JSON text sequence (RFC 7464).
const RECORD_SEPARATOR: u8 = 0x1e;

/// A format that is not account data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named in `label`")]
pub enum Foreign {
    Answer,
    Csv,
    Tsv,
    Xml,
    Html,
    Yaml,
    Pdf,
    Excel,
    Zip,
    Tar,
    Bzip2,
    Xz,
    SevenZip,
    Lz4,
    Archive,
    CompressedTwice,
    Sqlite,
    DuckDb,
    Parquet,
    Avro,
    Orc,
    Arrow,
    Image,
    Utf16,
    Utf16BigEndian,
    Utf32,
    JsonSequence,
    Binary,
}

impl Foreign {
    /// Recognizes an input by its first bytes. Returns `Break(None)` if the input may be account
    /// data, and `Continue` if more bytes are needed to decide. `is_all` says that there are none.
    ///
    /// More bytes never change a decision.
    pub fn recognize(head: &[u8], is_all: bool) -> ControlFlow<Option<Self>> {
        match recognize(head, is_all) {
            ControlFlow::Break(Recognized::Foreign(foreign)) => ControlFlow::Break(Some(foreign)),
            ControlFlow::Break(Recognized::Undecided) if !is_all => ControlFlow::Continue(()),
            _ => ControlFlow::Break(None),
        }
    }

    /// Returns whether the format is text, which people can read.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Answer | Self::Csv | Self::Tsv | Self::Xml | Self::Html | Self::Yaml)
    }

    /// Returns the name of the format.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Answer => "statuscode output",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Xml => "XML",
            Self::Html => "an HTML page",
            Self::Yaml => "YAML",
            Self::Pdf => "a PDF file",
            Self::Excel => "an Excel file",
            Self::Zip => "a ZIP archive",
            Self::Tar => "a tar archive",
            Self::Bzip2 => "bzip2 data",
            Self::Xz => "xz data",
            Self::SevenZip => "a 7-Zip archive",
            Self::Lz4 => "LZ4 data",
            Self::Archive => "compressed data",
            Self::CompressedTwice => "data that is compressed twice",
            Self::Sqlite => "a SQLite database",
            Self::DuckDb => "a DuckDB database",
            Self::Parquet => "a Parquet file",
            Self::Avro => "an Avro file",
            Self::Orc => "an ORC file",
            Self::Arrow => "an Arrow file",
            Self::Image => "an image",
            Self::Utf16 | Self::Utf16BigEndian => "UTF-16 without a byte order mark",
            Self::Utf32 => "UTF-32",
            Self::JsonSequence => "a JSON text sequence",
            Self::Binary => "binary data",
        }
    }

    /// Returns what the user can do about it.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Answer => "pass the account data itself; only merge and trend accept summaries",
            Self::Csv | Self::Tsv => {
                "convert it to JSON: duckdb -c \"COPY (FROM read_csv('FILE', all_varchar = true)) \
                 TO 'FILE.json'\"; the column headings must be the API's field names"
            }
            Self::Xml => "ask the API for JSON with the header Accept: application/json",
            Self::Html => "was an error page or a sign-in page saved instead of the API's answer?",
            Self::Yaml => "convert it to JSON: yq -o=json . FILE > FILE.json",
            Self::Excel => "save the sheet as CSV, and convert that to JSON",
            Self::Zip => "unpack it first: unzip -p FILE > FILE.json",
            Self::Tar => "unpack it first: tar -xOf FILE > FILE.json",
            Self::Bzip2 => "unpack it first: bzcat FILE > FILE.json",
            Self::Xz => "unpack it first: xzcat FILE > FILE.json",
            Self::SevenZip => "unpack it first: 7z x -so FILE > FILE.json",
            Self::Lz4 => "unpack it first: lz4 -dc FILE > FILE.json",
            Self::Archive => "unpack it first",
            Self::CompressedTwice => "unpack it once first: zcat FILE > FILE.json",
            Self::Sqlite => {
                "export it as JSON: sqlite3 -json FILE 'SELECT * FROM accounts' > FILE.json"
            }
            Self::DuckDb => "export it as JSON: duckdb FILE -c \"COPY accounts TO 'FILE.json'\"",
            Self::Parquet => "convert it to JSON: duckdb -c \"COPY (FROM 'FILE') TO 'FILE.json'\"",
            Self::Avro => "convert it to JSON: avro-tools tojson FILE > FILE.json",
            Self::Orc => "convert it to JSON: orc-contents FILE > FILE.json",
            Self::Arrow => "export it as JSON with the program that wrote it",
            Self::Pdf | Self::Image | Self::Binary => "pass a file that contains account JSON",
            Self::Utf16 => "convert it first: iconv -f UTF-16LE -t UTF-8 FILE > FILE.json",
            Self::Utf16BigEndian => "convert it first: iconv -f UTF-16BE -t UTF-8 FILE > FILE.json",
            Self::JsonSequence => "convert it first: tr -d '\\036' < FILE > FILE.jsonl",
            Self::Utf32 => "convert it first: iconv -f UTF-32 -t UTF-8 FILE > FILE.json",
        }
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer => write!(f, "this is {}, not account data", self.label()),
            Self::JsonSequence => write!(f, "this is {}, not JSON Lines", self.label()),
            _ => write!(f, "this is {}, not JSON", self.label()),
        }
    }
}

/// What the first bytes of an input show.
enum Recognized {
    Foreign(Foreign),
    /// The input must go to the parser.
    Readable,
    /// More bytes are needed.
    Undecided,
}

/// The result of one recognizer. `Continue` passes the input to the next one.
type Step = ControlFlow<Recognized>;

fn recognize(head: &[u8], is_all: bool) -> Step {
    let text = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    match text {
        [b'{' | b'[', 0, third, 0, ..] if *third != 0 => {
            return ControlFlow::Break(Recognized::Foreign(Foreign::Utf16));
        }
        [] | [b'{' | b'['] | [b'{' | b'[', 0] | [b'{' | b'[', 0, _] => {
            return ControlFlow::Break(Recognized::Undecided);
        }
        // Only JSON begins like this.
        [b'{', ..] => return ControlFlow::Break(answer::recognize(text)),
        [b'[', ..] => return ControlFlow::Break(Recognized::Readable),
        [RECORD_SEPARATOR, rest @ ..] => match rest.trim_ascii_start() {
            [] => return ControlFlow::Break(Recognized::Undecided),
            [b'{' | b'[', ..] => {
                return ControlFlow::Break(Recognized::Foreign(Foreign::JsonSequence));
            }
            _ => {}
        },
        _ => {}
    }
    let sample = Sample { bytes: text, is_all, is_cut_off: is_all && head.len() >= SAMPLE };
    magic::marked(head, is_all)?;
    markup::certain(&sample)?;
    magic::binary(head, &sample)?;
    markup::recognize(&sample)?;
    csv::recognize(&sample)?;
    yaml::recognize(&sample)
}

/// The first bytes of an input.
struct Sample<'a> {
    bytes: &'a [u8],
    /// Whether there are no more bytes to inspect.
    is_all: bool,
    /// Whether the sample is full, so that the last line may be incomplete.
    is_cut_off: bool,
}

impl<'a> Sample<'a> {
    /// Returns the lines, except a last one that may be incomplete.
    fn lines(&self) -> impl Iterator<Item = &'a [u8]> {
        let complete = match (self.is_all, memchr::memrchr(b'\n', self.bytes)) {
            (true, _) => self.bytes,
            (false, end) => &self.bytes[..end.unwrap_or(0)],
        };
        let lines = complete.split(|&byte| byte == b'\n');
        lines.filter(|line| !line.trim_ascii().is_empty())
    }

    /// Returns whether the sample ends inside this line, which is the last one.
    fn cuts_off(&self, line: &[u8]) -> bool {
        self.is_cut_off && self.bytes.ends_with(line)
    }

    /// Returns whether any line is text that begins like JSON, and must go to the parser.
    fn has_json(&self) -> bool {
        let is_text = |line: &[u8]| !line.iter().any(|&byte| magic::is_control(byte));
        self.lines()
            .any(|line| matches!(line.trim_ascii_start(), [b'{' | b'[', ..]) && is_text(line))
    }
}

#[cfg(test)]
mod tests;
